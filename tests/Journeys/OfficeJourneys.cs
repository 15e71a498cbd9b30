using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class OfficeJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task A_street_sees_how_far_its_villages_are_and_the_names_behind_a_number(string screen, Engine engine)
    {
        await using var site = await OpenAsync(engine, Role.Street);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("street");
        await window.FollowAsync("进度");
        await window.SeesAsync("柳林镇 2022 年度进度");
        await window.SeesAsync("33.3%");
        await window.ShowAsync("progress");
        await window.Page.Locator("tr", new() { HasText = "东沟村" }).Locator("a[href*='group=LeftOut']").ClickAsync();
        await window.SeesAsync("东沟村 2022 年度未登记");
        await window.SeesAsync("赵秀兰");
        await window.ShowAsync("progress-people");
    }

    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task A_bureau_reads_what_was_assessed_and_by_which_policy(string screen, Engine engine)
    {
        await using var site = await OpenAsync(engine, Role.Bureau);
        await site.MakeDuesAsync();
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("bureau");
        await window.FollowAsync("应缴核定");
        await window.SeesAsync("待主管部门确定");
        await window.Page.Locator("a[href*='outcome=due']").ClickAsync();
        await window.SeesAsync("王建国");
        await window.ShowAsync("dues");
        await window.FollowAsync("政策");
        await window.SeesAsync("baogou-2022");
        await window.ShowAsync("policies");
    }

    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task An_auditor_reads_an_act_and_checks_the_chain(string screen, Engine engine)
    {
        await using var site = await OpenAsync(engine, Role.SecurityAuditor);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("security_auditor");
        await window.FollowAsync("审计");
        await window.PressAsync("核验审计链");
        await window.SeesAsync("审计链完整");
        await Microsoft.Playwright.Assertions.Expect(window.Page.Locator("main")).Not.ToContainTextAsync("共 0 号");
        await window.ChooseAsync("操作", "收取现金");
        await window.PressAsync("查询");
        await window.ShowAsync("audit");
        await window.FollowAsync("2021-11-05 09:00");
        await window.SeesAsync("开通待遇");
        await window.ShowAsync("audit-act");
    }

    static async Task<WebSite> OpenAsync(Engine engine, Role role)
    {
        var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), role);
        var (one, other) = (await site.FoundAsync("village-a", "H0001"), await site.FoundAsync("village-b", "H0002"));
        var paid = await site.RegisterAsync("王建国", new(1980, 2, 3), 1, ("village-a", one), Relation.Head);
        await site.RegisterAsync("赵秀兰", new(1982, 5, 6), 2, ("village-a", one), Relation.Spouse);
        await site.RegisterAsync("李春梅", new(1975, 7, 8), 3, ("village-b", other), Relation.Head);
        await site.PayAsync(paid.PersonId);
        return site;
    }
}
