using Canbao.Core.Access;
using Canbao.Core.Exchange;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class ExchangeJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    static readonly DateOnly Born = new(1980, 2, 3);

    [JourneyTheory, Clause("lishi 七(二)-friday")]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task Lists_go_out_what_comes_is_dealt_with_and_words_are_translated(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Bureau);
        var household = await site.FoundAsync("village-a", "H0001");
        var person = await site.RegisterAsync("王建国", Born, 1, ("village-a", household), Relation.Head);
        await site.RegisterAsync("赵秀兰", Born, 2, ("village-a", household), Relation.Spouse);
        await site.PayAsync(person.PersonId);
        await site.AddPartnerAsync("bureau");
        await site.AddPartnerAsync("street", "http://127.0.0.1:9/exchange", "town");
        await site.AddPartnerAsync("civil_affairs");
        await site.HandOverAsync("civil_affairs", "roster", $"身份证号码,人员类别\n{TestArea.Number(Born, 2).Full},A07\n");

        await using var bureau = await chromium.OpenAsync(site, screen);
        await bureau.SignInAsync("bureau");
        await bureau.FollowAsync("数据交换");
        await bureau.PressAsync("生成周五名单");
        await bureau.SeesAsync("已生成 3 份，共 4 行，等待发送");
        await site.ExchangeAsync();
        await bureau.Page.ReloadAsync();
        await bureau.SeesAsync("已发送，待回执");
        await bureau.ShowAsync("exchange");
        await bureau.ChooseAsync("单位", Roles.All[1].Chinese());
        await bureau.PressAsync("查询");
        await bureau.FollowAsync("已缴未缴名单");
        await bureau.SeesAsync("接收方没有回答");
        await bureau.ShowAsync("exchange-not-sent");
        await bureau.PressAsync("重新发送");
        await bureau.SeesAsync("已排入发送");
        await bureau.FollowAsync("返回数据交换");
        await bureau.FollowAsync("外部代码（1 个待对应）");
        await bureau.ShowAsync("exchange-codes");
        await bureau.FollowAsync("对应“A07”");
        await bureau.ChooseAsync("本地用语", "孤儿");
        await bureau.PressAsync("保存对应");
        await bureau.SeesAsync("没有待对应的代码");
        await bureau.FollowAsync("返回数据交换");
        await bureau.FollowAsync("全量名单");
        await bureau.SeesAsync("X120");
        await bureau.ShowAsync("exchange-refused");
        await bureau.PressAsync("再办一次");
        await bureau.SeesAsync("已再办：收下 1 行，退回 0 行");
        await bureau.ShowAsync("exchange-again");
    }
}
