using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Registry;
using Canbao.Core.Reporting;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Tests.Reporting;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Counting;
using Canbao.Core.Work.WorkFunds;
using Canbao.Policy.Season;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using Xunit;

namespace Canbao.Core.Tests.Work;

/// <summary>Work funds: the steps of the notice, the day's end, decisions that stay.</summary>
public class WorkFundTests
{
    static readonly SeasonFunds Rule = new(
        new(2021, 12, 31), 99, 60, Money.FromFen(200), Money.FromFen(400), Money.FromFen(500), "lingyuan 六(三)");

    static readonly Viewer Street = new("street", "某", Role.Street, TestArea.Code, "bg", "/bg/", null);

    /// <summary>38 of 64 is 59.375% and not 60; 99% is reached with 99 of 100 and not with 989 of 1000.</summary>
    [Theory, Clause("lingyuan 六(三)")]
    [InlineData(98, 100, 100, 100, 200, 19_600)]
    [InlineData(989, 1000, 1000, 1000, 200, 197_800)]
    [InlineData(99, 100, 38, 64, 400, 39_600)]
    [InlineData(99, 100, 39, 65, 500, 49_500)]
    [InlineData(99, 100, null, null, 400, 39_600)]
    [InlineData(0, 0, 0, 0, 200, 0)]
    [InlineData(120, 100, 60, 100, 500, 60_000)]
    public void Steps_are_exact(long settled, long all, int? active, int? of, long each, long amount)
    {
        var line = FundsRule.Reckon(Rule, Line(settled, all, active, of));
        Assert.Equal((each, amount), (line.PerPerson, line.Amount));
        Assert.EndsWith($"＝{Money.FromFen(amount)} 元", line.Working, StringComparison.Ordinal);
    }

    [Fact, Clause("lingyuan 六(三)")]
    public void The_working_is_one_line_and_the_next_step_is_told()
    {
        var line = FundsRule.Reckon(Rule, Line(98, 100, 38, 64));
        Assert.Equal(
            "参保缴费 98 人，任务 100 人，参保率 98.00%，未达 99%；激活 38/64＝59.37%，未达 60%；每人 2.00 元×98 人＝196.00 元", line.Working);
        Assert.Equal("再有 1 人缴费，达 99%，每人 4.00 元；再激活 1 人，每人 5.00 元", FundsRule.Next(Rule, line));
        Assert.Equal("再激活 1 人，达 60%，每人 5.00 元", FundsRule.Next(Rule, Line(99, 100, 38, 64)));
        Assert.Equal("再有 1 人缴费，达 99%，每人 4.00 元；激活率已达，即为 5.00 元", FundsRule.Next(Rule, Line(98, 100, 39, 64)));
        Assert.Equal("", FundsRule.Next(Rule, Line(99, 100, 39, 64)));
        Assert.Contains("还没有电子凭证激活数", FundsRule.Next(Rule, Line(99, 100, null, null)), StringComparison.Ordinal);
    }

