using System.Text;
using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Core.Work.Reconciliation;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Cli.Tests;

/// <summary>The verbs of reconciliation against a database, in the order of a day.</summary>
public class ReconcileTests
{
    static readonly DateOnly Born = new(1985, 3, 20), Day = new(2021, 11, 5);

    [Theory, OnBothEngines, Clause("lishi 六(三)")]
    public async Task A_day_is_imported_deposited_and_closed_by_another_hand(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var desk = new ChannelDesk(area.Dues, area.Vault);
        await area.DoAsync("channel.add", act => new Channels(area.Vault).AddAsync(act, "bank", "农商银行"));
        foreach (int sequence in new[] { 1, 3 })
        {
            var person = await area.RegisterAsync("张三", Born, sequence);
            await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        }

        await area.DoAsync("channel.take", act => desk.TakeAsync(act, "bank", [Told("R1", 1, Day), Told("R2", 3, Day)]), "@bank");
        File.WriteAllText(area.PathOf("short.csv"), Statement("R1"));
        File.WriteAllText(area.PathOf("whole.csv"), Statement("R1", "R2"));
        File.WriteAllText(area.PathOf("other.csv"), Statement("R3").Replace("11-05", "10-05", StringComparison.Ordinal));
        In("show").Tells(0, "渠道对账单：未导入", "我方入账：640.00 元", "缴入国库：0.00 元", "未日结");
        In("run").Tells(2, "canbao: C150");
        In("import", "other.csv", "--year", "2022").Tells(2, "canbao: C153");
        // Open until the bank sends what it left out.
        In("import", "short.csv", "--year", "2022").Tells(1, "已导入 1 行，计 320.00 元", "1 条，待处理 1 条");
        In("close").Tells(2, "canbao: C156");
        In("import", "whole.csv", "--year", "2022").Tells(0, "已导入 2 行，计 640.00 元");
        In("import", "whole.csv", "--year", "2022").Tells(0, "这份对账单已经导入过，没有变化");
        In("run").Tells(0, "渠道对账单：640.00 元", "我方入账：640.00 元");
        In("deposit", "--slip", "JC-1", "--amount", "三百").Tells(2, "C160");
        In("deposit", "--slip", "JC-1", "--amount", "320").Tells(0, "缴入国库：320.00 元");
        In("deposit", "--slip", "JC-1", "--amount", "320").Tells(2, "canbao: C160");
        In("deposit", "--slip", "JC-2", "--amount", "320.00").Tells(0, "缴入国库：640.00 元");
        // Whoever imported does not close.
        In("close").Tells(2, "canbao: C158");
        In("show").Tells(0, "未日结");
        await area.DoAsync("day.close", act => DayDesk.CloseAsync(act, "bank", Day), "tax2");
        In("show").Tells(0, "已日结（tax2）");
        In("deposit", "--slip", "JC-3", "--amount", "320").Tells(2, "canbao: C151");
        Assert.Empty(await area.ReadAsync(session => MoneyCheck.RunAsync(session, TestArea.Code)));

        Call In(string verb, params string[] arguments) => Call.In(area.PathOf("."), [], ["reconcile", verb, .. arguments,
            "--area", $"{TestArea.Code}", "--code", "bank", "--day", "2021-11-05", "--database", area.Connection, "--keys", area.KeyPath]);
    }

    [Fact]
    public async Task A_day_that_others_prepared_is_closed()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        var reconciler = new Reconciler(new(area.Dues, area.Vault), area.Vault);
        await area.DoAsync("channel.add", act => new Channels(area.Vault).AddAsync(act, "bank", "农商银行"));
        var person = await area.RegisterAsync("张三", Born, 1);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        await area.DoAsync("channel.take",
            act => new ChannelDesk(area.Dues, area.Vault).TakeAsync(act, "bank", [Told("R1", 1, Day)]), "@bank");
        await area.DoAsync("statement.import", act => reconciler.ImportAsync(act, new(
            "bank", Day, TestArea.Year, "s.csv", new MemoryStream(Encoding.UTF8.GetBytes(Statement("R1"))))), "tax1");
        await area.DoAsync("deposit.enter", act => DayDesk.DepositAsync(act, "bank", Day, Money.FromFen(32_000), "JC-1"), "tax1");
        Call.In(area.PathOf("."), [], "reconcile", "close", "--area", $"{TestArea.Code}", "--code", "bank", "--day", "2021-11-05",
            "--database", area.Connection, "--keys", area.KeyPath).Tells(0, "已日结（@");
    }

    static string Statement(params string[] references) => "流水号,金额,缴费时间\n"
        + string.Concat(references.Select(reference => $"{reference},320.00,2021-11-05 09:00:00\n"));

    static ChannelMessage Told(string reference, int sequence, DateOnly on) =>
        new(reference, TestArea.Year, Money.FromFen(32_000), new(on, new(9, 0), BusinessDay.Offset))
        {
            Number = TestArea.Number(Born, sequence).Full,
            Name = "张三",
            HasMoved = true,
        };
}
