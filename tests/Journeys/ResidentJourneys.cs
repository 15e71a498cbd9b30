using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class ResidentJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task A_resident_looks_up_pays_for_the_family_and_shows_a_certificate(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent);
        await site.EnrolHouseholdAsync("village-a", "H0001", ("王建国", 1), ("赵秀兰", 3), ("王守田", 5));
        await site.OpenGatewayAsync();
        await using var window = await chromium.OpenAsync(site, screen, script: true);
        await window.Page.GotoAsync("/my");
        await window.ShowAsync("resident-ask");
        await window.FillAsync("证件号码", WebSite.MemberNumber(1));
        await window.FillAsync("姓名", "王建军");
        await window.PressAsync("查询");
        await window.SeesAsync("没有查到");
        await window.ShowAsync("resident-not-found");
        Assert.Empty(await Axe.FaultsAsync(window.Page));
        await window.LookUpAsync(WebSite.MemberNumber(1), "王建国");
        await window.SeesAsync("应缴 320.00 元");
        await window.SeesAsync("赵*兰");
        await window.ShowAsync("resident-owing");
        Assert.Empty(await Axe.FaultsAsync(window.Page));
        await window.FollowAsync("给自己和家人缴费");
        await window.ShowAsync("resident-pay");
        await window.Page.GetByRole(Microsoft.Playwright.AriaRole.Checkbox).Last.UncheckAsync();
        await window.PressAsync("下单");
        await window.SeesAsync("待付 640.00 元");
        await window.ShowAsync("resident-order");
        Assert.Empty(await Axe.FaultsAsync(window.Page));
        var order = window.Page.Url;
        await window.FollowAsync("在本机付款");
        await window.ShowAsync("resident-gateway");
        await window.PressAsync("确认付款");
        await window.SeesAsync("付款成功");
        await window.ShowAsync("resident-gateway-paid");
        await window.Page.GotoAsync(order);
        await window.SeesAsync("已缴 640.00 元");
        await window.FollowAsync("已缴，看凭据");
        await window.SeesAsync("人民币叁佰贰拾元整");
        await window.ShowAsync("resident-receipt");
        await window.Page.GotoAsync("/my");
        await window.SeesAsync("2022-01-01 至 2022-12-31");
        await window.ShowAsync("resident-paid");
        await window.FollowAsync("参保证明");
        await window.ShowAsync("resident-certificate");
        var paper = await window.Page.Locator("main").InnerTextAsync();
        await window.Page.GotoAsync("/receipts/check");
        await window.FillAsync("票据号或证明编号", Regex.Match(paper, @"\d{6}-Z2022-\d+").Value);
        await window.FillAsync("校验码", Regex.Match(paper, @"校验码\s*(\S+)").Groups[1].Value);
        await window.PressAsync("核验");
        await window.SeesAsync("参保证明真实有效");
        await window.ShowAsync("resident-checked");
        await window.Page.GotoAsync("/my");
        await window.PressAsync("看完了");
        await window.SeesAsync("查询已结束");
    }

    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task A_mother_applies_for_her_newborn_and_the_village_registers_it(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent);
        await site.EnrolHouseholdAsync("village-a", "H0001", ("王建国", 1), ("赵秀兰", 3));
        await using var mother = await chromium.OpenAsync(site, screen);
        await mother.Page.GotoAsync("/my/register");
        await mother.ShowAsync("resident-register-household");
        await mother.Page.GotoAsync("/my");
        await mother.LookUpAsync(WebSite.MemberNumber(3), "赵秀兰");
        await mother.FollowAsync("家里有新生儿：网上申请登记");
        await mother.FillAsync("姓名", "王小禾");
        await mother.ChooseAsync("性别", "女");
        await mother.FillAsync("出生日期", "2021-10-20");
        await mother.ChooseAsync("与户主关系", "女");
        await mother.AttachPictureAsync("出生医学证明", "出生证明.png");
        await mother.ShowAsync("resident-newborn");
        await mother.PressAsync("提交申请");
        await mother.SeesAsync("待受理");
        await mother.ShowAsync("resident-applied");
        var state = mother.Page.Url;
        await using var agent = await chromium.OpenAsync(site, screen);
        await agent.SignInAsync("agent");
        await agent.FollowAsync("居民申请");
        await agent.ShowAsync("applications");
        await agent.FollowAsync("新生儿登记");
        await agent.ShowAsync("application");
        await agent.Page.Locator("main summary").First.ClickAsync();
        await agent.FillAsync("查看原因", "核对出生医学证明");
        await agent.PressAsync("打开");
        await agent.ShowAsync("application-picture");
        await agent.PressAsync("核对无误，登记");
        await agent.SeesAsync("已登记");
        await mother.Page.GotoAsync(state);
        await mother.SeesAsync("已登记");
        await mother.Page.GotoAsync("/my");
        await mother.SeesAsync("王*禾");
        await mother.ShowAsync("resident-newborn-registered");
    }
}
