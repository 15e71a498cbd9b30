using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>What was chosen last to narrow a list down: offered, not applied, to the same account in the same browser.</summary>
public sealed class LastFilterTests
{
    const string Offered = "上次的条件";

    [Fact]
    public async Task The_last_choice_is_a_link_and_the_list_stays_whole()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Bureau, Role.Supervisor);
        await site.OpenClockAsync(ClockKind.RosterChange, "civil_affairs", new(2021, 10, 20));
        await site.OpenClockAsync(ClockKind.RosterChange, "health", new(2021, 11, 4));
        using var browser = new Browser(site.Address);
        await browser.SignInAsync("bureau", WebSite.Password);
        Assert.DoesNotContain(Offered, await browser.ReadAsync("/clocks"), StringComparison.Ordinal);
        var chosen = await browser.GetAsync("/clocks?office=health&group=Overdue&said=王小梅");
        Assert.DoesNotContain(Offered, await chosen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var cookie = Assert.Single(
            chosen.Headers.GetValues("Set-Cookie"), one => one.StartsWith("canbao-last-clocks=", StringComparison.Ordinal));
        Assert.Contains("path=/clocks;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);

        var whole = await browser.ReadAsync("/clocks");
        Assert.Contains($"href=\"/clocks?office=health&amp;group=Overdue\">{Offered}</a>", whole, StringComparison.Ordinal);
        Assert.Contains("民政部门", whole, StringComparison.Ordinal);
        Assert.DoesNotContain(Offered, await browser.ReadAsync("/exchange"), StringComparison.Ordinal);
        // What the list shows without any choice is no choice.
        await browser.GetAsync("/clocks?office=&group=Waiting");
        Assert.Contains("group=Overdue\">" + Offered, await browser.ReadAsync("/clocks"), StringComparison.Ordinal);

        // Another account on the same computer.
        await browser.PostAsync("/sign-out", "/sign-out");
        await browser.SignInAsync("supervisor", WebSite.Password);
        Assert.DoesNotContain(Offered, await browser.ReadAsync("/clocks"), StringComparison.Ordinal);
    }
}
