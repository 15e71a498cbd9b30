using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>What channels took: who sees it, and who acts.</summary>
public sealed class ReconciliationTests
{
    const string Day = $"/reconciliation/{WebSite.Bank}/2021-11-05";

    static readonly (string Handler, string Field, string Value)[] Deeds =
    [
        ("Run", "Reason", "试"), ("Deposit", "Amount", "320.00"), ("Void", "Deposit", "1"), ("Decide", "Decision", "asked"),
        ("Close", "Reason", "试"), ("Reopen", "Reason", "试"),
    ];

    /// <summary>Finance and supervisors read, without the names that channels told.</summary>
    [Theory, OnBothEngines]
    public async Task Who_only_reads_can_change_nothing_and_sees_no_name(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        using var finance = await SignInAsync(site, "finance");
        Assert.Contains("640.00", await finance.ReadAsync(Day), StringComparison.Ordinal);
        foreach (var (handler, field, value) in Deeds)
            Assert.Contains("（W115）", await PostAsync(finance, $"{Day}?handler={handler}", (field, value)), StringComparison.Ordinal);
        var suspense = await finance.ReadAsync("/suspense");
        Assert.Contains("R2", suspense, StringComparison.Ordinal);
        Assert.DoesNotContain("李小四", suspense, StringComparison.Ordinal);
        var path = $"/suspense?channel={WebSite.Bank}&reference=R2";
        foreach (var handler in new[] { "Find", "Match", "Return" })
            Assert.Contains("（W115）", await PostAsync(finance, $"{path}&handler={handler}", ("Reason", "试")), StringComparison.Ordinal);
    }

    [Theory, OnBothEngines]
    public async Task Who_acts_gives_a_reason_and_sees_masks_only(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        using var tax = await SignInAsync(site, "tax");
        var suspense = await tax.ReadAsync("/suspense");
        Assert.Contains("李小四", suspense, StringComparison.Ordinal);
        Assert.DoesNotContain(WebSite.PayerNumber(3), suspense, StringComparison.Ordinal);
        var path = $"/suspense?channel={WebSite.Bank}&reference=R2";
        Assert.Contains("（W116）", await PostAsync(tax, $"{path}&handler=Find", ("Number", "123")), StringComparison.Ordinal);
        Assert.Contains(
            "（W116）", await PostAsync(tax, $"{path}&handler=Find", ("Number", WebSite.PayerNumber(9))), StringComparison.Ordinal);
        Assert.Contains("（W107）", await PostAsync(tax, $"{path}&handler=Return", ("Reason", " ")), StringComparison.Ordinal);
        Assert.Contains("（C157）", await PostAsync(tax, $"{Day}?handler=Close"), StringComparison.Ordinal);
        Assert.Contains("（W107）", await PostAsync(tax, $"{Day}?handler=Reopen"), StringComparison.Ordinal);
        Assert.Contains(
            "以元为单位", await PostAsync(tax, $"{Day}?handler=Deposit", ("Amount", "三百"), ("Slip", "1")), StringComparison.Ordinal);
    }

    static async Task<WebSite> OpenAsync(Engine engine)
    {
        var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Tax, Role.Finance);
        await site.OpenBankAsync("village-a", await site.FoundAsync("village-a", "H1"), ("张一", 1), ("李四", 3));
        await site.TellAsync("R1", ("张一", 1));
        await site.TellAsync("R2", ("李小四", 3));
        await site.ImportStatementAsync(
            new(2021, 11, 5), "流水号,金额,缴费时间\nR1,320.00,2021-11-05 08:30:00\nR2,320.00,2021-11-05 08:30:00\n");
        return site;
    }

    static async Task<string> PostAsync(Browser browser, string path, params (string Name, string Value)[] fields) =>
        await (await browser.PostAsync("/password", path, fields)).Content.ReadAsStringAsync();

    static async Task<Browser> SignInAsync(WebSite site, string login)
    {
        var browser = new Browser(site.Address);
        await browser.SignInAsync(login, WebSite.Password);
        return browser;
    }
}
