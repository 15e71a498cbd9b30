using Canbao.Core.Access;
using Canbao.Core.Reporting.HandIns;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work.Counting;
using Canbao.Core.Work.Reports;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using LinqToDB;
using Xunit;

namespace Canbao.Core.Tests.Work.Reports;

/// <summary>Bulletins: what they are drafted from, who reviews them, and that they stay as they were.</summary>
public class BulletinTests
{
    static readonly DateOnly Half = new(2022, 10, 15);

    const string Title = "参保缴费工作进度通报";

    [Theory, OnBothEngines]
    [Clause("lishi 七(四)"), Clause("lishi 附件1"), Clause("laishan 六(二)-bulletin"), Clause("lingyuan 六(三)")]
    public async Task A_bulletin_is_drafted_reviewed_by_another_and_published(Engine engine)
    {
        await using var towns = await Townships.OpenAsync(engine);
        await FillAsync(towns);
        await Townships.RefusedAsync("T421", () => DraftAsync(towns, Townships.City));
        towns.Area.Clock.Set("2022-10-17 09:00");
        await Townships.RefusedAsync("T420", () => DraftAsync(towns, Townships.Leader));
        await Townships.RefusedAsync("T421", () => towns.AsAsync(Townships.City, act =>
            towns.Bulletins.DraftAsync(act, Townships.City, Townships.Year, (Title, Half.AddDays(1)))));
        var draft = await DraftAsync(towns, Townships.City);
        var id = draft.BulletinId;
        Assert.Equal("draft", draft.State);
        Assert.Null(await FindAsync(towns, Townships.Village, id));
        await Townships.RefusedAsync("T423", () => ReviewAsync(towns, Townships.Leader, id, true));
        await EditAsync(towns, id, draft.Words + "\n请加快进度。");
        await Townships.RefusedAsync("T427", () => EditAsync(towns, id, " "));
        await towns.AsAsync(Townships.City, act => BulletinDesk.SubmitAsync(act, Townships.City, id));
        await Townships.RefusedAsync("T422", () => DraftAsync(towns, Townships.City));
        await Townships.RefusedAsync("T424", () => ReviewAsync(towns, Townships.City, id, true));
        // Whoever drafted it may since have become a supervisor.
        await Townships.RefusedAsync("T425", () => ReviewAsync(towns, Townships.Leader with { Login = Townships.City.Login }, id, true));
        await Townships.RefusedAsync("T426", () => ReviewAsync(towns, Townships.Leader, id, false));
        await Townships.RefusedAsync("T423", () => PublishAsync(towns, id));
        await ReviewAsync(towns, Townships.Leader, id, false, "补充措施");
        var returned = (await FindAsync(towns, Townships.City, id))!.Value.Row;
        Assert.Equal(("draft", "补充措施"), (returned.State, returned.Remark));
        await towns.AsAsync(Townships.City, act => BulletinDesk.SubmitAsync(act, Townships.City, id));
        await ReviewAsync(towns, Townships.Leader, id, true);
        await Townships.RefusedAsync("T423", () => EditAsync(towns, id, "改"));
        await PublishAsync(towns, id);

        // Everybody sees it, and as it was.
        await towns.PayAsync(2);
        var (row, figures) = (await FindAsync(towns, Townships.Village, id))!.Value;
        Assert.Equal(("published", new DateOnly(2022, 10, 17), "leader"), (row.State, row.PublishedOn, row.ReviewedBy));
        Assert.EndsWith("请加快进度。", row.Words, StringComparison.Ordinal);
        Assert.Equal(draft.Figures, row.Figures);
        Assert.Equal((4, 1), (figures.Whole.Expected, figures.Whole.Settled));
        await towns.Area.DoAsync("test", act => act.Session.Data.UpdateAsync(
            row with { Figures = row.Figures.Replace("鲍沟镇", "别的镇", StringComparison.Ordinal) }));
        await Townships.RefusedAsync("T411", () => FindAsync(towns, Townships.Village, id));
    }

