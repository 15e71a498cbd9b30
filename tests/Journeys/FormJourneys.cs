using System.Text;
using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class FormJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    static readonly DateOnly Born = new(1980, 2, 3);

    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task A_form_is_found_read_opened_and_printed(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Bureau);
        var household = await site.FoundAsync("village-a", "H0001");
        await site.PayAsync((await site.RegisterAsync("王建国", Born, 1, ("village-a", household), Relation.Head)).PersonId);
        await site.RegisterAsync("赵秀兰", Born, 2, ("village-a", household), Relation.Spouse);
        var orphan = await site.RegisterAsync("赵小虎", Born, 3, ("village-b", household), Relation.OtherRelative);
        await site.ApplyAsync(
            new RosterOrder("civil_affairs", RosterKind.Full, new(2021, 11, 1)) { Category = "孤儿" },
            $"身份证号码\n{TestArea.Number(Born, 3).Full}\n");
        await site.EnrolAsync(orphan.PersonId);
        await site.BookFundsAsync();

        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("bureau");
        await window.FollowAsync("规定报表");
        await window.SeesAsync("参保摸底情况统计表");
        await window.ShowAsync("forms");
        await window.FollowAsync("参保摸底情况统计表");
        await window.SeesAsync("填表说明");
        await window.ShowAsync("form-canvass");
        await window.FollowAsync("打印");
        await PrintAsync(window, $"form-canvass-{screen}");
        await window.FollowAsync("返回");
        await window.FollowAsync("返回报表");
        await window.FollowAsync("政府资助人员名单");
        await window.SeesAsync("赵小虎");
        await window.ShowAsync("form-list");
        Assert.Equal("PK"u8.ToArray(), (await window.DownloadAsync("下载 Excel"))[..2]);
        await window.FollowAsync("返回报表");
        await window.FollowAsync("城乡居民医保参保缴费工作进度周报表");
        await window.SeesAsync("应参保总人数：3人");
        await window.ShowAsync("form-weekly");
        Assert.Equal("PK"u8.ToArray(), (await window.DownloadAsync("下载 Excel"))[..2]);
        await window.FollowAsync("目前已参保总人数：2人");
        await window.SeesAsync("王建国");
        await window.ShowAsync("form-people");
        await window.Page.GoBackAsync();
        await window.FollowAsync("打印");
        await window.SeesAsync("填报单位（盖章）：清河县");
        await window.ShowAsync("form-paper");
        await PrintAsync(window, $"form-weekly-{screen}");
    }

    /// <summary>What the browser prints of a page, to be looked at: one sheet of A4 across.</summary>
    static async Task PrintAsync(Window window, string name)
    {
        var printed = await window.Page.PdfAsync(new()
        {
            Path = Repository.Path("artifacts", "screens", $"{name}.pdf"),
            PreferCSSPageSize = true,
        });
        var text = Encoding.Latin1.GetString(printed);
        Assert.Single(Regex.Matches(text, @"/Type\s*/Page\b(?!s)"));
        Assert.Matches(@"/MediaBox\s*\[\s*0 0 84[12][\d.]* 59[456]", text);
    }
}
