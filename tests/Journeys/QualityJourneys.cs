using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class QualityJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    static readonly DateOnly Born = new(1980, 2, 3);

    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task Record_quality_is_read_by_unit_and_opened(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Bureau);
        var household = await site.FoundAsync("village-a", "H0001");
        await site.PayAsync((await site.RegisterAsync("王建国", Born, 1, ("village-a", household), Relation.Head)).PersonId);
        var headless = await site.FoundAsync("village-b", "H0002");
        await site.RegisterAsync("赵秀兰", Born, 2, ("village-b", headless), Relation.Spouse);
        await site.RegisterAsync("赵秀兰", Born, 4, ("village-b", headless), Relation.Daughter);

        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("bureau");
        await window.FollowAsync("登记质量");
        await window.SeesAsync("疑似重复登记");
        await window.Page.Locator("main table a").First.ClickAsync();
        await window.SeesAsync("西河村");
        await window.ShowAsync("quality");
        Assert.Contains("西河村", System.Text.Encoding.UTF8.GetString(await window.DownloadAsync("下载 CSV")), StringComparison.Ordinal);
        await window.Page.Locator("dl.figures a").Nth(1).ClickAsync();
        await window.SeesAsync("返回登记质量");
        await window.ShowAsync("quality-people");
    }
}
