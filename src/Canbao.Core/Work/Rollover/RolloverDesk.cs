using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Reporting;
using Canbao.Core.Rosters;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Work.Rollover;

/// <summary>How far the roll-over into a year is; worked out from what is there, and stored nowhere.</summary>
/// <param name="Year">The new year.</param>
public sealed record RolloverState(InsuranceYear Year)
{
    /// <summary>The packs that are bound.</summary>
    public required IReadOnlyList<PackBindingRow> Packs { get; init; }

    /// <summary>Units that people belong to for which none is.</summary>
    public required IReadOnlyList<Unit> WithoutPack { get; init; }

    /// <summary>How many people would be renewed by default.</summary>
    public required long ToRenew { get; init; }

    /// <summary>Who was enrolled the year before and is not renewed, by what stands in the way.</summary>
    public required IReadOnlyDictionary<RenewalObstacle, int> NotRenewed { get; init; }

    /// <summary>Lists of one year.</summary>
    public required IReadOnlyList<YearList> Lists { get; init; }

    /// <summary>Targets of last year that the new year lacks.</summary>
    public required int TargetsMissing { get; init; }

    /// <summary>Targets that were carried over and not handed down anew yet.</summary>
    public required int TargetsCarried { get; init; }

    /// <summary>People for whom nothing was assessed yet.</summary>
    public required long NotAssessed { get; init; }

    /// <summary>How many people are to be told that they turn an age.</summary>
    public required IReadOnlyDictionary<TurnOfAge, int> Turning { get; init; }

    /// <summary>Whether the lists of a year need nothing any more.</summary>
    public bool ListsAreDone => Lists.All(list => list.State == YearListState.NewList);

    /// <summary>Whether every step is done; who turns an age is told for as long as the year is.</summary>
    public bool IsDone => Packs.Count > 0 && WithoutPack.Count == 0 && ToRenew == 0 && ListsAreDone && TargetsMissing == 0
        && TargetsCarried == 0 && NotAssessed == 0;
}

/// <summary>
/// Rolls an area over into the next year, step by step; each does what is missing, so that a second time changes nothing
/// (<c>lingyuan 四(一)</c>, <c>lingyuan 四(六)-lists</c>).
/// </summary>
/// <param name="shelf">The packs.</param>
/// <param name="vault">Opens numbers for lists, hashes what claims are taken by.</param>
/// <param name="desk">The lists.</param>
public sealed class RolloverDesk(PackShelf shelf, Vault vault, RosterDesk desk)
{
    const string Unassessed = """
        select count(*) from person p
        join person_status s on s.area = @area and s.area = p.area and s.person_id = p.person_id and s.until_day is null
        where p.area = @area and p.merged_into is null and not exists (
            select 1 from due d where d.area = @area and d.insurance_year = @year and d.person_id = p.person_id)
        """;

    readonly Dues dues = new(shelf, vault);
    readonly Enrolments enrolments = new(vault);
    readonly YearLists lists = new(vault, desk);

    /// <summary>The year that follows another.</summary>
    /// <exception cref="RefusedException">A205: another year was meant.</exception>
    public static InsuranceYear Following(InsuranceYear from, InsuranceYear to) => to == from.Next
        ? to : throw new RefusedException("A205", $"年度应前后相接：{from}年度之后是{from.Next}年度，不是{to}年度");

