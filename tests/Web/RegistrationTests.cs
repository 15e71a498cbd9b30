using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>Registration tables in the browser: whose they are, and that nothing else is applied than what was shown.</summary>
public sealed partial class RegistrationTests
{
    const string Page = "/registrations", UploadPage = Page + "?handler=Upload";
    const string Header = "社区,姓名,身份证号码\n";

    static readonly DateOnly Born = new(1985, 3, 20);

    [Theory, OnBothEngines, Clause("lishi 附件4")]
    public async Task Only_what_was_shown_is_applied_and_only_once(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        using var street = await SignInAsync(site, "street");
        var table = await UploadAsync(street, Header + $"东沟村,张三,{Number(1)}\n东沟村,李四,{Number(2)}\n");
        var digest = Digest().Match(await street.ReadAsync(table)).Groups["digest"].Value;
        await site.RegisterAsync("李四", Born, 2, ("village-a", await site.FoundAsync("village-a", "H1")), Relation.Head);
        var changed = await ApplyAsync(street, table, digest);
        Assert.Contains("（R315）", changed, StringComparison.Ordinal);
        // What it would do now stands on the same page.
        digest = Digest().Match(changed).Groups["digest"].Value;
        Assert.Equal("", await ApplyAsync(street, table, digest));
        Assert.Contains("已录入", await street.ReadAsync(table), StringComparison.Ordinal);
        Assert.Contains("（R320）", await ApplyAsync(street, table, digest), StringComparison.Ordinal);
        var again = await UploadAsync(street, Header + $"东沟村,张三,{Number(1)}\n东沟村,李四,{Number(2)}\n");
        Assert.Contains("没有变化，办结", await street.ReadAsync(again), StringComparison.Ordinal);
    }

    /// <summary>Another unit's table is not there for any of its steps, and its rows are not taken.</summary>
    [Fact]
    public async Task Another_units_table_is_not_found_and_its_rows_are_refused()
    {
        await using var site = await OpenAsync(Engine.Sqlite);
        var other = $"{Page}/{await site.KeepTableAsync("village-b", Header + $"西河村,张三,{Number(1)}\n")}";
        using var agent = await SignInAsync(site, "agent");
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync(other)).StatusCode);
        foreach (var handler in new[] { "Apply", "HandIn", "Report", "Refused", "Drop" })
            Assert.Equal(
                HttpStatusCode.NotFound, (await agent.PostAsync(Page, $"{other}?handler={handler}", ("Digest", "x"))).StatusCode);
        Assert.DoesNotContain(other, await agent.ReadAsync(Page), StringComparison.Ordinal);
        var own = await UploadAsync(agent, Header + $"西河村,张三,{Number(1)}\n");
        Assert.Contains("（R302）", await agent.ReadAsync(own), StringComparison.Ordinal);
        // An agent does not report to the centre.
        var report = await agent.PostAsync(own, $"{own}?handler=Report");
        Assert.Contains("（W114）", await report.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var form = await agent.PostAsync(
            Page, $"{Page}?handler=Form", ("Kind", "form"), ("Unit", "village-b"), ("From", "2021-11-01"), ("Until", "2021-11-05"));
        Assert.Contains("（W103）", await form.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_such_table_is_refused_and_not_kept()
    {
        await using var site = await OpenAsync(Engine.Sqlite);
        using var agent = await SignInAsync(site, "agent");
        foreach (var (name, text, code) in new[] { ("a.csv", "编号,内容\n1,2\n", "F210"), ("a.xlsx", "no workbook", "F1") })
        {
            var answer = await agent.PostFileAsync(UploadPage, "Table", (name, Encoding.UTF8.GetBytes(text)), ("Kind", "form"));
            Assert.Contains($"（{code}", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Contains("还没有上传过登记表册", await agent.ReadAsync(Page), StringComparison.Ordinal);
    }

    static async Task<WebSite> OpenAsync(Engine engine) =>
        await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent, Role.Street);

    static async Task<Browser> SignInAsync(WebSite site, string login)
    {
        var browser = new Browser(site.Address);
        await browser.SignInAsync(login, WebSite.Password);
        return browser;
    }

    /// <summary>Uploads a form and gives the address of what it would do.</summary>
    static async Task<string> UploadAsync(Browser browser, string text) => (await browser.PostFileAsync(
        UploadPage, "Table", ("附件4.csv", Encoding.UTF8.GetBytes(text)), ("Kind", "form")))
        .Headers.Location!.OriginalString;

    /// <summary>The page that says why not; empty where it was applied.</summary>
    static async Task<string> ApplyAsync(Browser browser, string table, string digest)
    {
        var answer = await browser.PostAsync(Page, $"{table}?handler=Apply", ("Digest", digest));
        return answer.StatusCode == HttpStatusCode.Redirect ? "" : await answer.Content.ReadAsStringAsync();
    }

    static string Number(int person) => TestArea.Number(Born, person).Full;

    [GeneratedRegex("name=\"Digest\" value=\"(?<digest>[0-9a-f]{32})\"")]
    private static partial Regex Digest();
}
