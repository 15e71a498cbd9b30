using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Ending the session in this browser.</summary>
sealed class SignOutModel : OfficePage
{
    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync();
        if (Request.Cookies.ContainsKey(OfflineModel.Cookie))
        {
            // The page of the phone removes the people that it keeps.
            Response.Cookies.Delete(OfflineModel.Cookie, new() { Path = Routes.SignOut });
            return LocalRedirect(OfflineFiles.Page + "?leave=1");
        }

        return LocalRedirect(Routes.SignIn);
    }
}