    /// <summary>
    /// The forecast follows; the day's end counts, whatever is paid later; a decision stays and is corrected only with a reason.
    /// </summary>
    [Theory, OnBothEngines, Clause("lingyuan 六(三)"), Clause("lingyuan 六(二)")]
    public async Task What_was_decided_stays(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.DoAsync("policy.bind", act => PackBindings.BindAsync(
            act, area.Shelf, "bg", TestArea.Year, new(2021, 10, 1), "lingyuan-2022"));
        var one = await area.RegisterAsync("张三", new(1980, 1, 1), 1);
        var other = await area.RegisterAsync("李四", new(1980, 1, 1), 2);
        await area.RegisterAsync("王五", new(1980, 1, 1), 3, null, status => status with { Unit = TestArea.OtherVillage });
        await PayAsync(area, one.PersonId);
        var forecast = await ReadAsync(area, new(2021, 11, 5));
        Assert.True(forecast.IsForecast);
        Assert.Equal(
            [("前街村", 1L, 2L, 200L), ("后街村", 0L, 1L, 0L), ("河西村", 0L, 0L, 0L)],
            forecast.Now.Select(line => (line.Name, line.Settled, line.Base, line.Amount)));
        await RefusedAsync(area, "T512", forecast.Digest);

        await area.DoAsync("target.set", act => TargetDesk.HandDownAsync(act, Street, [new()
        {
            InsuranceYear = 2022,
            Measure = TargetMeasure.Residents.Code,
            Unit = TestArea.Village,
            People = 1,
            Basis = TargetBasis.Entered.Code,
        }]));
        area.Clock.Set("2022-01-04 09:00");
        await PayAsync(area, other.PersonId);
        await NoteAsync(area, new(2022, 1, 3), 2);
        var late = await ReadAsync(area, new(2022, 1, 4));
        // Neither the payment nor the figure of January counts.
        Assert.Equal((1L, 1L, true, null, 400L), (late.Now[0].Settled, late.Now[0].Base, late.Now[0].HasTarget, late.Now[0].Active,
            late.Now[0].Amount));
        await RefusedAsync(area, "T515", forecast.Digest);
        await RefusedAsync(area, "T513", late.Digest, "先写原因");
        await RefusedAsync(area, "T511", late.Digest, who: Street with { Role = Role.Finance });
        var first = await DecideAsync(area, late.Digest);
        Assert.Equal((1, 1L, 400L), (first.Version, first.People, first.Amount));
        await RefusedAsync(area, "T513", late.Digest);
        await RefusedAsync(area, "T514", late.Digest, "再来");

        await NoteAsync(area, new(2021, 12, 30), 1);
        var now = await ReadAsync(area, new(2022, 1, 4));
        Assert.True(now is { Differs: true, IsIntact: true });
        Assert.Equal((400L, 500L), (now.Lines[0].Amount, now.Now[0].Amount));
        var second = await DecideAsync(area, now.Digest, "激活数补报");
        Assert.Equal((2, "激活数补报", 500L), (second.Version, second.Reason, second.Amount));
        var book = await ReadAsync(area, new(2022, 1, 4));
        Assert.Equal([500L, 400L], book.Versions.Select(version => version.Amount));
        Assert.False(book.Differs);

        await area.Database.WriteAsync(session => session.Table<WorkFundLineRow>()
            .Where(row => row.Area == TestArea.Code && row.Version == 2 && row.Community == TestArea.Village)
            .Set(row => row.Amount, 90_000L).UpdateAsync());
        Assert.False((await ReadAsync(area, new(2022, 1, 4))).IsIntact);
    }

    [Theory, OnBothEngines, Clause("lingyuan 六(三)")]
    public async Task A_community_sees_its_own_and_what_is_not_counted_is_not_decided(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var tree = UnitFile.Read(TestArea.Units, [])!;
        var agent = Street with { Role = Role.Agent, UnitCode = TestArea.Village, UnitPath = $"/bg/bg-01/{TestArea.Village}/" };
        Assert.Empty(await area.ReadAsync(session => new WorkFundDesk(area.Shelf).UnitsAsync(session, agent, tree, TestArea.Year)));
        await area.DoAsync("policy.bind", act => PackBindings.BindAsync(
            act, area.Shelf, "bg-01", TestArea.Year, new(2021, 10, 1), "lingyuan-2022"));
        await area.RegisterAsync("张三", new(1980, 1, 1), 1);
        area.Clock.Set("2022-01-04 09:00");
        await FollowAsync(area);
        var book = (await area.ReadAsync(session => new WorkFundDesk(area.Shelf).ReadAsync(
            session, agent, tree, ("bg-01", TestArea.Year), new(2022, 1, 4))))!;
        Assert.Equal(["前街村", "后街村"], book.Lines.Select(line => line.Name));
        Assert.Equal("前街村", Assert.Single(WorkFundDesk.Own(agent, tree, book.Lines)).Name);
        Assert.False(WorkFundDesk.MayDecide(agent, tree, book.Unit));
        var other = agent with { UnitCode = TestArea.FarVillage, UnitPath = $"/bg/bg-02/{TestArea.FarVillage}/" };
        Assert.Null(await area.ReadAsync(session => new WorkFundDesk(area.Shelf).ReadAsync(
            session, other, tree, ("bg-01", TestArea.Year), new(2022, 1, 4))));
        // Counting began only after the day.
        await RefusedAsync(area, "T516", book.Digest, unit: "bg-01");
        await RefusedAsync(area, "T510", book.Digest);
    }

