using System.Collections.Immutable;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Reporting;

/// <summary>A unit's targets of a year with what they are held against.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Rows">Its targets by measure; employee insurance is told for the year of the work, which may be the one before.</param>
/// <param name="Held">Parts of them that people answer for.</param>
public sealed record UnitTargets(Unit Unit, ImmutableArray<TargetRow> Rows, ImmutableArray<TargetRow> Held)
{
    /// <summary>The target of a measure; null where none was handed down.</summary>
    public TargetRow? Find(TargetMeasure measure) => Rows.FirstOrDefault(row => row.Measure == measure.Code);
}

/// <summary>Hands targets down the tree: whoever is above a unit sets what it has to reach.</summary>
public static class TargetDesk
{
    /// <summary>The targets of a unit and of those directly below it.</summary>
    public static async Task<IReadOnlyList<UnitTargets>> ReadAsync(Session session, int area, UnitTree tree, Unit unit, InsuranceYear year)
    {
        var rows = await Targets.ListAsync(session, area, year);
        // The employees of a season are those of the year in which it is run, as in jincheng 附件1.
        rows.AddRange((await Targets.ListAsync(session, area, year.Previous)).Where(row => row.Measure == TargetMeasure.Employees.Code
            && !rows.Exists(own => own.Measure == row.Measure && own.Unit == row.Unit)));
        var byUnit = rows.ToLookup(row => row.Unit, StringComparer.Ordinal);
        return
        [
            .. tree.ChildrenOf(unit).Prepend(unit).Select(each => new UnitTargets(
                each, [.. byUnit[each.Code].Where(row => row.Holder.Length == 0)],
                [.. byUnit[each.Code].Where(row => row.Holder.Length > 0)])),
        ];
    }

    /// <summary>Hands down a target to a unit below the viewer's, or a part of the viewer's own to somebody (<c>baogou 二(六)</c>).</summary>
    /// <exception cref="RefusedException">T201: not the viewer's to set. Else as of <see cref="Targets.SetAsync"/>.</exception>
    public static async Task HandDownAsync(Act act, Viewer viewer, IReadOnlyCollection<TargetRow> rows)
    {
        var tree = await UnitStore.ReadAsync(act.Session, act.Area);
        foreach (var row in rows)
            Require(viewer, tree, row.Unit, row.Holder.Length > 0);
        await Targets.SetAsync(act, tree, rows);
    }

    /// <summary>Derives and hands down the targets of the units directly below one.</summary>
    /// <returns>How many changed, and the units without figures, which keep what they have.</returns>
    /// <exception cref="RefusedException">T201 as above. T209: there are no figures at all.</exception>
    public static async Task<(int Changed, IReadOnlyList<Unit> Missing)> DeriveAsync(
        Act act, Viewer viewer, string above, TargetOrder order)
    {
        var tree = await UnitStore.ReadAsync(act.Session, act.Area);
        var unit = tree.Find(above) ?? throw new RefusedException("T204", $"没有单位“{above}”；请核对单位代码");
        foreach (var child in tree.ChildrenOf(unit))
            Require(viewer, tree, child.Code, false);
        var (targets, missing) = await Targets.DeriveAsync(act.Session, act.Area, [.. tree.ChildrenOf(unit)], order);
        if (targets.Count == 0)
            throw new RefusedException("T209", $"{unit.Name}的下级单位都没有“{order.Basis.Chinese}”所需的数；请先录入或上传");
        return (await Targets.SetAsync(act, tree, targets), missing);
    }

    /// <summary>Takes over what a notice publishes: targets, and the figures that they rest on; totals of measures are checked.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="tree">The units of the area.</param>
    /// <param name="published">The figures.</param>
    /// <returns>How many targets and figures are new or changed.</returns>
    /// <exception cref="RefusedException">T210: a published sum is not that of its parts. Others as of the desks.</exception>
    public static async Task<(int Targets, int Figures)> LoadAsync(Act act, UnitTree tree, PublishedFigures published)
    {
        foreach (var total in published.Figures.Where(figure => figure.Measure == Measures.NewTotal))
        {
            long? sum = published.Find(total.Unit, TargetMeasure.NewEmployees.Published, total.Year)
                + published.Find(total.Unit, TargetMeasure.NewResidents.Published, total.Year);
            if (sum is { } parts && parts != total.Value)
                throw new RefusedException("T210", $"{tree.Find(total.Unit)?.Name}合计 {total.Value} 不等于职工、居民之和 {parts}；请核对");
        }

        var targets = from figure in published.Figures
                      let measure = TargetMeasure.Find(figure.Measure)
                      where measure is not null
                      let isSum = published.Find(figure.Unit, Measures.Hukou, figure.Year - 1) is not null
                      select new TargetRow
                      {
                          InsuranceYear = figure.Year,
                          Measure = measure.Code,
                          Unit = figure.Unit,
                          People = figure.Value,
                          Basis = (isSum ? TargetBasis.HukouAndPermits : TargetBasis.Entered).Code,
                          BaseYear = figure.Year - 1,
                          Source = figure.Clause,
                      };
        // The same notice once more would else be told of another day.
        var known = (await Figures.ListAsync(act.Session, act.Area))
            .Select(row => (row.Measure, row.Unit, row.Day.Year, row.People, row.Source)).ToHashSet();
        var figures = from figure in published.Figures
                      where Measures.Find(figure.Measure) is not null
                      where !known.Contains((figure.Measure, figure.Unit, figure.Year, figure.Value, figure.Clause))
                      select new FigureRow
                      {
                          Measure = figure.Measure,
                          Unit = figure.Unit,
                          // What is published before the year is over cannot be its last day's, and gives way to later figures.
                          Day = figure.Year == act.Today.Year ? act.Today : new(figure.Year, 12, 31),
                          People = figure.Value,
                          Source = figure.Clause,
                      };
        return (await Targets.SetAsync(act, tree, [.. targets]), await Figures.NoteAsync(act, [.. figures]));
    }

    static void Require(Viewer viewer, UnitTree tree, string code, bool isPart)
    {
        if (tree.Find(code) is not { } unit || !viewer.Sees(tree.PathOf(unit)))
            throw new RefusedException("T201", "请选择本单位的下级单位");
        // A unit does not set its own target, unless nothing stands above it.
        if (unit.Code == viewer.UnitCode && !isPart && unit.Parent.Length > 0)
            throw new RefusedException("T201", $"{unit.Name}的任务由上级下达");
    }
}
