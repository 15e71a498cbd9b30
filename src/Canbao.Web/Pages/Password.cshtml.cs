using Canbao.Core.Access;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Setting the own password; every other session of the account ends.</summary>
sealed class PasswordModel : OfficePage
{
    [BindProperty]
    public string Present { get; set; } = "";

    [BindProperty]
    public string Next { get; set; } = "";

    [BindProperty]
    public string Again { get; set; } = "";

    public async Task<IActionResult> OnPostAsync()
    {
        if (Next != Again)
        {
            ModelState.AddModelError(nameof(Again), "两遍输入的新密码不一样；请重新输入");
            return Page();
        }

        await Accounts.ChangePasswordAsync(Database, Viewer, Present, Next, Cancel);
        await Gate.BeginAsync(HttpContext, await Sessions.TryAsync(Database, Viewer.Login, Next, Cancel));
        return Done("/", "密码已修改，在别处的登录已经失效");
    }
}
