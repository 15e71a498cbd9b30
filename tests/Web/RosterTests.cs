using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Web.Hosting;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>Lists in the browser: handed in, tried, applied as shown, and refused where something is wrong.</summary>
public sealed partial class RosterTests
{
    const string UploadPage = "/rosters/upload";

    static readonly DateOnly Born = new(1985, 3, 20), Today = new(2021, 11, 5);

    static string Number(int person) => TestArea.Number(Born, person).Full;

    [Fact]
    public async Task A_file_that_cannot_be_read_shows_its_code_on_the_form_and_is_not_kept()
    {
        await using var site = await OpenAsync(Engine.Sqlite, 1);
        using var browser = await SignInAsync(site, "list_department");
        Assert.Contains("（F107）", await UploadAsync(browser, "list.xlsx", "no workbook"), StringComparison.Ordinal);
        Assert.Contains("（F210）", await UploadAsync(browser, "list.csv", "甲;乙\n一;二\n"), StringComparison.Ordinal);
        Assert.Contains("（F210）", await UploadAsync(browser, "list.csv", ""), StringComparison.Ordinal);
        var none = await browser.PostAsync(UploadPage, UploadPage, ("Kind", "Full"));
        Assert.Contains("请选择要上传的文件", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("待处理", await browser.ReadAsync("/rosters"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_told_so()
    {
        await using var site = await OpenAsync(Engine.Sqlite, 1);
        using var browser = await SignInAsync(site, "list_department");
        var answer = await browser.PostFileAsync(UploadPage, "Upload", ("list.csv", new byte[PostLimit.MostBytes]), ("Kind", "Full"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("文件太大", page, StringComparison.Ordinal);
        Assert.Contains("（W110）", page, StringComparison.Ordinal);
    }

    /// <summary>Columns and words that are told in the page are learnt for the department.</summary>
    [Theory, OnBothEngines]
    public async Task Columns_and_words_are_answered_in_the_page_and_learnt(Engine engine)
    {
        await using var site = await OpenAsync(engine, 2);
        using var browser = await SignInAsync(site, "list_department");
        var text = $"姓名,身份号,对象\n,{Number(1)},低保户\n,{Number(2)},低保户\n";
        var page = await HandInAsync(browser, text);
        Assert.Contains("F211", await browser.ReadAsync(page), StringComparison.Ordinal);
        page += "&col=身份号=身份证号码&col=对象=人员类别";
        Assert.Contains("不认识的人员类别：低保户", await browser.ReadAsync(page), StringComparison.Ordinal);
        page += "&word=低保户=minimum_living_rural";
        await ApplyAsync(browser, page);
        var again = await browser.ReadAsync(await HandInAsync(browser, text + $",{Number(2)},低保户\n"));
        Assert.Contains("没有变化，办结", again, StringComparison.Ordinal);
        Assert.DoesNotContain("F211", again, StringComparison.Ordinal);
    }

    /// <summary>The page that is shown is worked out from the kept file, so another server shows and applies the same.</summary>
    [Theory, OnBothEngines]
    public async Task A_dry_run_can_be_looked_at_on_any_server(Engine engine)
    {
        await using var site = await OpenAsync(engine, 1);
        using var browser = await SignInAsync(site, "list_department");
        var page = await HandInAsync(browser, $"身份证号码,人员类别\n{Number(1)},孤儿\n");
        var other = await site.StartServerAsync(new TestClock("2021-11-05 09:00"));
        var seen = await browser.SendAsync(HttpMethod.Get, page, null, other);
        Assert.Equal(Digest(await browser.ReadAsync(page)), Digest(await seen.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Nothing_is_applied_but_what_was_shown()
    {
        await using var site = await OpenAsync(Engine.Sqlite, 1);
        using var browser = await SignInAsync(site, "list_department");
        var page = await HandInAsync(browser, $"身份证号码,人员类别\n{Number(1)},孤儿\n{Number(2)},孤儿\n");
        var digest = Digest(await browser.ReadAsync(page));
        // Somebody who was refused comes into the register meanwhile.
        await site.RegisterAsync("赵二", Born, 2, ("village-a", await site.FoundAsync("village-a", "H9")), Relation.Head);
        var answer = await (await browser.PostAsync(page, page + "&handler=Apply", ("Digest", digest))).Content.ReadAsStringAsync();
        Assert.Contains("（M104）", answer, StringComparison.Ordinal);
        Assert.NotEqual(digest, Digest(answer));
        Assert.Contains("今天没有人在册", await browser.ReadAsync("/rosters"), StringComparison.Ordinal);
    }

    /// <summary>Many removals need another account: it finds the list where the first one left it.</summary>
    [Theory, OnBothEngines]
    public async Task A_second_person_finds_the_list_and_agrees(Engine engine)
    {
        await using var site = await OpenAsync(engine, 6);
        var order = new RosterOrder("civil_affairs", RosterKind.Full, new(2021, 11, 1)) { Category = "孤儿" };
        await site.ApplyAsync(order, "身份证号码\n" + string.Concat(Enumerable.Range(1, 6).Select(person => Number(person) + "\n")));
        using var first = await SignInAsync(site, "list_department");
        var page = await HandInAsync(first, $"身份证号码\n{Number(1)}\n", ("Category", "orphan"));
        var shown = await first.ReadAsync(page);
        Assert.DoesNotContain("使名单生效", shown, StringComparison.Ordinal);
        await first.PostAsync(page, page + "&handler=Confirm", ("Digest", Digest(shown)));
        var refused = await first.PostAsync(page, page + "&handler=Apply", ("Digest", Digest(shown)));
        Assert.Contains("（M105）", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var second = await SignInAsync(site, "bureau");
        var found = WebUtility.HtmlDecode(UploadLink().Match(await second.ReadAsync("/rosters")).Groups["path"].Value);
        await ApplyAsync(second, found);
        Assert.Contains("<dt>在册</dt><dd><a href=\"/rosters/people?department=&amp;category=&amp;group=Expected\">1</a>",
            await second.ReadAsync("/rosters"), StringComparison.Ordinal);
    }

    /// <summary>The bureau enters a list that a department gave on an earlier day: its clock ends on that day.</summary>
    [Fact]
    public async Task A_list_may_have_been_handed_in_earlier_and_not_later()
    {
        await using var site = await OpenAsync(Engine.Sqlite, 1);
        using var browser = await SignInAsync(site, "bureau");
        (string, string)[] form = [("Department", "health"), ("Kind", "Full"), ("Category", "mark_two_chronic"), ("From", "2021-11-05")];
        var later = await browser.PostFileAsync(UploadPage, "Upload", File($"身份证号码\n{Number(1)}\n"), [.. form, ("Handed", "2021-11-06")]);
        Assert.Contains("（M116）", await later.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var kept = await browser.PostFileAsync(UploadPage, "Upload", File($"身份证号码\n{Number(1)}\n"), [.. form, ("Handed", "2021-11-03")]);
        await ApplyAsync(browser, kept.Headers.Location!.OriginalString);
        var version = Assert.Single(await site.Database.ReadAsync(session => RosterDesk.HistoryAsync(session, WebSite.Area, "health")));
        Assert.Equal(new DateOnly(2021, 11, 3), version.HandedInOn);
    }

    [Fact]
    public async Task Refused_rows_come_back_in_the_files_own_layout_and_that_is_recorded()
    {
        await using var site = await OpenAsync(Engine.Sqlite, 1);
        using var browser = await SignInAsync(site, "list_department");
        var page = await HandInAsync(browser, $"孤儿名单\n序号,身份证号码,人员类别\n1,{Number(1)},孤儿\n2,{Number(9)},孤儿\n");
        var shown = await browser.ReadAsync(page);
        Assert.DoesNotContain(Number(9), shown, StringComparison.Ordinal);
        var answer = await browser.PostAsync(page, page + "&handler=Refused");
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        var lines = (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith($"2,{Number(9)},孤儿,", lines[2], StringComparison.Ordinal);
        using var auditor = await SignInAsync(site, "security_auditor");
        Assert.Contains("下载退回的行", await auditor.ReadAsync("/audit?kind=roster.refused"), StringComparison.Ordinal);
    }

    /// <summary>Of several identities exactly one is used; a department reads its own only.</summary>
    [Theory, OnBothEngines, Clause("jincheng 六-one-identity"), Clause("lishi 七(一)")]
    public async Task The_identity_that_counts_is_shown_with_the_reason(Engine engine)
    {
        await using var site = await OpenAsync(engine, 1);
        await site.ApplyAsync(new("civil_affairs", RosterKind.Full, Today) { Category = "农村低保" }, $"身份证号码\n{Number(1)}\n");
        await site.ApplyAsync(new("disabled_federation", RosterKind.Full, Today) { Category = "重度残疾人（一、二级）" }, $"身份证号码\n{Number(1)}\n");
        using var bureau = await SignInAsync(site, "bureau");
        var person = WebUtility.HtmlDecode(PersonLink().Match(await bureau.ReadAsync("/rosters/people")).Groups["path"].Value);
        var all = await bureau.ReadAsync(person);
        Assert.Equal(1, all.Split("badge good\">采用<").Length - 1);
        Assert.Contains("农村低保对象", all, StringComparison.Ordinal);
        Assert.Contains("重度残疾人", all, StringComparison.Ordinal);
        using var department = await SignInAsync(site, "list_department");
        var own = await department.ReadAsync(person);
        Assert.Contains("农村低保对象", own, StringComparison.Ordinal);
        Assert.DoesNotContain("重度残疾人", own.Split("<p>")[0], StringComparison.Ordinal);
        Assert.Contains("另有 1 项身份在其他部门的名单上", own, StringComparison.Ordinal);
    }

    /// <summary>The form 附件3 as a workbook, for finance too.</summary>
    [Fact, Clause("lishi 附件3")]
    public async Task The_form_of_changes_is_downloaded()
    {
        await using var site = await OpenAsync(Engine.Sqlite, 1);
        await site.ApplyAsync(new("civil_affairs", RosterKind.Full, Today) { Category = "孤儿" }, $"身份证号码\n{Number(1)}\n");
        using var finance = await SignInAsync(site, "finance");
        const string Page = "/rosters/versions";
        (string, string)[] form = [("FormOf", "civil_affairs"), ("From", "2021-11-01")];
        var answer = await finance.PostAsync(Page, Page + "?handler=Form", [.. form, ("Until", "2021-11-05")]);
        Assert.Equal("PK"u8.ToArray(), (await answer.Content.ReadAsByteArrayAsync())[..2]);
        var wrong = await finance.PostAsync(Page, Page + "?handler=Form", [.. form, ("Until", "2021-10-05")]);
        Assert.Contains("（W111）", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var version = (await site.Database.ReadAsync(session => RosterDesk.HistoryAsync(session, WebSite.Area, "")))[0].VersionId;
        var undo = await finance.PostAsync("/password", $"{Page}/{version}?handler=Undo", ("Reason", "试"));
        Assert.Contains("（W112）", await undo.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    static async Task<WebSite> OpenAsync(Engine engine, int people)
    {
        var site = await WebSite.OpenAsync(
            engine, new TestClock("2021-11-05 09:00"), Role.ListDepartment, Role.Bureau, Role.Finance, Role.SecurityAuditor);
        var household = await site.FoundAsync("village-a", "H1");
        for (int person = 1; person <= people; person++)
            await site.RegisterAsync($"张{(char)('一' + person)}", Born, person, ("village-a", household),
                person == 1 ? Relation.Head : Relation.Son);
        return site;
    }

    static async Task<Browser> SignInAsync(WebSite site, string login)
    {
        var browser = new Browser(site.Address);
        await browser.SignInAsync(login, WebSite.Password);
        return browser;
    }

    static (string, byte[]) File(string text) => ("list.csv", Encoding.UTF8.GetBytes(text));

    static async Task<string> UploadAsync(Browser browser, string name, string text)
    {
        var answer = await browser.PostFileAsync(UploadPage, "Upload", (name, Encoding.UTF8.GetBytes(text)), ("Kind", "Full"));
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Hands a list in and gives the address of its dry run.</summary>
    static async Task<string> HandInAsync(Browser browser, string text, params (string, string)[] fields)
    {
        var answer = await browser.PostFileAsync(UploadPage, "Upload", File(text), [("Kind", "Full"), .. fields]);
        return answer.Headers.Location!.OriginalString;
    }

    static async Task ApplyAsync(Browser browser, string page)
    {
        var shown = await browser.ReadAsync(page);
        var effects = EffectsField().Match(shown).Groups["digest"].Value;
        var answer = await browser.PostAsync(page, page + "&handler=Apply", ("Digest", Digest(shown)), ("EffectsDigest", effects));
        Assert.StartsWith("/rosters/versions/", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    static string Digest(string page) => DigestField().Match(page).Groups["digest"].Value;

    [GeneratedRegex("name=\"Digest\" value=\"(?<digest>[0-9a-f]{32})\"")]
    private static partial Regex DigestField();

    [GeneratedRegex("name=\"EffectsDigest\" value=\"(?<digest>[0-9a-f]{32})\"")]
    private static partial Regex EffectsField();

    [GeneratedRegex("href=\"(?<path>/rosters/uploads/[^\"]+)\"")]
    private static partial Regex UploadLink();

    [GeneratedRegex("href=\"(?<path>/rosters/people/[^\"]+)\"")]
    private static partial Regex PersonLink();
}
