using Canbao.Core.Assessment.Dues;
using Canbao.Core.Calendar;
using Canbao.Core.Reporting.HandIns;
using Canbao.Core.Units;
using Canbao.Policy.Season;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Reports;

/// <summary>How a report stands at a moment.</summary>
public enum ReportState
{
    /// <summary>Not open yet.</summary>
    Coming,

    /// <summary>Open, and there is time.</summary>
    Open,

    /// <summary>The deadline is over and nothing was handed in; it still can be.</summary>
    Late,

    /// <summary>Nothing was handed in, and the next one is due.</summary>
    Missed,

    /// <summary>Handed in by the deadline.</summary>
    InTime,

    /// <summary>Handed in after the deadline.</summary>
    AfterTime,
}

/// <summary>A report that a unit has to hand in.</summary>
/// <param name="Report">What, as the plan has it.</param>
/// <param name="Unit">Who.</param>
/// <param name="Path">Where the unit stands now.</param>
/// <param name="DueOn">The planned day, by which it is known.</param>
/// <param name="DueAt">Until when: in time is what comes within this minute.</param>
public sealed record DueReport(SeasonReport Report, Unit Unit, string Path, DateOnly DueOn, DateTimeOffset DueAt)
{
    /// <summary>The first day on which it can be handed in.</summary>
    public DateOnly OpensOn { get; init; }

    /// <summary>The first day on which it cannot any more.</summary>
    public DateOnly ClosesOn { get; init; }

    /// <summary>A holiday's name or 周末 where offices do not work on the planned day (decision 20).</summary>
    public string? DayOff { get; init; }

    /// <summary>Whether the deadline is on another day than the planned one.</summary>
    public bool IsMoved => BusinessDay.Of(DueAt) != DueOn;

    /// <summary>What was handed in; null for nothing.</summary>
    public ReportRow? HandedIn { get; init; }

    /// <summary>Whether the first version came late.</summary>
    public bool WasLate { get; init; }

    /// <summary>Whether the bureau opened it once more and the unit has not handed in since.</summary>
    public bool IsReopened { get; init; }

    /// <summary>How it stands.</summary>
    public ReportState StateAt(DateTimeOffset now) => HandedIn is not null ? (WasLate ? ReportState.AfterTime : ReportState.InTime)
        : BusinessDay.Of(now) < OpensOn ? ReportState.Coming
        : !IsLateAt(now) ? ReportState.Open
        : IsClosedAt(now) && !IsReopened ? ReportState.Missed : ReportState.Late;

    /// <summary>Whether what comes at a moment is late: later than the minute of the deadline.</summary>
    public bool IsLateAt(DateTimeOffset now) => now >= DueAt.AddMinutes(1);

    /// <summary>Whether the next one is due already.</summary>
    public bool IsClosedAt(DateTimeOffset now) => BusinessDay.Of(now) >= ClosesOn;

    /// <summary>Whether it is to be reminded of: not handed in, and late or due by the end of tomorrow.</summary>
    public bool IsPressingAt(DateTimeOffset now) => StateAt(now) is ReportState.Late
        || (StateAt(now) is ReportState.Open && BusinessDay.Of(now) >= BusinessDay.Of(DueAt).AddDays(-1));
}

/// <summary>Who has to hand in what by when, by the plans of the bound packs (<c>lishi 七(四)</c>, <c>jincheng 七(六)-reports</c>).</summary>
public sealed class ReportCalendar
{
    /// <summary>The form of the year-end appraisal.</summary>
    public const string Appraisal = "appraisal";

    /// <summary>How long before its day a report that is due once can be handed in, and how long after, days.</summary>
    const int OnceSpan = 30;

    readonly ReportSettingRow settings;

    ReportCalendar(UnitTree tree, ReportSettingRow settings) => (Tree, this.settings) = (tree, settings);

    /// <summary>The units.</summary>
    public UnitTree Tree { get; }

    /// <summary>All reports, by deadline and then in the order of the units.</summary>
    public IReadOnlyList<DueReport> All { get; private set; } = [];

    /// <summary>What the area sets; deadlines stand and objections have 5 working days where it sets nothing.</summary>
    public static async Task<ReportSettingRow> SettingsAsync(Session session, int area) =>
        await session.Table<ReportSettingRow>().Where(row => row.Area == area).OrderByDescending(row => row.ActId).FirstOrDefaultAsync()
            ?? new() { Area = area, ObjectionDays = 5 };

