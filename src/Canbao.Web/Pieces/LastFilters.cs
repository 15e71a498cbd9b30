using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Canbao.Web.Pieces;

/// <summary>
/// What an account chose last in this browser to narrow a list down, in a sealed cookie of the list's address. It is offered as a link and
/// never applied by itself: a list that hides rows of its own accord is believed to be whole.
/// </summary>
sealed class LastFilters(IDataProtectionProvider protection)
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    readonly IDataProtector protector = protection.CreateProtector("filters");

    /// <summary>Keeps what the address chooses.</summary>
    /// <param name="context">The request of the list.</param>
    /// <param name="login">Whose choice it is: office computers are shared.</param>
    /// <param name="names">What may be kept: names of choices, never of what is typed.</param>
    /// <returns>The last choice, for a link; null where the address chooses something, or nothing was chosen before.</returns>
    public (string Name, string Value)[]? Follow(HttpContext context, string login, IReadOnlyCollection<string> names)
    {
        (string Name, string Value)[] chosen =
            [.. names.Select(name => (name, context.Request.Query[name].ToString())).Where(one => one.Item2.Length > 0)];
        var cookie = $"canbao-last{context.Request.Path.Value!.Replace('/', '-')}";
        if (chosen.Length == 0)
            return Read(context.Request.Cookies[cookie], login);
        var text = QueryString.Create(chosen.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value))).Value;
        context.Response.Cookies.Append(cookie, protector.Protect($"{login}{text}"), new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            Path = context.Request.Path,
            MaxAge = Kept,
        });
        return null;
    }

    (string Name, string Value)[]? Read(string? cookie, string login)
    {
        try
        {
            return cookie is { Length: > 0 } && protector.Unprotect(cookie).Split('?') is [var whose, var query] && whose == login
                ? [.. QueryHelpers.ParseQuery(query).Select(one => (one.Key, one.Value.ToString()))]
                : null;
        }
        catch (CryptographicException)
        {
            // Made up, or of an installation before this one.
            return null;
        }
    }
}