    /// <summary>How far it is.</summary>
    public async Task<RolloverState> ReadAsync(Session session, int area, InsuranceYear year, DateOnly today)
    {
        var tree = await UnitStore.ReadAsync(session, area);
        var bindings = await PackBindings.ReadAsync(session, area, year);
        var targets = await Targets.ListAsync(session, area, year);
        var toRenew = await Enrolments.RenewableAsync(session, area, year);
        var turning = new Dictionary<TurnOfAge, int>();
        foreach (var turn in RolloverPeople.All)
            turning.Add(turn, await RolloverPeople.CountAsync(session, area, new(tree.PathOf(tree.Root)), year, turn));
        return new(year)
        {
            Packs = await PackBindings.ListAsync(session, area, year),
            WithoutPack =
            [
                .. tree.All.Where(unit => !tree.ChildrenOf(unit).Any() && bindings.Find(unit.Code, year.LastDay) is null),
            ],
            ToRenew = toRenew,
            NotRenewed = Standing(await Enrolments.NotRenewedAsync(session, area, year), toRenew),
            Lists = await lists.ReadAsync(session, area, year, today),
            TargetsMissing = (await MissingAsync(session, area, tree, year, targets)).Count,
            TargetsCarried = targets.Count(row => row.Source == CarriedFrom(year)),
            NotAssessed = await session.Data.ExecuteAsync<long>(
                Unassessed, new DataParameter("area", area, DataType.Int32), new DataParameter("year", year.Year, DataType.Int32)),
            Turning = turning,
        };
    }

    /// <summary>Renews by default whoever is not renewed yet.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="RefusedException">As <see cref="Enrolments.RenewAsync"/>.</exception>
    public Task<long> RenewAsync(Act act, InsuranceYear year, DateOnly? registeredOn = null) =>
        enrolments.RenewAsync(act, year, registeredOn);

    /// <summary>Keeps the adjustment lists that end lists of a year; people look at them and apply them.</summary>
    /// <inheritdoc cref="YearLists.PrepareAsync"/>
    public Task<int> PrepareListsAsync(Act act, InsuranceYear year) => lists.PrepareAsync(act, year);

    /// <summary>
    /// Carries over targets that the new year lacks, as a base: unsigned, for each unit as a whole, to be handed down anew. Targets of
    /// employees stand for the year of the work (<c>jincheng 附件1</c>) and are not carried.
    /// </summary>
    /// <returns>How many.</returns>
    public static async Task<int> CarryTargetsAsync(Act act, InsuranceYear year)
    {
        var tree = await UnitStore.ReadAsync(act.Session, act.Area);
        var missing = await MissingAsync(act.Session, act.Area, tree, year, await Targets.ListAsync(act.Session, act.Area, year));
        return missing.Count == 0 ? 0 : await Targets.SetAsync(act, tree, missing.ConvertAll(row => row with
        {
            InsuranceYear = year.Year,
            BaseYear = year.Previous.Year,
            Basis = TargetBasis.Entered.Code,
            Source = CarriedFrom(year),
        }));
    }

    /// <summary>Assesses everybody for a payment day.</summary>
    public Task<DueRun> MakeDuesAsync(Act act, InsuranceYear year, DateOnly day, IProgress<(long Done, long All)>? progress = null) =>
        dues.MakeAsync(act, year, day, progress);

    /// <summary>What a carried target says of where it comes from, until it is handed down anew.</summary>
    public static string CarriedFrom(InsuranceYear year) => $"沿用{year.Previous}年度任务数，待重新下达";

    static async Task<List<TargetRow>> MissingAsync(
        Session session, int area, UnitTree tree, InsuranceYear year, List<TargetRow> there)
    {
        var known = there.Select(row => (row.Measure, row.Unit)).ToHashSet();
        return (await Targets.ListAsync(session, area, year.Previous)).FindAll(row => row.Holder.Length == 0
            && row.Measure != TargetMeasure.Employees.Code && row.Measure != TargetMeasure.NewEmployees.Code
            && !known.Contains((row.Measure, row.Unit)) && tree.Find(row.Unit) is not null);
    }

    /// <summary>Whoever nothing stands in the way of is only not renewed yet.</summary>
    static Dictionary<RenewalObstacle, int> Standing(IReadOnlyDictionary<RenewalObstacle, int> found, long toRenew) => found
        .Select(pair => (pair.Key, Value: pair.Key == RenewalObstacle.Claimed ? pair.Value - (int)toRenew : pair.Value))
        .Where(pair => pair.Value > 0).ToDictionary(pair => pair.Key, pair => pair.Value);
}
