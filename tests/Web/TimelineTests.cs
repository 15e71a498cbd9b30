using System.Net;
using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>Timelines as pages: what their addresses filter, who may follow which link, who sees who looked.</summary>
public sealed class TimelineTests
{
    static readonly DateOnly Born = new(1980, 2, 3);

    [Theory, OnBothEngines]
    public async Task A_timeline_is_filtered_by_its_address_and_links_where_one_may_go(Engine engine)
    {
        await using var site = await WebSite.OpenAsync(
            engine, new TestClock("2021-11-05 09:00"), Role.Agent, Role.Bureau, Role.Tax, Role.SecurityAuditor);
        long household = await site.FoundAsync("village-a", "户1");
        long person = (await site.RegisterAsync("王一", Born, 1, ("village-a", household), Relation.Head)).PersonId;
        var paid = await site.PayAsync(person);
        var list = await site.ApplyAsync(
            new("civil_affairs", RosterKind.Full, new(2021, 11, 1)) { Category = "农村低保" },
            $"身份证号码\n{TestArea.Number(Born, 1).Full}\n");
        var path = $"/people/{person}/timeline";
        using var agent = await SignInAsync(site, "agent");
        await agent.PostAsync($"/people/{person}", $"/people/{person}", ("Reason", "核对本人"));
        var all = await agent.ReadAsync(path);
        Assert.Contains("登记入库", all, StringComparison.Ordinal);
        Assert.Contains($"/receipts/{paid.PaymentId}", all, StringComparison.Ordinal);
        Assert.Contains($"/collection/{paid.BatchId}", all, StringComparison.Ordinal);
        Assert.Contains("东沟村 村社区协办员", all, StringComparison.Ordinal);
        Assert.Contains("民政部门 2021-11-05 报送的名单", all, StringComparison.Ordinal);
        Assert.DoesNotContain("/rosters/versions/", all, StringComparison.Ordinal);
        Assert.DoesNotContain("核对本人", all, StringComparison.Ordinal);
        Assert.DoesNotContain("/audit/", all, StringComparison.Ordinal);
        var money = await agent.ReadAsync(path + "?kind=money&happened=2021");
        Assert.Contains("320.00 元", money, StringComparison.Ordinal);
        Assert.DoesNotContain("登记入库", money, StringComparison.Ordinal);
        Assert.Contains("没有符合条件的经过", await agent.ReadAsync(path + "?happened=2020"), StringComparison.Ordinal);
        Assert.Contains("王一", await agent.ReadAsync($"/households/{household}/timeline"), StringComparison.Ordinal);
        using var workbook = await agent.GetAsync(path + "?kind=money&excel=1");
        Assert.Equal("PK"u8.ToArray(), (await workbook.Content.ReadAsByteArrayAsync())[..2]);

        using var bureau = await SignInAsync(site, "bureau");
        Assert.Contains($"/rosters/versions/{list.VersionId}", await bureau.ReadAsync(path), StringComparison.Ordinal);
        using var tax = await SignInAsync(site, "tax");
        Assert.Contains("登记入库", await tax.ReadAsync(path), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await tax.GetAsync($"/households/{household}/timeline")).StatusCode);
        using var auditor = await SignInAsync(site, "security_auditor");
        var audited = await auditor.ReadAsync(path + "?kind=access");
        Assert.Contains("核对本人", audited, StringComparison.Ordinal);
        Assert.Contains("href=\"/audit/", audited, StringComparison.Ordinal);
        Assert.DoesNotContain("/receipts/", await auditor.ReadAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_timeline_is_shown_in_parts()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Agent);
        long household = await site.FoundAsync("village-a", "户1");
        for (int sequence = 1; sequence <= 26; sequence++)
            await site.RegisterAsync("王" + (char)('一' + sequence), Born, sequence, ("village-a", household), Relation.OtherRelative);
        using var agent = await SignInAsync(site, "agent");
        var path = $"/households/{household}/timeline";
        var first = await agent.ReadAsync(path + "?kind=register");
        Assert.Contains("page_no=2", first, StringComparison.Ordinal);
        Assert.Contains("立户", await agent.ReadAsync(path + "?kind=register&page_no=2"), StringComparison.Ordinal);
        Assert.DoesNotContain("立户", first, StringComparison.Ordinal);
    }

    static async Task<Browser> SignInAsync(WebSite site, string login)
    {
        var browser = new Browser(site.Address);
        await browser.SignInAsync(login, WebSite.Password);
        return browser;
    }
}
