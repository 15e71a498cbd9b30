using System.Text;
using Canbao.Core.Access;
using Canbao.Core.Reporting;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class FigureJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task A_bureau_uploads_figures_tries_them_and_finds_them_on_progress(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Bureau);
        await site.NoteAsync(Measures.EmployeeEnrolled, "town", new(2020, 12, 31), 900);
        await site.NoteAsync(Measures.EmployeeEnrolled, "town", new(2021, 10, 31), 950);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("bureau");
        await window.FollowAsync("外来数字");
        await window.Page.Locator("summary", new() { HasText = "上传数字" }).ClickAsync();
        await window.Page.Locator("input[type=file]").SetInputFilesAsync(new Microsoft.Playwright.FilePayload
        {
            Name = "激活.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("村（社区）,人数\n东沟村,12\n西河村,7\n南山村,3\n"),
        });
        var form = window.Page.Locator("details");
        await form.GetByLabel("指标").SelectOptionAsync(Measures.CredentialsActive);
        await form.GetByLabel("日期").FillAsync("2021-11-04");
        await form.GetByLabel("来源").FillAsync("医保局统计");
        await window.ShowAsync("figures-upload");
        await window.PressAsync("上传并试算");
        await window.SeesAsync("退回 1 行");
        await window.ShowAsync("figures-trial");
        Assert.Contains("南山村", Encoding.UTF8.GetString(await window.DownloadAsync("下载退回的行")), StringComparison.Ordinal);
        await window.PressAsync("导入 2 个数字");
        await window.SeesAsync("2 个数字有变化");
        await window.SeesAsync("2021-11-04");
        await window.ShowAsync("figures");
        await window.FollowAsync("进度");
        await window.SeesAsync("新增和职工参保");
        await window.ShowAsync("progress-employees");
    }
}
