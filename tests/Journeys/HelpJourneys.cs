using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class HelpJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    [JourneyTheory]
    [InlineData("desk")]
    [InlineData("phone")]
    public async Task Help_leads_to_the_chapter_of_the_page(string screen)
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Agent);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("agent");
        await window.FollowAsync("手中现金");
        await window.FollowAsync("帮助");
        await window.SeesAsync("使用手册：收款");
        await window.ShowAsync("help-money");
        await window.FollowAsync("使用手册目录");
        await window.SeesAsync("按岗位找");
        await window.ShowAsync("help");
    }

    [JourneyTheory]
    [InlineData("desk")]
    [InlineData("phone")]
    public async Task Every_chapter_is_without_barriers_and_fits(string screen)
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Agent);
        await using var window = await chromium.OpenAsync(site, screen, script: true);
        await window.SignInAsync("agent");
        var chapters = Directory.GetFiles(Repository.Path("docs", "handbook"), "*.md")
            .Select(path => Path.GetFileNameWithoutExtension(path)!).Where(name => name != "README");
        foreach (var chapter in chapters)
        {
            await window.Page.GotoAsync($"/help/{chapter}");
            await window.ShowAsync($"help-{chapter}");
            Assert.Equal((chapter, ""), (chapter, string.Join('\n', await Axe.FaultsAsync(window.Page))));
        }
    }
}
