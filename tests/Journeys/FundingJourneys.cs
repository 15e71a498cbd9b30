using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class FundingJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    static readonly DateOnly Born = new(1980, 2, 3);

    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task What_funders_owe_is_claimed_and_settled_by_four_hands(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(
            engine, new TestClock("2021-11-05 09:00"), Role.Bureau, Role.Finance, Role.Tax);
        await site.AddAccountAsync(new NewAccount("finance2", "钱会计", Role.Finance, "county"));
        var household = await site.FoundAsync("village-a", "H0001");
        await site.PayAsync((await site.RegisterAsync("王建国", Born, 1, ("village-a", household), Relation.Head)).PersonId);
        var first = await site.RegisterAsync("赵小虎", Born, 3, ("village-a", household), Relation.OtherRelative);
        var second = await site.RegisterAsync("孙小梅", Born, 4, ("village-b", household), Relation.OtherRelative);
        var day = new DateOnly(2021, 11, 1);
        await site.ApplyAsync(List("civil_affairs", "孤儿"), $"身份证号码\n{TestArea.Number(Born, 3).Full}\n");
        await site.ApplyAsync(List("health", "农村独女户"), $"身份证号码\n{TestArea.Number(Born, 4).Full}\n");
        await site.EnrolAsync(first.PersonId, second.PersonId);

        await using var bureau = await chromium.OpenAsync(site, screen);
        await bureau.SignInAsync("bureau");
        await bureau.FollowAsync("资助资金");
        await bureau.SeesAsync("没有已核算的资助资金");
        await bureau.PressAsync("核算 2022 年度");
        await bureau.SeesAsync("3 人有变动：增加 2380.00 元");
        await bureau.ShowAsync("funding");
        await bureau.FollowAsync("资金申请");
        await bureau.FollowAsync("新申请");
        await bureau.ChooseAsync("承担方", "市财政");
        await bureau.PressAsync("查看金额");
        await bureau.SeesAsync("2 人 480.00 元");
        await bureau.ShowAsync("funding-claim-new");
        await bureau.FollowAsync("看名单");
        await bureau.SeesAsync("孙小梅");
        await bureau.ShowAsync("funding-people");
        Assert.Equal("PK"u8.ToArray(), (await bureau.DownloadAsync("下载名单（工作簿）"))[..2]);
        await bureau.Page.GoBackAsync();
        await bureau.PressAsync("提交财政审核");
        await bureau.SeesAsync("待财政审核");

        await ThroughFinanceAndTaxAsync(site, screen);

        RosterOrder List(string department, string category) => new(department, RosterKind.Full, day) { Category = category };
    }
    async Task ThroughFinanceAndTaxAsync(WebSite site, string screen)
    {
        await using var finance = await chromium.OpenAsync(site, screen);
        await finance.SignInAsync("finance");
        await finance.FollowAsync("资助资金");
        await finance.FollowAsync("资金申请");
        await finance.ShowAsync("funding-claims");
        await finance.FollowAsync("第 1 号");
        await finance.PressAsync("退回");
        await finance.SeesAsync("C195");
        await finance.FillAsync("审核意见", "名单已核对");
        await finance.ShowAsync("funding-claim-approve");
        await finance.PressAsync("同意拨付");
        await finance.SeesAsync("待拨付");

        await using var other = await chromium.OpenAsync(site, screen);
        await other.SignInAsync("finance2");
        await other.FollowAsync("资助资金");
        await other.FollowAsync("资金申请");
        await other.FollowAsync("第 1 号");
        await other.FillAsync("拨付日期", "2021-11-05");
        await other.FillAsync("拨款凭证号", "市财拨〔2021〕18号");
        await other.ShowAsync("funding-claim-allocate");
        await other.PressAsync("登记拨付");
        await other.SeesAsync("待确认到账");

        await using var tax = await chromium.OpenAsync(site, screen);
        await tax.SignInAsync("tax");
        await tax.FollowAsync("资助资金");
        await tax.FollowAsync("资金申请");
        await tax.FollowAsync("第 1 号");
        await tax.PressAsync("确认到账");
        await tax.SeesAsync("已结清");
        await tax.ShowAsync("funding-claim-settled");
    }
}
