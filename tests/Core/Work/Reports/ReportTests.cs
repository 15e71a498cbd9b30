using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Reporting.HandIns;
using Canbao.Core.Tests.Reporting;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work.Counting;
using Canbao.Core.Work.Reports;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.Reports;

/// <summary>What is due when, and what is kept of it.</summary>
public class ReportTests
{
    static readonly DateOnly Friday = new(2022, 10, 14), Next = new(2022, 10, 21);

    /// <summary>Within the deadline's minute is in time, a minute later is late; the next Friday closes it.</summary>
    [Theory, OnBothEngines, Clause("lishi 七(四)"), Clause("lishi 附件5")]
    public async Task A_report_is_late_by_the_minute_and_closed_by_the_next_one(Engine engine)
    {
        await using var towns = await Townships.OpenAsync(engine);
        await towns.RegisterAsync("王建国", 1);
        await StandsAsync(towns, "bg", ReportState.Open);
        // Of the week before nothing came; this week's is reminded of from Thursday on.
        Assert.Equal(["lishi-4 7", "lishi-5 7"], await PressingAsync(towns));
        towns.Area.Clock.Set("2022-10-13 09:00");
        Assert.Equal(["lishi-4 14", "lishi-4 7", "lishi-5 14", "lishi-5 7"], await PressingAsync(towns));
        towns.Area.Clock.Set("2022-10-14 18:00:59");
        Assert.False((await towns.HandInAsync(Townships.Bg, "lishi-5", Friday)).IsLate);
        await StandsAsync(towns, "bg", ReportState.InTime);
        await StandsAsync(towns, "xg", ReportState.Open);
        towns.Area.Clock.Set("2022-10-14 18:01");
        await StandsAsync(towns, "xg", ReportState.Late);
        Assert.True((await towns.HandInAsync(Townships.Xg, "lishi-5", Friday)).IsLate);
        await StandsAsync(towns, "xg", ReportState.AfterTime);
        await StandsAsync(towns, "xg", ReportState.Coming, Next.AddDays(7));

        await Townships.RefusedAsync("T402", () => towns.HandInAsync(Townships.Bg, "lishi-5", Friday.AddDays(1)));
        await Townships.RefusedAsync("T403", () => towns.HandInAsync(Townships.Bg, "lishi-5", Next.AddDays(7)));
        await Townships.RefusedAsync("T402", () => towns.HandInAsync(Townships.CountyA, "lishi-5", Friday));
        await Townships.RefusedAsync("T401", () => towns.AsAsync(Townships.Xg, act => towns.Desk.HandInAsync(
            act, Townships.Xg, new(Townships.Year, "lishi-5", Friday, "bg"), [], "")));
        towns.Area.Clock.Set("2022-10-21 00:00");
        await Townships.RefusedAsync("T404", () => towns.HandInAsync(Townships.Bg, "lishi-4", Friday));
    }

    /// <summary>The first Friday is a public holiday: it stands and says so, or moves where the area sets that (decision 20).</summary>
    [Theory, OnBothEngines, Clause("lishi 七(四)")]
    public async Task A_deadline_on_a_day_off_stands_or_moves(Engine engine)
    {
        await using var towns = await Townships.OpenAsync(engine);
        var stands = (await towns.CalendarAsync()).Find("lishi-5", new(2022, 10, 7), "bg")!;
        Assert.Equal((new DateOnly(2022, 10, 7), "国庆节", false), (BusinessDay.Of(stands.DueAt), stands.DayOff, stands.IsMoved));
        await Townships.RefusedAsync("T415", () => towns.AsAsync(Townships.CountyA, act =>
            ReportDesk.SetAsync(act, Townships.CountyA, true, 5)));
        await Townships.RefusedAsync("T415", () => towns.AsAsync(Townships.City, act => ReportDesk.SetAsync(act, Townships.City, true, 0)));
        await towns.AsAsync(Townships.City, act => ReportDesk.SetAsync(act, Townships.City, true, 7));
        var moved = (await towns.CalendarAsync()).Find("lishi-5", new(2022, 10, 7), "bg")!;
        Assert.Equal((new DateTimeOffset(2022, 10, 8, 18, 0, 0, TimeSpan.FromHours(8)), true), (moved.DueAt, moved.IsMoved));
        Assert.Equal(7, (await towns.Area.ReadAsync(session => ReportCalendar.SettingsAsync(session, TestArea.Code))).ObjectionDays);
    }

