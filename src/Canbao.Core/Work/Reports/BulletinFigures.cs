using System.Text.Json.Serialization;
using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Calendar;
using Canbao.Core.Reporting;
using Canbao.Core.Units;
using Canbao.Core.Work.Collecting;
using Canbao.Policy.Season;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Reports;

/// <summary>A unit in a bulletin.</summary>
/// <param name="Unit">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Rank">From 1; the same for equal rates.</param>
/// <param name="Settled">Who has paid, or for whom others do.</param>
/// <param name="Expected">Who should be insured.</param>
/// <param name="Target">Its target, or null.</param>
/// <param name="RatePerMille">Settled of the target, or of those expected; thousandths, rounded down.</param>
public sealed record BulletinUnit(string Unit, string Name, int Rank, long Settled, long Expected, long? Target, long RatePerMille)
{
    /// <summary>Whether it is below the rate asked for.</summary>
    public bool IsBelow { get; init; }

    /// <summary>Whether it is among the last ones.</summary>
    public bool IsLast { get; init; }

    /// <summary>Assisted people who are settled, and all of them; not told apart by category, which would tell who is poor.</summary>
    public long ListedSettled { get; init; }

    /// <inheritdoc cref="ListedSettled"/>
    public long ListedExpected { get; init; }

    /// <summary>How many reports came in time, of those that were due up to the day.</summary>
    public int InTime { get; init; }

    /// <inheritdoc cref="InTime"/>
    public int Due { get; init; }
}

/// <summary>Units of one kind with their ranks.</summary>
/// <param name="Level">The code of the kind.</param>
/// <param name="Units">The best first.</param>
public sealed record BulletinGroup(string Level, IReadOnlyList<BulletinUnit> Units);

/// <summary>A report that came late or did not come.</summary>
/// <param name="UnitName">The unit.</param>
/// <param name="Says">What report.</param>
/// <param name="DueOn">Its day.</param>
/// <param name="Came">Whether it came after all.</param>
public sealed record BulletinLate(string UnitName, string Says, DateOnly DueOn, bool Came);

/// <summary>Cash over the limits that somebody holds (<c>baogou 四(二)</c>).</summary>
/// <param name="UnitName">The unit of the holder.</param>
/// <param name="Name">The holder, who holds it by office.</param>
/// <param name="Fen">How much, fen.</param>
/// <param name="Age">For how many days.</param>
public sealed record BulletinCash(string UnitName, string Name, long Fen, int Age);

/// <summary>How an office keeps the times of hand-overs (<c>laishan 六(二)-bulletin</c>).</summary>
/// <param name="Office">The office's name.</param>
/// <param name="InTime">Done in time.</param>
/// <param name="Due">Done, or overdue.</param>
public sealed record BulletinOffice(string Office, int InTime, int Due);

