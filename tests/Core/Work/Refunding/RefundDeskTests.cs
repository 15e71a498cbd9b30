using System.Text;
using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Files;
using Canbao.Core.Work;
using Canbao.Core.Work.Collecting;
using Canbao.Core.Work.Refunding;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Tests.Work.Refunding;

public class RefundDeskTests
{
    static readonly Viewer Supervisor = Refunding.Who(Role.Supervisor), Bureau = Refunding.Who(Role.Bureau), Tax = Refunding.Who(Role.Tax);

    [Theory, OnBothEngines]
    public async Task Nothing_goes_back_by_one_hand_twice_or_without_a_reason(Engine engine)
    {
        await using var town = await Refunding.OpenAsync(engine);
        var payment = await town.PayAsync();
        await town.RefusedAsync("C177", Tax, (act, viewer) => AskAsync(town, act, viewer, payment.PaymentId));
        await town.RefusedAsync("C170", Bureau, (act, viewer) => AskAsync(town, act, viewer, 7));
        var far = await town.PayAsync(TestArea.FarVillage);
        var agent = Refunding.Who(Role.Agent, TestArea.Village, "/bg/bg-01/bg-01-01/");
        await town.RefusedAsync("C170", agent, (act, viewer) => AskAsync(town, act, viewer, far.PaymentId));
        await town.RefusedAsync("C174", agent, (act, viewer) => AskAsync(town, act, viewer, payment.PaymentId, remark: " "));
        await town.RefusedAsync("C174", agent, (act, viewer) => AskAsync(town, act, viewer, payment.PaymentId, new("张三", "62")));
        await town.RefusedAsync("C174", agent, (act, viewer) => AskAsync(town, act, viewer, payment.PaymentId, new("", "622848040000")));
        var refund = await town.RequestAsync(payment);
        Assert.Equal(("requested", "supervisor", "张** 尾号 0018"), (refund.State, refund.Basis, refund.PayeeMask));
        await town.RefusedAsync("C171", agent, (act, viewer) => AskAsync(town, act, viewer, payment.PaymentId));
        Assert.Equal(0, await town.BalanceAsync(Accounts.Refunds));

        await town.RefusedAsync("C177", Bureau, (act, viewer) => town.Desk.ApproveAsync(act, viewer, refund.RefundId, "同意"));
        await town.RefusedAsync("C175", Supervisor with { Login = agent.Login },
            (act, viewer) => town.Desk.ApproveAsync(act, viewer, refund.RefundId, "同意"));
        await town.RefusedAsync("C174", Supervisor, (act, viewer) => town.Desk.ApproveAsync(act, viewer, refund.RefundId, ""));
        await town.RefusedAsync("C174", Supervisor, (act, viewer) => RefundDesk.RefuseAsync(act, viewer, refund.RefundId, ""));
        await town.AsAsync(Supervisor, (act, viewer) => town.Desk.ApproveAsync(act, viewer, refund.RefundId, "经核实收错"));
        Assert.Equal(-32_000, await town.BalanceAsync(Accounts.Refunds));
        Assert.Empty(await town.Area.ReadAsync(session => Covers.OfAsync(session, TestArea.Code, [2022], [payment.PersonId])));
        await town.RefusedAsync("C176", Supervisor, (act, viewer) => town.Desk.ApproveAsync(act, viewer, refund.RefundId, "同意"));
        await town.RefusedAsync("C171", agent, (act, viewer) => AskAsync(town, act, viewer, payment.PaymentId));
    }