    /// <summary>A county reports the progress table by Friday 17:00, an hour before Lishi's townships.</summary>
    [Theory, OnBothEngines, Clause("jincheng 七(六)-reports")]
    public async Task A_county_reports_progress_by_friday_afternoon(Engine engine)
    {
        await using var towns = await Townships.OpenAsync(engine);
        await towns.Area.DoAsync("policy.bind", act => PackBindings.BindAsync(
            act, towns.Area.Shelf, "city", new(2022), new(2021, 9, 1), "jincheng-2022"));
        towns.Area.Clock.Set("2021-11-05 17:01");
        var calendar = await towns.Area.ReadAsync(session =>
            ReportCalendar.ReadAsync(session, TestArea.Code, towns.Area.Shelf, new(2022)));
        var due = calendar.Find("progress", new(2021, 11, 5), "ca")!;
        Assert.Equal((ReportState.Late, 17), (due.StateAt(towns.Area.Clock.Now), due.DueAt.Hour));
        Assert.Equal(ReportState.Coming, calendar.Find("progress", new(2021, 12, 31), "ca")!.StateAt(towns.Area.Clock.Now.AddDays(1)));
        var person = await towns.Area.RegisterAsync("王建国", new(1980, 1, 1), 1);
        await new Counter(new(Lists.Names), towns.Area.Vault)
            .FollowAsync(towns.Area.Database, TestArea.Code, [new(2022)]);
        var version = await towns.AsAsync(Townships.CountyA, act => towns.Desk.HandInAsync(
            act, Townships.CountyA, new(new(2022), "progress", new(2021, 11, 5), "ca"), [], ""));
        var grid = FrozenGrid.Thaw(version.Grid, version.Digest);
        Assert.Equal(("合计", 1L, 0L, 1L), (grid.Total!.Name, grid.Value(grid.Total, "due"), grid.Value(grid.Total, "settled"),
            grid.Value(grid.Total, "left_out")));
        Assert.DoesNotContain("王建国", version.Grid, StringComparison.Ordinal);
        Assert.True(person.PersonId > 0 && version.IsLate);
    }

    /// <summary>Another version has an explanation and shows what differs; a closed one has to be opened by the bureau.</summary>
    [Theory, OnBothEngines, Clause("lishi 七(四)"), Clause("lishi 附件5")]
    public async Task A_correction_is_a_version_of_its_own(Engine engine)
    {
        await using var towns = await Townships.OpenAsync(engine);
        await towns.RegisterAsync("王建国", 1);
        towns.Area.Clock.Set("2022-10-14 10:00");
        var first = await towns.HandInAsync(Townships.Bg, "lishi-5", Friday);
        await Townships.RefusedAsync("T407", () => towns.HandInAsync(Townships.Bg, "lishi-5", Friday));
        await Townships.RefusedAsync("T408", () => towns.HandInAsync(Townships.Bg, "lishi-5", Friday, "没有变化"));
        await towns.PayAsync(1);
        towns.Area.Clock.Set("2022-10-15 10:00");
        await towns.RegisterAsync("后来的", 3);
        var second = await towns.HandInAsync(Townships.Bg, "lishi-5", Friday, "当天下午缴费1人，号码370499198001010011");
        Assert.Equal((2, false, Friday), (second.Version, second.IsLate, second.AsOf));
        Assert.DoesNotContain("370499198001010011", second.Explanation, StringComparison.Ordinal);
        var report = (await towns.FindAsync(Townships.Bg, second.ReportId))!;
        Assert.Equal(
            ["合计 自费参保本地居民 0 1 1", "合计 参保率% 0.00% 100.00% ", "东片区 自费参保本地居民 0 1 1", "东片区 参保率% 0.00% 100.00% "],
            report.Versions[0].Differences.OrderByDescending(one => one.Row).ThenByDescending(one => one.By)
                .Select(one => $"{one.Row} {one.Column} {one.Old} {one.New} {one.By}"));
        Assert.Equal(first.Grid, report.Versions[1].Row.Grid);

        towns.Area.Clock.Set("2022-10-21 10:00");
        await Townships.RefusedAsync("T404", () => towns.HandInAsync(Townships.Bg, "lishi-5", Friday, "再更正", Note()));
        await Townships.RefusedAsync("T410", () => ReopenAsync(towns, "lishi-5", Next, "试"));
        await Townships.RefusedAsync("T410", () => ReopenAsync(towns, "lishi-5", Friday, " "));
        await ReopenAsync(towns, "lishi-5", Friday, "村里漏报");
        var third = await towns.HandInAsync(Townships.Bg, "lishi-5", Friday, "补备注", Note());
        Assert.Equal((3, Friday), (third.Version, third.AsOf));
        await Townships.RefusedAsync("T404", () => towns.HandInAsync(Townships.Bg, "lishi-5", Friday, "又更正"));

        // Week against week: the person who came later.
        var next = await towns.HandInAsync(Townships.Bg, "lishi-5", Next);
        var since = (await towns.FindAsync(Townships.Bg, next.ReportId))!.Since!.Value;
        Assert.Equal(Friday, since.Row.DueOn);
        Assert.Contains(since.Differences, one => one is { Row: "合计", Column: "本地户籍应参人数", Old: "1", New: "2", By: 1 });
    }

