using Canbao.Core.Assessment.Dues;
using Canbao.Core.Reporting;
using Canbao.Core.Units;
using Canbao.Policy.Season;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>How far some people are against a rate that is asked for.</summary>
/// <param name="Rate">The rate.</param>
/// <param name="Figures">How far they are.</param>
public sealed record RateState(SeasonRate Rate, ProgressFigures Figures)
{
    /// <summary>Whether it is reached; the shares themselves are compared, not rounded ones (decision 34).</summary>
    public bool IsReached => Figures.Settled * 100 >= Figures.Expected * Rate.AtLeast;

    /// <summary>How many more have to settle.</summary>
    public long Missing => Math.Max(0, (Figures.Expected * Rate.AtLeast + 99) / 100 - Figures.Settled);
}

/// <summary>A stage of the schedule on a day (<c>laishan 五(二)</c>).</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Figures">How far its people are.</param>
/// <param name="Today">The day.</param>
public sealed record StageState(SeasonStage Stage, ProgressFigures Figures, DateOnly Today)
{
    /// <summary>Whether it runs on the day.</summary>
    public bool IsRunning => Stage.Days.Contains(Today);

    /// <summary>Whether it is over and somebody of it has not settled.</summary>
    public bool IsLate => Today > Stage.Days.To && Figures.Settled < Figures.Expected;

    /// <summary>Days until its end, the last included; negative behind it.</summary>
    public int DaysLeft => Stage.Days.To.DayNumber - Today.DayNumber;
}

/// <summary>How many settled on a day, and how many had by its end.</summary>
/// <param name="Day">The business day.</param>
/// <param name="Settled">By how many more; fewer where payments were taken back.</param>
/// <param name="All">How many by the end of the day.</param>
public readonly record struct TrendDay(DateOnly Day, long Settled, long All);

/// <summary>A unit among those beside it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Figures">Its figures with all below it.</param>
/// <param name="Target">How many it has to reach; null where none was handed down.</param>
/// <param name="Rank">From 1; the same for equal rates.</param>
public sealed record RankedUnit(Unit Unit, ProgressFigures Figures, long? Target, int Rank)
{
    /// <summary>Settled of the target, or of those who should be insured where there is none; thousandths, rounded down.</summary>
    public long RatePerMille => Base == 0 ? 1000 : Figures.Settled * 1000 / Base;

    long Base => Target ?? Figures.Expected;

    /// <summary>Whether this one's rate is above another's; fractions are compared exactly.</summary>
    internal int CompareRate(RankedUnit other) =>
        ((Int128)(other.Base == 0 ? 1 : other.Figures.Settled) * Math.Max(Base, 1))
            .CompareTo((Int128)(Base == 0 ? 1 : Figures.Settled) * Math.Max(other.Base, 1));
}

/// <summary>New residents and employee insurance of a unit, side by side (<c>laishan 五(一)</c>).</summary>
/// <param name="Unit">The unit, with those below it.</param>
/// <param name="NewResidents">New enrolments that are settled.</param>
/// <param name="Targets">Its targets.</param>
/// <param name="Employees">People in employee insurance as last told, or null.</param>
/// <param name="Before">The same at the end of the year before the season's work began, or null.</param>
public sealed record UnitExpansion(Unit Unit, long NewResidents, UnitTargets Targets, FigureRow? Employees, FigureRow? Before)
{
    /// <summary>How many more are in employee insurance; null where that cannot be told.</summary>
    public long? NewEmployees => Employees is { } now && Before is { } before && now.Day > before.Day ? now.People - before.People : null;

    /// <summary>Whether there is anything to show.</summary>
    public bool IsTold => Employees is not null || Target(TargetMeasure.NewResidents) is not null
        || Target(TargetMeasure.Employees) is not null || Target(TargetMeasure.NewEmployees) is not null;

    /// <summary>The target of a measure; null where none was handed down.</summary>
    public long? Target(TargetMeasure measure) => Targets.Find(measure)?.People;
}

/// <summary>Reads progress against what the season asks for: rates, stages, categories, ranks, trend. Counts nothing itself.</summary>
public static class SeasonProgress
{
    /// <summary>How the season of a unit is run; empty where no pack is bound.</summary>
    public static async Task<SeasonPlan> PlanAsync(Session session, int area, PackShelf shelf, string unit, InsuranceYear year)
    {
        var bindings = await PackBindings.ReadAsync(session, area, year, [unit]);
        return bindings.Find(unit, year.LastDay) is { } pack ? shelf.SeasonOf(pack) : SeasonPlan.Empty;
    }

