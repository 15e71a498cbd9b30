using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Units;
using Canbao.Core.Work.Jobs;
using Canbao.Core.Work.Shadow;
using Canbao.Policy.Compare;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>A unit's sums.</summary>
sealed record ShadowUnit(Unit Unit, ShadowSum Sum, Money FundersNow, Money FundersThen);

/// <summary>What another pack would mean: who pays more or less, and each funder's bill; each number opens to its people.</summary>
sealed class ShadowModel(PackShelf shelf, ShadowRun run, TimeProvider clock) : ShadowPage(shelf)
{
    /// <summary>The units from the viewer's own to the one shown.</summary>
    public IReadOnlyList<Unit> Above { get; private set; } = [];

    /// <summary>How many people would be read.</summary>
    public int Expected { get; private set; }

    /// <summary>Whether they are too many for a page.</summary>
    public bool IsTooLarge => Expected > ShadowRun.MostInPage;

    /// <summary>What was found; null where nothing was run.</summary>
    public ShadowTotals? Totals { get; private set; }

    public ShadowSum Sum { get; private set; } = null!;

    public IReadOnlyList<ShadowBill> Bills { get; private set; } = [];

    public IReadOnlyList<ShadowLine> Pairs { get; private set; } = [];

    public IReadOnlyList<ShadowUnit> Units { get; private set; } = [];

    /// <summary>The packs rule by rule; null where one side is what is bound, and that is several.</summary>
    public PackDiff? Diff { get; private set; }

    /// <summary>How long it took, in seconds.</summary>
    public string Took { get; private set; } = "";

    public IEnumerable<SelectListItem> Packs => Shelf.Names.Select(name => new SelectListItem(name, name));

    public IEnumerable<SelectListItem> AgainstPacks => Packs.Prepend(new($"{Year} 年度已绑定的政策包", ""));

    /// <summary>Compares for more people than a page does; what comes of it is a file.</summary>
    public Task<IActionResult> OnPostAsync()
    {
        Choose();
        return Order is not { } order
            ? Task.FromResult<IActionResult>(LocalRedirect(Run("/policies/shadow", Unit.Code)))
            : HaveDoneAsync(
                kinds => kinds.Compare,
                new(order.Within is null ? "" : Unit.Code, Side(order.Now), Side(order.Then)),
                $"{Unit.Name} 试算 {Pack}");

        static SideOrder Side(ShadowSide side) => new(side.Year.Year, side.On, side.Pack);
    }

    public async Task OnGetAsync()
    {
        Above = Choices.Above(Tree, Viewer, Unit);
        try
        {
            Choose();
            if (Order is not null)
                await ShowAsync(Order);
        }
        catch (RefusedException refused)
        {
            Tell(refused);
        }
    }

    async Task ShowAsync(ShadowOrder order)
    {
        var started = clock.GetTimestamp();
        var bound = await Database.ReadAsync(
            async session =>
            {
                Expected = await ShadowRun.CountAsync(session, Viewer.Area, new(Tree.PathOf(Unit)), order.FactsOn);
                if (!IsTooLarge)
                    Totals = await run.RunAsync(session, Viewer.Area, order);
                return await PackBindings.ListAsync(session, Viewer.Area, order.Now.Year);
            },
            Cancel);
        var old = order.Now.Pack ?? (bound.Select(row => row.Pack).Distinct().ToList() is [var one] ? one : null);
        if (old is not null)
            Diff = PackDiff.Between(Shelf.Find(old), Shelf.Find(Pack!));
        if (Totals is not { } totals)
            return;
        Took = string.Create(CultureInfo.InvariantCulture, $"{clock.GetElapsedTime(started).TotalSeconds:0.0}");
        (Sum, Bills, Pairs) = (totals.Sum(_ => true), totals.BillsOf(_ => true), totals.Pairs(_ => true));
        Units = [.. Tree.ChildrenOf(Unit).Select(child => UnitOf(totals, child)).Where(line => line.Sum.People > 0)];
    }

    ShadowUnit UnitOf(ShadowTotals totals, Unit unit)
    {
        var codes = Tree.Subtree(unit).Select(each => each.Code).ToHashSet(StringComparer.Ordinal);
        var bills = totals.BillsOf(codes.Contains);
        return new(
            unit, totals.Sum(codes.Contains), Money.FromFen(bills.Sum(bill => bill.Now)), Money.FromFen(bills.Sum(bill => bill.Then)));
    }
}
