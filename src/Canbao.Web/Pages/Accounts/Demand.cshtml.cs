using Canbao.Core.Access;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Whether the roles that decide over people and money need a second factor.</summary>
sealed class DemandModel : OfficePage
{
    [BindProperty]
    public string Reason { get; set; } = "";

    public bool IsDemanded { get; private set; }

    public Task<IActionResult> OnPostDemandAsync() => SetAsync(true, "已改为必须使用动态验证码");

    public Task<IActionResult> OnPostReleaseAsync() => SetAsync(false, "已改为自愿使用动态验证码");

    protected override async Task<bool> LoadAsync()
    {
        IsDemanded = await Database.ReadAsync(session => SecondFactors.IsDemandedAsync(session, Viewer.Area), Cancel);
        return true;
    }

    async Task<IActionResult> SetAsync(bool demand, string said)
    {
        await Accounts.DemandFactorAsync(Database, Viewer, demand, Reason, Cancel);
        return Done("/accounts/second-factor", said);
    }
}
