using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class TargetJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    static readonly DateOnly Born = new(1980, 2, 3);

    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task A_bureau_hands_targets_down_and_sees_who_is_how_far(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Bureau);
        var household = await site.FoundAsync("village-a", "H0001");
        await site.PayAsync((await site.RegisterAsync("王建国", Born, 1, ("village-a", household), Relation.Head)).PersonId);
        await site.RegisterAsync("赵小虎", Born, 3, ("village-a", household), Relation.OtherRelative);
        await site.RegisterAsync("孙小梅", Born, 4, ("village-b", household), Relation.OtherRelative);
        await site.ApplyAsync(
            new("civil_affairs", RosterKind.Full, new(2021, 11, 1)) { Category = "农村低保" },
            $"身份证号码\n{TestArea.Number(Born, 3).Full}\n");

        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("bureau");
        await window.FollowAsync("任务");
        await window.SeesAsync("还没有任务");
        await HandDownAsync(window, await OptionAsync(window, 0), "100");
        await window.Page.Locator("main table a").First.ClickAsync();
        await window.ShowAsync("targets-town");
        await window.Page.GotoAsync($"{site.Address}targets");
        await HandDownAsync(window, await OptionAsync(window, 1), "90");
        await window.SeesAsync("相差 10 人");
        await window.Page.GetByText("登记责任书").First.ClickAsync();
        await window.FillAsync("签订人", "张主任");
        await window.FillAsync("签订日期", "2021-11-04");
        await window.PressAsync("登记");
        await window.SeesAsync("张主任 2021-11-04");
        await window.ShowAsync("targets");
        await window.FollowAsync("看进度");
        await window.SeesAsync("农村低保对象");
        await window.SeesAsync("近 30 天每天完成");
        await window.SeesAsync("，任务 ");
        await window.ShowAsync("progress-season");
    }

    static async Task HandDownAsync(Window window, string unit, string people)
    {
        var form = window.Page.Locator("details", new() { HasText = "整个单位的任务不填" });
        if (await form.GetAttributeAsync("open") is null)
            await form.Locator("summary").ClickAsync();
        await form.GetByLabel("单位").SelectOptionAsync(unit);
        await form.GetByLabel("人数").FillAsync(people);
        await form.GetByLabel("来源").FillAsync("附件2");
        await form.GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await window.SeesAsync("附件2");
    }

    static async Task<string> OptionAsync(Window window, int nth) =>
        (await window.Page.Locator("details select").First.Locator("option").Nth(nth).GetAttributeAsync("value"))!;
}