/// <summary>The figures of a bulletin; frozen with it.</summary>
/// <param name="AsOf">The day at whose end they count.</param>
/// <param name="UnitName">What it is about.</param>
/// <param name="Whole">All together, rank 0.</param>
/// <param name="AtLeast">The rate asked for, whole percent; null where none is.</param>
/// <param name="Groups">The units that are ranked, kind by kind.</param>
/// <param name="Late">Reports since the bulletin before that came late or did not come.</param>
/// <param name="Cash">Cash over the limits at the time of the draft, the most first.</param>
/// <param name="CashFen">All cash in hand, fen.</param>
/// <param name="Offices">Other offices' hand-overs.</param>
public sealed record BulletinFigures(
    DateOnly AsOf, string UnitName, BulletinUnit Whole, int? AtLeast, IReadOnlyList<BulletinGroup> Groups, IReadOnlyList<BulletinLate> Late,
    IReadOnlyList<BulletinCash> Cash, long CashFen, IReadOnlyList<BulletinOffice> Offices)
{
    const int MostLast = 3, MostCash = 50;

    /// <summary>Reads them.</summary>
    /// <param name="session">A read.</param>
    /// <param name="viewer">For whom: the unit and what is below it.</param>
    /// <param name="shelf">The packs.</param>
    /// <param name="which">The year, which bulletin, its day and the day of the one before.</param>
    public static async Task<BulletinFigures> ReadAsync(
        Session session, Viewer viewer, PackShelf shelf, (InsuranceYear Year, SeasonReport Bulletin, DateOnly DueOn, DateOnly After) which)
    {
        var (area, today) = (viewer.Area, BusinessDay.Of(session.Now));
        var calendar = await ReportCalendar.ReadAsync(session, area, shelf, which.Year);
        var tree = calendar.Tree;
        var own = tree.Find(viewer.UnitCode)!;
        var lines = which.DueOn < today ? await Tally.ReadAsync(session, area, viewer.Scope, which.Year, which.DueOn)
            : await Tally.ReadAsync(session, area, viewer.Scope, which.Year);
        var source = new Source(tree, lines, calendar, which.DueOn, session.Now)
        {
            Targets = (await Reporting.Targets.ListAsync(session, area, which.Year))
                .Where(row => row.Measure == TargetMeasure.Residents.Code && row.Holder.Length == 0)
                .ToDictionary(row => row.Unit, row => row.People, StringComparer.Ordinal),
            Rate = (await SeasonProgress.PlanAsync(session, area, shelf, viewer.UnitCode, which.Year)).RateOf(SeasonGroup.Residents),
        };
        var kinds = which.Bulletin.Level == UnitKind.Village.Code() ? new[] { UnitKind.Branch.Code(), which.Bulletin.Level }
            : [which.Bulletin.Level];
        var cash = await CashBook.ListAsync(session, area, viewer.Scope, today);
        var clocks = await Clocks.Published.ListAsync(session, area, today);
        return new(
            which.DueOn < today ? which.DueOn : today, own.Name, source.Ranked([own])[0] with { Rank = 0 }, source.Rate?.AtLeast,
            [
                .. from kind in kinds
                   let units = tree.Subtree(own).Where(unit => unit.Kind.Code() == kind).ToList()
                   where units.Count > 0
                   select new BulletinGroup(kind, source.Ranked(units)),
            ],
            [
                .. from due in calendar.All
                   where viewer.Sees(due.Path) && due.DueOn > which.After && due.DueOn <= which.DueOn
                   where due.StateAt(session.Now) is ReportState.Late or ReportState.Missed or ReportState.AfterTime
                   select new BulletinLate(due.Unit.Name, due.Report.Says, due.DueOn, due.HandedIn is not null),
            ],
            [
                .. cash.Where(one => one.IsOverdue).OrderByDescending(one => one.Amount.Fen).Take(MostCash)
                    .Select(one => new BulletinCash(one.UnitName, one.Name, one.Amount.Fen, one.Age)),
            ],
            cash.Sum(one => one.Amount.Fen),
            [
                .. Clocks.Sum(clocks.Where(clock => clock.Row.OpenedOn <= which.DueOn))
                    .Where(one => one.Overdue + one.DoneLate + one.Done > 0)
                    .Select(one => new BulletinOffice(
                        Departments.Office(one.Office), one.Done, one.Overdue + one.DoneLate + one.Done)),
            ]);
    }

    /// <summary>The units that are below the rate asked for or among the last ones, each once.</summary>
    [JsonIgnore]
    public IEnumerable<BulletinUnit> Weak => Groups.SelectMany(group => group.Units).Where(unit => unit.IsBelow || unit.IsLast);

    /// <summary>The units whose assisted people are not all insured.</summary>
    [JsonIgnore]
    public IEnumerable<BulletinUnit> ListedOpen =>
        Groups.SelectMany(group => group.Units).Where(unit => unit.ListedSettled < unit.ListedExpected);

    /// <summary>What the units are ranked from.</summary>
    sealed record Source(UnitTree Tree, IReadOnlyList<TallyLine> Lines, ReportCalendar Calendar, DateOnly DueOn, DateTimeOffset Now)
    {
        public required Dictionary<string, long> Targets { get; init; }

        public required SeasonRate? Rate { get; init; }

        public List<BulletinUnit> Ranked(List<Unit> units)
        {
            var byUnit = Lines.ToLookup(line => line.Unit, StringComparer.Ordinal);
            var below = units.ToDictionary(unit => unit, unit => Tree.Subtree(unit).SelectMany(each => byUnit[each.Code]).ToList());
            var ranked = SeasonProgress.Rank(units.Select(unit => (
                unit, ProgressFigures.Of(below[unit]), Targets.TryGetValue(unit.Code, out long target) ? target : (long?)null)));
            // With few units the last ones would be most of them.
            int last = Math.Min(MostLast, units.Count / 3);
            return [.. ranked.Select((one, at) => Of(one, below[one.Unit]) with { IsLast = at >= ranked.Count - last })];
        }

        BulletinUnit Of(RankedUnit one, List<TallyLine> lines)
        {
            var listed = SeasonProgress.Of(lines, SeasonGroup.Listed);
            var due = Calendar.All.Where(due => due.Unit.Code == one.Unit.Code && due.DueOn <= DueOn
                && due.StateAt(Now) is not (ReportState.Coming or ReportState.Open)).ToList();
            long all = one.Target ?? one.Figures.Expected;
            return new(one.Unit.Code, one.Unit.Name, one.Rank, one.Figures.Settled, one.Figures.Expected, one.Target, one.RatePerMille)
            {
                IsBelow = Rate is { } rate && one.Figures.Settled * 100 < all * rate.AtLeast,
                ListedSettled = listed.Settled,
                ListedExpected = listed.Expected,
                InTime = due.Count(report => report.StateAt(Now) == ReportState.InTime),
                Due = due.Count,
            };
        }
    }
}
