using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class ShadowJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    static readonly DateOnly Born = new(1980, 2, 3);

    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task A_bureau_sees_what_another_pack_would_mean(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Bureau, Role.Finance);
        await FillAsync(site);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("bureau");
        await window.FollowAsync("政策");
        await window.FollowAsync("政策试算");
        await window.ChooseAsync("试算的政策包", "lingyuan-2022");
        await window.ShowAsync("shadow-choose");
        await window.PressAsync("试算");
        await window.SeesAsync("读取 4 人");
        await window.SeesAsync("应缴 320.00 元");
        await window.SeesAsync("应缴 330.00 元");
        await window.SeesAsync("政府（资助参保）");
        await window.ShowAsync("shadow");
        await window.Page.Locator("dl.figures a").First.ClickAsync();
        await window.SeesAsync("王建国");
        await window.ShowAsync("shadow-people");
        await window.FollowAsync("返回政策试算");
        await window.FollowAsync("柳林镇");
        await window.SeesAsync("东沟村");

        await using var finance = await chromium.OpenAsync(site, screen);
        await finance.SignInAsync("finance");
        await finance.Page.GotoAsync($"{site.Address}policies/shadow?pack=../lingyuan-2022");
        await finance.SeesAsync("A206");
    }

    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task A_bureau_rolls_over_into_the_next_year(string screen, Engine engine)
    {
        var clock = new TestClock("2021-11-05 09:00");
        await using var site = await WebSite.OpenAsync(engine, clock, Role.Bureau);
        await FillAsync(site);
        await site.ApplyAsync(
            new("school", RosterKind.Full, new(2021, 11, 1)) { Category = "家庭经济困难学生" }, $"身份证号码\n{TestArea.Number(Born, 3).Full}\n");
        clock.Set("2023-01-05 09:00");
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("bureau");
        await window.FollowAsync("政策");
        await window.FollowAsync("年度结转");
        await window.SeesAsync("2022 年度结转到 2023 年度");
        await window.SeesAsync("没有政策包的单位 2 个");
        await window.ShowAsync("rollover-open");
        await window.PressAsync("续保 1 人");
        await window.SeesAsync("已续保 1 人");
        await window.PressAsync("生成到期名单");
        await window.SeesAsync("已生成 1 份到期名单");
        await window.PressAsync("核定 2023 年度");
        await window.SeesAsync("已核定 4 人");
        await window.ShowAsync("rollover");
        await window.Page.Locator("dl.figures a").First.ClickAsync();
        await window.SeesAsync("没有人");
        await window.FollowAsync("返回年度结转");
        await window.FollowAsync("到期名单已生成，请核对并生效");
        await window.SeesAsync("赵小虎");
        await window.ShowAsync("rollover-list");
    }

    /// <summary>One who paid, one on a list, two more.</summary>
    static async Task FillAsync(WebSite site)
    {
        var household = await site.FoundAsync("village-a", "H0001");
        await site.PayAsync((await site.RegisterAsync("王建国", Born, 1, ("village-a", household), Relation.Head)).PersonId);
        await site.RegisterAsync("赵小虎", Born, 3, ("village-a", household), Relation.OtherRelative);
        await site.RegisterAsync("孙小梅", Born, 4, ("village-b", household), Relation.OtherRelative);
        await site.RegisterAsync("钱大爷", new(1940, 5, 6), 5, ("village-b", household), Relation.OtherRelative);
        await site.ApplyAsync(
            new("civil_affairs", RosterKind.Full, new(2021, 11, 1)) { Category = "孤儿" }, $"身份证号码\n{TestArea.Number(Born, 4).Full}\n");
    }
}
