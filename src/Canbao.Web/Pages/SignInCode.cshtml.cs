using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Canbao.Web.Pages;

/// <summary>The second step of signing in, for accounts with a second factor.</summary>
sealed class SignInCodeModel(Database database, SecondFactors factors, HalfSignedIn half) : PageModel
{
    static readonly string Refused = "验证码不对或已经用过。请等手机上显示下一个再输入，并核对手机的时间；"
        + $"连续输错 {Sessions.Attempts} 次，账号锁定 {Sessions.LockTime.TotalMinutes} 分钟。";

    [BindProperty]
    public string Code { get; set; } = "";

    public SignedIn? First => half.Find(HttpContext);

    public async Task<IActionResult> OnPostAsync(string? from)
    {
        if (First is not { } first)
            return Page();
        var session = await factors.TryAsync(database, first, Code, HttpContext.RequestAborted);
        if (session.Outcome == SignInOutcome.Accepted)
        {
            HalfSignedIn.End(HttpContext);
            await Gate.BeginAsync(HttpContext, session);
            return LocalRedirect(Url.IsLocalUrl(from) ? from! : "/");
        }

        ModelState.Remove(nameof(Code));
        Code = "";
        ModelState.AddModelError("", Refused);
        return Page();
    }
}
