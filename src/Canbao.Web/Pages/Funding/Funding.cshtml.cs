using Canbao.Core.Access;
using Canbao.Core.Funding;
using Canbao.Core.Units;
using Canbao.Core.Work.Funding;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>What is owed, fen, by how far it is claimed.</summary>
readonly record struct FundingSums(long Open, long Claimed, long Settled)
{
    /// <summary>All of it.</summary>
    public long Owed => Open + Claimed + Settled;

    public static FundingSums Of(IEnumerable<BillPart> parts) => parts.Aggregate(default(FundingSums), (sum, part) => new(
        checked(sum.Open + part.Open), checked(sum.Claimed + part.Claimed), checked(sum.Settled + part.Settled)));
}

/// <summary>What a payer owes for a ground, and for how many people.</summary>
sealed record GroundLine(FunderGroundRow Ground, int People, FundingSums Sums);

/// <summary>What funders owe for the people of a unit.</summary>
sealed record UnitLine(string Code, string Name, FundingSums Sums, bool Deeper);

/// <summary>Each funder's bill for a unit, by whom it is for, by unit and by month; each number opens to its people.</summary>
sealed class FundingModel : OfficePage
{
    /// <summary>The unit whose parts are shown; the viewer's own where empty.</summary>
    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Payer { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Month { get; set; } = "";

    public Unit Unit { get; private set; } = null!;

    /// <summary>The units from the viewer's own to the one shown.</summary>
    public IReadOnlyList<Unit> Above { get; private set; } = [];

    public IReadOnlyList<GroundLine> Grounds { get; private set; } = [];

    public IReadOnlyList<UnitLine> Units { get; private set; } = [];

    public IReadOnlyList<(string Month, FundingSums Sums)> ByMonth { get; private set; } = [];

    public FundingSums All { get; private set; }

    public IReadOnlyList<SelectListItem> Payers { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Months { get; private set; } = [];

    /// <summary>Whether the viewer books what funders owe.</summary>
    public bool MayBook => Viewer is { Role: Role.Bureau, SeesWholeArea: true };

    /// <summary>Whether the viewer sees the funds' accounts, which are of the whole area.</summary>
    public bool SeesAccounts => Viewer.SeesWholeArea && Routes.Find("/funding/accounts")!.Admits(Viewer.Role);

    /// <summary>This page for another unit or month.</summary>
    public string Self(string? unit = null, string? month = null) =>
        Link("/funding", ("unit", unit ?? Unit.Code), ("payer", Payer), ("month", month ?? Month));

    /// <summary>The people behind a ground.</summary>
    public string People(FunderGroundRow ground) => Link(
        "/funding/people", ("unit", Unit.Code), ("payer", ground.Payer), ("category", FundingBills.CategoryOf(ground)), ("month", Month));

    public async Task<IActionResult> OnPostBookAsync()
    {
        if (!MayBook)
            throw new RefusedException("C191", "核算由全地区的医保经办账号办理");
        return await HaveDoneAsync(kinds => kinds.Book, new(Year.Year), $"核算{Year}年度资助资金");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        (Payer, Month) = (Payer ?? "", Month ?? "");
        var code = string.IsNullOrEmpty(UnitCode) ? Viewer.UnitCode : UnitCode;
        var tree = await Database.ReadAsync(session => UnitStore.ReadAsync(session, Viewer.Area), Cancel);
        if (tree.Find(code) is not { } chosen || !Viewer.Sees(tree.PathOf(chosen)))
            return false;
        Unit = chosen;
        Above = Choices.Above(tree, Viewer, Unit);
        var filter = new BillFilter(Year, new(tree.PathOf(chosen)));
        var (all, people) = await Database.ReadAsync(
            async session => (
                await FundingBills.BillAsync(session, Viewer, filter),
                await FundingBills.PeopleCountsAsync(session, Viewer, filter with { Payer = Payer, Month = Month })),
            Cancel);
        Payers = [new("全部", ""), .. all.GroupBy(part => part.Ground.Payer).Select(same =>
            new SelectListItem(same.First().Ground.PayerName, same.Key))];
        Months = [new("全部", ""), .. all.Select(part => part.Month).Distinct().Order().Select(month => new SelectListItem(month, month))];
        var asked = all.FindAll(part =>
            (Payer.Length == 0 || part.Ground.Payer == Payer) && (Month.Length == 0 || part.Month == Month));
        Show(tree, asked, people);
        return true;
    }

    void Show(UnitTree tree, List<BillPart> parts, IReadOnlyDictionary<long, int> people)
    {
        All = FundingSums.Of(parts);
        Grounds =
        [
            .. parts.GroupBy(part => part.Ground).OrderBy(same => same.Key.Payer == FunderShares.Subsidy)
                .ThenBy(same => same.Key.Payer, StringComparer.Ordinal).ThenBy(same => same.Key.Clause, StringComparer.Ordinal)
                .Select(same => new GroundLine(same.Key, people.GetValueOrDefault(same.Key.GroundId), FundingSums.Of(same))),
        ];
        var byUnit = parts.ToLookup(part => part.Unit, StringComparer.Ordinal);
        FundingSums Below(Unit unit) => FundingSums.Of(tree.Subtree(unit).SelectMany(each => byUnit[each.Code]));
        Units =
        [
            .. from unit in tree.ChildrenOf(Unit)
               where tree.Subtree(unit).Any(each => byUnit.Contains(each.Code))
               select new UnitLine(unit.Code, unit.Name, Below(unit), true),
            .. byUnit.Contains(Unit.Code)
                ? [new(Unit.Code, Unit.Name, FundingSums.Of(byUnit[Unit.Code]), false)] : Array.Empty<UnitLine>(),
        ];
        ByMonth = [.. parts.GroupBy(part => part.Month).OrderBy(same => same.Key).Select(same => (same.Key, FundingSums.Of(same)))];
    }
}
