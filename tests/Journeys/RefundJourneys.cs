using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class RefundJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task A_payment_goes_back_by_four_hands(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(
            engine, new TestClock("2021-11-05 09:00"), Role.Agent, Role.Bureau, Role.Tax, Role.Supervisor);
        var household = await site.FoundAsync("village-a", "H0001");
        var paid = await site.PayAsync((await site.RegisterAsync(
            "王建国", new(1980, 2, 3), 1, ("village-a", household), Relation.Head)).PersonId);
        await using var agent = await chromium.OpenAsync(site, screen);
        await agent.SignInAsync("agent");
        await agent.Page.GotoAsync($"/people/{paid.PersonId}");
        await agent.Page.Locator($"main a[href*='/receipts/{paid.PaymentId}/refund']").ClickAsync();
        await agent.ChooseAsync("退费原因", "经办差错");
        await agent.FillAsync("情况说明", "本人已在单位参保，收错");
        await agent.PressAsync("申请退费");
        await agent.SeesAsync("C171");
        await agent.ShowAsync("refund-request-refused");
        await agent.FollowAsync("代收批次");
        await agent.FollowAsync("2022-0001");
        await agent.PressAsync("报送名单");
        await agent.Page.GotoAsync($"/receipts/{paid.PaymentId}/refund");
        await agent.ChooseAsync("退费原因", "经办差错");
        await agent.FillAsync("情况说明", "金额收错");
        await agent.ShowAsync("refund-request");
        await agent.PressAsync("申请退费");
        await agent.SeesAsync("待领导决定");

        await using var supervisor = await chromium.OpenAsync(site, screen);
        await supervisor.SignInAsync("supervisor");
        await supervisor.FollowAsync("退费");
        await supervisor.ShowAsync("refunds-supervisor");
        await supervisor.FollowAsync("王建国");
        await supervisor.FillAsync("审核意见", "情况属实，同意退费");
        await supervisor.ShowAsync("refund-decide");
        await supervisor.PressAsync("同意退费");
        await supervisor.SeesAsync("待补收款账号");

        await agent.FollowAsync("退费");
        await agent.FollowAsync("王建国");
        await agent.FillAsync("收款人", "王建国");
        await agent.FillAsync("收款账号", "6228 4804 0000 0000 018");
        await agent.ShowAsync("refund-payee");
        await agent.PressAsync("保存账号");
        await agent.SeesAsync("王** 尾号 0018");

        await using var tax = await chromium.OpenAsync(site, screen);
        await tax.SignInAsync("tax");
        await tax.FollowAsync("退费");
        await tax.PressAsync("生成付款文件");
        await tax.SeesAsync("第 1 号");
        await ConfirmAsync(tax, "流水号,金额,结果,失败原因\nTF0001-0001,320.00,失败,户名不符\nTF0001-0009,320.00,成功,\n");
        await tax.SeesAsync("付款文件里没有这个流水号");
        await tax.ShowAsync("refunds-tax");
        await tax.FollowAsync("王建国");
        await tax.SeesAsync("户名不符");
        await tax.ShowAsync("refund-failed");
    }

    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task Whoever_a_list_made_exempt_is_shown_and_asked_for_together(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent, Role.Bureau);
        var household = await site.FoundAsync("village-a", "H0001");
        foreach (var (name, sequence) in new[] { ("王建国", 1), ("王小虎", 3) })
        {
            var relation = sequence == 1 ? Relation.Head : Relation.Son;
            var person = await site.RegisterAsync(name, new(1980, 2, 3), sequence, ("village-a", household), relation);
            await site.AskForRefundAsync(await site.PayAsync(person.PersonId), ask: false);
        }

        await site.ExemptAsync(new(1980, 2, 3), 1, 3);
        await using var bureau = await chromium.OpenAsync(site, screen);
        await bureau.SignInAsync("bureau");
        await bureau.FollowAsync("退费");
        await bureau.FollowAsync("新列入减免批量退费");
        await bureau.SeesAsync("2 人 640.00 元");
        await bureau.FillAsync("情况说明", "十一月孤儿名单");
        await bureau.ShowAsync("refunds-exempt");
        await bureau.PressAsync("一并申请退费");
        await bureau.SeesAsync("已申请 2 笔退费");
        await bureau.ShowAsync("refunds-bureau");
    }

    static async Task ConfirmAsync(Window tax, string text)
    {
        await tax.AttachAsync("银行付款结果", "bank.csv", text);
        await tax.PressAsync("登记付款结果");
    }
}
