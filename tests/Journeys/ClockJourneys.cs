using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class ClockJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task The_bureau_sees_who_is_late_and_notes_its_own_hand_over(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Bureau);
        await site.OpenClockAsync(ClockKind.RosterChange, "health", new(2021, 10, 20));
        await site.OpenClockAsync(ClockKind.RosterChange, "civil_affairs", new(2021, 11, 4));
        await site.OpenClockAsync(ClockKind.FlagsToTax, "bureau", new(2021, 10, 29));
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("bureau");
        await window.FollowAsync("办理时限");
        await window.SeesAsync("超期 7 个工作日");
        await window.ShowAsync("clocks");
        await window.FollowAsync("新增未参保人员标识和应缴额传税务");
        await window.SeesAsync("今天到期");
        await window.FillAsync("说明", "平台回执 20211105-3");
        await window.ShowAsync("clock");
        await window.PressAsync("登记办结");
        await window.SeesAsync("已登记办结");
        await window.ChooseAsync("情况", "按时办结");
        await window.PressAsync("查询");
        await window.FollowAsync("新增未参保人员标识和应缴额传税务");
        await window.SeesAsync("平台回执 20211105-3");
        await window.ShowAsync("clock-done");
    }
}
