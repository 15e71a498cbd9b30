using Canbao.Core.Assessment.Dues;
using Canbao.Core.Reporting;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Outreach;
using Canbao.Policy.Season;
using Canbao.Storage;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A line of the progress table.</summary>
/// <param name="Ranked">The unit with its figures and target.</param>
/// <param name="Deeper">Whether units stand below it.</param>
sealed record ProgressLine(RankedUnit Ranked, bool Deeper);

/// <summary>How far the units below one are, against targets, rates and the schedule; each number opens to its people.</summary>
sealed class ProgressModel(Counts counts, PackShelf shelf, CategoryNames names) : OfficePage
{
    const int TrendDays = 30;

    /// <summary>The unit whose parts are shown; the viewer's own where empty.</summary>
    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    public Unit Unit { get; private set; } = null!;

    /// <summary>The units from the viewer's own to the one shown.</summary>
    public IReadOnlyList<Unit> Above { get; private set; } = [];

    /// <summary>In the tree's order.</summary>
    public IReadOnlyList<ProgressLine> Lines { get; private set; } = [];

    public ProgressFigures All { get; private set; }

    public long? Target { get; private set; }

    /// <summary>As the table has it for each unit.</summary>
    public long RatePerMille => new RankedUnit(Unit, All, Target, 0).RatePerMille;

    public IReadOnlyList<RateState> Rates { get; private set; } = [];

    public IReadOnlyList<StageState> Stages { get; private set; } = [];

    public IReadOnlyList<(string Category, ProgressFigures Figures)> Categories { get; private set; } = [];

    public IReadOnlyList<TrendDay> Trend { get; private set; } = [];

    /// <summary>The same days a year before, for the insurance year before; empty where nothing is known of them.</summary>
    public IReadOnlyDictionary<DateOnly, long> TrendBefore { get; private set; } = new Dictionary<DateOnly, long>();

    /// <summary>The days as they are drawn.</summary>
    public IReadOnlyList<ChartDay> Drawn => [.. Trend.Select(day => new ChartDay(day.Day, day.Settled, BeforeOf(day.Day)))];

    /// <summary>From those who should be insured to those who have cover.</summary>
    public IReadOnlyList<(string Name, long People)> Funnel =>
    [
        ("应参保", All.Expected), ("已登记", All.Enrolled), ("应缴已核定", All.Assessed), ("已缴费或个人不缴", All.Settled), ("待遇已开通", All.Covered),
    ];

    /// <summary>The units below, how many of those who should be have settled, and where the target stands.</summary>
    public IReadOnlyList<ChartBar> Reached =>
    [
        .. Lines.Where(line => line.Ranked.Unit != Unit && line.Ranked.Figures.Expected > 0).Select(line =>
        {
            var (figures, asked) = (line.Ranked.Figures, Asked(line.Ranked));
            return new ChartBar(
                line.Ranked.Unit.Name, $"{Shown.Rate(figures.RatePerMille)}{(asked is { } mark ? $"，任务 {Shown.Rate(mark)}" : "")}",
                figures.RatePerMille, asked);
        }),
    ];

    /// <summary>Who is taken out of the target by the outcome of a case.</summary>
    public long Excluded { get; private set; }

    /// <summary>New residents and employee insurance of the unit and those below it, where there are figures or targets.</summary>
    public IReadOnlyList<UnitExpansion> Expansion { get; private set; } = [];

    /// <summary>Until when everything is counted; null where counting has not begun.</summary>
    public DateTimeOffset? CountedAt { get; private set; }

    /// <summary>The people behind a number.</summary>
    public string People(Unit unit, ProgressGroup group) => Link("/progress/people", ("unit", unit.Code), ("group", $"{group}"));

    /// <summary>A category as an office says it.</summary>
    public string Category(string code) => names.Chinese(code);

