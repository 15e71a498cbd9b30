using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class JobJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task A_bureau_sees_how_far_long_work_is_and_what_came_of_it(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(
            engine, new TestClock("2021-11-05 09:00"), options => options with { Patience = TimeSpan.Zero }, Role.Bureau);
        var household = await site.FoundAsync("village-a", "H0001");
        await site.RegisterAsync("王建国", new(1980, 2, 3), 1, ("village-a", household), Relation.Head);
        var going = await site.KeepJobAsync("bureau", (432_000, 1_600_000));
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("bureau");
        await window.FollowAsync("后台办理");
        await window.SeesAsync("432000 / 1600000 人（27%）");
        await window.ShowAsync("jobs");
        await window.Page.GotoAsync($"{site.Address}jobs/{going}");
        await window.SeesAsync("3 分 14 秒");
        await window.ShowAsync("job-going");
        if (screen == "desk")
            await window.HandbookAsync("job");
        await window.FollowAsync("不再自动更新");
        await window.SeesAsync("继续更新");

        // The page leads to what it does not wait for, and shows the end by itself.
        await window.Page.GotoAsync($"{site.Address}policies/rollover?year=2022");
        await window.PressAsync("核定 2022 年度");
        await window.SeesAsync("核定2022年度应缴");
        await window.SeesAsync("已核定 1 人，新核定 1 人");
        await window.ShowAsync("job-done");
        await window.FollowAsync("去看办理的结果");
        await window.SeesAsync("还没有核定 0 人");

        await window.Page.GotoAsync($"{site.Address}jobs/{going}?still=true");
        await window.PressAsync("停止，不作任何改动");
        await window.SeesAsync("正在停止");
    }
}
