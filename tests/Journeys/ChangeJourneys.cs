using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Journeys.Tests;

/// <summary>Changes after the fact: a late list and another pack, their effects before anything is written.</summary>
public sealed class ChangeJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task A_late_list_and_another_pack_show_what_they_do_before_they_do_it(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Bureau);
        var (household, born) = (await site.FoundAsync("village-a", "H0001"), new DateOnly(1980, 2, 3));
        var person = await site.RegisterAsync("王建国", born, 1, ("village-a", household), Relation.Head);
        var owing = await site.RegisterAsync("王小龙", born, 3, ("village-a", household), Relation.Son);
        await site.AskForRefundAsync(await site.PayAsync(person.PersonId), ask: false);
        await site.EnrolAsync(owing.PersonId);
        await site.MakeDuesAsync();
        var order = new RosterOrder("civil_affairs", RosterKind.Full, new(2021, 11, 5)) { Category = "孤儿" };
        var upload = await site.HandInAsync(order, $"身份证号码\n{TestArea.Number(born, 1).Full}\n");
        await using var bureau = await chromium.OpenAsync(site, screen);
        await bureau.SignInAsync("bureau");
        await bureau.Page.GotoAsync($"/rosters/uploads/{upload}?category=孤儿&from=2021-11-05");
        await bureau.SeesAsync("对应缴、退费、资助资金和待遇的影响");
        await bureau.FollowAsync("逐人看影响（1）");
        await bureau.SeesAsync("应缴 320.00 元 → 应缴 0.00 元");
        await bureau.SeesAsync("可申请退费：新列入减免；文件没有规定，由领导决定");
        await bureau.ShowAsync("roster-effects");
        await bureau.PressAsync("使名单生效");
        await bureau.SeesAsync("名单已生效");
        await bureau.FollowAsync("退费");
        await bureau.SeesAsync("待领导决定");

        await bureau.Page.GotoAsync("/policies");
        await bureau.Page.GotoAsync("/policies/packs/lingyuan-2022?With=baogou-2022");
        await bureau.SeesAsync("这个版本还没有证明过");
        await bureau.PressAsync("证明");
        await bureau.SeesAsync("证明通过");
        await bureau.ShowAsync("policy-pack");
        await bureau.Page.GotoAsync("/policies");
        await bureau.FollowAsync("提请政策包生效");
        await bureau.ChooseAsync("政策包", "晋江市灵源街道：lingyuan-2022");
        await bureau.PressAsync("看影响");
        // Whose money goes back anyway is not concerned by the new price.
        await bureau.SeesAsync("还没有生效。共 2 人，1 人受影响");
        await bureau.SeesAsync("应缴 320.00 元 → 应缴 330.00 元");
        await bureau.ShowAsync("policy-effects");
        await bureau.Page.Locator("#why-policy").FillAsync("上级文件调整");
        await bureau.PressAsync("提请核准");
        await bureau.SeesAsync("待第二人核准");
        await site.AddAccountAsync(new NewAccount("bureau-2", "赵核准", Role.Bureau, "county"));
        await using var second = await chromium.OpenAsync(site, screen);
        await second.SignInAsync("bureau-2");
        await second.SeesAsync("政策包待您核准");
        await second.Page.GotoAsync("/policies");
        await second.FollowAsync("lingyuan-2022");
        await second.FillAsync("意见", "已核对文件");
        await second.ShowAsync("policy-proposal");
        await second.PressAsync("核准生效");
        await second.SeesAsync("政策包已生效");
    }
}
