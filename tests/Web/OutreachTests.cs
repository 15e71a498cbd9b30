using System.Net;
using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>The ledger of those who should be insured and are not: who sees and works what.</summary>
public sealed class OutreachTests
{
    [Theory, OnBothEngines, Clause("laishan 六(二)-expansion")]
    public async Task A_case_is_worked_within_ones_units(Engine engine)
    {
        await using var site = await WebSite.OpenAsync(
            engine, new TestClock("2021-11-05 09:00"), Role.Agent, Role.Street, Role.Bureau, Role.Supervisor);
        var (own, other) = (await RegisterAsync(site, "village-a", "王一", 1), await RegisterAsync(site, "village-b", "李二", 2));
        using var street = await SignInAsync(site, "street");
        Assert.Contains("台账还没有对象", await street.ReadAsync("/outreach"), StringComparison.Ordinal);
        await street.PostAsync("/outreach", "/outreach?handler=Open");
        Assert.Contains("新立 2 人", await street.ReadAsync("/outreach"), StringComparison.Ordinal);

        using var agent = await SignInAsync(site, "agent");
        var list = await agent.ReadAsync("/outreach");
        Assert.Contains("王一", list, StringComparison.Ordinal);
        Assert.DoesNotContain("李二", list, StringComparison.Ordinal);
        Assert.DoesNotContain("李二", await agent.ReadAsync("/outreach/visits"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync($"/outreach/{other}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync("/outreach/assign")).StatusCode);
        Assert.Contains("（O103）", await TextAsync(agent, "/outreach", "/outreach?handler=Open"), StringComparison.Ordinal);
        var path = $"/outreach/{own}";
        Assert.Contains("（O107）", await TextAsync(agent, path, path + "?handler=Close", ("Outcome", "employee")), StringComparison.Ordinal);
        Assert.Contains("（O106）", await TextAsync(agent, path, path + "?handler=Close"), StringComparison.Ordinal);
        Assert.Contains("（O104）", await TextAsync(agent, path, path + "?handler=Contact", ("Day", "2021-11-05")), StringComparison.Ordinal);
        await agent.PostAsync(path, path + "?handler=Close", ("Outcome", "died"), ("Remark", "邻居 13800001234 告知"));
        var closed = await agent.ReadAsync(path);
        Assert.Contains("邻居 138******34 告知", closed, StringComparison.Ordinal);
        Assert.Contains($"/people/{own}/change", closed, StringComparison.Ordinal);

        using var supervisor = await SignInAsync(site, "supervisor");
        var seen = await supervisor.ReadAsync(path);
        Assert.Contains("已结案", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("恢复在办", seen, StringComparison.Ordinal);
        Assert.Contains("（O103）", await TextAsync(supervisor, path, path + "?handler=Reopen", ("Reason", "试")), StringComparison.Ordinal);
        Assert.Contains("（O108）", await TextAsync(agent, path, path + "?handler=Reopen", ("Reason", " ")), StringComparison.Ordinal);
    }

    static async Task<string> TextAsync(Browser browser, string form, string path, params (string, string)[] fields) =>
        await (await browser.PostAsync(form, path, fields)).Content.ReadAsStringAsync();

    static async Task<long> RegisterAsync(WebSite site, string unit, string name, int sequence) => (await site.RegisterAsync(
        name, new(1980, 2, 3), sequence, (unit, await site.FoundAsync(unit, $"户{sequence}")), Relation.Head)).PersonId;

    static async Task<Browser> SignInAsync(WebSite site, string login)
    {
        var browser = new Browser(site.Address);
        await browser.SignInAsync(login, WebSite.Password);
        return browser;
    }
}