    [Theory, OnBothEngines]
    public async Task What_is_not_agreed_to_stays_paid_and_can_be_asked_for_again(Engine engine)
    {
        await using var town = await Refunding.OpenAsync(engine);
        var payment = await town.PayAsync();
        var refund = await town.RequestAsync(payment);
        await town.AsAsync(Supervisor, (act, viewer) => RefundDesk.RefuseAsync(act, viewer, refund.RefundId, "待遇已享受"));
        var refused = await town.FindAsync(refund.RefundId);
        Assert.Equal(("refused", "待遇已享受"), (refused.State, refused.Decision));
        Assert.Single(await town.Area.ReadAsync(session => Covers.OfAsync(session, TestArea.Code, [2022], [payment.PersonId])));
        Assert.NotEqual(refund.RefundId, (await town.RequestAsync(payment)).RefundId);
        Assert.Equal(0, await town.BalanceAsync(Accounts.Refunds));
    }

    /// <summary>Cash in an open batch is given back across the table; cash that was handed in is a refund like any other.</summary>
    [Theory, OnBothEngines]
    public async Task Cash_is_voided_while_the_batch_is_open_and_refunded_later(Engine engine)
    {
        await using var village = await Collecting.Village.OpenAsync(engine);
        var desk = new RefundDesk(village.Area.Dues, village.Area.Vault);
        var paid = await village.PayAsync();
        await village.RefusedAsync("C171", "agent1", (act, viewer) =>
            desk.RequestAsync(act, viewer, [paid.PaymentId], Refunds.OfficeError, "收错", Refunding.Card));
        await village.AsAsync("agent1", (act, viewer) => BatchDesk.SubmitAsync(act, viewer, paid.BatchId!.Value));
        var refund = (await village.AsAsync("agent1", (act, viewer) =>
            desk.RequestAsync(act, viewer, [paid.PaymentId], Refunds.OfficeError, "收错", Refunding.Card)))[0];
        await village.Area.DoAsync("test", act => desk.ApproveAsync(act, Supervisor, refund.RefundId, "同意"));
        // The cash goes on to the treasury, from which it is paid back.
        await village.AsAsync("street1", (act, viewer) => BatchDesk.CheckAsync(
            act, viewer, paid.BatchId!.Value, Collecting.Village.Count(1), false));
        Assert.Equal((0, 32_000, -32_000), (await village.CashAsync("agent1"), await village.CashAsync("street1"),
            await village.BalanceAsync(Accounts.Refunds)));
    }

