using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

public class CertificateTests
{
    [Theory, OnBothEngines]
    public async Task It_says_from_when_until_when_somebody_is_covered_and_only_then(Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent);
        var household = await site.FoundAsync("village-a", "户-9");
        var paid = await site.RegisterAsync("赵一", new(1985, 3, 20), 11, ("village-a", household), Relation.Head);
        var other = await site.RegisterAsync("赵二", new(1986, 3, 20), 13, ("village-a", household), Relation.Sibling);
        await site.PayAsync(paid.PersonId);
        using var agent = new Browser(site.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        var text = await agent.ReadAsync($"/people/{paid.PersonId}/certificate?year=2022");
        foreach (var said in new[] { "参保证明", "赵一", "2022-01-01 至 2022-12-31", "320.00 元" })
            Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Contains(
            $"/people/{paid.PersonId}/certificate", await agent.ReadAsync($"/people/{paid.PersonId}"), StringComparison.Ordinal);
        Assert.Contains("不能出具参保证明",
            await agent.ReadAsync($"/people/{other.PersonId}/certificate?year=2022"), StringComparison.Ordinal);
    }
}
