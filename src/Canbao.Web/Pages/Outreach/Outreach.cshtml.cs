using Canbao.Core.Events;
using Canbao.Core.Outreach;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work.Outreach;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>The ledger of those who should be insured and are not: counts, and who they are.</summary>
sealed class OutreachModel(AuditChain chain, CategoryNames names) : OutreachPage(names)
{
    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<OutreachLine> Found { get; private set; } = [];

    public bool More { get; private set; }

    public OutreachCounts Counts { get; private set; }

    /// <summary>The units below the one shown, with all below them.</summary>
    public IReadOnlyList<(Unit Unit, OutreachCounts Counts)> Lines { get; private set; } = [];

    /// <summary>Numbers with their names and the search that finds their people.</summary>
    public static IEnumerable<(string Name, long People, (string Name, string Value) Search)> Figures(OutreachCounts counts) =>
    [
        ("未登记", counts.Unregistered, ("ground", nameof(OutreachGround.Unregistered))),
        ("已登记未缴费", counts.Unpaid, ("ground", nameof(OutreachGround.Unpaid))),
        ("自动结案", counts.Settled, ("state", Closed)), ("不计入应参保", counts.Excluded, ("state", Closed)),
        ("其他结案", counts.Given, ("state", Closed)),
    ];

    /// <summary>This page for a unit and a search.</summary>
    public string Of(string unit, params (string Name, string Value)[] search) =>
        Link("/outreach", [.. unit.Length > 0 ? [("unit", unit)] : Array.Empty<(string, string)>(), .. search]);

    public async Task<IActionResult> OnPostOpenAsync()
    {
        await chain.SealAsync(Database, Viewer.Area, Cancel);
        var followed = await OutreachFollower.FollowAsync(Database, Viewer.Area, Cancel);
        var run = await Act.DoAsync(Database, Viewer.Area, Doer($"比对生成{Year}年度扩面台账"), "outreach.open",
            act => OutreachDesk.OpenAsync(act, Viewer, Year), Cancel);
        return Done("/outreach", OutreachText.Told(followed + run), Search);
    }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        return Database.ReadAsync(
            async session =>
            {
                if (!await LoadSearchAsync(session))
                    return false;
                var found = await OutreachList.ListAsync(
                    session, Viewer.Area, Filter, Today, ((PageNumber - 1) * PageSize, PageSize + 1));
                More = found.Count > PageSize;
                Found = found[..Math.Min(found.Count, PageSize)];
                Count(await OutreachFigures.ReadAsync(session, Viewer.Area, Filter.Within, Year));
                return true;
            },
            Cancel);
    }

    void Count(IReadOnlyDictionary<string, OutreachCounts> counts)
    {
        OutreachCounts Of(IEnumerable<Unit> units) =>
            units.Aggregate(default(OutreachCounts), (sum, unit) => sum + counts.GetValueOrDefault(unit.Code));
        Counts = Of(Tree.Subtree(Unit));
        var below = Tree.ChildrenOf(Unit).Select(unit => (unit, Counts: Of(Tree.Subtree(unit)))).Where(line => line.Counts.All > 0);
        Lines = !Tree.ChildrenOf(Unit).Any() ? [] : counts.TryGetValue(Unit.Code, out var own) ? [.. below, (Unit, own)] : [.. below];
    }
}
