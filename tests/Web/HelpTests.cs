using System.Net;
using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.Web.Hosting;
using Xunit;

namespace Canbao.Web.Tests;

public sealed class HelpTests
{
    readonly TestClock clock = new("2021-11-05 09:00");

    [Fact]
    [Clause("jincheng 七(五)")]
    public void Every_entry_of_the_menu_has_a_chapter() => Assert.All(
        Routes.All.Where(route => route.Group.Length > 0),
        route => Assert.True(Handbook.Find(route.Help) is not null, $"{route.Pattern}: no chapter {route.Help}"));

    [Theory]
    [InlineData("/households/12", "register")]
    [InlineData("/receipts/12", "money")]
    [InlineData("/collection/12", "money")]
    [InlineData("/collection/offline/bags", "offline")]
    [InlineData("/comparisons/files/3", "register")]
    [InlineData("/policies/packs/baogou-2022", "policies")]
    [InlineData("/policies/shadow/people", "policy-year")]
    [InlineData("/", "")]
    public void A_page_leads_to_its_own_chapter(string path, string chapter) => Assert.Equal(chapter, Routes.HelpAt(path));

    [Fact]
    public void The_contents_lead_to_every_chapter() => Assert.All(
        Handbook.Chapters,
        chapter => Assert.Contains($"href=\"{Handbook.Address(chapter)}", Handbook.Index.Html, StringComparison.Ordinal));

    [Fact]
    public void Html_in_a_chapter_is_text_and_links_lead_to_pages()
    {
        var (title, html) = Handbook.Render("# 题\n\n<script>alert(1)</script> [章](money.md#日结) [目录](README.md)\n");
        Assert.Equal("题", title);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/help\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/help/money#", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_signed_in_reads_all_and_everybody_the_chapter_for_residents()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent);
        using var nobody = new Browser(site.Address);
        Assert.Contains(Handbook.OfResidents.Title, await nobody.ReadAsync("/my/help"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync("/help/money")).StatusCode);
        using var agent = new Browser(site.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        Assert.Contains("href=\"/help/money\">帮助</a>", await agent.ReadAsync("/cash"), StringComparison.Ordinal);
        Assert.All(Handbook.Chapters, chapter => Assert.NotNull(Handbook.Find(chapter)));
        foreach (var chapter in Handbook.Chapters)
        {
            var page = await agent.ReadAsync($"/help/{chapter}");
            Assert.Contains(Handbook.Find(chapter)!.Value.Title, page, StringComparison.Ordinal);
            Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync("/help/nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync("/help/README")).StatusCode);
    }
}