    [Theory, OnBothEngines]
    public async Task The_bank_pays_each_once_and_a_failed_one_is_paid_again(Engine engine)
    {
        await using var town = await Refunding.OpenAsync(engine);
        await town.RefusedAsync("C178", Tax, Payouts.MakeAsync);
        var (first, second) = (await town.ApprovedAsync(), await town.ApprovedAsync());
        var bare = await town.ApprovedAsync(new("", ""));
        await town.RefusedAsync("C177", Bureau, Payouts.MakeAsync);
        var payout = await town.AsAsync(Tax, Payouts.MakeAsync);
        Assert.Equal((1, 2, 64_000L), (payout.Number, payout.Count, payout.Amount));
        await town.RefusedAsync("C178", Tax, Payouts.MakeAsync);
        using var csv = new MemoryStream();
        await town.AsAsync(Tax, (act, viewer) => town.Payouts.WriteAsync(act, viewer, payout.PayoutId, false, csv));
        Assert.Equal(
            "流水号,收款人,收款账号,金额,用途\nTF0001-0001,张三,6228480400000000018,320.00,2022年度居民医保退费\n"
            + "TF0001-0002,张三,6228480400000000018,320.00,2022年度居民医保退费\n",
            Encoding.UTF8.GetString(csv.ToArray()).TrimStart('\uFEFF'));
        using var xlsx = new MemoryStream();
        await town.AsAsync(Tax, (act, viewer) => town.Payouts.WriteAsync(act, viewer, payout.PayoutId, true, xlsx));
        Assert.Equal("PK"u8.ToArray(), xlsx.ToArray()[..2]);

        const string Answer = "流水号,金额,结果,失败原因\nTF0001-0001,320.00,成功,\nTF0001-0002,320.00,失败,户名不符\n"
            + "TF0001-0003,320.00,成功,\nTF0001-0001,319.00,成功,\nTF0001-0001,320.00,在途,\nTF0001-0002,320.00,失败,\n一号,320,成功,\n";
        var done = await ConfirmAsync(town, Answer);
        Assert.Equal((1, 1, 0), (done.Paid, done.Failed, done.Known));
        Assert.Equal([4L, 5, 6, 7, 8], done.Faults.Select(fault => fault.Line));
        Assert.All(done.Faults, fault => Assert.Equal("C179", fault.Code));
        var again = await ConfirmAsync(town, Answer);
        Assert.Equal((0, 0, 2, 5), (again.Paid, again.Failed, again.Known, again.Faults.Count));
        Assert.Equal((-32_000 * 2, -32_000),
            (await town.BalanceAsync(Accounts.Refunds), await town.BalanceAsync(Accounts.Treasury)));
        var failed = await town.FindAsync(second.RefundId);
        Assert.Equal(("failed", "户名不符"), (failed.State, failed.Answer));
        Assert.Contains("已经登记", (await ConfirmAsync(town, "流水号,金额,结果,失败原因\nTF0001-0002,320.00,成功,\n")).Faults[0].Reason,
            StringComparison.Ordinal);

        await town.RefusedAsync("C176", Bureau, (act, viewer) => town.Desk.SetPayeeAsync(act, viewer, first.RefundId, Refunding.Card));
        await town.RefusedAsync("C174", Bureau, (act, viewer) => town.Desk.SetPayeeAsync(act, viewer, second.RefundId, new("", "")));
        var mended = await town.AsAsync(
            Bureau, (act, viewer) => town.Desk.SetPayeeAsync(act, viewer, second.RefundId, new("张三", "6217000000000000")));
        Assert.Equal(("approved", "张** 尾号 0000"), (mended.State, mended.PayeeMask));
        await town.AsAsync(Bureau, (act, viewer) => town.Desk.SetPayeeAsync(act, viewer, bare.RefundId, Refunding.Card));
        // Whoever entered an account does not pay into it.
        await town.RefusedAsync("C178", Tax with { Login = Bureau.Login }, Payouts.MakeAsync);
        Assert.Equal(2, (await town.AsAsync(Tax, Payouts.MakeAsync)).Count);
        // The old answer comes once more: it is about the first file.
        Assert.Equal(2, (await ConfirmAsync(town, Answer)).Known);
        await ConfirmAsync(town, "流水号,金额,结果\nTF0002-0001,320.00,成功\nTF0002-0002,320.00,成功\n");
        Assert.Equal((0, -96_000), (await town.BalanceAsync(Accounts.Refunds), await town.BalanceAsync(Accounts.Treasury)));
    }

    [Theory, OnBothEngines]
    public async Task Money_out_of_suspense_waits_for_an_account_and_is_paid_likewise(Engine engine)
    {
        await using var town = await Refunding.OpenAsync(engine);
        var desk = new ChannelDesk(town.Area.Dues, town.Area.Vault);
        var told = new ChannelMessage("wechat-1", TestArea.Year, Money.FromFen(32_000), town.Area.Clock.GetUtcNow())
        {
            Number = "不是号码",
            Name = "张三",
            HasMoved = true,
        };
        await town.Area.DoAsync("channel", act => desk.TakeAsync(act, "wechat", [told]));
        await town.AsAsync(Bureau, async (act, _) =>
        {
            await ChannelDesk.ReturnAsync(act, "wechat", "wechat-1");
            return true;
        });
        Assert.Equal(-32_000, await town.BalanceAsync(Accounts.Refunds));
        var waiting = Assert.Single(await town.Area.ReadAsync(session => RefundFiles.ListAsync(session, Bureau, ["approved"], (0, 9))));
        Assert.Equal(("", "待补收款账号", "医保经办"), (waiting.Name, Refunds.State(waiting.Refund), RefundFiles.WaitsFor(waiting.Refund)));
        var part = Refunding.Who(Role.Street, "bg-01", "/bg/bg-01/");
        Assert.Empty(await town.Area.ReadAsync(session => RefundFiles.ListAsync(session, part, [], (0, 9))));
        await town.RefusedAsync("C170", part, (act, viewer) =>
            town.Desk.SetPayeeAsync(act, viewer, waiting.Refund.RefundId, Refunding.Card));
        await town.AsAsync(Bureau, (act, viewer) => town.Desk.SetPayeeAsync(act, viewer, waiting.Refund.RefundId, Refunding.Card));
        await town.AsAsync(Tax, Payouts.MakeAsync);
        await ConfirmAsync(town, "流水号,金额,结果\nTF0001-0001,320.00,成功\n");
        Assert.Equal((0, -32_000), (await town.BalanceAsync(Accounts.Refunds), await town.BalanceAsync(Accounts.Treasury)));
    }

