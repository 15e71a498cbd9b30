using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work.Rollover;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>From one year to the next, step by step: what is done, what is missing, and the deed for it.</summary>
sealed class RolloverModel(RolloverDesk desk, CategoryNames names) : OfficePage
{
    public RolloverState State { get; private set; } = null!;

    public UnitTree Tree { get; private set; } = null!;

    public CategoryNames Names => names;

    /// <summary>The payment day that is assumed.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <summary>Whether the viewer does the steps, or only looks.</summary>
    public bool MayAct => Viewer.Role == Role.Bureau;

    public Task<IActionResult> OnPostRenewAsync()
    {
        Require();
        return HaveDoneAsync(kinds => kinds.Renew, new(Year.Year), "默认续保");
    }

    public async Task<IActionResult> OnPostListsAsync() => Told(
        $"已生成 {await DoAsync("上年名单到期", "rollover.lists", act => desk.PrepareListsAsync(act, Year))} 份到期名单，请核对并生效");

    public async Task<IActionResult> OnPostTargetsAsync() => Told(
        $"已沿用 {await DoAsync("沿用上年任务", "target.carry", act => RolloverDesk.CarryTargetsAsync(act, Year))} 项任务，请重新下达");

    public Task<IActionResult> OnPostDuesAsync()
    {
        Require();
        return HaveDoneAsync(kinds => kinds.Dues, new(Year.Year, On ?? Today), $"核定{Year}年度应缴");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (!Viewer.SeesWholeArea)
            return false;
        On ??= Today;
        (State, Tree) = await Database.ReadAsync(
            async session => (
                await desk.ReadAsync(session, Viewer.Area, Year, Today), await UnitStore.ReadAsync(session, Viewer.Area)),
            Cancel);
        return true;
    }

    void Require() => Viewer.Require("W103", Role.Bureau);

    IActionResult Told(string text) => Done("/policies/rollover", text);

    Task<T> DoAsync<T>(string reason, string kind, Func<Act, Task<T>> work)
    {
        Require();
        return Act.DoAsync(Database, Viewer.Area, Doer(reason), kind, work, Cancel);
    }
}
