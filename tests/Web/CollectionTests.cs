using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>What pages of batches, cash and receipts show and refuse beside their rooms.</summary>
public class CollectionTests
{
    [Fact]
    public async Task A_receipt_is_checked_by_anybody_and_tells_no_whole_name()
    {
        await using var site = await OpenAsync();
        var (number, code) = await site.ReceiptAsync(await PaidAsync(site));
        using var anybody = new Browser(site.Address);
        var real = await ReadAsync(anybody, number, code);
        Assert.Contains("票据真实有效", real, StringComparison.Ordinal);
        Assert.Contains("王*国", real, StringComparison.Ordinal);
        Assert.DoesNotContain("王建国", real, StringComparison.Ordinal);
        Assert.Contains("没有这张票据，或校验码不对", await ReadAsync(anybody, number, "2222-2222"), StringComparison.Ordinal);

        static async Task<string> ReadAsync(Browser browser, string number, string code) => await (await browser.PostAsync(
            "/receipts/check", "/receipts/check", ("Number", number), ("Code", code))).Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task A_void_receipt_says_so_everywhere()
    {
        await using var site = await OpenAsync();
        long payment = await PaidAsync(site);
        using var agent = new Browser(site.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        var path = $"/receipts/{payment}";
        Assert.Equal(HttpStatusCode.Redirect, (await agent.PostAsync(path, $"{path}?handler=Reprint", ("Reason", "遗失"))).StatusCode);
        Assert.Contains("第 1 次补打", await agent.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("C137", await RefusedAsync(agent, path, $"{path}?handler=Void", ("Reason", " ")), StringComparison.Ordinal);
        await agent.PostAsync(path, $"{path}?handler=Void", ("Reason", "收错人"));
        var voided = await agent.ReadAsync(path);
        Assert.Contains("此凭据已作废：收错人", voided, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Void", voided, StringComparison.Ordinal);
        var (number, code) = await site.ReceiptAsync(payment);
        var check = await agent.PostAsync("/receipts/check", "/receipts/check", ("Number", number), ("Code", code));
        Assert.Contains("票据真实，但已作废", await check.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_amount_that_is_none_is_refused_and_the_page_keeps_what_was_typed()
    {
        await using var site = await OpenAsync();
        await PaidAsync(site);
        using var street = new Browser(site.Address);
        await street.SignInAsync("street", WebSite.Password);
        var page = await RefusedAsync(
            street, "/cash", "/cash?handler=Count", ("Login", "agent"), ("Amount", "3百"), ("Reason", "抽查"));
        Assert.Contains("W115", page, StringComparison.Ordinal);
        Assert.Contains("3百", page, StringComparison.Ordinal);
    }

    /// <summary>A page that was left open offers a step that is over.</summary>
    [Fact]
    public async Task A_step_that_is_over_is_refused()
    {
        await using var site = await OpenAsync();
        using var agent = new Browser(site.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        await PaidAsync(site);
        var list = await agent.ReadAsync("/collection");
        var path = Regex.Match(list, @"/collection/\d+").Value;
        await agent.PostAsync(path, $"{path}?handler=Step", ("Step", "submitted"));
        Assert.Contains("C131", await RefusedAsync(agent, path, $"{path}?handler=Step", ("Step", "submitted")), StringComparison.Ordinal);
        Assert.Contains("C131", await RefusedAsync(agent, path, $"{path}?handler=Step", ("Step", "other")), StringComparison.Ordinal);
        var foreign = await RefusedAsync(agent, path, $"{path}?handler=Step", ("Step", "checked"), ("People", "1"), ("Amount", "320"));
        Assert.Contains("C133", foreign, StringComparison.Ordinal);
    }

    [Fact]
    [Clause("laishan 二(四)")]
    public async Task A_payer_gets_the_lines_and_the_sum_as_a_page_and_a_table_and_each_person_a_receipt()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Agent, Role.Tax);
        var household = await site.FoundAsync("village-a", "H0001");
        var people = new List<PersonRow>();
        foreach (int sequence in new[] { 1, 3 })
            people.Add(await site.RegisterAsync("王建国", new(1980, 2, 3), sequence, ("village-a", household), Relation.Head));
        var payment = await site.PayTogetherAsync("agent", Role.Agent, "village-a", [.. people]);
        using var agent = new Browser(site.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        var page = await agent.ReadAsync($"/collection/{payment.BatchId}/receipt");
        Assert.Contains("东沟村集体（村集体）", page, StringComparison.Ordinal);
        Assert.Contains("人民币陆佰肆拾元整", page, StringComparison.Ordinal);
        Assert.Contains($"{WebSite.Area}-2022-0001-002", page, StringComparison.Ordinal);
        var receipt = await agent.ReadAsync($"/receipts/{payment.PaymentId}");
        Assert.Contains("人民币叁佰贰拾元整", receipt, StringComparison.Ordinal);
        Assert.Contains("东沟村集体", receipt, StringComparison.Ordinal);
        Assert.Contains("集体缴的费，退给“东沟村集体”", await agent.ReadAsync($"/receipts/{payment.PaymentId}/refund"), StringComparison.Ordinal);
        var table = await agent.GetAsync($"/collection/{payment.BatchId}/receipt?handler=Table");
        using var archive = new ZipArchive(await table.Content.ReadAsStreamAsync());
        using var sheet = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var rows = await sheet.ReadToEndAsync();
        Assert.Contains("缴费单位：东沟村集体", rows, StringComparison.Ordinal);
        Assert.Contains("合计 2 人，640.00 元，大写：人民币陆佰肆拾元整", rows, StringComparison.Ordinal);
        Assert.DoesNotContain(TestArea.Number(new(1980, 2, 3), 1).Full, rows, StringComparison.Ordinal);
    }

    static Task<WebSite> OpenAsync() => WebSite.OpenAsync(Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Agent, Role.Street);

    static async Task<long> PaidAsync(WebSite site)
    {
        var household = await site.FoundAsync("village-a", "H0001");
        var person = await site.RegisterAsync("王建国", new(1980, 2, 3), 1, ("village-a", household), Relation.Head);
        return (await site.PayAsync(person.PersonId)).PaymentId;
    }

    // The token comes from the password page: the page itself may have no form left.
    static async Task<string> RefusedAsync(Browser browser, string page, string path, params (string Name, string Value)[] fields)
    {
        var answer = await browser.PostAsync("/password", path, fields);
        Assert.Equal((page, HttpStatusCode.OK), (page, answer.StatusCode));
        return await answer.Content.ReadAsStringAsync();
    }
}
