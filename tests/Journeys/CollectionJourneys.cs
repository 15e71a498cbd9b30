using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class CollectionJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task Cash_goes_from_the_agent_to_the_treasury(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(
            engine, new TestClock("2021-11-05 09:00"), Role.Agent, Role.Street, Role.Tax, Role.Bureau);
        await site.EnrolHouseholdAsync("village-a", "H0001", ("王建国", 1), ("王小虎", 3), ("王小龙", 5));
        await using var agent = await chromium.OpenAsync(site, screen);
        await using var street = await chromium.OpenAsync(site, screen);
        await using var tax = await chromium.OpenAsync(site, screen);
        await agent.SignInAsync("agent");
        await street.SignInAsync("street");
        await tax.SignInAsync("tax");

        await TakeAndSubmitAsync(agent);
        await ReturnAndCheckAsync(street);

        // Tax declares by the list.
        await tax.FollowAsync("代收批次");
        await tax.FollowAsync("2022-0001");
        await tax.FillAsync("人数", "2");
        await tax.FillAsync("金额", "320.00");
        await tax.FillAsync("申报序号", "SB20211105-7");
        await tax.PressAsync("申报相符，通知缴存");
        await tax.SeesAsync("申报是 2 人 320.00 元，名单是 2 人 640.00 元");
        await tax.ShowAsync("batch-declare-refused");
        await tax.FillAsync("金额", "640.00");
        await tax.PressAsync("申报相符，通知缴存");
        await tax.SeesAsync("待存入税务账户");

        await street.FollowAsync("代收批次");
        await street.FollowAsync("2022-0001");
        await street.SeesAsync("还有 3 个工作日");
        await street.FillAsync("金额", "640.00");
        await street.FillAsync("缴存银行", "农业银行柳林支行");
        await street.FillAsync("缴款单号", "JK0001");
        await street.ShowAsync("batch-deposit");
        await street.PressAsync("登记缴存");
        await street.SeesAsync("待入库核对");

        await tax.FollowAsync("代收批次");
        await tax.FollowAsync("2022-0001");
        await tax.FillAsync("金额", "640.00");
        await tax.FillAsync("入库凭证号", "RK0001");
        await tax.PressAsync("核对入库");
        await tax.SeesAsync("已入库");
        await tax.ShowAsync("batch-settled");

        await AnswerAsync(agent);
    }

    static async Task TakeAndSubmitAsync(Window agent)
    {
        await agent.FollowAsync("家庭户");
        await agent.FollowAsync("王建国");
        await agent.PressAsync("确认已收现金");
        await agent.SeesAsync("已收现金 960.00 元，3 人");
        await agent.FollowAsync("代收批次");
        await agent.SeesAsync("待我办理 1 批");
        await agent.ShowAsync("collection-agent");
        await agent.FollowAsync("2022-0001");
        await agent.SeesAsync("玖佰陆拾元整");
        await agent.ShowAsync("batch-open");
        await agent.PressAsync("报送名单");
        await agent.SeesAsync("待街道核对");
    }

    static async Task ReturnAndCheckAsync(Window street)
    {
        await street.FollowAsync("代收批次");
        await street.ShowAsync("collection-street");
        await street.FollowAsync("2022-0001");
        await street.Page.GetByLabel("王小龙").CheckAsync();
        await street.FillAsync("退回原因", "姓名与户口本不符");
        await street.ShowAsync("batch-check");
        await street.PressAsync("退回勾选的");
        await street.SeesAsync("已退回 1 笔");
        await street.FillAsync("人数", "2");
        await street.FillAsync("金额", "640");
        await street.PressAsync("核对无误");
        await street.SeesAsync("待税务申报");
    }

    static async Task AnswerAsync(Window agent)
    {
        await agent.FollowAsync("代收批次");
        await agent.FollowAsync("2022-0002");
        await agent.SeesAsync("王小龙 的收款被退回");
        await agent.ShowAsync("batch-returned");
        await agent.FillAsync("情况说明", "户口本已改，附照片");
        await agent.PressAsync("说明后保留");
        await agent.SeesAsync("曾退回");
        await agent.FollowAsync("370481-2022-0001-003".Replace("370481", $"{WebSite.Area}", StringComparison.Ordinal));
        await agent.SeesAsync("人民币叁佰贰拾元整");
        await agent.ShowAsync("receipt");
        await agent.Page.GetByText("补打、作废").ClickAsync();
        await agent.Page.Locator("#why-void").FillAsync("本人已在微信缴费");
        await agent.ShowAsync("receipt-void");
        await agent.PressAsync("作废票据");
        await agent.SeesAsync("请把 320.00 元退给缴费人并收回票据");
        await agent.ShowAsync("receipt-voided");
    }

    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task Cash_in_hand_is_counted_and_handed_over(string screen, Engine engine)
    {
        var clock = new TestClock("2021-11-05 09:00");
        await using var site = await WebSite.OpenAsync(engine, clock, Role.Agent, Role.Street, Role.Bureau);
        await site.AddAccountAsync(new NewAccount("agent-2", "赵小燕", Role.Agent, "village-a"));
        var household = await site.FoundAsync("village-a", "H0001");
        var paid = await site.PayAsync((await site.RegisterAsync("王建国", new(1980, 2, 3), 1, ("village-a", household),
            Core.Registry.Relation.Head)).PersonId);
        clock.Set("2021-11-12 09:00");
        await using var bureau = await chromium.OpenAsync(site, screen);
        await bureau.SignInAsync("bureau");
        await bureau.FollowAsync("手中现金");
        await bureau.SeesAsync("超限未交");
        await bureau.FillAsync("每人最多", "5000");
        await bureau.FillAsync("最多存放", "5");
        await bureau.PressAsync("保存限额");
        await bureau.SeesAsync("每人不超过 5000.00 元，最早一笔不超过 5 天");
        await bureau.ShowAsync("cash-bureau");

        await using var street = await chromium.OpenAsync(site, screen);
        await street.SignInAsync("street");
        await street.FollowAsync("手中现金");
        await CountAsync(street, "300", "清点少一张");
        await street.SeesAsync("比账面少 20.00 元");
        await street.ShowAsync("cash-short");
        await CountAsync(street, "320", "已补上");
        await street.SeesAsync("比账面多 20.00 元");
        await street.ChooseInAsync("移交现金和批次", "移交人", "王小梅（东沟村）");
        await street.ChooseInAsync("移交现金和批次", "接收人", "赵小燕（东沟村）");
        await street.Page.Locator("#why-over").FillAsync("王小梅请产假");
        await street.PressAsync("登记移交");
        await street.SeesAsync("已移交现金 320.00 元、批次 1 个");
        await street.ShowAsync("cash-street");

        await using var agent = await chromium.OpenAsync(site, screen);
        await agent.SignInAsync("agent");
        await agent.FollowAsync("手中现金");
        await agent.SeesAsync("您手中没有未上交的现金");
        await agent.ShowAsync("cash-agent");

        // Anybody checks a paper without signing in.
        var (number, code) = await site.ReceiptAsync(paid.PaymentId);
        await using var anybody = await chromium.OpenAsync(site, screen);
        await anybody.Page.GotoAsync("/receipts/check");
        await anybody.FillAsync("票据号或证明编号", number);
        await anybody.FillAsync("校验码", code);
        await anybody.PressAsync("核验");
        await anybody.SeesAsync("票据真实有效");
        await anybody.ShowAsync("receipt-check");
    }

    static async Task CountAsync(Window street, string amount, string why)
    {
        await street.ChooseInAsync("清点现金", "持有人", "王小梅（东沟村）");
        await street.FillAsync("清点金额", amount);
        await street.Page.Locator("#why-count").FillAsync(why);
        await street.PressAsync("登记清点");
    }

    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task A_village_collective_pays_for_its_people_in_one_sum(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent, Role.Tax, Role.Bureau);
        await site.EnrolHouseholdAsync("village-a", "H0001", ("王建国", 1), ("王小龙", 3), ("王小虎", 5));
        string Line(string name, int sequence) => $"{TestArea.Number(new(1980, 2, 3), sequence).Full},{name}\n";
        var list = $"身份证号码,姓名\n{Line("王建国", 1)}{Line("王小龙", 3)}{Line("李四", 5)}";
        await using var agent = await chromium.OpenAsync(site, screen);
        await using var tax = await chromium.OpenAsync(site, screen);
        await agent.SignInAsync("agent");
        await tax.SignInAsync("tax");
        await PrepareAsync(agent, list);
        await tax.FollowAsync("代收批次");
        await tax.FollowAsync("2022-0001");
        await tax.FillAsync("人数", "2");
        await tax.FillAsync("金额", "640");
        await tax.FillAsync("缴款通知书号", "TZ-20211105");
        await tax.PressAsync("申报相符，通知缴存");
        await tax.SeesAsync("待存入税务账户");

        await agent.FollowAsync("代收批次");
        await agent.FollowAsync("2022-0001");
        await agent.FillAsync("金额", "650");
        await agent.FillAsync("缴存银行", "农业银行");
        await agent.FillAsync("缴款单号", "JK-1");
        await agent.PressAsync("登记缴存");
        await agent.SeesAsync("多 10.00 元");
        await agent.FillAsync("不符时的理由", "村里多存了10元");
        await agent.ShowAsync("group-misfit");
        await agent.PressAsync("登记缴存");
        await agent.SeesAsync("款项不符，待税务处理");

        await tax.FollowAsync("代收批次");
        await tax.FollowAsync("2022-0001");
        await tax.FillAsync("理由", "多存部分退回");
        await tax.ShowAsync("group-suspended");
        await tax.PressAsync("勾选的入账，余款退回");
        await tax.SeesAsync("待入库核对");
        await agent.FollowAsync("代收批次");
        await agent.FollowAsync("2022-0001");
        await agent.FollowAsync("缴费单位凭据");
        await agent.SeesAsync("人民币陆佰伍拾元整");
        await agent.SeesAsync("2 人 640.00 元");
        await agent.ShowAsync("group-receipt");

        await using var bureau = await chromium.OpenAsync(site, screen);
        await bureau.SignInAsync("bureau");
        await bureau.FollowAsync("退费");
        await bureau.SeesAsync("10.00");
    }

    static async Task PrepareAsync(Window agent, string list)
    {
        await agent.FollowAsync("集体缴费");
        await agent.ShowAsync("group");
        await agent.AttachAsync("文件", "名单.csv", list);
        await agent.PressAsync("上传并试算");
        await agent.SeesAsync("640.00 元");
        await agent.SeesAsync("姓名与登记的不一致");
        await agent.FillAsync("缴费单位", "东沟村集体");
        await agent.ChooseAsync("性质", "村集体");
        await agent.ShowAsync("group-trial");
        await agent.PressAsync("确认名单，送税务申报");
        await agent.SeesAsync("名单已确认，等税务申报");
        await agent.ShowAsync("group-confirmed");
    }

    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task A_school_tells_the_parents_and_collects_the_rest(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Tax);
        await site.AddSchoolAsync("陈晨", "郭岩", "何静");
        await using var school = await chromium.OpenAsync(site, screen);
        await using var tax = await chromium.OpenAsync(site, screen);
        await school.SignInAsync("school-a");
        await tax.SignInAsync("tax");
        await school.FollowAsync("学生缴费");
        await school.PressAsync("登记名单送税务核对");
        await school.SeesAsync("名单已送税务核对");
        await tax.FollowAsync("代收批次");
        await tax.FollowAsync("2022-0001");
        await tax.FillAsync("人数", "3");
        await tax.PressAsync("核对无误");
        await tax.SeesAsync("待通知家长");
        await school.FollowAsync("代收批次");
        await school.FollowAsync("2022-0001");
        await school.PressAsync("登记已通知");
        await school.SeesAsync("2021-11-08");
        await school.ShowAsync("school-notice");
        await school.FollowAsync("学生缴费");
        await school.Page.GetByLabel("郭岩").CheckAsync();
        await school.ShowAsync("school-pupils");
        await school.PressAsync("确认已收现金");
        await school.SeesAsync("已收现金 320.00 元，1 人");
        await school.FollowAsync("代收批次");
        await school.FollowAsync("2022-0002");
        await school.PressAsync("报送名单");
        await school.SeesAsync("待税务核对申报");
        await school.ShowAsync("school-batch");
    }
}
