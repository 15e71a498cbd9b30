using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>A pasted column of numbers.</summary>
public sealed partial class NumbersTests
{
    const string Page = "/people/numbers";
    static readonly DateOnly Born = new(1985, 3, 20);

    [Theory, OnBothEngines]
    public async Task A_column_is_answered_masked_and_keeps_counts_only(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        using var agent = await SignInAsync(site, "agent");
        string[] asked = ["", Full(1), Full(2), Full(9), Full(1)[..17], "x" + Full(1)[1..], Full(1)];
        var answer = await agent.PostAsync(Page, Page, ("Numbers", string.Join("\r\n", asked)));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.Headers.CacheControl!.NoStore);
        // Somebody of another village is not told from nobody.
        var (elsewhere, nobody) = (Row(text, 3), Row(text, 4));
        Assert.Contains("本单位没有查到", nobody, StringComparison.Ordinal);
        Assert.Equal(
            Regex.Replace(nobody, @"(?<=>)(4|\d{6}\*{8}\w{4})(?=<)", ""), Regex.Replace(elsewhere, @"(?<=>)(3|\d{6}\*{8}\w{4})(?=<)", ""));
        Assert.Contains("李春梅", Row(text, 2), StringComparison.Ordinal);
        Assert.Contains("320.00", Row(text, 2), StringComparison.Ordinal);
        Assert.Contains("应为18位（旧证15位），现为17位", Row(text, 5), StringComparison.Ordinal);
        Assert.Contains("第1位的字符不对", Row(text, 6), StringComparison.Ordinal);
        Assert.Contains("与第 2 行相同", Row(text, 7), StringComparison.Ordinal);
        // What was pasted stays in its box, with its first line empty, and is nowhere else.
        var box = Box().Match(text).Value;
        Assert.Contains(">\n&#xD;&#xA;" + Full(1), box, StringComparison.Ordinal);
        Assert.DoesNotContain(Full(1)[6..14], text.Replace(box, "", StringComparison.Ordinal), StringComparison.Ordinal);

        var acts = await ActsAsync(site);
        var (act, change) = Assert.Single(acts);
        Assert.Equal(("agent", """{"asked":6,"found":2,"wrong":2}"""), (act.Account, change.New));
        Assert.Equal("成批查询号码", ActWords.Kind(act.Kind));
        Assert.Equal(
            [("查询号码数", "6"), ("查到", "2"), ("号码有误", "2")],
            ActWords.Read(change, code => code).Select(field => (field.Name, field.New)));
        using var street = await SignInAsync(site, "street");
        var all = await (await street.PostAsync(Page, Page, ("Numbers", Full(2)))).Content.ReadAsStringAsync();
        Assert.Contains("王建国", Row(all, 1), StringComparison.Ordinal);
    }

    [Theory, OnBothEngines]
    public async Task The_same_form_gives_a_workbook_row_by_row(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        using var agent = await SignInAsync(site, "agent");
        var answer = await agent.PostAsync(Page, Page, ("Numbers", $"{Full(2)}\n\n{Full(1)}"), ("excel", "1"));
        Assert.Equal("成批查询-20211105.xlsx", answer.Content.Headers.ContentDisposition!.FileNameStar);
        var rows = await Workbook.TextsAsync(answer);
        Assert.Equal(["行", "证件号码", "姓名", "单位", "户号", "参保登记", "应缴（元）", "已缴（元）", "说明"], rows[0]);
        Assert.Equal(["1", TestArea.Number(Born, 2).Masked, "", "", "", "", "", "", "本单位没有查到"], rows[1]);
        Assert.Equal(["3", TestArea.Number(Born, 1).Masked, "李春梅", "东沟村", "0007", "已登记", "", "320.00", ""], rows[2]);
        Assert.Equal(3, rows.Count);
        Assert.Single(await ActsAsync(site));
        // The address alone asks for nothing.
        Assert.DoesNotContain("李春梅", await agent.ReadAsync($"{Page}?Numbers={Full(1)}&excel=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_and_leaves_no_act()
    {
        await using var site = await OpenAsync(Engine.Sqlite);
        using var agent = await SignInAsync(site, "agent");
        var many = string.Join('\n', Enumerable.Repeat(Full(1), PastedNumbers.Most + 1));
        foreach (var (numbers, excel, code) in new[] { (many, "", "R321"), (many, "1", "R321"), ("身份证号码", "", "R322"), ("", "1", "R322") })
        {
            var answer = await agent.PostAsync(Page, Page, ("Numbers", numbers), ("excel", excel));
            Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
            Assert.Contains(code, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Empty(await ActsAsync(site));
    }

    [Theory, OnBothEngines]
    public async Task Initials_find_people_and_households(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        using var agent = await SignInAsync(site, "agent");
        Assert.Contains("李春梅", await agent.ReadAsync("/people?search=lc"), StringComparison.Ordinal);
        Assert.DoesNotContain("王建国", await agent.ReadAsync("/people?search=wjg"), StringComparison.Ordinal);
        Assert.Contains("0007", await agent.ReadAsync("/households?search=LCM"), StringComparison.Ordinal);
        Assert.DoesNotContain("0007", await agent.ReadAsync("/households?search=lcx"), StringComparison.Ordinal);
        var led = await agent.PostAsync("/people", "/people", ("Search", "lcm"));
        Assert.Equal("/people?search=lcm", led.Headers.Location!.OriginalString);
    }

    static async Task<WebSite> OpenAsync(Engine engine)
    {
        var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent, Role.Street);
        var (own, other) = (await site.FoundAsync("village-a", "0007"), await site.FoundAsync("village-b", "0008"));
        await site.PayAsync((await site.RegisterAsync("李春梅", Born, 1, ("village-a", own), Relation.Head)).PersonId);
        await site.RegisterAsync("王建国", Born, 2, ("village-b", other), Relation.Head);
        return site;
    }

    static async Task<Browser> SignInAsync(WebSite site, string login)
    {
        var browser = new Browser(site.Address);
        await browser.SignInAsync(login, WebSite.Password);
        return browser;
    }

    static string Full(int sequence) => TestArea.Number(Born, sequence).Full;

    /// <summary>The row of a line of the column.</summary>
    static string Row(string page, int line) =>
        page.Split("<tr>").Single(row => row.Contains($"data-label=\"行\">{line}<", StringComparison.Ordinal)).Split("</tr>")[0];

    static Task<List<(ActRow Act, ActChangeRow Change)>> ActsAsync(WebSite site) => site.Database.ReadAsync(async session =>
    {
        var acts = await session.Table<ActRow>().Where(row => row.Area == WebSite.Area && row.Kind == "person.look_up").ToListAsync();
        var changes = await session.Table<ActChangeRow>().Where(row => row.Area == WebSite.Area && row.Action == "looked_up").ToListAsync();
        return (from act in acts join change in changes on act.ActId equals change.ActId select (act, change)).ToList();
    });

    [GeneratedRegex("<textarea.*?</textarea>", RegexOptions.Singleline)]
    private static partial Regex Box();
}
