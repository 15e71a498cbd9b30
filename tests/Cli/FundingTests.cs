using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Cli.Tests;

public class FundingTests
{
    [Fact, Clause("baogou 二(二)-budget")]
    public async Task What_funders_owe_is_booked_once_and_billed()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        var old = await area.RegisterAsync("张三", new(1945, 3, 20), 1);
        In("bill", "--year", "2022").Tells(0, "合计  应拨 0.00 元");
        await area.DoAsync("enrol", act => new RegisterDesk(area.People, area.Enrolments, area.Dues)
            .EnrolAsync(act, new(TestArea.Year, EnrolmentKinds.New, 1), [old.PersonId]));
        In("book", "--year", "2022").Tells(0, "1 人有变动：增加 900.00 元，扣回 0.00 元");
        In("book", "--year", "2022").Tells(0, "没有变动");
        In("bill", "--year", "2022").Tells(
            0, "市财政  70岁以上老年人  baogou 二(二)2  应拨 320.00 元，未申请 320.00 元，申请中 0.00 元，已结清 0.00 元",
            "财政补助资金  财政补助  baogou 二(一)  应拨 580.00 元", "合计  应拨 900.00 元");

        Call In(params string[] arguments) => Call.In(area.PathOf("."), [], ["funding", .. arguments,
            "--area", $"{TestArea.Code}", "--database", area.Connection, "--keys", area.KeyPath]);
    }
}
