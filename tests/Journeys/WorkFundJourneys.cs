using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Reporting;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class WorkFundJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    static readonly DateOnly Born = new(1980, 2, 3);

    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task Work_funds_are_forecast_decided_and_corrected(string screen, Engine engine)
    {
        var clock = new TestClock("2021-11-05 09:00");
        await using var site = await WebSite.OpenAsync(engine, clock, Role.Bureau, Role.Agent);
        await site.PromiseWorkFundsAsync();
        var household = await site.FoundAsync("village-a", "H0001");
        await site.PayAsync((await site.RegisterAsync("王建国", Born, 1, ("village-a", household), Relation.Head)).PersonId);
        await site.RegisterAsync("孙小梅", Born, 4, ("village-b", household), Relation.OtherRelative);
        await site.NoteAsync(Measures.CredentialsEnrolled, "village-a", new(2021, 11, 1), 10);
        await site.NoteAsync(Measures.CredentialsActive, "village-a", new(2021, 11, 1), 4);

        await using (var early = await chromium.OpenAsync(site, screen))
        {
            await early.SignInAsync("bureau");
            await early.FollowAsync("工作经费");
            await early.SeesAsync("再激活 2 人，达 60%，每人 5.00 元");
            await early.SeesAsync("再有 1 人缴费，达 99%，每人 4.00 元");
            await early.ShowAsync("work-funds-forecast");
        }

        clock.Set("2022-01-04 09:00");
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("bureau");
        await window.FollowAsync("工作经费");
        await window.PressAsync("核定");
        await window.SeesAsync("已核定，第 1 版");
        await site.NoteAsync(Measures.CredentialsActive, "village-a", new(2021, 12, 30), 6);
        await window.Page.ReloadAsync();
        await window.SeesAsync("核定后有变化的");
        await window.FillAsync("更正原因", "激活数补报");
        await window.ShowAsync("work-funds-correct");
        await window.PressAsync("按现在重算的更正");
        await window.SeesAsync("已核定，第 2 版");
        await window.ShowAsync("work-funds");
        Assert.Equal("PK"u8.ToArray(), (await window.DownloadAsync("下载 Excel"))[..2]);
        await window.FollowAsync("打印");
        await window.SeesAsync("工作经费表");
        await window.ShowAsync("work-funds-paper");
    }
}