    /// <summary>Ranking, weak and late units, cash, assisted people and cooperation, all as of the day.</summary>
    [Theory, OnBothEngines, Clause("laishan 六(二)-bulletin"), Clause("lishi 七(四)")]
    public async Task A_draft_tells_what_the_figures_of_the_day_say(Engine engine)
    {
        await using var towns = await Townships.OpenAsync(engine);
        await FillAsync(towns);
        towns.Area.Clock.Set("2022-10-17 09:00");
        await towns.PayAsync(2);
        var draft = await DraftAsync(towns, Townships.City);
        var figures = FrozenGrid.Read<BulletinFigures>(draft.Figures, draft.Digest);
        var group = Assert.Single(figures.Groups);
        Assert.Equal(
            [("鲍沟镇", 1, 333L, true, 1), ("西岗镇", 2, 0L, true, 0)],
            group.Units.Select(unit => (unit.Name, unit.Rank, unit.RatePerMille, unit.IsBelow, unit.InTime)));
        // Both reports of 10-07 and 10-14 are counted.
        Assert.All(group.Units, unit => Assert.Equal(4, unit.Due));
        Assert.Equal((0, 1), (group.Units[0].ListedSettled, group.Units[0].ListedExpected));
        Assert.Contains(figures.Late, late => late is { UnitName: "西岗镇", Came: true, DueOn.Day: 14 });
        Assert.Contains(figures.Late, late => late is { UnitName: "鲍沟镇", Came: false, DueOn.Day: 7 });
        foreach (var text in new[]
        {
            "截至2022年10月15日，清河市应参保4人，已参保1人，参保率25.0%（要求达到95%）。", "低于95%的单位2个：鲍沟镇（33.3%）、西岗镇（0.0%）",
            "名单人员参保率未达到100%的：鲍沟镇（0/1）", "西岗镇10月14日参保缴费工作进度周报表（逾期上报）", "尚未解缴的现金共700.00元",
        })
            Assert.Contains(text, draft.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("低保", draft.Figures + draft.Words, StringComparison.Ordinal);
    }

    /// <summary>Branches and villages each have their ranks, week by week.</summary>
    [Theory, OnBothEngines, Clause("baogou 四(四)")]
    public async Task A_town_ranks_its_branches_and_villages(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.RegisterAsync("王建国", new(1980, 1, 1), 1);
        await new Counter(new(Lists.Names), area.Vault).FollowAsync(area.Database, TestArea.Code, [TestArea.Year]);
        var town = new Viewer("town", "某", Role.Bureau, TestArea.Code, "bg", "/bg/", null);
        var desk = new BulletinDesk(area.Shelf);
        var planned = await area.ReadAsync(session => desk.PlannedAsync(session, town, TestArea.Year, new(2021, 11, 5)));
        Assert.Equal(
            [new(2021, 11, 5), new(2021, 10, 29)], planned.Select(one => one.DueOn));
        var row = await area.DoAsync("bulletin.draft", act =>
            desk.DraftAsync(act, town, TestArea.Year, (planned[0].Bulletin.Says, planned[0].DueOn)));
        var figures = FrozenGrid.Read<BulletinFigures>(row.Figures, row.Digest);
        Assert.Equal([("branch", 2), ("village", 3)], figures.Groups.Select(group => (group.Level, group.Units.Count)));
        // Nobody is expected elsewhere, so nobody is missing there.
        Assert.Equal("前街村", figures.Groups[1].Units[^1].Name);
        Assert.True(figures.Groups[1].Units[^1].IsLast);
    }

    /// <summary>Three in one township, of whom one paid and one is listed; one in the other, whose report came late.</summary>
    static async Task FillAsync(Townships towns)
    {
        await Accounts.AddAsync(
            towns.Area.Database, TestArea.Code, new("@test", "测试"), new("agent", "王小梅", Role.Agent, TestArea.Village, null), "初始-Passw0rd");
        await towns.RegisterAsync("王建国", 1);
        await towns.RegisterAsync("赵秀兰", 2);
        await towns.RegisterAsync("周小宝", 3, isEnrolled: false);
        await towns.RegisterAsync("孙小梅", 4, "xg-01");
        await new Lists(towns.Area).ApplyAsync(
            Lists.Full("农村低保", on: new(2022, 10, 1)), $"身份证号码\n{TestArea.Number(new(1980, 1, 1), 3).Full}\n");
        await towns.PayAsync(1);
        towns.Area.Clock.Set("2022-10-14 17:00");
        await towns.HandInAsync(Townships.Bg, "lishi-5", new(2022, 10, 14));
        towns.Area.Clock.Set("2022-10-14 19:00");
        await towns.HandInAsync(Townships.Xg, "lishi-5", new(2022, 10, 14));
    }

    static Task<BulletinRow> DraftAsync(Townships towns, Viewer who) =>
        towns.AsAsync(who, act => towns.Bulletins.DraftAsync(act, who, Townships.Year, (Title, Half)));

    static Task EditAsync(Townships towns, long id, string words) =>
        towns.AsAsync(Townships.City, act => BulletinDesk.EditAsync(act, Townships.City, id, words));

    static Task ReviewAsync(Townships towns, Viewer who, long id, bool isApproved, string remark = "") =>
        towns.AsAsync(who, act => BulletinDesk.ReviewAsync(act, who, id, isApproved, remark));

    static Task PublishAsync(Townships towns, long id) =>
        towns.AsAsync(Townships.City, act => BulletinDesk.PublishAsync(act, Townships.City, id));

    static Task<(BulletinRow Row, BulletinFigures Figures)?> FindAsync(Townships towns, Viewer who, long id) =>
        towns.Area.ReadAsync(session => BulletinDesk.FindAsync(session, who, id));
}
