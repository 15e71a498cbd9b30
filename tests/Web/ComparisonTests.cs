using System.Net;
using System.Text;
using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Comparison;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>Comparisons in the browser: who hands in what, who decides what, and where nothing may be decided.</summary>
public sealed class ComparisonTests
{
    const string FilesPage = "/comparisons/files";

    static readonly DateOnly Born = new(1950, 3, 20);

    static string Number(int person) => TestArea.Number(Born, person).Full;

    [Fact]
    public async Task A_department_hands_in_what_is_its_own_and_no_other()
    {
        await using var site = await OpenAsync(Engine.Sqlite);
        using var browser = await SignInAsync(site, "list_department");
        var page = await browser.ReadAsync(FilesPage);
        Assert.Contains("死亡信息", page, StringComparison.Ordinal);
        Assert.DoesNotContain("公安户籍", page, StringComparison.Ordinal);
        var refused = await browser.PostFileAsync(FilesPage, "Upload", File("姓名,证件号码,入所日期\n"), ("Source", "inmates"));
        Assert.Contains("（R143）", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var unreadable = await browser.PostFileAsync(FilesPage, "Upload", File("姓名,证件号码\n"), ("Source", "deaths"));
        Assert.Contains("（F211）", await unreadable.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var good = await browser.PostFileAsync(
            FilesPage, "Upload", File($"姓名,身份证号码,死亡日期\n王守田,{Number(1)},2021-10-20\n孙某,1,2021-10-20\n"), ("Source", "deaths"));
        var own = await browser.ReadAsync(good.Headers.Location!.OriginalString);
        Assert.Contains("新发现 1 条", own, StringComparison.Ordinal);
        Assert.DoesNotContain("王守田", own, StringComparison.Ordinal);
    }

    /// <summary>What is to be sent back is read from the file as it was kept, sealed.</summary>
    [Theory, OnBothEngines]
    public async Task Refused_rows_are_taken_from_the_kept_file(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        var report = await site.CompareAsync(
            ComparisonSource.Deaths, "", $"死亡名单\n序号,姓名,身份证号码,死亡日期\n1,王守田,{Number(1)},2021-10-20\n2,孙某,1,2021-10-20\n");
        using var browser = await SignInAsync(site, "bureau");
        var page = $"{FilesPage}/{report.Comparison.ComparisonId}";
        var answer = await browser.PostAsync(page, page + "?handler=Refused");
        var lines = (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("2,孙某,1,2021-10-20,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_is_decided_once_and_with_a_reason()
    {
        await using var site = await OpenAsync(Engine.Sqlite);
        await site.CompareAsync(ComparisonSource.Deaths, "", $"姓名,身份证号码,死亡日期\n王守田,{Number(1)},2021-10-20\n");
        var page = $"/comparisons/{Assert.Single(await site.FindingsAsync()).Row.FindingId}";
        using var browser = await SignInAsync(site, "agent");
        var unreasoned = await browser.PostAsync(page, page + "?handler=Accept", ("Reason", " "));
        Assert.Contains("（W107）", await unreasoned.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await browser.PostAsync(page, page + "?handler=Postpone", ("Reason", "待核实"));
        Assert.Contains("待核实", await browser.ReadAsync(page), StringComparison.Ordinal);
        var decided = await browser.PostAsync(page, page + "?handler=Reject&source=deaths", ("Reason", "本人健在"));
        Assert.Equal("/comparisons?source=deaths", decided.Headers.Location?.OriginalString);
        var again = await browser.PostAsync("/password", page + "?handler=Accept", ("Reason", "试"));
        Assert.Contains("（R141）", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Who is missing here is registered in a unit of the viewer's, by the whole area's desk.</summary>
    [Theory, OnBothEngines]
    public async Task Somebody_missing_here_gets_a_unit(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        await site.CompareAsync(
            ComparisonSource.Police, "", $"姓名,证件号码,变动类型,变动日期,户籍地址\n孙小宝,{Number(7)},迁入,2021-10-20,东沟村8号\n");
        var page = $"/comparisons/{Assert.Single(await site.FindingsAsync()).Row.FindingId}";
        using var agent = await SignInAsync(site, "agent");
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync(page)).StatusCode);
        using var bureau = await SignInAsync(site, "bureau");
        var without = await bureau.PostAsync(page, page + "?handler=Accept", ("Reason", "核实"), ("Unit", ""));
        Assert.Contains("（R142）", await without.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var nowhere = await bureau.PostAsync(page, page + "?handler=Accept", ("Reason", "核实"), ("Unit", "nowhere"));
        Assert.Contains("（W103）", await nowhere.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await bureau.PostAsync(page, page + "?handler=Accept", ("Reason", "核实"), ("Unit", "village-a"));
        var found = await agent.PostAsync("/people", "/people", ("Search", "孙小宝"));
        Assert.Contains("东沟村8号", await agent.ReadAsync(found.Headers.Location!.OriginalString), StringComparison.Ordinal);
    }

    static async Task<WebSite> OpenAsync(Engine engine)
    {
        var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Bureau, Role.Agent, Role.ListDepartment);
        await site.RegisterAsync("王守田", Born, 1, ("village-a", await site.FoundAsync("village-a", "H1")), Relation.Head);
        return site;
    }

    static async Task<Browser> SignInAsync(WebSite site, string login)
    {
        var browser = new Browser(site.Address);
        await browser.SignInAsync(login, WebSite.Password);
        return browser;
    }

    static (string, byte[]) File(string text) => ("来文.csv", Encoding.UTF8.GetBytes(text));
}
