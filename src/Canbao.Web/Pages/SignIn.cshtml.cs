using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Canbao.Web.Pages;

/// <summary>Signing in.</summary>
sealed class SignInModel(Database database, FirstStart start, HalfSignedIn half) : PageModel
{
    static readonly string Refused =
        $"登录名或密码不对。连续输错 {Sessions.Attempts} 次，账号锁定 {Sessions.LockTime.TotalMinutes} 分钟，其间密码正确也不能登录。";

    [BindProperty]
    public string Login { get; set; } = "";

    [BindProperty]
    public string Password { get; set; } = "";

    public bool IsFirst => start.IsOpen;

    public async Task<IActionResult> OnPostAsync(string? from)
    {
        var session = await Sessions.TryAsync(database, Login, Password, HttpContext.RequestAborted);
        if (session.Outcome == SignInOutcome.Accepted)
        {
            await Gate.BeginAsync(HttpContext, session);
            return LocalRedirect(Url.IsLocalUrl(from) ? from! : "/");
        }

        if (session.Outcome == SignInOutcome.CodeNeeded)
        {
            half.Begin(HttpContext, session);
            return LocalRedirect(Routes.SignIn + "/code" + (Url.IsLocalUrl(from) ? QueryString.Create("from", from!) : QueryString.Empty));
        }

        ModelState.AddModelError("", session.Outcome == SignInOutcome.Disabled ? "账号已停用。如需恢复，请找本单位的账号管理员。" : Refused);
        return Page();
    }
}
