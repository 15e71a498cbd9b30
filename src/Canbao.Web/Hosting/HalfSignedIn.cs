using System.Globalization;
using System.Security.Cryptography;
using Canbao.Core.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Canbao.Web.Hosting;

/// <summary>
/// Keeps in the browser, sealed and for a few minutes, that somebody has given the right password, or was vouched for, and has to give a
/// code. It opens nothing but the page that asks for the code, on any server.
/// </summary>
sealed class HalfSignedIn(IDataProtectionProvider protection)
{
    const string Cookie = "canbao-half", Provider = "provider";

    static readonly TimeSpan Lasting = TimeSpan.FromMinutes(5);

    readonly ITimeLimitedDataProtector protector = protection.CreateProtector("canbao.half").ToTimeLimitedDataProtector();

    /// <summary>Begins what an attempt to sign in has earned, and gives the address where it goes on; null where it was refused.</summary>
    /// <param name="context">The request.</param>
    /// <param name="session">What became of the attempt.</param>
    /// <param name="to">The page of this site to go to once the session has begun.</param>
    public async Task<string?> GoOnAsync(HttpContext context, SignedIn session, string to)
    {
        if (session.Outcome == SignInOutcome.Accepted)
        {
            await Gate.BeginAsync(context, session);
            return to;
        }

        if (session.Outcome != SignInOutcome.CodeNeeded)
            return null;
        Begin(context, session);
        return Routes.SignIn + "/code" + (to == "/" ? QueryString.Empty : QueryString.Create("from", to));
    }

    void Begin(HttpContext context, SignedIn first)
    {
        var way = first.ByProvider ? " " + Provider : "";
        var text = string.Create(CultureInfo.InvariantCulture, $"{first.Area} {first.Stamp} {first.Login}{way}");
        context.Response.Cookies.Append(Cookie, protector.Protect(text, Lasting), Options(context));
    }

    /// <summary>What was noted; null where it was too long ago or never.</summary>
    public SignedIn? Find(HttpContext context)
    {
        try
        {
            if (!context.Request.Cookies.TryGetValue(Cookie, out var kept))
                return null;
            var parts = protector.Unprotect(kept).Split(' ');
            return new(
                SignInOutcome.CodeNeeded, int.Parse(parts[0], CultureInfo.InvariantCulture), parts[2],
                long.Parse(parts[1], CultureInfo.InvariantCulture))
            {
                ByProvider = parts[^1] == Provider && parts.Length > 3,
            };
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