    /// <summary>A stored snapshot that is not what its digest says is not shown; the digest is also in the act.</summary>
    [Theory, OnBothEngines, Clause("lishi 七(四)")]
    public async Task A_snapshot_is_held_to_its_digest(Engine engine)
    {
        await using var towns = await Townships.OpenAsync(engine);
        await towns.RegisterAsync("王建国", 1);
        towns.Area.Clock.Set("2022-10-14 10:00");
        var version = await towns.HandInAsync(Townships.Bg, "lishi-5", Friday);
        var acts = await towns.Area.ReadAsync(session => session.Table<ActChangeRow>()
            .Where(row => row.Area == TestArea.Code && row.Subject == "report").ToListAsync());
        Assert.Contains(Convert.ToHexStringLower(version.Digest), Assert.Single(acts).New, StringComparison.Ordinal);
        using var stream = new MemoryStream();
        GridWorkbook.Write(FrozenGrid.Thaw(version.Grid, version.Digest), stream);
        Sheets.AssertValid(stream.ToArray());
        var changed = version with { Grid = version.Grid.Replace("鲍沟镇", "别的镇", StringComparison.Ordinal) };
        Assert.NotEqual(version.Grid, changed.Grid);
        await towns.Area.DoAsync("test", act => act.Session.Data.UpdateAsync(changed));
        await Townships.RefusedAsync("T411", () => towns.FindAsync(Townships.Bg, version.ReportId));
    }

    /// <summary>What was handed in stays with whoever stood above the unit then.</summary>
    [Theory, OnBothEngines, Clause("lishi 七(四)")]
    public async Task A_unit_that_moves_leaves_its_reports_where_they_were(Engine engine)
    {
        await using var towns = await Townships.OpenAsync(engine);
        await towns.RegisterAsync("王建国", 1);
        towns.Area.Clock.Set("2022-10-14 10:00");
        var before = await towns.HandInAsync(Townships.Bg, "lishi-5", Friday);
        await towns.HandInAsync(Townships.Xg, "lishi-5", Friday);
        towns.Area.Clock.Set("2022-10-17 10:00");
        await towns.StandAsync("cb");
        var moved = Townships.Bg with { UnitPath = "/city/cb/bg/" };
        towns.Area.Clock.Set("2022-10-21 10:00");
        var after = await towns.HandInAsync(moved, "lishi-5", Next);
        Assert.NotNull(await towns.FindAsync(Townships.CountyA, before.ReportId));
        Assert.Null(await towns.FindAsync(Townships.CountyA, after.ReportId));
        Assert.Null(await towns.FindAsync(Townships.CountyB, before.ReportId));
        Assert.NotNull(await towns.FindAsync(Townships.CountyB, after.ReportId));
        Assert.NotNull(await towns.FindAsync(moved, before.ReportId));
        Assert.Equal((1, 2), (await UnitsAsync(Townships.CountyA), await UnitsAsync(Townships.City)));

        async Task<int> UnitsAsync(Viewer who) => (await SumAsync(towns, who)).Units;
    }

    /// <summary>The upper unit sees the sums of the newest versions, headings and rates with them, as a sound workbook.</summary>
    [Theory, OnBothEngines, Clause("lishi 附件5")]
    public async Task Snapshots_add_up(Engine engine)
    {
        await using var towns = await Townships.OpenAsync(engine);
        await towns.RegisterAsync("王建国", 1);
        await towns.RegisterAsync("赵秀兰", 2, "xg-01");
        await towns.RegisterAsync("孙小梅", 4, "xg-01");
        await towns.PayAsync(1);
        towns.Area.Clock.Set("2022-10-14 10:00");
        await Townships.RefusedAsync("T412", () => SumAsync(towns, Townships.City));
        await towns.HandInAsync(Townships.Bg, "lishi-5", Friday);
        await towns.HandInAsync(Townships.Xg, "lishi-5", Friday);
        var sum = (await SumAsync(towns, Townships.City)).Grid;
        Assert.Equal(["鲍沟镇", "西岗镇", "合计"], sum.Rows.Select(row => row.Cells[0].Text));
        Assert.Equal(("应参保总人数：3人", "目前已参保总人数：1人"), (sum.Headings[1].Text, sum.Headings[2].Text));
        Assert.Equal("33.33%", sum.Total!.Cells[sum.IndexOf("rate")].Shown(CellKind.Percent));
        using var stream = new MemoryStream();
        GridWorkbook.Write(sum, stream);
        Sheets.AssertValid(stream.ToArray());
    }

