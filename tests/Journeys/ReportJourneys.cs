using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class ReportJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    static readonly DateOnly Born = new(1980, 2, 3);

    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task A_report_is_handed_in_corrected_summed_up_and_told_in_a_bulletin(string screen, Engine engine)
    {
        var clock = new TestClock("2022-10-14 09:00");
        await using var site = await OpenAsync(engine, clock);
        await HandInAsync(site, screen);
        await SumUpAsync(site, screen);
        // Nobody stays signed in over a weekend.
        clock.Set("2022-10-17 09:00");
        await using (var bureau = await chromium.OpenAsync(site, screen))
        {
            await bureau.SignInAsync("bureau");
            await bureau.FollowAsync("通报");
            await bureau.PressAsync("起草 2022-10-15 参保缴费工作进度通报");
            await bureau.SeesAsync("截至2022年10月15日");
            await bureau.ShowAsync("bulletin-draft");
            await bureau.PressAsync("送领导审阅");
            await bureau.SeesAsync("待审阅");
        }

        await using (var leader = await chromium.OpenAsync(site, screen))
        {
            await leader.SignInAsync("supervisor");
            await leader.FollowAsync("通报");
            await leader.FollowAsync("参保缴费工作进度通报");
            await leader.ShowAsync("bulletin-review");
            await leader.PressAsync("退回修改");
            await leader.SeesAsync("退回须填写意见");
            await leader.FillAsync("意见", "同意");
            await leader.PressAsync("同意发布");
            await leader.SeesAsync("已审定");
        }

        await using (var bureau = await chromium.OpenAsync(site, screen))
        {
            await bureau.SignInAsync("bureau");
            await bureau.FollowAsync("通报");
            await bureau.FollowAsync("参保缴费工作进度通报");
            await bureau.PressAsync("发布");
            await bureau.SeesAsync("已发布");
        }

        await using var agent = await chromium.OpenAsync(site, screen);
        await agent.SignInAsync("agent");
        await agent.FollowAsync("通报");
        await agent.ShowAsync("bulletins");
        await agent.FollowAsync("参保缴费工作进度通报");
        await agent.SeesAsync("2022-10-17 发布");
        await agent.ShowAsync("bulletin");
    }

    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task A_village_posts_masked_names_and_answers_an_objection(string screen, Engine engine)
    {
        await using var site = await OpenAsync(engine, new TestClock("2022-10-14 09:00"));
        await using var agent = await chromium.OpenAsync(site, screen);
        await agent.SignInAsync("agent");
        await agent.FollowAsync("张榜公示");
        await agent.SeesAsync("还没有公示");
        await agent.PressAsync("生成公示");
        await agent.SeesAsync("王*国");
        Assert.DoesNotContain("王建国", await agent.Page.ContentAsync(), StringComparison.Ordinal);
        await agent.FillAsync("内容", "榜上没有我");
        await agent.PressAsync("登记");
        await agent.SeesAsync("未留姓名");
        await agent.ShowAsync("posting");
        await agent.FillAsync("答复", "已核对，次日已补");
        await agent.PressAsync("答复");
        await agent.SeesAsync("异议已答复");
        await agent.FollowAsync("打印");
        await agent.ShowAsync("posting-paper");
        await agent.FollowAsync("返回");
        await agent.FollowAsync("返回公示");
        await agent.ShowAsync("postings");
    }

    async Task HandInAsync(WebSite site, string screen)
    {
        await using var street = await chromium.OpenAsync(site, screen);
        await street.SignInAsync("street");
        await street.SeesAsync("临近上报时间");
        await street.ShowAsync("home-due");
        await street.FollowAsync("报表上报");
        await street.SeesAsync("国庆节");
        await street.ShowAsync("reports-street");
        await street.FollowAsync("参保缴费工作进度周报表");
        await street.SeesAsync("应参保总人数：3人");
        await street.ShowAsync("report-due");
        await street.PressAsync("确认无误，上报");
        await street.SeesAsync("上报时间");
        await street.ShowAsync("report");
        await street.FollowAsync("更正");
        await street.Page.GetByText("由本单位填写的格和备注").ClickAsync();
        await street.FillAsync("东沟村 备注", "漏报一户");
        await street.FillAsync("更正说明", "东沟村补备注");
        await street.PressAsync("上报更正");
        await street.SeesAsync("与上一版不同的格");
        await street.ShowAsync("report-corrected");
        Assert.Equal("PK"u8.ToArray(), (await street.DownloadAsync("下载 Excel"))[..2]);
    }

    async Task SumUpAsync(WebSite site, string screen)
    {
        await using var bureau = await chromium.OpenAsync(site, screen);
        await bureau.SignInAsync("bureau");
        await bureau.FollowAsync("报表上报");
        await bureau.SeesAsync("按时");
        await bureau.ShowAsync("reports-bureau");
        await bureau.FollowAsync("2022-10-14 汇总");
        await bureau.SeesAsync("1 个单位已上报");
        await bureau.ShowAsync("report-sum");
    }

    /// <summary>Three people of two villages, two of them enrolled, in a county that is run by Lishi's season of 2023.</summary>
    static async Task<WebSite> OpenAsync(Engine engine, TestClock clock)
    {
        var site = await WebSite.OpenAsync(engine, clock, Role.Bureau, Role.Street, Role.Agent, Role.Supervisor);
        await site.RunSeasonAsync("lishi-2023", new(2023), new(2022, 9, 1));
        var household = await site.FoundAsync("village-a", "H0001");
        var king = await site.RegisterAsync("王建国", Born, 1, ("village-a", household), Relation.Head);
        var other = await site.RegisterAsync("赵秀兰", Born, 2, ("village-a", household), Relation.Spouse);
        await site.RegisterAsync("孙小梅", Born, 4, ("village-b", household), Relation.OtherRelative);
        await site.EnrolForAsync(new(2023), king.PersonId, other.PersonId);
        return site;
    }
}
