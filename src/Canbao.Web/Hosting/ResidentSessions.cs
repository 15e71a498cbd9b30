using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Canbao.Web.Hosting;

/// <summary>Who looked up, and where.</summary>
/// <param name="Area">The tenant.</param>
/// <param name="PersonId">The person.</param>
public readonly record struct LookedUp(int Area, long PersonId);

/// <summary>
/// Look-ups of residents: a short sealed cookie that every server reads, and no address or log has. Its time is the injected clock's.
/// </summary>
sealed class ResidentSessions(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a look-up can be shown, in minutes.</summary>
    public const int Minutes = 15;

    const string Cookie = "canbao-my";

    readonly IDataProtector protector = protection.CreateProtector("resident");

    public void Begin(HttpContext context, LookedUp who)
    {
        long until = clock.GetUtcNow().AddMinutes(Minutes).ToUnixTimeSeconds();
        var text = string.Create(CultureInfo.InvariantCulture, $"{who.Area}.{who.PersonId}.{until}");
        context.Response.Cookies.Append(Cookie, protector.Protect(text), Options(context));
    }

    /// <summary>Who looked up in this browser; null where nobody did, or its time is over.</summary>
    public LookedUp? Read(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } text)
            return null;
        try
        {
            long[] parts = [.. protector.Unprotect(text).Split('.').Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
            return parts[2] > clock.GetUtcNow().ToUnixTimeSeconds() ? new((int)parts[0], parts[1]) : null;
        }
        catch (CryptographicException)
        {
            // Made up, or of an installation before this one.
            return null;
        }
    }

    public static void End(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context));

    /// <summary>The client's address as limits count it: of the long ones the part that a household or phone has for itself.</summary>
    public static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : $"{address}";
    }

    // For the session of the browser and not for longer; the end of its time stands within.
    static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = Routes.My,
        IsEssential = true,
    };
}