    [Theory, OnBothEngines, Clause("lingyuan 四(六)-new")]
    public async Task Everybody_whom_a_list_made_exempt_is_refunded_together(Engine engine)
    {
        await using var town = await Refunding.OpenAsync(engine, "lingyuan-2022");
        var payments = new[] { await town.PayAsync(), await town.PayAsync(), await town.PayAsync() };
        var mass = new MassRefund(town.Area.Dues, town.Area.Vault);
        Assert.Empty(await PreviewAsync());
        await town.ListAsync(1, 2);
        var preview = await PreviewAsync();
        Assert.Equal([payments[0].PaymentId, payments[1].PaymentId], preview.Select(one => one.Payment.PaymentId));
        Assert.All(preview, one => Assert.Equal(("lingyuan 四(六)-new", Money.Zero), (one.Basis!.Value.Clause, one.Due)));
        var other = new BatchCount(3, Money.FromFen(99_000));
        await town.RefusedAsync("C180", Bureau, (act, viewer) => mass.RequestAsync(act, viewer, town.Year, other, "名单"));
        await town.AsAsync(Bureau, (act, viewer) => mass.RequestAsync(act, viewer, town.Year, MassRefund.Count(preview), "十一月名单"));
        Assert.Empty(await PreviewAsync());
        var requested = await town.Area.ReadAsync(session => RefundFiles.ListAsync(session, Bureau, ["requested"], (0, 9)));
        Assert.Equal(["newly_exempt", "newly_exempt"], requested.Select(one => one.Refund.Reason));
        await town.RefusedAsync("C175", Bureau, (act, viewer) => town.Desk.ApproveAsync(act, viewer, requested[0].Refund.RefundId, ""));
        await town.AsAsync(Bureau with { Login = "bureau2" },
            (act, viewer) => town.Desk.ApproveAsync(act, viewer, requested[0].Refund.RefundId, ""));
        // Who owes nothing by now goes on being covered, as assisted.
        var cover = Assert.Single(await town.Area.ReadAsync(
            session => Covers.OfAsync(session, TestArea.Code, [2022], [payments[0].PersonId])));
        Assert.Equal((AssistedCover.Ground, new DateOnly(2022, 1, 1)), (cover.Ground, cover.FromDay));

        Task<IReadOnlyList<ExemptPayer>> PreviewAsync() => town.Area.ReadAsync(session =>
            mass.PreviewAsync(session, TestArea.Code, Bureau.Scope, town.Year, BusinessDay.Of(town.Area.Clock.GetUtcNow())));
    }

    static Task<IReadOnlyList<RefundRow>> AskAsync(
        Refunding town, Core.Events.Act act, Viewer viewer, long payment, Payee? payee = null, string remark = "说明") =>
        town.Desk.RequestAsync(act, viewer, [payment], Refunds.OfficeError, remark, payee ?? Refunding.Card);

    static Task<PayoutAnswer> ConfirmAsync(Refunding town, string text) => town.AsAsync(Tax, (act, viewer) =>
        Payouts.ConfirmAsync(act, viewer, new TableFile("bank.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(text)))));
}
