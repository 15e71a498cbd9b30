using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class TimelineJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    static readonly DateOnly Born = new(1980, 2, 3);

    /// <summary>"I paid, why am I not covered?"</summary>
    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task A_desk_reads_what_happened_to_somebody_who_paid(string screen, Engine engine)
    {
        var clock = new TestClock("2021-11-05 09:00");
        await using var site = await WebSite.OpenAsync(engine, clock, Role.Agent, Role.Bureau);
        var household = await site.FoundAsync("village-a", "H0001");
        var person = await site.RegisterAsync("王建国", Born, 1, ("village-a", household), Relation.Head);
        await site.RegisterAsync("王小禾", new(2010, 5, 1), 2, ("village-a", household), Relation.Daughter);
        await site.PayAsync(person.PersonId);
        await site.ApplyAsync(
            new("civil_affairs", RosterKind.Full, new(2021, 11, 1)) { Category = "农村低保" },
            $"身份证号码\n{TestArea.Number(Born, 1).Full}\n");

        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("agent");
        await window.Page.GotoAsync($"/people/{person.PersonId}");
        await window.ShowAsync("person-recent");
        await window.Page.GetByText("全部经过").ClickAsync();
        await window.SeesAsync("2022 年度，现金 320.00 元");
        await window.SeesAsync("2022-01-01 至 2022-12-31，缴费");
        await window.SeesAsync("民政部门 2021-11-05 报送的名单");
        await window.ShowAsync("timeline-person");
        await window.ChooseAsync("事项", "待遇");
        await window.PressAsync("查询");
        await window.SeesAsync("共 1 项，新的在前");
        Assert.Contains("kind=cover", window.Page.Url, StringComparison.OrdinalIgnoreCase);
        await window.Page.GotoAsync($"/people/{person.PersonId}/timeline");
        Assert.Equal("PK"u8.ToArray(), (await window.DownloadFromAsync("下载 Excel"))[..2]);
        await window.Page.GotoAsync($"/people/{person.PersonId}/timeline?kind=outreach");
        await window.SeesAsync("没有符合条件的经过");
        await window.FollowAsync("返回此人");
        await window.FollowAsync("本户登记与收款");
        await window.FollowAsync("经过");
        await window.SeesAsync("王小禾");
        await window.SeesAsync("立户");
        await window.ShowAsync("timeline-household");
    }
}
