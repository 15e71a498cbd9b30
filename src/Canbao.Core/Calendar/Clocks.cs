using Canbao.Core.Events;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Calendar;

/// <summary>How a hand-over stands.</summary>
public enum ClockState
{
    /// <summary>Not done, and its last day is over.</summary>
    Overdue,

    /// <summary>Not done; there is time.</summary>
    Running,

    /// <summary>Not done; its last day cannot be told before the public holidays of that year are published.</summary>
    Undated,

    /// <summary>Done after its last day.</summary>
    DoneLate,

    /// <summary>Done in time.</summary>
    Done,
}

/// <summary>A hand-over and how it stands on a day.</summary>
/// <param name="Row">The hand-over.</param>
/// <param name="State">How it stands.</param>
/// <param name="DaysLeft">Days of its kind left up to and with the last; negative: days late. Null without a last day.</param>
public sealed record Clock(ClockRow Row, ClockState State, int? DaysLeft)
{
    /// <summary>
    /// Why nobody works on the last day, where that is so: a holiday's name or 周末. The last day stands all the same (decision 20).
    /// </summary>
    public string? DayOff { get; init; }

    /// <summary>What has to be handed on.</summary>
    public ClockKind Kind => ClockKind.Of(Row.Kind);
}

/// <summary>How the hand-overs of an office stand.</summary>
/// <param name="Office">The code of a department or of a role.</param>
/// <param name="Overdue">Not done and late.</param>
/// <param name="Running">Not done, in time or without a last day.</param>
/// <param name="DoneLate">Done after the last day.</param>
/// <param name="Done">Done in time.</param>
public sealed record OfficeClocks(string Office, int Overdue, int Running, int DoneLate, int Done);

/// <summary>Keeps the times that notices set for hand-overs between offices: due, done, late, by office.</summary>
/// <param name="days">The working days.</param>
public sealed class Clocks(WorkingDays days)
{
    /// <summary>By the days that ship with the program.</summary>
    public static Clocks Published { get; } = new(WorkingDays.Published);

    /// <summary>Opens a clock; the same hand-over opened again keeps its first one.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="kind">What has to be handed on.</param>
    /// <param name="office">By whom: the code of a department or of a role.</param>
    /// <param name="subject">What, in words without personal data.</param>
    /// <param name="on">The day of the event.</param>
    /// <param name="unit">Whose, or null for the whole area.</param>
    public async Task<ClockRow> OpenAsync(Act act, ClockKind kind, string office, string subject, DateOnly on, string? unit = null)
    {
        var (area, code) = (act.Area, kind.Code);
        var same = await act.Session.Table<ClockRow>().FirstOrDefaultAsync(row => row.Area == area && row.Kind == code
            && row.Office == office && row.Subject == subject && row.OpenedOn == on);
        if (same is not null)
            return same;
        var clock = new ClockRow
        {
            Area = area,
            ClockId = act.Session.NextId(),
            Kind = code,
            Office = office,
            Unit = unit,
            Subject = subject,
            OpenedOn = on,
            DueOn = LastDay(kind, on),
            OpenedAct = act.Id,
        };
        await act.Session.Data.InsertAsync(clock);
        act.Record("clock", clock.ClockId, "opened", null, Told(clock));
        return clock;
    }

    /// <summary>Notes that something was handed over.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="id">The clock.</param>
    /// <param name="on">The day of it.</param>
    /// <exception cref="RefusedException">
    /// K101: no such clock. K102: done already. K103: the day is before the event or after today.
    /// </exception>
    public static async Task<ClockRow> DoneAsync(Act act, long id, DateOnly on)
    {
        var area = act.Area;
        var old = await act.Session.Table<ClockRow>().FirstOrDefaultAsync(row => row.Area == area && row.ClockId == id)
            ?? throw new RefusedException("K101", "没有找到这项时限；请刷新页面");
        if (old.DoneOn is { } before)
            throw new RefusedException("K102", $"这项移交已于{before:yyyy-MM-dd}办结，不能重复登记");
        if (on < old.OpenedOn || on > act.Today)
            throw new RefusedException("K103", $"办结日期{on:yyyy-MM-dd}早于起算日{old.OpenedOn:yyyy-MM-dd}或在今天之后；请核对");
        var done = old with { DoneOn = on, DoneAct = act.Id };
        await act.Session.Data.UpdateAsync(done);
        act.Record("clock", id, "done", Told(old), Told(done));
        return done;
    }

