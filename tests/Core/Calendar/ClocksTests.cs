using Canbao.Core.Calendar;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Calendar;

/// <summary>Times of hand-overs; 2021-10-01 to 10-07 are days off, 10-09 is a Saturday worked.</summary>
public class ClocksTests
{
    [Clause("lishi 七(二)-5days")]
    [Clause("lingyuan 四(二)")]
    [Theory, OnBothEngines]
    public async Task Five_working_days_pass_over_holidays_and_count_days_worked_instead(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var clock = await OpenAsync(area, ClockKind.RegistrationReport, "street", new(2021, 9, 29));
        // 30 September, then 8 and 9 (a Saturday worked instead), 11 and 12 October.
        Assert.Equal(new DateOnly(2021, 10, 12), clock.DueOn);
        Assert.Equal((ClockState.Running, 5), await StandAsync(area, clock, new(2021, 9, 29)));
        Assert.Equal((ClockState.Running, 0), await StandAsync(area, clock, new(2021, 10, 12)));
        Assert.Equal((ClockState.Overdue, -1), await StandAsync(area, clock, new(2021, 10, 13)));
    }

    [Theory, OnBothEngines]
    public async Task What_is_done_in_time_and_what_is_done_late_are_told_apart(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var late = await OpenAsync(area, ClockKind.FlagsToTax, "bureau", new(2021, 10, 26));
        var timely = await OpenAsync(area, ClockKind.FlagsToTax, "bureau", new(2021, 10, 27));
        var running = await OpenAsync(area, ClockKind.RosterChange, "civil_affairs", new(2021, 11, 4));
        var overdue = await OpenAsync(area, ClockKind.RosterChange, "health", new(2021, 10, 20));
        foreach (var (id, day) in new[] { (late.ClockId, 3), (timely.ClockId, 3) })
            await area.DoAsync("clock.done", act => Clocks.DoneAsync(act, id, new(2021, 11, day)));
        var clocks = await area.ReadAsync(session => Clocks.Published.ListAsync(session, TestArea.Code, new(2021, 11, 5)));
        Assert.Equal(
            [(overdue.ClockId, ClockState.Overdue), (running.ClockId, ClockState.Running)],
            clocks.Take(2).Select(clock => (clock.Row.ClockId, clock.State)));
        Assert.Equal(ClockState.DoneLate, clocks.Single(clock => clock.Row.ClockId == late.ClockId).State);
        Assert.Equal(ClockState.Done, clocks.Single(clock => clock.Row.ClockId == timely.ClockId).State);
        Assert.Equal(
            [new OfficeClocks("health", 1, 0, 0, 0), new("bureau", 0, 0, 1, 1), new("civil_affairs", 0, 1, 0, 0)],
            Clocks.Sum(clocks));
        var theirs = await area.ReadAsync(
            session => Clocks.Published.ListAsync(session, TestArea.Code, new(2021, 11, 5), "bureau", isRunning: true));
        Assert.Empty(theirs);
    }

    /// <summary>A holiday that is published later moves no last day: it is told (decision 20).</summary>
    [Theory, OnBothEngines]
    public async Task A_last_day_that_becomes_a_day_off_stands_and_is_told(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var early = new Clocks(WorkingDays.Read(["kind,days,name", "off,2021-10-01..2021-10-07,国庆节"]));
        var late = new Clocks(WorkingDays.Read(["kind,days,name", "off,2021-10-01..2021-10-07,国庆节", "off,2021-11-11..2021-11-11,临时放假"]));
        var clock = await area.DoAsync("test", act => early.OpenAsync(act, ClockKind.RosterChange, "health", "名单", new(2021, 11, 4)));
        var before = await area.ReadAsync(session => early.FindAsync(session, TestArea.Code, clock.ClockId, new(2021, 11, 5)));
        var after = await area.ReadAsync(session => late.FindAsync(session, TestArea.Code, clock.ClockId, new(2021, 11, 5)));
        Assert.Equal((new DateOnly(2021, 11, 11), (string?)null), (before!.Row.DueOn, before.DayOff));
        Assert.Equal((new DateOnly(2021, 11, 11), "临时放假"), (after!.Row.DueOn, after.DayOff));
    }

    /// <summary>A last day in a year without a notice is not guessed; it is told once the notice is known.</summary>
    [Theory, OnBothEngines]
    public async Task A_last_day_in_a_year_without_notice_is_left_open(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var early = new Clocks(WorkingDays.Read(["kind,days,name", "off,2021-10-01..2021-10-07,国庆节"]));
        var clock = await area.DoAsync(
            "test", act => early.OpenAsync(act, ClockKind.RosterChange, "health", "名单", new(2021, 12, 29)));
        Assert.Null(clock.DueOn);
        var before = await area.ReadAsync(session => early.FindAsync(session, TestArea.Code, clock.ClockId, new(2021, 12, 30)));
        Assert.Equal((ClockState.Undated, null), (before!.State, before.DaysLeft));
        var after = await area.ReadAsync(
            session => Clocks.Published.FindAsync(session, TestArea.Code, clock.ClockId, new(2021, 12, 30)));
        // 30 and 31 December, 4, 5 and 6 January: 1 to 3 January 2022 are days off.
        Assert.Equal((ClockState.Running, new DateOnly(2022, 1, 6)), (after!.State, after.Row.DueOn!.Value));
    }

    [Theory, OnBothEngines]
    public async Task A_hand_over_is_opened_once_and_done_once(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var first = await OpenAsync(area, ClockKind.FlagsToTax, "bureau", new(2021, 11, 1));
        Assert.Equal(first.ClockId, (await OpenAsync(area, ClockKind.FlagsToTax, "bureau", new(2021, 11, 1))).ClockId);
        foreach (var (day, code) in new (DateOnly, string)[] { (new(2021, 10, 31), "K103"), (new(2021, 11, 6), "K103") })
            Assert.Equal(code, await RefusedAsync(area, first.ClockId, day));
        await area.DoAsync("clock.done", act => Clocks.DoneAsync(act, first.ClockId, act.Today));
        Assert.Equal("K102", await RefusedAsync(area, first.ClockId, new(2021, 11, 5)));
        Assert.Equal("K101", await RefusedAsync(area, 1, new(2021, 11, 5)));
    }

    static Task<ClockRow> OpenAsync(TestArea area, ClockKind kind, string office, DateOnly on) =>
        area.DoAsync("test", act => Clocks.Published.OpenAsync(act, kind, office, "材料", on));

    static async Task<string> RefusedAsync(TestArea area, long id, DateOnly on) => (await Assert.ThrowsAsync<RefusedException>(
        () => area.DoAsync("clock.done", act => Clocks.DoneAsync(act, id, on)))).Code;

    static async Task<(ClockState State, int? Left)> StandAsync(TestArea area, ClockRow clock, DateOnly today)
    {
        var stands = await area.ReadAsync(session => Clocks.Published.FindAsync(session, TestArea.Code, clock.ClockId, today));
        return (stands!.State, stands.DaysLeft);
    }
}
