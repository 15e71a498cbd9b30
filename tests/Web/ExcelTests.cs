using System.Net;
using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>The lists of pages as workbooks.</summary>
public sealed partial class ExcelTests
{
    const string Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>More than the page of households shows at once.</summary>
    const int Many = 32;

    static readonly DateOnly Born = new(1985, 3, 20);

    [Theory, OnBothEngines]
    public async Task A_page_gives_its_list_masked_as_it_is(Engine engine)
    {
        await using var site = await OpenAsync(engine, Role.Agent);
        var household = await site.FoundAsync("village-a", "0007");
        await site.RegisterAsync("李春梅", Born, 1, ("village-a", household), Relation.Head);
        await site.RegisterAsync("王建国", Born, 2, ("village-a", household), Relation.Spouse);
        using var agent = await SignInAsync(site.Address, "agent");
        var address = Link(await agent.ReadAsync("/people?search=李&year=2022"))!;
        Assert.Equal("/people?search=李&year=2022&excel=1", Uri.UnescapeDataString(address));
        var answer = await agent.GetAsync(address);
        Assert.Equal(Excel, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("人员-20211105.xlsx", answer.Content.Headers.ContentDisposition!.FileNameStar);
        var rows = await Workbook.TextsAsync(answer);
        Assert.Equal(["姓名", "证件号码", "单位", "住址", "2021 年度", "2022 年度"], rows[0]);
        Assert.Equal(2, rows.Count);
        var number = TestArea.Number(Born, 1).Full;
        Assert.Equal("李春梅", rows[1][0]);
        Assert.Equal((number.Length, number[^4..]), (rows[1][1].Length, rows[1][1][^4..]));
        Assert.Contains("*", rows[1][1], StringComparison.Ordinal);
        Assert.DoesNotContain(rows.SelectMany(row => row), cell => cell.Contains(number, StringComparison.Ordinal));

        // Zeros in front stay, and amounts are numbers with two decimals.
        var households = await Workbook.TextsAsync(await agent.GetAsync("/households?excel=1&search=0007"));
        Assert.Equal("0007", households[1][1]);
        Assert.Equal("0.00", households[1][6]);
    }

    /// <summary>All rows come in one sheet whichever page was open, up to the limit, which the sheet tells.</summary>
    [Theory, OnBothEngines]
    public async Task A_list_in_parts_comes_whole_with_its_search_up_to_the_limit(Engine engine)
    {
        await using var site = await OpenAsync(engine, Role.Agent);
        for (var place = 1; place <= Many; place++)
            await site.FoundAsync("village-a", $"H{place:000}");
        using var agent = await SignInAsync(site.Address, "agent");
        var second = await agent.ReadAsync("/households?page_no=2");
        Assert.Equal("/households?excel=1", Link(second));
        Assert.Equal(Many + 1, (await Workbook.TextsAsync(await agent.GetAsync(Link(second)!))).Count);
        var searched = await Workbook.TextsAsync(await agent.GetAsync(Link(await agent.ReadAsync("/households?search=H031&page_no=1"))!));
        Assert.Equal(["户号", "H031"], searched.Select(row => row[1]));

        var small = await site.StartServerAsync(new TestClock("2021-11-05 09:00"), options => options with { MostInExcel = 5 });
        using var other = await SignInAsync(small, "agent");
        var cut = await Workbook.TextsAsync(await other.GetAsync("/households?excel=1"));
        Assert.Equal(1 + 5 + 1, cut.Count);
        Assert.Equal(["只有前 5 行，后面还有；请缩小查找范围后再下载。"], cut[^1]);
    }

    [Fact]
    public async Task Nothing_but_a_page_with_a_list_that_may_be_read_becomes_a_workbook()
    {
        await using var site = await OpenAsync(Engine.Sqlite, Role.Agent, Role.Administrator);
        var household = await site.FoundAsync("village-a", "H1");
        var person = await site.RegisterAsync("李春梅", Born, 1, ("village-a", household), Relation.Head);
        using var nobody = new Browser(site.Address);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync("/households?excel=1")).StatusCode);
        using var administrator = await SignInAsync(site.Address, "administrator");
        Assert.Equal(HttpStatusCode.Forbidden, (await administrator.GetAsync("/households?excel=1")).StatusCode);
        using var agent = await SignInAsync(site.Address, "agent");
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync("/people/99999999?excel=1")).StatusCode);
        // No rows, no list, a file of its own: the page as it is.
        foreach (var path in new[] { "/households?search=没有", "/people/new", "/quality" })
        {
            Assert.Null(Link(await agent.ReadAsync(path)));
            var answer = await agent.GetAsync(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "excel=1");
            Assert.Equal((path, "text/html"), (path, answer.Content.Headers.ContentType!.MediaType));
            Assert.Contains("</html>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        // What a form found is not in the address, and a form is answered by a page.
        var found = await agent.PostAsync("/people", "/people?excel=1", ("Search", TestArea.Number(Born, 1).Full));
        var text = await found.Content.ReadAsStringAsync();
        Assert.Equal("text/html", found.Content.Headers.ContentType!.MediaType);
        Assert.Contains($"/people/{person.PersonId}", text, StringComparison.Ordinal);
        Assert.Null(Link(text));
    }

    /// <summary>Some people may stand in a statement for each of the households that a workbook has.</summary>
    [Theory, OnBothEngines]
    public async Task As_many_people_as_a_workbook_may_hold_can_be_asked_for_at_once(Engine engine)
    {
        await using var site = await OpenAsync(engine, Role.Agent);
        long[] people = [.. Enumerable.Range(1, 70_000)];
        Assert.Empty(await site.Database.ReadAsync(session => Payments.OfAsync(session, WebSite.Area, [2022], people)));
    }

    static async Task<WebSite> OpenAsync(Engine engine, params Role[] roles) =>
        await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), roles);

    static async Task<Browser> SignInAsync(Uri address, string login)
    {
        var browser = new Browser(address);
        await browser.SignInAsync(login, WebSite.Password);
        return browser;
    }

    /// <summary>Where the page offers its lists; null where it does not.</summary>
    static string? Link(string page) => Offer().Match(page) is { Success: true } offer
        ? WebUtility.HtmlDecode(offer.Groups["address"].Value) : null;

    [GeneratedRegex("<a href=\"(?<address>[^\"]*)\">下载 Excel</a>")]
    private static partial Regex Offer();
}
