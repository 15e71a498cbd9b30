using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Canbao.Web.Pages;

/// <summary>Signing in.</summary>
sealed class SignInModel(Database database, FirstStart start, HalfSignedIn half, WebOptions options) : PageModel
{
    static readonly string Refused =
        $"登录名或密码不对。连续输错 {Sessions.Attempts} 次，账号锁定 {Sessions.LockTime.TotalMinutes} 分钟，其间密码正确也不能登录。";

    [BindProperty]
    public string Login { get; set; } = "";

    [BindProperty]
    public string Password { get; set; } = "";

    public bool IsFirst => start.IsOpen;

    /// <summary>How the office's identity provider is called; null where there is none.</summary>
    public string? Provider => options.Provider?.Name;

    /// <summary>Leads to the provider, and then on to the page that was asked for.</summary>
    public string ProviderAddress =>
        QueryHelpers.AddQueryString(ProviderSignIn.Start, Request.Query.Where(pair => pair.Key == "from"));

    public async Task<IActionResult> OnPostAsync(string? from)
    {
        var session = await Sessions.TryAsync(database, Login, Password, HttpContext.RequestAborted);
        if (await half.GoOnAsync(HttpContext, session, Url.IsLocalUrl(from) ? from! : "/") is { } next)
            return LocalRedirect(next);
        ModelState.AddModelError("", session.Outcome == SignInOutcome.Disabled ? "账号已停用。如需恢复，请找本单位的账号管理员。" : Refused);
        return Page();
    }
}
