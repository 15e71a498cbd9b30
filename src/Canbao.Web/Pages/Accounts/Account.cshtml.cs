using Canbao.Core.Access;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>One account: its password, its second factor, its tie to the identity provider, and whether it is open.</summary>
sealed class AccountModel(TimeProvider clock, WebOptions options, ProviderTies ties) : OfficePage
{
    [BindProperty(SupportsGet = true, Name = "login")]
    public string Login { get; set; } = "";

    [BindProperty]
    public string Password { get; set; } = "";

    [BindProperty]
    public string Reason { get; set; } = "";

    [BindProperty]
    public string Subject { get; set; } = "";

    public ListedAccount Found { get; private set; } = null!;

    public SecondFactorRow? Factor { get; private set; }

    /// <summary>Whether the office has an identity provider.</summary>
    public bool HasProvider => options.Provider is not null;

    public ProviderTieRow? Tie { get; private set; }

    public AccountState State => AccountState.Of(Found.Account, clock.GetUtcNow());

    public async Task<IActionResult> OnPostResetAsync()
    {
        await Accounts.ResetPasswordAsync(Database, Viewer, Login, Password, Reason, Cancel);
        return Done($"/accounts/{Login}", "密码已重置，请告诉本人");
    }

    public Task<IActionResult> OnPostDisableAsync() => SetAsync(true, "账号已停用，登录立即失效");

    public Task<IActionResult> OnPostEnableAsync() => SetAsync(false, "账号已恢复");

    public async Task<IActionResult> OnPostFactorAsync()
    {
        await Accounts.ResetFactorAsync(Database, Viewer, Login, Reason, Cancel);
        return Done($"/accounts/{Login}", "动态验证码已重置，本人下次登录只需密码，请提醒重新启用");
    }

    public async Task<IActionResult> OnPostTieAsync()
    {
        if (options.Provider is not { } provider)
            return NotFound();
        await ties.TieAsync(Database, Viewer, Login, (provider.Address, Subject), Reason, Cancel);
        return Done($"/accounts/{Login}", "已绑定，本人可以用统一身份认证登录");
    }

    public async Task<IActionResult> OnPostUntieAsync()
    {
        await ProviderTies.UntieAsync(Database, Viewer, Login, Reason, Cancel);
        return Done($"/accounts/{Login}", "已解除绑定，登录立即失效");
    }

    protected override async Task<bool> LoadAsync()
    {
        if (await Accounts.FindAsync(Database, Viewer, Login, Cancel) is not { } found)
            return false;
        Found = found;
        (Factor, Tie) = await Database.ReadAsync(
            async session => (
                await SecondFactors.FindAsync(session, Viewer.Area, found.Account.Login),
                await ProviderTies.FindAsync(session, Viewer.Area, found.Account.Login)),
            Cancel);
        return true;
    }

    async Task<IActionResult> SetAsync(bool disabled, string said)
    {
        await Accounts.SetDisabledAsync(Database, Viewer, Login, disabled, Reason, Cancel);
        return Done($"/accounts/{Login}", said);
    }
}
