using Canbao.Core.Reporting;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A line of the progress table.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Figures">Its figures with all below it.</param>
/// <param name="Deeper">Whether units stand below it.</param>
sealed record ProgressLine(Unit Unit, ProgressFigures Figures, bool Deeper);

/// <summary>How far the units below one are; each number opens to its people.</summary>
sealed class ProgressModel(Counts counts) : OfficePage
{
    /// <summary>The unit whose parts are shown; the viewer's own where empty.</summary>
    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    public Unit Unit { get; private set; } = null!;

    /// <summary>The units from the viewer's own to the one shown.</summary>
    public IReadOnlyList<Unit> Above { get; private set; } = [];

    public IReadOnlyList<ProgressLine> Lines { get; private set; } = [];

    public ProgressFigures All { get; private set; }

    /// <summary>The people behind a number.</summary>
    public string People(Unit unit, ProgressGroup group) => Link("/progress/people", ("unit", unit.Code), ("group", $"{group}"));

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        var code = string.IsNullOrEmpty(UnitCode) ? Viewer.UnitCode : UnitCode;
        await counts.CatchUpAsync(Viewer.Area, [Year], Cancel);
        var (tree, lines) = await Database.ReadAsync(
            async session =>
            {
                var tree = await UnitStore.ReadAsync(session, Viewer.Area);
                return tree.Find(code) is { } chosen && Viewer.Sees(tree.PathOf(chosen))
                    ? (tree, await Tally.ReadAsync(session, Viewer.Area, new(tree.PathOf(chosen)), Year))
                    : (tree, null);
            },
            Cancel);
        if (lines is null)
            return false;
        var figures = lines.GroupBy(line => line.Unit).ToDictionary(unit => unit.Key, ProgressFigures.Of, StringComparer.Ordinal);
        Unit = tree.Find(code)!;
        Above = Choices.Above(tree, Viewer, Unit);
        ProgressFigures Of(IEnumerable<Unit> units) =>
            units.Aggregate(default(ProgressFigures), (sum, unit) => sum + figures.GetValueOrDefault(unit.Code));
        All = Of(tree.Subtree(Unit));
        Lines =
        [
            .. tree.ChildrenOf(Unit).Select(unit => new ProgressLine(unit, Of(tree.Subtree(unit)), tree.ChildrenOf(unit).Any())),
            // People who belong to the unit itself and to none below it.
            .. tree.ChildrenOf(Unit).Any() && figures.TryGetValue(Unit.Code, out var own) ? [new(Unit, own, false)] : (ProgressLine[])[],
        ];
        return true;
    }
}
