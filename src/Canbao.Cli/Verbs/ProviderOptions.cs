using System.CommandLine;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;

namespace Canbao.Cli.Verbs;

/// <summary>
/// The office's identity provider, from the call. Its secret comes from a file: a call can be read by everybody on the machine.
/// </summary>
sealed class ProviderOptions
{
    readonly Option<string?> address = new("--oidc-authority")
    {
        Description = "统一身份认证（OpenID Connect）的地址，如 https://id.example.cn/realms/gov；不写则只用登录名和密码登录",
        HelpName = "URL",
    };

    readonly Option<string?> client = new("--oidc-client") { Description = "统一身份认证分配给本系统的客户端编号", HelpName = "ID" };

    readonly Option<string?> secret = new("--oidc-secret-file")
    {
        Description = "第一行为统一身份认证分配给本系统的密钥的文件",
        HelpName = "FILE",
    };

    readonly Option<string> name = new("--oidc-name")
    {
        Description = $"登录页上对统一身份认证的称呼；不写则为{IdentityProvider.Usual}",
        HelpName = "NAME",
        DefaultValueFactory = _ => IdentityProvider.Usual,
    };

    public IEnumerable<Symbol> All => [address, client, secret, name];

    /// <summary>The provider; null where none is named.</summary>
    /// <exception cref="RefusedException">W170, W171: it is not wholly or not rightly named.</exception>
    public IdentityProvider? Read(ParseResult call)
    {
        if (call.GetValue(address) is not { } url)
            return call.GetValue(client) is null && call.GetValue(secret) is null
                ? null : throw new RefusedException("W170", "写了统一身份认证的客户端编号或密钥文件，没有写地址；请加 --oidc-authority");
        return new(url, call.GetValue(client) ?? "", Secret(call.GetValue(secret))) { Name = call.GetValue(name)! };
    }

    static string Secret(string? file)
    {
        try
        {
            return (file is null ? null : File.ReadLines(file).FirstOrDefault()) ?? "";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException("W171", $"读不了统一身份认证的密钥文件 {file}；请核对文件名和权限");
        }
    }
}