    /// <summary>A group as an office says it.</summary>
    public static string Group(SeasonGroup group) => group switch
    {
        SeasonGroup.Listed => "名单人员",
        SeasonGroup.Students => "在校学生",
        SeasonGroup.Ordinary => "普通居民",
        _ => "居民",
    };

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        var code = string.IsNullOrEmpty(UnitCode) ? Viewer.UnitCode : UnitCode;
        await counts.CatchUpAsync(Viewer.Area, [Year], Cancel);
        return await Database.ReadAsync(
            async session =>
            {
                var tree = await UnitStore.ReadAsync(session, Viewer.Area);
                if (tree.Find(code) is not { } chosen || !Viewer.Sees(tree.PathOf(chosen)))
                    return false;
                Unit = chosen;
                Above = Choices.Above(tree, Viewer, Unit);
                var within = new UnitRange(tree.PathOf(chosen));
                var lines = await Tally.ReadAsync(session, Viewer.Area, within, Year);
                CountedAt = (await Tally.YearAsync(session, Viewer.Area, Year))?.CountedAt;
                var targets = await TargetDesk.ReadAsync(session, Viewer.Area, tree, Unit, Year);
                Fill(tree, lines, targets);
                Excluded = (await OutreachFigures.ExcludedAsync(session, Viewer.Area, within, Year)).Values.Sum();
                var plan = await SeasonProgress.PlanAsync(session, Viewer.Area, shelf, Unit.Code, Year);
                (Rates, Stages) = (SeasonProgress.Rates(plan, lines), SeasonProgress.Stages(plan, lines, Today));
                Categories = SeasonProgress.Categories(lines);
                await FillTrendAsync(session, within);
                var byUnit = lines.ToLookup(line => line.Unit, StringComparer.Ordinal);
                Expansion =
                [
                    .. (await SeasonProgress.ExpansionAsync(
                        session, Viewer.Area,
                        targets.Select(one => (one, tree.Subtree(one.Unit).SelectMany(each => byUnit[each.Code]))),
                        Year, Today)).Where(one => one.IsTold),
                ];
                return true;
            },
            Cancel);
    }

    /// <summary>A share of all, or of the step before, in thousandths.</summary>
    public static long PerMille(long people, long of) => of == 0 ? 1000 : people * 1000 / of;

    /// <summary>How many settled on the same day a year before; null where that is not known.</summary>
    public long? BeforeOf(DateOnly day) => TrendBefore.Count == 0 ? null : TrendBefore.GetValueOrDefault(day.AddYears(-1));

    /// <summary>Where a unit's target stands among those who should be insured: its own, or the rate that is asked of all.</summary>
    long? Asked(RankedUnit unit) => unit.Target is { } people
        ? PerMille(people, unit.Figures.Expected)
        : Rates.Where(rate => rate.Rate.Of == SeasonGroup.Residents).Select(rate => (long?)rate.Rate.AtLeast * 10).FirstOrDefault();

    async Task FillTrendAsync(Session session, UnitRange within)
    {
        var days = await Tally.DaysAsync(session, Viewer.Area, within, Year, (Today.AddDays(1 - TrendDays), Today));
        var settled = days.Where(line => line.Change.Profile.IsSettled).Sum(line => line.Change.People);
        Trend = SeasonProgress.Trend(days, Today, TrendDays, All.Settled - settled);
        var (from, until) = (Trend[0].Day.AddYears(-1), Today.AddYears(-1));
        TrendBefore = (await Tally.DaysAsync(session, Viewer.Area, within, Year.Previous, (from, until)))
            .Where(line => line.Change.Profile.IsSettled).GroupBy(line => line.Day)
            .ToDictionary(same => same.Key, same => same.Sum(line => line.Change.People));
    }

    void Fill(UnitTree tree, IReadOnlyList<TallyLine> lines, IReadOnlyList<UnitTargets> targets)
    {
        var figures = lines.GroupBy(line => line.Unit).ToDictionary(unit => unit.Key, ProgressFigures.Of, StringComparer.Ordinal);
        ProgressFigures Of(IEnumerable<Unit> units) =>
            units.Aggregate(default(ProgressFigures), (sum, unit) => sum + figures.GetValueOrDefault(unit.Code));
        All = Of(tree.Subtree(Unit));
        Target = targets[0].Find(TargetMeasure.Residents)?.People;
        var ranked = SeasonProgress.Rank(tree.ChildrenOf(Unit).Select(unit => (
            unit, Of(tree.Subtree(unit)),
            targets.FirstOrDefault(line => line.Unit == unit)?.Find(TargetMeasure.Residents)?.People)))
            .ToDictionary(one => one.Unit);
        Lines =
        [
            .. tree.ChildrenOf(Unit).Select(unit => new ProgressLine(ranked[unit], tree.ChildrenOf(unit).Any())),
            // People who belong to the unit itself and to none below it.
            .. ranked.Count > 0 && figures.TryGetValue(Unit.Code, out var own)
                ? [new(new RankedUnit(Unit, own, null, 0), false)] : (ProgressLine[])[],
        ];
    }
}
