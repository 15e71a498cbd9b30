using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Microsoft.Playwright;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class NewHouseholdJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    static readonly DateOnly Born = new(1988, 2, 3);

    [JourneyTheory, Clause("lingyuan 四(二)")]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task An_agent_registers_a_household_with_a_newborn(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("agent");
        await window.FollowAsync("家庭户");
        await window.FollowAsync("整户登记");
        await window.FillAsync("户号", "H0100");
        await window.FillAsync("住址", "东沟村12号");
        await MemberAsync(window, 0, "王建国", TestArea.Number(Born, 1).Full, "户主");
        await MemberAsync(window, 1, "赵秀兰", TestArea.Number(Born, 2).Full, "配偶");
        await MemberAsync(window, 2, "王新禾", "", "女");
        await window.ShowAsync("household-new");
        await window.PressAsync("整户登记");
        await window.SeesAsync("没有证件号码时请选择性别");
        await window.ShowAsync("household-new-refused");
        await window.Page.Locator("[name='Members[2].Person.Sex']").SelectOptionAsync(new SelectOptionValue { Label = "女" });
        await window.Page.Locator("[name='Members[2].Person.BornOn']").FillAsync("2021-10-20");
        await window.Page.Locator("[name='Members[2].Kind']").SelectOptionAsync(new SelectOptionValue { Label = "新生儿" });
        await window.PressAsync("整户登记");
        await window.SeesAsync("已登记一户 3 人，并登记 2022 年度参保");
        await window.ShowAsync("household-registered");
        await window.FollowAsync("王新禾");
        await window.SeesAsync("2021-10-20");
    }

    static async Task MemberAsync(Window window, int place, string name, string number, string relation)
    {
        await window.Page.Locator($"[name='Members[{place}].Person.Name']").FillAsync(name);
        await window.Page.Locator($"[name='Members[{place}].Person.Number']").FillAsync(number);
        await window.Page.Locator($"[name='Members[{place}].Person.Relation']")
            .SelectOptionAsync(new SelectOptionValue { Label = relation });
    }
}
