using Canbao.Core.Registry.Comparison;
using Canbao.Core.Units;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A line of the comparison of register and enrolments.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Counts">Its counts with all below it.</param>
/// <param name="Deeper">Whether units stand below it.</param>
sealed record RegisterLine(Unit Unit, RegisterCounts Counts, bool Deeper);

/// <summary>The household register against the year's enrolments, village by village; each number opens to its people.</summary>
sealed class RegisterCompareModel : OfficePage
{
    /// <summary>The unit whose parts are shown; the viewer's own where empty.</summary>
    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    public Unit Unit { get; private set; } = null!;

    /// <summary>The units from the viewer's own to the one shown.</summary>
    public IReadOnlyList<Unit> Above { get; private set; } = [];

    public IReadOnlyList<RegisterLine> Lines { get; private set; } = [];

    public RegisterCounts All { get; private set; }

    /// <summary>The people behind a number.</summary>
    public string People(Unit unit, RegisterDifference difference) =>
        Link("/comparisons/register/people", ("unit", unit.Code), ("difference", $"{difference}"));

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            var tree = await UnitStore.ReadAsync(session, Viewer.Area);
            if (tree.Find(string.IsNullOrEmpty(UnitCode) ? Viewer.UnitCode : UnitCode) is not { } unit || !Viewer.Sees(tree.PathOf(unit)))
                return false;
            var counts = await RegisterComparison.CountAsync(session, Viewer.Area, new(tree.PathOf(unit)), Year);
            RegisterCounts Of(IEnumerable<Unit> units) =>
                units.Aggregate(default(RegisterCounts), (sum, each) => sum + counts.GetValueOrDefault(each.Code));
            Unit = unit;
            Above = Choices.Above(tree, Viewer, unit);
            All = Of(tree.Subtree(unit));
            Lines =
            [
                .. tree.ChildrenOf(unit).Select(each => new RegisterLine(each, Of(tree.Subtree(each)), tree.ChildrenOf(each).Any())),
                .. tree.ChildrenOf(unit).Any() && counts.TryGetValue(unit.Code, out var own)
                    ? [new(unit, own, false)] : (RegisterLine[])[],
            ];
            return true;
        },
        Cancel);
}