    /// <summary>Reads the calendar of an area and year.</summary>
    public static async Task<ReportCalendar> ReadAsync(Session session, int area, PackShelf shelf, InsuranceYear year)
    {
        var calendar = new ReportCalendar(await UnitStore.ReadAsync(session, area), await SettingsAsync(session, area));
        var bindings = await PackBindings.ReadAsync(session, area, year);
        int number = year.Year;
        var handedIn = await session.Table<ReportRow>().Where(row => row.Area == area && row.InsuranceYear == number).ToListAsync();
        var first = await (
            from version in session.Table<ReportVersionRow>()
            join report in session.Table<ReportRow>() on new { version.Area, version.ReportId } equals new { report.Area, report.ReportId }
            where version.Area == area && report.Area == area && report.InsuranceYear == number
            select new { version.ReportId, version.IsLate, version.ActId }).ToListAsync();
        var versions = first.ToLookup(one => one.ReportId);
        var reopened = (await session.Table<ReportReopeningRow>().Where(row => row.Area == area && row.InsuranceYear == number)
            .ToListAsync()).ToLookup(row => (row.Form, row.DueOn, row.Unit), row => row.ActId);
        var byKey = handedIn.ToDictionary(row => (row.Form, row.DueOn, row.Unit));
        calendar.All =
        [
            .. from unit in calendar.Tree.All
               let plan = bindings.Find(unit.Code, year.LastDay) is { } pack ? shelf.SeasonOf(pack) : SeasonPlan.Empty
               from report in calendar.ReportsOf(plan, unit, year)
               from due in calendar.DueOf(report, unit)
               let key = (report.Form, due.DueOn, unit.Code)
               let row = byKey.GetValueOrDefault(key)
               select due with
               {
                   HandedIn = row,
                   WasLate = row is not null && versions[row.ReportId].Any(one => one.IsLate),
                   IsReopened = reopened[key].Any(act => row is null || versions[row.ReportId].All(one => one.ActId < act)),
               } into one
               orderby one.DueAt
               select one,
        ];
        return calendar;
    }

    /// <summary>The report of a form, day and unit; null where none is due.</summary>
    public DueReport? Find(string form, DateOnly dueOn, string unit) =>
        All.FirstOrDefault(due => due.Report.Form == form && due.DueOn == dueOn && due.Unit.Code == unit);

    /// <summary>What a unit is to be reminded of at a moment.</summary>
    public IEnumerable<DueReport> Pressing(string unit, DateTimeOffset now) =>
        All.Where(due => due.Unit.Code == unit && due.IsPressingAt(now));

    IEnumerable<SeasonReport> ReportsOf(SeasonPlan plan, Unit unit, InsuranceYear year)
    {
        var level = unit.Kind.Code();
        foreach (var report in plan.Reports.Where(report => report.Level == level))
            yield return report;
        // Assisted people's enrolment counts in the townships' appraisal, so whoever is above them freezes it.
        if (unit == Tree.Root && plan != SeasonPlan.Empty)
        {
            var day = year.FirstDay.AddDays(-1);
            yield return new(
                "困难群众参保考核数据", Appraisal, level, SeasonRhythm.Once, new(23, 59), new(day, day), "lishi 七(一)-appraisal");
        }
    }

    IEnumerable<DueReport> DueOf(SeasonReport report, Unit unit)
    {
        var path = Tree.PathOf(unit);
        var days = report.DueDays().ToList();
        foreach (var (at, day) in days.Index())
        {
            var off = DayOff(day);
            var deadline = off is not null && settings.MovesDaysOff ? Moved(day) : day;
            yield return new(report, unit, path, day, new(deadline, report.At, BusinessDay.Offset))
            {
                DayOff = off,
                OpensOn = report.Form == Appraisal ? day
                    : report.Rhythm == SeasonRhythm.Once ? day.AddDays(-OnceSpan)
                    : at > 0 ? days[at - 1].AddDays(1) : day.AddDays(-Span(report.Rhythm)),
                // A deadline that moved is not cut short.
                ClosesOn = Later(at + 1 < days.Count ? days[at + 1] : day.AddDays(Span(report.Rhythm)), deadline.AddDays(1)),
            };
        }

        static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
    }

    static DateOnly Moved(DateOnly day)
    {
        try
        {
            return WorkingDays.Published.OnOrAfter(day);
        }
        catch (UnknownYearException)
        {
            // What is not published is not guessed: the day stands.
            return day;
        }
    }

    static int Span(SeasonRhythm rhythm) => rhythm switch
    {
        SeasonRhythm.Friday => 7,
        SeasonRhythm.HalfMonth => 15,
        _ => OnceSpan,
    };

    /// <summary>Why offices do not work on a day; null where they do, or where that year's holidays are not published yet.</summary>
    static string? DayOff(DateOnly day) => !WorkingDays.Published.Known.Contains(day) || WorkingDays.Published.IsWorkingDay(day) ? null
        : WorkingDays.Published.HolidayOn(day) ?? "周末";
}
