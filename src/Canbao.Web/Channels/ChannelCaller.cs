using System.Collections.Concurrent;
using System.Globalization;
using Canbao.Core.Collection;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace Canbao.Web.Channels;

/// <summary>A message whose signature is proved.</summary>
/// <param name="Area">The area.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Nonce">Its nonce, not yet noted as used.</param>
/// <param name="Body">The body.</param>
readonly record struct ChannelCall(int Area, string Channel, string Nonce, ReadOnlyMemory<byte> Body);

/// <summary>Knows who sends a message. A channel that is closed is refused by every server within seconds.</summary>
sealed class ChannelCaller(Database database, Core.Collection.Channels channels, TimeProvider clock)
{
    /// <summary>The headers: area and code, time, nonce, signature.</summary>
    public const string ChannelHeader = "X-Canbao-Channel";
    public const string TimeHeader = "X-Canbao-Time";
    public const string NonceHeader = "X-Canbao-Nonce";
    public const string SignatureHeader = "X-Canbao-Signature";

    const int MostBodyBytes = 16 << 10;
    const int MostNonceLetters = 64;
    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<(int Area, string Code), Known> known = new();

    /// <summary>Reads a message and proves whose it is.</summary>
    /// <exception cref="RefusedException">
    /// N101: no such channel, or it is closed. N102: the signature is not its. N103: the time is stale, or ahead. N105: a header is missing
    /// or not sound, or the body is too long.
    /// </exception>
    public async Task<ChannelCall> ReadAsync(HttpRequest request)
    {
        var (area, code) = Sender(request.Headers[ChannelHeader].ToString());
        string nonce = request.Headers[NonceHeader].ToString();
        if (!long.TryParse(request.Headers[TimeHeader], NumberStyles.None, CultureInfo.InvariantCulture, out long time)
            || nonce.Length is 0 or > MostNonceLetters || !nonce.All(char.IsAsciiLetterOrDigit))
            throw Unreadable();
        var signature = new byte[128];
        if (!Convert.TryFromBase64String(request.Headers[SignatureHeader].ToString(), signature, out int length))
            throw Unreadable();
        var body = await BodyAsync(request);
        var channel = await FindAsync(area, code);
        var head = new SignedHead(request.Method, request.Path.Value!, time, nonce);
        if (!ChannelSigning.IsSound(channel.Algorithm, channel.Secret, head, body.Span, signature[..length]))
            throw new RefusedException("N102", "签名不符；请核对密钥、签名的内容和顺序");
        if ((clock.GetUtcNow() - DateTimeOffset.UnixEpoch.AddSeconds(time)).Duration() > ChannelIntake.Fresh)
            throw new RefusedException("N103", "发送时间与现在相差超过5分钟；请校准时钟后重新签名发送");
        return new(area, code, nonce, body);
    }

    static (int Area, string Code) Sender(string text) =>
        text.Split('/') is [var area, { Length: > 0 } code]
            && int.TryParse(area, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? (number, code)
                : throw Unreadable();

    static RefusedException Unreadable() =>
        new("N105", "消息不完整；请按接口说明写明渠道、时间、随机数和签名，正文不超过16 KB");

    static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        var piece = new byte[4096];
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(piece, request.HttpContext.RequestAborted)) > 0)
            {
                if (body.Length + read > MostBodyBytes)
                    throw Unreadable();
                body.Write(piece, 0, read);
            }
        }
        catch (BadHttpRequestException)
        {
            // Cut off by whoever sent it.
            throw Unreadable();
        }

        return body.ToArray();
    }

    async Task<Known> FindAsync(int area, string code)
    {
        var now = clock.GetUtcNow();
        if (!known.TryGetValue((area, code), out var found) || now - found.At > Remembered)
        {
            var row = await database.ReadAsync(session => Core.Collection.Channels.FindAsync(session, area, code));
            if (row is not { ClosedBy: null })
            {
                known.TryRemove((area, code), out _);
                throw new RefusedException("N101", "没有这个渠道，或已停用；请与医保经办机构联系");
            }

            known[(area, code)] = found = new(row.Algorithm, channels.SecretOf(row), now);
        }

        return found;
    }

    sealed record Known(string Algorithm, byte[] Secret, DateTimeOffset At);
}
