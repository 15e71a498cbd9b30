using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Canbao.Web.Channels;

/// <summary>Says in the description of the interface what stands outside the messages: how they are signed.</summary>
sealed class ChannelDocument : IOpenApiDocumentTransformer
{
    static readonly string Signing = """
        每条消息带四个头：X-Canbao-Channel（地区代码/渠道代码）、X-Canbao-Time（1970年以来的秒数）、X-Canbao-Nonce（只用一次的字母数字，
        至多64个）、X-Canbao-Signature（签名，Base64）。签名的内容是五行文字，以换行分隔：方法、路径、时间、随机数、正文的 SHA-256
        （小写十六进制）。渠道用共享密钥作 HMAC-SHA256，或用自己的私钥作 SM2（SM3，ASN.1，用户标识 1234567812345678）。时间相差超过
        5 分钟、随机数用过、签名不符的，一律不处理。没有收到回答时，用同一流水号重新发送：同一流水号只入账一次，回答相同。
        """.ReplaceLineEndings("");

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new() { Title = "参保缴费渠道接口", Version = "1", Description = Signing };
        // Where it is reached is the proxy's matter.
        document.Servers = [];
        return Task.CompletedTask;
    }
}
