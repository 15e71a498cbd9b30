using System.Net;
using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

public class FundingTests
{
    static readonly DateOnly Born = new(1980, 2, 3);

    /// <summary>Another unit's bill is not there, filters leave out what they name, and a claim of another sum is refused.</summary>
    [Fact, Clause("laishan 二(二)")]
    public async Task A_bill_is_shown_within_the_own_units_and_as_it_was_asked_for()
    {
        await using var site = await WebSite.OpenAsync(
            Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Bureau, Role.Street, Role.Finance);
        var household = await site.FoundAsync("village-a", "H0001");
        var orphan = await site.RegisterAsync("赵小虎", Born, 3, ("village-a", household), Relation.Head);
        await site.ApplyAsync(
            new RosterOrder("civil_affairs", RosterKind.Full, new(2021, 11, 1)) { Category = "孤儿" },
            $"身份证号码\n{TestArea.Number(Born, 3).Full}\n");
        await site.EnrolAsync(orphan.PersonId);
        await site.BookFundsAsync();

        using var street = new Browser(site.Address);
        await street.SignInAsync("street", WebSite.Password);
        foreach (var path in new[] { "/funding", "/funding/people" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await street.GetAsync($"{path}?unit=county")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await street.GetAsync($"{path}?unit=village-a")).StatusCode);
        }

        Assert.Contains("C191", await (await street.PostAsync("/funding", "/funding?handler=Book")).Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
        using var bureau = new Browser(site.Address);
        await bureau.SignInAsync("bureau", WebSite.Password);
        Assert.Contains(">900.00<", await bureau.ReadAsync("/funding"), StringComparison.Ordinal);
        var city = await bureau.ReadAsync("/funding?payer=city_finance&month=2021-11");
        Assert.Contains(">320.00<", city, StringComparison.Ordinal);
        Assert.DoesNotContain(">580.00<", city, StringComparison.Ordinal);
        Assert.DoesNotContain(">320.00<", await bureau.ReadAsync("/funding?month=2021-12"), StringComparison.Ordinal);
        Assert.DoesNotContain("赵小虎", await bureau.ReadAsync("/funding/people?month=2021-12"), StringComparison.Ordinal);
        var list = await bureau.PostAsync("/funding/people", "/funding/people");
        Assert.Equal("PK"u8.ToArray(), (await list.Content.ReadAsByteArrayAsync())[..2]);
        var claim = await (await bureau.PostAsync("/funding/claims/new", "/funding/claims/new?payer=city_finance",
            ("Payer", "city_finance"), ("unit", "county"), ("Until", "2021-11-05"), ("People", "1"), ("Amount", "999.00")))
            .Content.ReadAsStringAsync();
        Assert.Contains("C196", claim, StringComparison.Ordinal);
    }
}
