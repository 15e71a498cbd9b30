using System.Globalization;
using System.Security.Cryptography;
using Canbao.Core.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Canbao.Web.Hosting;

/// <summary>
/// Keeps in the browser, sealed and for a few minutes, that somebody has given the right password and has to give a code. It opens nothing
/// but the page that asks for the code, on any server.
/// </summary>
sealed class HalfSignedIn(IDataProtectionProvider protection)
{
    const string Cookie = "canbao-half";

    static readonly TimeSpan Lasting = TimeSpan.FromMinutes(5);

    readonly ITimeLimitedDataProtector protector = protection.CreateProtector("canbao.half").ToTimeLimitedDataProtector();

    /// <summary>Notes it.</summary>
    public void Begin(HttpContext context, SignedIn first)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{first.Area} {first.Stamp} {first.Login}");
        context.Response.Cookies.Append(Cookie, protector.Protect(text, Lasting), Options(context));
    }

    /// <summary>What was noted; null where it was too long ago or never.</summary>
    public SignedIn? Find(HttpContext context)
    {
        try
        {
            if (!context.Request.Cookies.TryGetValue(Cookie, out var kept))
                return null;
            var parts = protector.Unprotect(kept).Split(' ', 3);
            return new(
                SignInOutcome.CodeNeeded, int.Parse(parts[0], CultureInfo.InvariantCulture), parts[2],
                long.Parse(parts[1], CultureInfo.InvariantCulture));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Forgets it.</summary>
    public static void End(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context));

    static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = Routes.SignIn,
        IsEssential = true,
    };
}