    /// <summary>An equation that the notice states stops a hand-in; one that follows from the columns has to be explained.</summary>
    [Theory, OnBothEngines, Clause("lishi 附件6"), Clause("lishi 七(四)")]
    public async Task Broken_equations_stop_a_report_or_are_explained(Engine engine)
    {
        await using var towns = await Townships.OpenAsync(engine);
        await towns.RegisterAsync("王建国", 1);
        towns.Area.Clock.Set("2022-12-20 10:00");
        var due = new DateOnly(2022, 12, 25);
        var told = await Townships.RefusedAsync("T405", () => towns.HandInAsync(Townships.Bg, "lishi-6", due, "说明", Cell("A14", "1")));
        Assert.Contains("T301", told, StringComparison.Ordinal);
        await Townships.RefusedAsync("T406", () => towns.HandInAsync(Townships.Bg, "lishi-6", due, "", Cell("A12", "1")));
        await Townships.RefusedAsync("T409", () => towns.HandInAsync(Townships.Bg, "lishi-6", due, "", Cell("A16", "1")));
        await Townships.RefusedAsync("T409", () => towns.HandInAsync(Townships.Bg, "lishi-6", due, "", Cell("A12", "-1")));
        var kept = await towns.HandInAsync(Townships.Bg, "lishi-6", due, "职工未参保一人，已核实", Cell("A12", "1"));
        var grid = FrozenGrid.Thaw(kept.Grid, kept.Digest);
        Assert.Equal((1, 1), (grid.Value(grid.Total!, "A12"), grid.Value(grid.Body.First(), "A12")));

        static ReportEntry Cell(string column, string text) => new("bg-01", false, column, text);
    }

    /// <summary>Assisted people's enrolment by township and category as of the season's last day, whatever comes later.</summary>
    [Theory, OnBothEngines, Clause("lishi 七(一)-appraisal")]
    public async Task The_appraisal_is_frozen_at_the_years_end(Engine engine)
    {
        await using var towns = await Townships.OpenAsync(engine);
        await towns.RegisterAsync("王建国", 1);
        await towns.RegisterAsync("赵小虎", 3, isEnrolled: false);
        await new Lists(towns.Area).ApplyAsync(
            Lists.Full("农村低保", on: new(2022, 10, 1)),
            $"身份证号码\n{TestArea.Number(new(1980, 1, 1), 1).Full}\n{TestArea.Number(new(1980, 1, 1), 3).Full}\n");
        await towns.FollowAsync();
        var day = new DateOnly(2022, 12, 31);
        await Townships.RefusedAsync("T403", () => towns.HandInAsync(Townships.City, "appraisal", day));
        towns.Area.Clock.Set("2023-01-04 10:00");
        await towns.RegisterAsync("后来的", 5);
        var version = await towns.HandInAsync(Townships.City, "appraisal", day);
        var grid = FrozenGrid.Thaw(version.Grid, version.Digest);
        Assert.Equal(day, version.AsOf);
        Assert.Equal((2, 0), (grid.Value(grid.Total!, "due"), grid.Value(grid.Total!, "settled")));
        Assert.Contains(grid.Columns, column => column.Name == "农村低保对象应参保");
        Assert.Null(await towns.FindAsync(Townships.Bg, version.ReportId));
    }

    static async Task<IEnumerable<string>> PressingAsync(Townships towns) =>
        (await towns.CalendarAsync()).Pressing("bg", towns.Area.Clock.Now)
            .Select(due => $"{due.Report.Form} {due.DueOn.Day}").Order(StringComparer.Ordinal);

    static ReportEntry Note() => new("bg-01", false, "note", "漏报一户");

    static Task ReopenAsync(Townships towns, string form, DateOnly due, string reason) => towns.AsAsync(
        Townships.CountyA, act => towns.Desk.ReopenAsync(act, Townships.CountyA, new(Townships.Year, form, due, "bg"), reason));

    static Task<ReportSum> SumAsync(Townships towns, Viewer who) =>
        towns.Area.ReadAsync(session => ReportShelf.SumAsync(session, who, Townships.Year, ("lishi-5", Friday)));

    static async Task StandsAsync(Townships towns, string unit, ReportState state, DateOnly? due = null) => Assert.Equal(
        state, (await towns.CalendarAsync()).Find("lishi-5", due ?? Friday, unit)!.StateAt(towns.Area.Clock.Now));
}
