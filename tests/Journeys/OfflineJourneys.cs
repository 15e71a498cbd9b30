using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using LinqToDB.Async;
using Microsoft.Playwright;
using Xunit;

namespace Canbao.Journeys.Tests;

/// <summary>Collection with a connection that is lost in the middle.</summary>
public sealed class OfflineJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task Cash_is_taken_without_a_connection_and_sent_once(string screen, Engine engine)
    {
        await using var site = await OpenAsync(engine);
        await using var agent = await chromium.OpenAsync(site, screen, script: true);
        await TakeBagAsync(agent);

        await agent.Page.Context.SetOfflineAsync(true);
        await agent.Page.ReloadAsync();
        await agent.SeesAsync("2022-L0001");
        await Assertions.Expect(agent.Page.Locator("#net")).ToHaveTextAsync("离线");
        await CollectAsync(agent);

        // Somebody of the second household pays another way meanwhile.
        await site.CollectAsync("李春梅");
        await agent.Page.Context.SetOfflineAsync(false);
        await agent.PressAsync("上传 3 笔");
        await agent.SeesAsync("已入账 2 笔，640.00 元");
        await agent.SeesAsync("已经缴过费（其他渠道、其他手机或网页）；没有入账，请把 320.00 元退给本人并收回票据（C102）");
        await agent.SeesAsync("手中有 1 笔应退还的现金，共 320.00 元");
        await agent.ShowAsync("offline-sent");
        Assert.Equal((2, 0), (await CountAsync(site), await KeptAsync(agent, "takings")));
        // Nothing is left to be sent.
        await Assertions.Expect(agent.Page.GetByText("未上传")).ToHaveCountAsync(0);

        await ReturnAsync(agent);
        await agent.Page.GotoAsync("/collection");
        // The street took the first batch.
        await agent.FollowAsync("2022-0002");
        await agent.SeesAsync("310101-2022-L0001-001");
        await agent.SeesAsync("310101-2022-L0001-003");
        await agent.ShowAsync("offline-batch");
        Assert.Empty(await site.Database.ReadAsync(session => MoneyCheck.RunAsync(session, WebSite.Area)));
    }

    [JourneyTheory]
    [InlineData("phone", Engine.Postgres)]
    public async Task An_answer_that_is_lost_and_a_session_that_ends_lose_nothing(string screen, Engine engine)
    {
        await using var site = await OpenAsync(engine);
        await using var agent = await chromium.OpenAsync(site, screen, script: true);
        await TakeBagAsync(agent);
        await agent.Page.Locator(".offline-row", new() { HasText = "王建国 户" }).ClickAsync();
        await agent.PressAsync("确认已收现金");
        await agent.SeesAsync("已收现金 640.00 元，2 人");
        await agent.PressAsync("返回列表");

        // The server records it, and the phone is never told.
        await agent.Page.RouteAsync("**/*handler=Send*", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await agent.PressAsync("上传 2 笔");
        await agent.SeesAsync("连不上服务器");
        Assert.Equal((2, 2), (await CountAsync(site), await KeptAsync(agent, "takings")));
        await agent.Page.UnrouteAllAsync();

        await agent.Page.Context.ClearCookiesAsync(new() { Name = "canbao" });
        await agent.PressAsync("上传 2 笔");
        await agent.SeesAsync("登录已过期，收款都还在手机里");
        await agent.ShowAsync("offline-signed-out");
        await agent.FollowAsync("重新登录");
        await agent.FillAsync("登录名", "agent");
        await agent.FillAsync("密码", WebSite.Password);
        await agent.PressAsync("登录");
        await agent.PressAsync("上传 2 笔");
        await agent.SeesAsync("已入账 2 笔，640.00 元");
        Assert.Equal((2, 0), (await CountAsync(site), await KeptAsync(agent, "takings")));

        // Signing out removes everybody's data.
        Assert.NotEqual(0, await KeptAsync(agent, "households"));
        await agent.Page.GotoAsync("/");
        await agent.PressAsync("退出");
        await agent.SeesAsync("已退出，本机数据已清除");
        Assert.Equal((0, 0), (await KeptAsync(agent, "households"), await KeptAsync(agent, "bag")));
    }

    static async Task<WebSite> OpenAsync(Engine engine)
    {
        var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent, Role.Street);
        await site.EnrolHouseholdAsync("village-a", "H0001", ("王建国", 1), ("王小虎", 3));
        await site.EnrolHouseholdAsync("village-a", "H0002", ("李春梅", 5), ("李小龙", 7));
        await site.EnrolHouseholdAsync("village-b", "H0003", ("赵秀兰", 9));
        return site;
    }

    static async Task TakeBagAsync(Window agent)
    {
        await agent.SignInAsync("agent");
        await agent.FollowAsync("离线收款");
        await Assertions.Expect(agent.Page.GetByText("已可离线打开")).ToBeVisibleAsync();
        await agent.ShowAsync("offline-empty");
        await agent.PressAsync("领取任务");
        await agent.SeesAsync("已领取 2 户");
        await agent.ShowAsync("offline-bag");
        var page = await agent.Page.EvaluateAsync<string>(Kept, "households");
        Assert.Contains("王小虎", page, StringComparison.Ordinal);
        Assert.DoesNotContain("赵秀兰", page, StringComparison.Ordinal);
        // No whole number comes on the phone.
        Assert.DoesNotContain(TestArea.Number(new(1980, 2, 3), 3).Full, page, StringComparison.Ordinal);
    }

    static async Task CollectAsync(Window agent)
    {
        await agent.FillAsync("姓名、户号或住址", "王小虎");
        await Assertions.Expect(agent.Page.Locator(".offline-row")).ToHaveCountAsync(1);
        await agent.Page.Locator(".offline-row").ClickAsync();
        await agent.Page.GetByLabel("王小虎").UncheckAsync();
        await agent.SeesAsync("勾选合计 320.00 元");
        await agent.ShowAsync("offline-household");
        await agent.PressAsync("确认已收现金");
        await agent.SeesAsync("已收现金 320.00 元，1 人");
        await agent.SeesAsync("人民币叁佰贰拾元整");
        await Assertions.Expect(agent.Page.Locator(".receipt")).ToContainTextAsync(new System.Text.RegularExpressions.Regex(
            "[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}"));
        await agent.ShowAsync("offline-receipt");
        await agent.PressAsync("返回列表");
        await agent.Page.Locator(".offline-row", new() { HasText = "李春梅 户" }).ClickAsync();
        await agent.PressAsync("确认已收现金");
        await agent.SeesAsync("已收现金 640.00 元，2 人");
        await agent.PressAsync("返回列表");
        // What is taken outlives the page.
        await agent.Page.ReloadAsync();
        await agent.SeesAsync("未上传 3 笔，960.00 元");
        await agent.ShowAsync("offline-outbox");
    }

    static async Task ReturnAsync(Window agent)
    {
        await agent.FollowAsync("应退现金和票据号");
        await agent.SeesAsync("李春梅");
        await agent.ShowAsync("offline-give-back");
        await agent.PressAsync("已退给本人");
        await agent.SeesAsync("已登记退还 320.00 元");
        await agent.ShowAsync("offline-bags");
        await agent.FollowAsync("离线收款");
        await agent.PressAsync("交回任务，清除本机数据");
        await agent.SeesAsync("任务已交回，本机数据已清除");
        Assert.Equal((0, 0), (await KeptAsync(agent, "households"), await KeptAsync(agent, "bag")));
    }

    /// <summary>What a store of the phone holds, as text.</summary>
    const string Kept = """
        store => new Promise((done, failed) => {
            const open = indexedDB.open('canbao-offline');
            open.onsuccess = () => {
                const all = open.result.transaction(store).objectStore(store).getAll();
                all.onsuccess = () => { open.result.close(); done(JSON.stringify(all.result)); };
            };
            open.onerror = failed;
        })
        """;

    static async Task<int> KeptAsync(Window agent, string store) =>
        System.Text.Json.Nodes.JsonNode.Parse(await agent.Page.EvaluateAsync<string>(Kept, store))!.AsArray().Count;

    static Task<int> CountAsync(WebSite site) => site.Database.ReadAsync(session => session.Table<PaymentRow>()
        .CountAsync(row => row.Area == WebSite.Area && row.ReceiptNo.Contains("-L")));
}
