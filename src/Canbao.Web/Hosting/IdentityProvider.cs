using System.Net;
using Canbao.Vocabulary;

namespace Canbao.Web.Hosting;

/// <summary>The office's identity provider, which vouches for people by OpenID Connect.</summary>
public sealed class IdentityProvider
{
    /// <summary>How it is called where nothing else is said.</summary>
    public const string Usual = "统一身份认证";

    /// <summary>What the bureau agreed with it.</summary>
    /// <param name="address">Its address, where <c>/.well-known/openid-configuration</c> lies below.</param>
    /// <param name="clientId">What it calls this installation.</param>
    /// <param name="secret">By which this installation shows that it is that one.</param>
    /// <exception cref="RefusedException">
    /// W170: the address is none, or not HTTPS beyond this machine. W171: client or secret is empty.
    /// </exception>
    public IdentityProvider(string address, string clientId, string secret)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var parsed) || parsed.UserInfo + parsed.Query + parsed.Fragment != ""
            || parsed.Scheme != Uri.UriSchemeHttps && !(parsed.Scheme == Uri.UriSchemeHttp && IsOfThisMachine(parsed)))
            throw new RefusedException("W170", $"统一身份认证的地址“{address}”不能用；应以 https:// 开头，只有本机的可以是 http://");
        if (string.IsNullOrWhiteSpace(clientId) || string.IsNullOrWhiteSpace(secret))
            throw new RefusedException("W171", "统一身份认证的客户端编号和密钥不能为空；请核对 --oidc-client 和 --oidc-secret-file");
        Address = parsed.AbsoluteUri.TrimEnd('/');
        ClientId = clientId.Trim();
        Secret = secret.Trim();
    }

    /// <summary>Its address, without a slash at the end. Subjects are told apart by it.</summary>
    public string Address { get; }

    /// <summary>What it calls this installation.</summary>
    public string ClientId { get; }

    /// <summary>How it is called on the page for signing in.</summary>
    public string Name { get; init; } = Usual;

    /// <summary>By which this installation shows that it is that client.</summary>
    internal string Secret { get; }

    static bool IsOfThisMachine(Uri address) =>
        address.Host == "localhost" || IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip);
}