    [Fact, Clause("lingyuan 六(三)")]
    public void The_table_adds_up_and_its_formulas_say_the_same()
    {
        WorkFundLineRow[] lines =
        [
            FundsRule.Reckon(Rule, Line(98, 100, 38, 64)) with { Name = "林口社区", Community = "a" },
            FundsRule.Reckon(Rule, Line(99, 100, 39, 64)) with { Name = "张前社区", Community = "b" },
            FundsRule.Reckon(Rule, Line(10, 10, null, null)) with { Name = "英塘社区", Community = "c" },
        ];
        var grid = WorkFundForm.Grid("灵源2022年度医保参保工作经费表", ["灵源街道（盖章）"], lines);
        Assert.Empty(FormCheck.Run(grid, []));
        var sheet = Sheets.Write(grid);
        Sheets.AssertValid(sheet);
        Assert.Equal("C4*I4", Sheets.Formula(sheet, "J4"));
        Assert.Equal("731.00", grid.Total!.Cells[^1].Shown(CellKind.Amount));
        Assert.Contains("207", Sheets.Csv(sheet), StringComparison.Ordinal);
    }

    static WorkFundLineRow Line(long settled, long all, long? active, long? of) =>
        new() { Settled = settled, Base = all, HasTarget = true, Active = active, ActiveBase = of };

    static Task<int> NoteAsync(TestArea area, DateOnly day, long people) => area.DoAsync("figure.note", act => Figures.NoteAsync(act,
        [new() { Measure = Measures.CredentialsActive, Unit = TestArea.Village, Day = day, People = people, Source = "医保局" }]));

    static async Task PayAsync(TestArea area, long person)
    {
        await area.DoAsync("cash.take", async act =>
        {
            await area.Enrolments.EnrolAsync(act, TestArea.Year, person, EnrolmentKinds.New);
            var quote = await area.Dues.QuoteAsync(act.Session, TestArea.Code, TestArea.Year, person, act.Today);
            await new CashDesk(area.Dues).TakeAsync(act, TestArea.Year, [new(person, quote!.Personal!.Value)]);
        });
        await FollowAsync(area);
    }

    static Task FollowAsync(TestArea area) =>
        new Counter(new CountedPeople(Lists.Names), area.Vault).FollowAsync(area.Database, TestArea.Code, [TestArea.Year]);

    static async Task<WorkFundBook> ReadAsync(TestArea area, DateOnly today) => (await area.ReadAsync(
        session => new WorkFundDesk(area.Shelf).ReadAsync(
            session, Street, UnitFile.Read(TestArea.Units, [])!, ("bg", TestArea.Year), today)))!;

    static Task<WorkFundRow> DecideAsync(
        TestArea area, string digest, string reason = "", Viewer? who = null, string unit = "bg") => area.DoAsync("work_fund.decide",
        act => new WorkFundDesk(area.Shelf).DecideAsync(act, who ?? Street, (unit, TestArea.Year), digest, reason));

    static async Task RefusedAsync(
        TestArea area, string code, string digest, string reason = "", Viewer? who = null, string unit = "bg") =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => DecideAsync(area, digest, reason, who, unit))).Code);
}