    /// <summary>The people of a group.</summary>
    public static ProgressFigures Of(IEnumerable<TallyLine> lines, SeasonGroup group) => ProgressFigures.Of(lines.Where(line => group switch
    {
        SeasonGroup.Listed => line.Category.Length > 0,
        SeasonGroup.Students => line.Profile.Student != Student.None,
        SeasonGroup.Ordinary => line.Category.Length == 0 && line.Profile.Student == Student.None,
        _ => true,
    }));

    /// <summary>The rates that are asked for.</summary>
    public static IReadOnlyList<RateState> Rates(SeasonPlan plan, IReadOnlyCollection<TallyLine> lines) =>
        [.. plan.Rates.Select(rate => new RateState(rate, Of(lines, rate.Of)))];

    /// <summary>The stages of the schedule. People of several groups count once.</summary>
    public static IReadOnlyList<StageState> Stages(SeasonPlan plan, IReadOnlyCollection<TallyLine> lines, DateOnly today) =>
    [
        .. plan.Stages.Select(stage => new StageState(
            stage,
            stage.Of.Length == 1 ? Of(lines, stage.Of[0])
                : ProgressFigures.Of(lines.Where(line => stage.Of.Any(group => Of([line], group).Expected != 0))),
            today)),
    ];

    /// <summary>The categories of listed people with how far they are, the least first.</summary>
    public static IReadOnlyList<(string Category, ProgressFigures Figures)> Categories(IEnumerable<TallyLine> lines) =>
    [
        .. lines.Where(line => line.Category.Length > 0 && line.Profile.IsExpected).GroupBy(line => line.Category, StringComparer.Ordinal)
            .Select(same => (same.Key, Figures: ProgressFigures.Of(same)))
            .OrderBy(one => one.Figures.RatePerMille).ThenBy(one => one.Key, StringComparer.Ordinal),
    ];

    /// <summary>The last days up to one, each with how many settled.</summary>
    /// <param name="days">What each day changed.</param>
    /// <param name="until">The last day.</param>
    /// <param name="count">How many days.</param>
    /// <param name="before">How many had settled before the first of the days that are given.</param>
    public static IReadOnlyList<TrendDay> Trend(IEnumerable<TallyDayLine> days, DateOnly until, int count, long before = 0)
    {
        var byDay = days.Where(line => line.Change.Profile.IsSettled && line.Day <= until)
            .ToLookup(line => line.Day, line => line.Change.People);
        long all = before + byDay.Where(day => day.Key <= until.AddDays(-count)).Sum(day => day.Sum());
        return
        [
            .. Enumerable.Range(1 - count, count).Select(until.AddDays)
                .Select(day => new TrendDay(day, byDay[day].Sum(), all += byDay[day].Sum())),
        ];
    }

    /// <summary>New residents and employee insurance of units.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="units">The units with their targets and the counts of all below them.</param>
    /// <param name="year">The insurance year; its work is done in the year before.</param>
    /// <param name="today">Figures of later days do not count yet.</param>
    public static async Task<IReadOnlyList<UnitExpansion>> ExpansionAsync(
        Session session, int area, IEnumerable<(UnitTargets Targets, IEnumerable<TallyLine> Lines)> units, InsuranceYear year,
        DateOnly today)
    {
        var now = await Figures.LatestAsync(session, area, Measures.EmployeeEnrolled, today);
        var before = await Figures.LatestAsync(session, area, Measures.EmployeeEnrolled, new(year.Year - 2, 12, 31));
        return
        [
            .. units.Select(one => new UnitExpansion(
                one.Targets.Unit, one.Lines.Where(line => line.Profile is { IsNew: true, IsSettled: true }).Sum(line => line.People),
                one.Targets, now.GetValueOrDefault(one.Targets.Unit.Code), before.GetValueOrDefault(one.Targets.Unit.Code))),
        ];
    }

    /// <summary>Units in the order of their rates, the best first.</summary>
    /// <param name="units">Units with their figures and targets.</param>
    public static IReadOnlyList<RankedUnit> Rank(IEnumerable<(Unit Unit, ProgressFigures Figures, long? Target)> units)
    {
        var sorted = units.Select(one => new RankedUnit(one.Unit, one.Figures, one.Target, 0)).ToList();
        sorted.Sort((one, other) => one.CompareRate(other) is not 0 and var order
            ? order : string.CompareOrdinal(one.Unit.Code, other.Unit.Code));
        var ranked = new List<RankedUnit>();
        foreach (var (at, one) in sorted.Index())
            ranked.Add(one with { Rank = at > 0 && ranked[at - 1].CompareRate(one) == 0 ? ranked[at - 1].Rank : at + 1 });
        return ranked;
    }
}
