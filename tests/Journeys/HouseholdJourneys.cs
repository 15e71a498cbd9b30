using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class HouseholdJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task An_agent_enrols_a_household_and_takes_its_cash(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent);
        var household = await site.FoundAsync("village-a", "H0001");
        await site.RegisterAsync("王建国", new(1980, 2, 3), 1, ("village-a", household), Relation.Head);
        await site.RegisterAsync("赵秀兰", new(1982, 5, 6), 2, ("village-a", household), Relation.Spouse);
        await site.RegisterAsync("王守田", new(1940, 7, 8), 3, ("village-a", household), Relation.Father);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("agent");
        await window.FollowAsync("家庭户");
        await window.SeesAsync("3 人");
        await window.ShowAsync("households");
        await window.FollowAsync("王建国");
        await window.SeesAsync("漏保");
        await window.PressAsync("登记 2022 年度");
        await window.SeesAsync("已登记 3 人");
        await window.SeesAsync("个人不缴");
        await window.ShowAsync("household-owing");
        await window.PressAsync("确认已收现金");
        await window.SeesAsync("已收现金 640.00 元，2 人");
        await window.SeesAsync("待遇 2022-01-01 至 2022-12-31");
        await window.ShowAsync("household-paid");
    }
}
