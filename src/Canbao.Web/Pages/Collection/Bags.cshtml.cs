using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Work.Offline;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Bags with what became of their receipt numbers, and the cash that residents get back.</summary>
sealed class BagsModel : OfficePage
{
    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    [BindProperty]
    public string Key { get; set; } = "";

    public IReadOnlyList<CashToGiveBack> Back { get; private set; } = [];

    public IReadOnlyList<ListedBag> Found { get; private set; } = [];

    public bool More { get; private set; }

    /// <summary>Whether the viewer sees the own bags only.</summary>
    public bool OnlyOwn => Viewer.Role == Role.Agent;

    /// <inheritdoc/>
    protected override int ScreenRows => 30;

    public async Task<IActionResult> OnPostBackAsync()
    {
        var taking = await Act.DoAsync(
            Database, Viewer.Area, Doer("现金已退还本人"), "offline.give_back", act => TakingDesk.GiveBackAsync(act, Viewer, Key), Cancel);
        return Done(OfflineModel.BagsPath, $"已登记退还 {Money.FromFen(taking.Amount)} 元；请收回或划掉原票据");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        var agent = OnlyOwn ? Viewer.Login : "";
        var (back, found) = await Database.ReadAsync(
            async session => (
                await TakingDesk.ToGiveBackAsync(session, Viewer, agent),
                await BagDesk.ListAsync(session, Viewer.Area, Viewer.Scope, agent, ((PageNumber - 1) * PageSize, PageSize + 1))),
            Cancel);
        Back = back;
        More = found.Count > PageSize;
        Found = [.. found.Take(PageSize)];
        return true;
    }
}
