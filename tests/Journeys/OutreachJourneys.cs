using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Microsoft.Playwright;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class OutreachJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    static readonly DateOnly Born = new(1980, 2, 3);

    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    [Clause("laishan 六(二)-expansion")]
    public async Task The_uninsured_are_shared_out_visited_and_closed(string screen, Engine engine)
    {
        await using var site = await OpenAsync(engine);
        await using (var street = await chromium.OpenAsync(site, screen))
        {
            await street.SignInAsync("street");
            await street.FollowAsync("扩面台账");
            await street.SeesAsync("台账还没有对象");
            await street.PressAsync("比对登记和缴费，更新台账");
            await street.SeesAsync("新立 4 人");
            await street.ShowAsync("outreach");
            await street.FollowAsync("指派");
            await street.SeesAsync("在办 4 人");
            await street.ShowAsync("outreach-assign");
            await street.PressAsync("指派");
            await street.SeesAsync("O109");
            await street.Page.GetByLabel("王小梅（东沟村 村社区协办员）").CheckAsync();
            await street.PressAsync("指派");
            await street.SeesAsync("王小梅 3 人；1 人所在单位没有选负责人，未指派");
        }

        await using var agent = await chromium.OpenAsync(site, screen);
        await agent.SignInAsync("agent");
        await agent.FollowAsync("扩面台账");
        await agent.ChooseAsync("负责人", "我负责的");
        await agent.PressAsync("查询");
        await agent.SeesAsync("孙小梅");
        await agent.FollowAsync("走访名单");
        await agent.SeesAsync("3 人");
        await agent.ShowAsync("outreach-visits");
        await agent.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await agent.ShowAsync("outreach-visits-print");
        await agent.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        await agent.FollowAsync("赵秀兰");
        await agent.ChooseAsync("方式", "上门");
        await agent.ChooseAsync("结果", "答应参保缴费");
        await agent.FillAsync("下次走访", "2021-11-12");
        await agent.ShowAsync("outreach-case");
        await agent.PressAsync("登记联系");
        await agent.SeesAsync("已登记联系");
        await agent.FollowAsync("返回台账");
        await agent.FollowAsync("孙小梅");
        await CloseAsync(agent);
    }

    static async Task CloseAsync(Window agent)
    {
        await agent.ChooseAsync("原因", "已参加职工医保");
        await agent.PressAsync("结案");
        await agent.SeesAsync("O107");
        await agent.ChooseAsync("依据", "参保凭证或证明");
        await agent.FillAsync("依据内容", "清河县某厂，2021 年 9 月起");
        await agent.PressAsync("结案");
        await agent.SeesAsync("结案没有改登记");
        await agent.ShowAsync("outreach-case-closed");
        await agent.FillAsync("理由", "已离职");
        await agent.PressAsync("恢复在办");
        await agent.SeesAsync("已恢复在办");
    }

    /// <summary>Three of a family who are not insured, one of them on a list, one who paid, and somebody in the other village.</summary>
    static async Task<WebSite> OpenAsync(Engine engine)
    {
        var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent, Role.Street);
        var (one, other) = (await site.FoundAsync("village-a", "H0001"), await site.FoundAsync("village-b", "H0002"));
        await site.RegisterAsync("王建国", Born, 1, ("village-a", one), Relation.Head);
        await site.RegisterAsync("赵秀兰", Born, 2, ("village-a", one), Relation.Spouse);
        await site.RegisterAsync("孙小梅", Born, 4, ("village-a", one), Relation.Daughter);
        await site.RegisterAsync("李春梅", Born, 6, ("village-b", other), Relation.Head);
        await site.PayAsync((await site.RegisterAsync("钱守信", Born, 3, ("village-a", one), Relation.OtherRelative)).PersonId);
        await site.ApplyAsync(
            new RosterOrder("civil_affairs", RosterKind.Full, new(2021, 11, 1)) { Category = "孤儿" },
            $"身份证号码\n{TestArea.Number(Born, 4).Full}\n");
        return site;
    }
}
