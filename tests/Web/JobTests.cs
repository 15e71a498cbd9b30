using System.Net;
using System.Text;
using Canbao.Core.Access;
using Canbao.Core.Work.Jobs;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>Pages of long work: who sees and stops it, and what a page that asks for it answers.</summary>
public sealed class JobTests
{
    [Fact]
    public async Task Whoever_asked_sees_it_and_the_bureau_and_supervisors()
    {
        await using var site = await WebSite.OpenAsync(
            Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Tax, Role.Bureau, Role.Supervisor, Role.Finance);
        var hidden = $"/jobs/{await site.KeepJobAsync("bureau", (0, 0))}";
        foreach (var (role, sees, stops) in new[]
        {
            ("finance", false, false), ("supervisor", true, false), ("bureau", true, true), ("tax", true, true),
        })
        {
            var path = $"/jobs/{await site.KeepJobAsync("tax", (400, 1600))}";
            using var browser = new Browser(site.Address);
            await browser.SignInAsync(role, WebSite.Password);
            var answer = await browser.GetAsync(path);
            Assert.Equal((role, sees ? HttpStatusCode.OK : HttpStatusCode.NotFound), (role, answer.StatusCode));
            Assert.Equal(sees, (await browser.ReadAsync("/jobs")).Contains(path, StringComparison.Ordinal));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal(stops, text.Contains("停止，不作任何改动", StringComparison.Ordinal));
            var stopped = await browser.PostAsync("/password", path + "?handler=Stop");
            Assert.Equal(stops ? HttpStatusCode.Redirect : HttpStatusCode.NotFound, stopped.StatusCode);
            Assert.Equal(stops, (await browser.ReadAsync(path)).Contains("正在停止", StringComparison.Ordinal));
        }

        using var tax = new Browser(site.Address);
        await tax.SignInAsync("tax", WebSite.Password);
        Assert.Equal(HttpStatusCode.NotFound, (await tax.GetAsync(hidden)).StatusCode);
    }

    [Fact]
    public async Task A_page_of_work_that_goes_on_asks_for_itself_until_it_shall_stay()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Bureau);
        var path = $"/jobs/{await site.KeepJobAsync("bureau", (400_000, 1_600_000))}";
        using var bureau = new Browser(site.Address);
        await bureau.SignInAsync("bureau", WebSite.Password);
        var going = await bureau.GetAsync(path);
        Assert.Equal(["2"], going.Headers.GetValues("Refresh"));
        var text = await going.Content.ReadAsStringAsync();
        // A quarter in 72 seconds.
        foreach (var told in new[] { "400000 / 1600000 人（25%）", "1 分 12 秒", "3 分 36 秒", "max=\"1600000\" value=\"400000\"" })
            Assert.Contains(told, text, StringComparison.Ordinal);
        Assert.False((await bureau.GetAsync(path + "?still=true")).Headers.Contains("Refresh"));
    }

    [Fact]
    public async Task What_came_of_it_is_told_with_its_page_its_file_or_its_number()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Bureau);
        var done = await site.KeepJobAsync("bureau", (9, 9), new()
        {
            State = JobEndRow.Done,
            Told = "已试算 9 人",
            Page = "/policies/shadow",
            FileName = "试算.csv",
            File = Encoding.UTF8.GetBytes("单位,人数"),
        });
        var failed = await site.KeepJobAsync("bureau", (0, 0), new() { State = JobEndRow.Failed, Code = "W181", Told = "系统出错" });
        using var bureau = new Browser(site.Address);
        await bureau.SignInAsync("bureau", WebSite.Password);
        var page = await bureau.GetAsync($"/jobs/{done}");
        Assert.False(page.Headers.Contains("Refresh"));
        Assert.Contains("下载 试算.csv", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("单位,人数", await bureau.ReadAsync($"/jobs/{done}?handler=File"));
        Assert.Contains($"故障编号 <strong>{failed}</strong>", await bureau.ReadAsync($"/jobs/{failed}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await bureau.GetAsync($"/jobs/{failed}?handler=File")).StatusCode);
    }

    /// <summary>Quick work goes on as any deed does; a refusal stands on the page that asked.</summary>
    [Theory, OnBothEngines]
    public async Task A_page_waits_for_quick_work_and_leads_to_slow(Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Bureau);
        using var bureau = new Browser(site.Address);
        await bureau.SignInAsync("bureau", WebSite.Password);
        const string page = "/policies/rollover?year=2022", dues = page + "&handler=Dues";
        var quick = await bureau.PostAsync(page, dues, ("On", "2021-11-05"));
        Assert.Equal(page, quick.Headers.Location!.OriginalString);
        Assert.Contains("已核定 0 人", await bureau.ReadAsync(page), StringComparison.Ordinal);
        // No partner gets such lists.
        var refused = await bureau.PostAsync("/exchange", "/exchange?handler=Friday");
        Assert.Contains("（X113）", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var impatient = await site.StartServerAsync(
            new TestClock("2021-11-05 09:00"), options => options with { Patience = TimeSpan.Zero });
        using var other = new Browser(impatient);
        await other.SignInAsync("bureau", WebSite.Password);
        var slow = await other.PostAsync(page, dues, ("On", "2021-11-06"));
        Assert.StartsWith("/", slow.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var list = "";
        for (int tries = 0; tries < 100 && list.Split("已办完").Length < 3; tries++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            list = await bureau.ReadAsync("/jobs");
        }

        Assert.Equal(3, list.Split("已办完").Length);
    }
}
