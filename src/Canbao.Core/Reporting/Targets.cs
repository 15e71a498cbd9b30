using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Reporting;

/// <summary>A target that is not the sum of those below it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Own">Its own target.</param>
/// <param name="Below">The sum of the units directly below it, or of the people who hold parts of it.</param>
/// <param name="IsOfHolders">Whether people hold the parts.</param>
public sealed record TargetDifference(Unit Unit, long Own, long Below, bool IsOfHolders);

/// <summary>Targets handed down the tree, and what they rest on (<c>jincheng 七(二)-(三)</c>, <c>baogou 二(六)</c>).</summary>
public static class Targets
{
    /// <summary>The targets of an area and year.</summary>
    public static Task<List<TargetRow>> ListAsync(Session session, int area, InsuranceYear year)
    {
        int number = year.Year;
        return session.Table<TargetRow>().Where(row => row.Area == area && row.InsuranceYear == number)
            .OrderBy(row => row.Unit).ThenBy(row => row.Measure).ThenBy(row => row.Holder).ToListAsync();
    }

    /// <summary>Sets targets; whoever signed for another number has to sign anew. The same again changes nothing.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="tree">The units.</param>
    /// <param name="rows">The targets; area and act are filled in.</param>
    /// <returns>How many are new or changed.</returns>
    /// <exception cref="RefusedException">T204: no such unit. T205: negative. T206: a measure or basis that is none.</exception>
    public static async Task<int> SetAsync(Act act, UnitTree tree, IReadOnlyCollection<TargetRow> rows)
    {
        foreach (var row in rows)
        {
            if (tree.Find(row.Unit) is null)
                throw new RefusedException("T204", $"没有单位“{row.Unit}”；请核对单位代码");
            if (row.People < 0)
                throw new RefusedException("T205", $"{tree.Find(row.Unit)!.Name}的任务数不能是负数（{row.People}）；请核对");
            if (TargetMeasure.Find(row.Measure) is null || TargetBasis.Find(row.Basis) is null)
                throw new RefusedException("T206", $"不认识的任务项目“{row.Measure}”或依据“{row.Basis}”");
        }

        var years = rows.Select(row => row.InsuranceYear).Distinct().ToList();
        var known = (await act.Session.Table<TargetRow>().Where(row => row.Area == act.Area && years.Contains(row.InsuranceYear))
            .ToListAsync()).ToDictionary(Key);
        var changed = new List<TargetRow>();
        foreach (var row in rows.Select(row => row with { Area = act.Area, ActId = act.Id, SignedBy = "", SignedOn = null }))
        {
            var old = known.GetValueOrDefault(Key(row));
            var now = old is not null && old.People == row.People ? row with { SignedBy = old.SignedBy, SignedOn = old.SignedOn } : row;
            if (Record(act, now, old))
                changed.Add(now);
        }

        await act.Session.BulkWriteAsync(changed, OnConflict.Update);
        return changed.Count;
    }

    /// <summary>Notes that whoever leads a unit signed for its targets of a year.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="name">Who signed.</param>
    /// <param name="day">On which day.</param>
    /// <exception cref="RefusedException">T207: nothing to sign. T208: no name, or a day that is yet to come.</exception>
    public static async Task SignAsync(Act act, InsuranceYear year, string unit, string name, DateOnly day)
    {
        if (name.Trim().Length == 0 || day > act.Today)
            throw new RefusedException("T208", "请填写签订人，签订日期不能在今天之后");
        var rows = (await ListAsync(act.Session, act.Area, year)).FindAll(row => row.Unit == unit && row.Holder.Length == 0);
        if (rows.Count == 0)
            throw new RefusedException("T207", "这个单位还没有任务；请先下达任务，再签责任书");
        foreach (var row in rows)
        {
            var signed = row with { SignedBy = LongNumbers.Hidden(name.Trim()), SignedOn = day, ActId = act.Id };
            if (Record(act, signed, row))
                await act.Session.Data.UpdateAsync(signed);
        }
    }