    /// <summary>A clock as it stands on a day; null where there is none.</summary>
    public async Task<Clock?> FindAsync(Session session, int area, long id, DateOnly today) =>
        await session.Table<ClockRow>().FirstOrDefaultAsync(row => row.Area == area && row.ClockId == id) is { } row
            ? Stand(row, today)
            : null;

    /// <summary>The clocks as they stand on a day: late ones first, then by last day; done ones last, newest first.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="today">The day.</param>
    /// <param name="office">Only those of an office; null for all.</param>
    /// <param name="isRunning">Only those that are not done.</param>
    public async Task<List<Clock>> ListAsync(Session session, int area, DateOnly today, string? office = null, bool isRunning = false)
    {
        var rows = session.Table<ClockRow>().Where(row => row.Area == area);
        if (office is not null)
            rows = rows.Where(row => row.Office == office);
        if (isRunning)
            rows = rows.Where(row => row.DoneOn == null);
        return [.. (await rows.ToListAsync()).Select(row => Stand(row, today)).OrderBy(Rank)
            .ThenBy(clock => clock.Row.DoneOn is { } done ? -done.DayNumber : 0)
            .ThenBy(clock => clock.Row.DueOn ?? DateOnly.MaxValue).ThenBy(clock => clock.Row.ClockId)];
    }

    /// <summary>How each office stands, the one with most late ones first.</summary>
    public static IReadOnlyList<OfficeClocks> Sum(IEnumerable<Clock> clocks) =>
    [
        .. clocks.GroupBy(clock => clock.Row.Office, StringComparer.Ordinal).Select(office => new OfficeClocks(
            office.Key,
            office.Count(clock => clock.State == ClockState.Overdue),
            office.Count(clock => clock.State is ClockState.Running or ClockState.Undated),
            office.Count(clock => clock.State == ClockState.DoneLate),
            office.Count(clock => clock.State == ClockState.Done)))
        .OrderByDescending(office => office.Overdue).ThenByDescending(office => office.DoneLate)
        .ThenBy(office => office.Office, StringComparer.Ordinal),
    ];

    Clock Stand(ClockRow row, DateOnly today)
    {
        // A last day that could not be told when the clock was opened may be known since.
        var kind = ClockKind.Of(row.Kind);
        var due = row.DueOn ?? LastDay(kind, row.OpenedOn);
        var known = row with { DueOn = due };
        var clock = (row.DoneOn, due) switch
        {
            ({ } done, _) => new Clock(known, done > due ? ClockState.DoneLate : ClockState.Done, null),
            (null, null) => new(known, ClockState.Undated, null),
            (null, { } last) when today > last => new(known, ClockState.Overdue, -DaysTo(kind, last, today)),
            (null, { } last) => new(known, ClockState.Running, DaysTo(kind, today, last)),
        };
        // A holiday that was published after the clock was opened.
        return due is { } end && days.Known.Contains(end) && !days.IsWorkingDay(end)
            ? clock with { DayOff = days.HolidayOn(end) ?? "周末" }
            : clock;
    }

    int DaysTo(ClockKind kind, DateOnly from, DateOnly to) => kind.InCalendarDays
        ? to.DayNumber - from.DayNumber
        : days.Between(from, to < days.Known.To ? to : days.Known.To);

    DateOnly? LastDay(ClockKind kind, DateOnly on)
    {
        try
        {
            return kind.InCalendarDays ? on.AddDays(kind.Days) : days.After(on, kind.Days);
        }
        catch (UnknownYearException)
        {
            return null;
        }
    }

    static int Rank(Clock clock) => clock.State switch
    {
        ClockState.Overdue => 0,
        ClockState.Running => 1,
        ClockState.Undated => 2,
        _ => 3,
    };

    static object Told(ClockRow clock) =>
        new { clock.Kind, clock.Office, clock.Unit, clock.Subject, clock.OpenedOn, clock.DueOn, clock.DoneOn };
}
