using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Cli.Tests;

public class OutreachTests
{
    [Fact, Clause("laishan 六(二)-expansion")]
    public async Task The_ledger_is_opened_once_and_counted()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        await area.RegisterAsync("张三", new(1985, 3, 20), 1);
        var other = await area.RegisterAsync("李四", new(1986, 3, 20), 3, null, status => status with { Unit = TestArea.FarVillage });
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, other.PersonId, EnrolmentKinds.New));
        In("open", "--unit", "bg-01").Tells(0, "新立 1 人，自动结案 0 人");
        In("open").Tells(0, "新立 1 人");
        In("open").Tells(0, "台账已是最新，没有变动");
        In("open", "--unit", "nowhere").Tells(2, "O111");
        In("list").Tells(0, "前街村\t1\t0\t0\t0\t0", "河西村\t0\t1\t0\t0\t0", "合计\t1\t1\t0\t0\t0");
        In("list", "--unit", "bg-02").Tells(0, "合计\t0\t1\t0\t0\t0");

        Call In(string verb, params string[] more) => Call.In(area.PathOf("."), [], ["outreach", verb, "--year", "2022", .. more,
            "--area", $"{TestArea.Code}", "--database", area.Connection, "--keys", area.KeyPath]);
    }
}
