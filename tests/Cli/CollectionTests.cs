using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Cli.Tests;

public class CollectionTests
{
    [Fact]
    public async Task Batches_are_listed_and_shown_with_their_lines()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        var person = await area.RegisterAsync("张三", new(1985, 3, 20), 1);
        var agent = new NewAccount("agent1", "王小梅", Role.Agent, TestArea.Village);
        await Accounts.AddAsync(area.Database, TestArea.Code, new("test", "测试"), agent, "初始-Passw0rd");
        var paid = await area.DoAsync("cash.take", async act =>
        {
            await area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New);
            return await new CashDesk(area.Dues).TakeAsync(act, TestArea.Year, [new(person.PersonId, Money.FromFen(32_000))]);
        }, "agent1");
        In("list", "--year", "2022").Tells(0, "2022-0001", "收款中", "前街村", "王小梅", "1 人  320.00 元");
        In("show", $"{paid[0].BatchId}").Tells(0, "批次 2022-0001", $"{TestArea.Code}-2022-0001-001  张三  320.00");
        In("show", "7").Tells(2, "canbao: C130");
        // Paid in 2021, by the clock of the test; the program's own is later.
        In("cash").Tells(1, "超限  agent1  王小梅  前街村  320.00 元  最早 2021-11-05");

        Call In(params string[] arguments) => Call.In(area.PathOf("."), [], ["collection", .. arguments,
            "--area", $"{TestArea.Code}", "--database", area.Connection, "--keys", area.KeyPath]);
    }
}
