using System.Net;
using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>Hand-overs with a time: who sees them and who notes that they are done.</summary>
public sealed class ClockTests
{
    /// <summary>A department sees its own; the bureau sees all and notes only its own.</summary>
    [Theory, OnBothEngines, Clause("lishi 七(二)-5days")]
    public async Task An_office_notes_its_own_hand_overs(Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Bureau, Role.ListDepartment);
        var own = await site.OpenClockAsync(ClockKind.RosterChange, "civil_affairs", new(2021, 10, 20));
        var other = await site.OpenClockAsync(ClockKind.RosterChange, "health", new(2021, 11, 4));
        using var department = await SignInAsync(site, "list_department");
        var list = await department.ReadAsync("/clocks");
        Assert.Contains("超期 7 个工作日", list, StringComparison.Ordinal);
        Assert.DoesNotContain("11月4日", list, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await department.GetAsync($"/clocks/{other.ClockId}")).StatusCode);
        using var bureau = await SignInAsync(site, "bureau");
        Assert.Contains("卫生健康部门", await bureau.ReadAsync("/clocks"), StringComparison.Ordinal);
        var path = $"/clocks/{own.ClockId}";
        var refused = await bureau.PostAsync("/password", path, ("On", "2021-11-05"), ("Reason", "试"));
        Assert.Contains("（W113）", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var early = await department.PostAsync(path, path, ("On", "2021-10-19"), ("Reason", "民函3号"));
        Assert.Contains("（K103）", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await department.PostAsync(path, path, ("On", "2021-11-05"), ("Reason", "民函3号"));
        Assert.Contains("民函3号", await bureau.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("逾期办结", await department.ReadAsync("/clocks?group=DoneLate"), StringComparison.Ordinal);
    }

    /// <summary>A street has the hand-overs of its own units, and no other street's.</summary>
    [Fact]
    public async Task A_street_has_its_own_part()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Street);
        var own = await site.OpenClockAsync(ClockKind.RegistrationReport, "street", new(2021, 11, 1), "village-a");
        var county = await site.OpenClockAsync(ClockKind.RegistrationReport, "street", new(2021, 11, 2), "county");
        using var street = await SignInAsync(site, "street");
        Assert.Equal(HttpStatusCode.OK, (await street.GetAsync($"/clocks/{own.ClockId}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await street.GetAsync($"/clocks/{county.ClockId}")).StatusCode);
        Assert.DoesNotContain("11月2日", await street.ReadAsync("/clocks"), StringComparison.Ordinal);
    }

    static async Task<Browser> SignInAsync(WebSite site, string login)
    {
        var browser = new Browser(site.Address);
        await browser.SignInAsync(login, WebSite.Password);
        return browser;
    }
}
