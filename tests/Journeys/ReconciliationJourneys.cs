using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class ReconciliationJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task Tax_reconciles_a_day_and_the_bureau_closes_it(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 18:00"), Role.Tax, Role.Bureau);
        var household = await site.FoundAsync("village-a", "H0001");
        await site.OpenBankAsync("village-a", household, ("王建国", 1), ("李春梅", 3), ("赵秀兰", 5), ("孙玉芬", 7));
        await site.TellAsync("20211105000001", ("王建国", 1));
        await site.TellAsync("20211105000002", ("李春梅", 3));
        await site.TellAsync("20211105000003", ("赵秀兰", 5));
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("tax");
        await window.FollowAsync("渠道对账");
        await window.SeesAsync("未导入对账单");
        await window.FollowAsync("农商银行 2021-11-05");
        await window.AttachAsync("对账单", "1105.csv",
            "交易流水号,交易金额,交易时间,姓名,身份证号\n20211105000001,320.00,2021-11-05 08:30:00,,\n"
            + "20211105000002,310.00,2021-11-05 08:30:00,,\n20211105000002,310.00,2021-11-05 08:30:00,,\n"
            + $"20211105000004,320.00,2021-11-05 09:10:00,孙玉芬,{WebSite.PayerNumber(7)}\n"
            + $"20211105000005,320.00,2021-11-05 09:20:00,钱小六,{WebSite.PayerNumber(9)}\n");
        await window.PressAsync("导入并核对");
        await window.SeesAsync("已导入 5 行并核对");
        await window.SeesAsync("已挂账：查无此人或姓名不符");
        await window.ShowAsync("reconciled-day");
        await window.FollowAsync("20211105000002");
        await window.FillAsync("理由", "与农商银行电话核对，渠道实收310元");
        await window.ShowAsync("discrepancy");
        await window.PressAsync("以对账单为准，更正后挂账");
        await window.FollowAsync("20211105000003");
        await window.FillAsync("理由", "农商银行复函：未收到此笔");
        await window.PressAsync("渠道确认未收，冲回");
        await window.SeesAsync("流水号 20211105000003：渠道确认未收，冲回");
        await window.FillAsync("缴存凭证号", "JK-1105-1");
        await window.FillAsync("金额（元）", "1270.00");
        await window.PressAsync("登记缴存");
        await window.PressAsync("日结");
        await window.SeesAsync("经办过当日对账单、缴存或差异的人不能日结");
        await window.PressAsync("退出");
        await window.SignInAsync("bureau");
        await window.FollowAsync("渠道对账");
        await window.SeesAsync("待日结");
        await window.ShowAsync("reconciliation");
        await window.FollowAsync("农商银行 2021-11-05");
        await window.PressAsync("日结");
        await window.SeesAsync("日结，合计 1270.00 元");
        await window.ShowAsync("day-closed");
    }

    [JourneyTheory]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    public async Task Money_in_suspense_finds_its_person_or_goes_back(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 18:00"), Role.Tax);
        var household = await site.FoundAsync("village-a", "H0001");
        await site.OpenBankAsync("village-a", household, ("王建国", 1), ("李春梅", 3));
        await site.TellAsync("20211105000001", ("王建明", 1));
        await site.TellAsync("20211105000002", ("李春梅", 3), 30_000);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("tax");
        await window.FollowAsync("挂账处理");
        await window.SeesAsync("查无此人或姓名不符");
        await window.ShowAsync("suspense");
        await window.FollowAsync("20211105000001");
        await window.SeesAsync("王建明");
        await window.FillAsync("证件号码", WebSite.PayerNumber(1));
        await window.PressAsync("查找此人");
        await window.SeesAsync("王建国");
        await window.FillAsync("理由", "村里核实，姓名录错一字");
        await window.ShowAsync("suspense-person");
        await window.PressAsync("记入此人");
        await window.SeesAsync("流水号 20211105000001 已记入 王建国");
        await window.FollowAsync("20211105000002");
        await window.FillAsync("理由", "金额不足，退回重缴");
        await window.PressAsync("退回付款人");
        await window.SeesAsync("流水号 20211105000002 转为待退款");
        await window.SeesAsync("没有挂账的款项");
    }
}
