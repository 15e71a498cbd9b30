using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class ComparisonJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    static readonly DateOnly Born = new(1950, 3, 20);

    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task The_bureau_compares_deaths_and_a_village_decides_two_findings(string screen, Engine engine)
    {
        await using var site = await OpenAsync(engine);
        await using var bureau = await chromium.OpenAsync(site, screen);
        await bureau.SignInAsync("bureau");
        await bureau.FollowAsync("来文比对");
        await bureau.ChooseAsync("来源", "死亡信息");
        await bureau.AttachAsync("文件", "十月死亡人员.csv",
            $"姓名,身份证号码,死亡日期\n王守田,{Number(1)},2021-10-20\n赵秀兰,{Number(2)},2021-10-21\n李某,{Number(3)},2021-10-22\n孙某,123,2021-10-23\n");
        await bureau.ShowAsync("comparison-files");
        await bureau.PressAsync("上传并比对");
        await bureau.SeesAsync("新发现 3 条");
        await bureau.ShowAsync("comparison-file");
        var taken = bureau.Page.WaitForDownloadAsync();
        await bureau.PressAsync("下载退回的行");
        Assert.Contains("孙某", await File.ReadAllTextAsync((await (await taken).PathAsync())!), StringComparison.Ordinal);

        await using var agent = await chromium.OpenAsync(site, screen);
        await agent.SignInAsync("agent");
        await agent.FollowAsync("比对结果");
        await agent.SeesAsync("王守田");
        await Microsoft.Playwright.Assertions.Expect(agent.Page.Locator("main")).Not.ToContainTextAsync("李某");
        await agent.ShowAsync("findings");
        await agent.FollowAsync("王守田");
        await agent.SeesAsync("登记死亡，日期 2021-10-20");
        await agent.ShowAsync("finding");
        await agent.FillAsync("理由", "家属已确认");
        await agent.PressAsync("采纳");
        await agent.SeesAsync("王守田：已采纳");
        await agent.FollowAsync("赵秀兰");
        await agent.FillAsync("理由", "本人健在，同名");
        await agent.PressAsync("不采纳");
        await agent.SeesAsync("没有待处理的比对结果");
        await agent.ChooseAsync("处理", "已采纳");
        await agent.PressAsync("查询");
        await agent.FollowAsync("王守田");
        await agent.SeesAsync("家属已确认");
        await agent.ShowAsync("finding-decided");
        await agent.FollowAsync("人员档案");
        await agent.SeesAsync("已死亡");
    }

    /// <summary>No file is needed for what both registers of our own tell.</summary>
    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task A_street_finds_who_is_left_out_village_by_village_and_enrols(string screen, Engine engine)
    {
        await using var site = await OpenAsync(engine);
        await site.AddAccountAsync(new NewAccount("street", "李建国", Role.Street, "town", null));
        await site.RegisterAsync("李春梅", Born, 5, ("village-a", await site.FoundAsync("village-a", "H0003")), Relation.Head);
        await using var street = await chromium.OpenAsync(site, screen);
        await street.SignInAsync("street");
        await street.FollowAsync("比对结果");
        await street.FollowAsync("户籍与参保比对");
        await street.SeesAsync("柳林镇 2022 年度户籍与参保比对");
        await street.ShowAsync("register-compare");
        await street.Page.Locator("tr", new() { HasText = "西河村" }).Locator("a[href*='DoubleRecord']").ClickAsync();
        await street.SeesAsync("东沟村 370499");
        await street.ShowAsync("register-double");
        await street.ChooseAsync("差异", "漏保");
        await street.PressAsync("查看");
        await street.SeesAsync("李春梅");
        await street.ShowAsync("register-gaps");
        await street.FollowAsync("所在户");
        await street.PressAsync("登记 2022 年度");
        await street.SeesAsync("已登记 1 人");
    }

    static string Number(int person) => TestArea.Number(Born, person).Full;

    static async Task<WebSite> OpenAsync(Engine engine)
    {
        var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Bureau, Role.Agent);
        var (one, other) = (await site.FoundAsync("village-a", "H0001"), await site.FoundAsync("village-b", "H0002"));
        await site.RegisterAsync("王守田", Born, 1, ("village-a", one), Relation.Head);
        await site.RegisterAsync("赵秀兰", Born, 2, ("village-a", one), Relation.Spouse);
        await site.RegisterAsync("李春梅", Born, 3, ("village-b", other), Relation.Head);
        return site;
    }
}
