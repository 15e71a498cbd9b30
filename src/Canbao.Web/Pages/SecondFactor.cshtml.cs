using Canbao.Core.Access;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>The own second factor: begun with the password, confirmed with a first code, ended with another.</summary>
sealed class SecondFactorModel(SecondFactors factors) : OfficePage
{
    [BindProperty]
    public string Password { get; set; } = "";

    [BindProperty]
    public string Code { get; set; } = "";

    public SecondFactorRow? Factor { get; private set; }

    public byte[]? Waiting { get; private set; }

    public int Good { get; private set; }

    /// <summary>The recovery codes, on the one page that shows them.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public async Task<IActionResult> OnPostBeginAsync()
    {
        await factors.BeginAsync(Database, Viewer, Password, Cancel);
        return LocalRedirect(Link(Routes.SecondFactor));
    }

    public async Task<IActionResult> OnPostConfirmAsync()
    {
        var (codes, session) = await factors.ConfirmAsync(Database, Viewer, Code, Cancel);
        Codes = codes;
        await Gate.BeginAsync(HttpContext, session);
        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync()
    {
        await Gate.BeginAsync(HttpContext, await factors.EndAsync(Database, Viewer, Code, Cancel));
        return Done(Routes.SecondFactor, "动态验证码已停用");
    }

    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            Factor = await SecondFactors.FindAsync(session, Viewer.Area, Viewer.Login);
            Waiting = await factors.WaitingAsync(session, Viewer);
            Good = await SecondFactors.GoodCodesAsync(session, Viewer.Area, Viewer.Login);
            return true;
        },
        Cancel);
}