    /// <summary>
    /// Targets of the units directly below one, told from figures; units for which a figure is missing have none and are told.
    /// </summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="below">The units.</param>
    /// <param name="order">For which year and measure, on what basis, with how many percent of it.</param>
    /// <returns>The targets, not stored, and the units without figures.</returns>
    public static async Task<(IReadOnlyList<TargetRow> Targets, IReadOnlyList<Unit> Missing)> DeriveAsync(
        Session session, int area, IReadOnlyCollection<Unit> below, TargetOrder order)
    {
        var (targets, missing) = (new List<TargetRow>(), new List<Unit>());
        string[] measures = order.Basis.Code switch
        {
            "hukou_and_permits" => [Measures.Hukou, Measures.Permits],
            "census_share" => [Measures.Census],
            "not_yet_insured" => [Measures.Residents, Measures.ResidentEnrolled],
            _ => throw new ArgumentException("Entered targets are not derived.", nameof(order)),
        };
        var figures = new List<Dictionary<string, FigureRow>>();
        foreach (var measure in measures)
            figures.Add(await Figures.LatestAsync(session, area, measure, order.Year.FirstDay.AddDays(-1)));
        foreach (var unit in below)
        {
            if (!figures[0].TryGetValue(unit.Code, out var main))
            {
                missing.Add(unit);
                continue;
            }

            long other = figures.Count > 1 ? figures[1].GetValueOrDefault(unit.Code)?.People ?? 0 : 0;
            long base100 = checked(order.Basis == TargetBasis.NotYetInsured ? main.People - other : main.People + other);
            targets.Add(new()
            {
                InsuranceYear = order.Year.Year,
                Measure = order.Measure.Code,
                Unit = unit.Code,
                // To the next person: a share is not reached with less.
                People = Math.Max(0, checked((base100 * order.Percent + 99) / 100)),
                BaseYear = main.Day.Year,
                Basis = order.Basis.Code,
                Source = order.Source,
            });
        }

        return (targets, missing);
    }

    /// <summary>Where targets of a measure are not the sum of those below.</summary>
    public static IEnumerable<TargetDifference> Differences(UnitTree tree, IReadOnlyCollection<TargetRow> targets, TargetMeasure measure)
    {
        var own = targets.Where(row => row.Measure == measure.Code && row.Holder.Length == 0)
            .ToDictionary(row => row.Unit, row => row.People, StringComparer.Ordinal);
        var held = targets.Where(row => row.Measure == measure.Code && row.Holder.Length > 0).ToLookup(row => row.Unit, row => row.People);
        foreach (var unit in tree.All.Where(unit => own.ContainsKey(unit.Code)))
        {
            var below = tree.ChildrenOf(unit).Where(child => own.ContainsKey(child.Code)).Select(child => own[child.Code]).ToList();
            if (below.Count > 0 && below.Sum() != own[unit.Code])
                yield return new(unit, own[unit.Code], below.Sum(), false);
            if (held[unit.Code].Any() && held[unit.Code].Sum() != own[unit.Code])
                yield return new(unit, own[unit.Code], held[unit.Code].Sum(), true);
        }
    }

    static (int, string, string, string) Key(TargetRow row) => (row.InsuranceYear, row.Measure, row.Unit, row.Holder);

    static bool Record(Act act, TargetRow now, TargetRow? old) =>
        act.Record("target", $"{now.InsuranceYear}/{now.Measure}/{now.Unit}", "targeted", old is null ? null : Fields(old), Fields(now));

    static object Fields(TargetRow row) => new { row.Unit, Answers = row.Holder, row.People, row.Basis, row.Source, row.SignedOn };
}

/// <summary>How targets are told from figures.</summary>
/// <param name="Year">The insurance year.</param>
/// <param name="Measure">What they count.</param>
/// <param name="Basis">On what they rest.</param>
/// <param name="Percent">How much of it, whole percent.</param>
/// <param name="Source">Where it is said, such as a clause.</param>
public sealed record TargetOrder(InsuranceYear Year, TargetMeasure Measure, TargetBasis Basis, int Percent, string Source);
