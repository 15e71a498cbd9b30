using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Registry;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work;
using Canbao.Core.Work.Collecting;
using Canbao.Core.Work.Refunding;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Tests.Work.Collecting;

public class GroupDeskTests
{
    const long Standard = Village.Standard;

    [Theory, OnBothEngines, Clause("laishan 二(四)"), Clause("laishan 二(三)")]
    public async Task One_sum_of_a_department_is_posted_person_by_person(Engine engine)
    {
        await using var group = await Group.OpenAsync(engine);
        var village = group.Village;
        var (first, second) = (await village.EnrolAsync(), await village.EnrolAsync());
        long id = await group.ConfirmedAsync("civil1", first, second);
        await village.RefusedAsync("C133", "civil1", Declare);
        await village.RefusedAsync("C130", "civil2", Declare);
        await village.RefusedAsync("C136", "tax1", (act, viewer) => BatchDesk.DeclareAsync(act, viewer, id, Village.Count(1), "TZ-1"));
        await village.AsAsync("tax1", Declare);
        Assert.Equal("civil_affairs", (await village.FileAsync(id))!.Clock!.Row.Office);
        Assert.Empty(await group.PaymentsAsync(id));
        // One fen less or more, and a sum in the hands of nobody.
        Assert.Equal("C185", await CodeAsync(() => group.DepositAsync("civil1", id, 2 * Standard - 1)));
        Assert.Equal("C185", await CodeAsync(() => group.DepositAsync("civil1", id, 2 * Standard + 1)));
        Assert.Equal("C133", await CodeAsync(() => group.DepositAsync("tax1", id, 2 * Standard)));
        await village.RefusedAsync(
            "C131", "civil1", (act, viewer) => BatchDesk.DepositAsync(act, viewer, id, Money.FromFen(2 * Standard), Village.Slip()));
        Assert.Equal("C144", await CodeAsync(() => group.DepositAsync("civil1", id, 2 * Standard, slip: Village.Slip("J", 4))));
        Assert.Equal(0, await village.BalanceAsync(Accounts.Tax));
        await group.DepositAsync("civil1", id, 2 * Standard);
        var payments = await group.PaymentsAsync(id);
        Assert.Equal([first.PersonId, second.PersonId], payments.Select(row => row.PersonId));
        Assert.Equal(["370481-2022-0001-001", "370481-2022-0001-002"], payments.Select(row => row.ReceiptNo));
        Assert.All(payments, row => Assert.Equal((Standard, "group", new DateOnly(2021, 11, 5)), (row.Amount, row.Channel, row.PaidOn)));
        Assert.Single(payments.Select(row => row.TransferId).Distinct());
        Assert.Equal(2, (await village.Area.ReadAsync(
            session => Covers.OfAsync(session, TestArea.Code, [2022], [first.PersonId, second.PersonId]))).Count);
        Assert.Equal(2 * Standard, await village.BalanceAsync(Accounts.Tax));
        Assert.Equal(-2 * Standard, await village.BalanceAsync(Accounts.Dues(TestArea.Year)));
        await village.AsAsync("tax1", (act, viewer) => BatchDesk.SettleAsync(act, viewer, id, Money.FromFen(2 * Standard), "RK-1"));
        Assert.Equal(
            (0, 2 * Standard), (await village.BalanceAsync(Accounts.Tax), await village.BalanceAsync(Accounts.Treasury)));

        Task<CollectionBatchRow> Declare(Canbao.Core.Events.Act act, Canbao.Core.Access.Viewer viewer) =>
            BatchDesk.DeclareAsync(act, viewer, id, Village.Count(2), "TZ-1");
    }

    [Theory, OnBothEngines, Clause("lishi 七(一)"), Clause("baogou 四(一)")]
    public async Task The_dry_run_says_of_everybody_what_a_donation_would_do(Engine engine)
    {
        await using var group = await Group.OpenAsync(engine);
        var village = group.Village;
        var (good, other, wrong, named) = (
            await village.EnrolAsync(), await village.EnrolAsync(), await village.EnrolAsync(), await village.EnrolAsync());
        var paid = await village.EnrolAsync();
        await village.TakeAsync("agent1", paid.PersonId);
        var died = await village.EnrolAsync();
        await village.Area.DoAsync("person.died", act => People.DiedAsync(act, died.PersonId, new(2021, 11, 1)));
        var exempt = await village.EnrolAsync();
        var lists = new Lists(village.Area);
        await lists.ApplyAsync(Lists.Full("孤儿"), $"身份证号码\n{village.Area.People.OpenNumber(exempt)}\n");
        var free = await village.Area.RegisterAsync("张三", new(1985, 3, 20), 99);
        var far = await village.EnrolAsync(status => status with { Unit = TestArea.FarVillage });
        var (order, outcome) = await group.TryAsync(
            "street1", group.Row(good), group.Row(other, amount: "320"), group.Row(wrong, amount: "319.99"), group.Row(named, "李四"),
            group.Row(paid), group.Row(died), group.Row(exempt), group.Row(free), group.Row(far), group.Row(good), "123,王五,\n",
            $"{TestArea.Number(new(1990, 1, 1), 7).Full},王五,\n", ",张三,\n");
        Assert.Equal(
            ["", "", "C104", "C106", "C102", "C107", "C103", "C101", "", "C183", "C106", "C106", "F221"],
            outcome.Lines.Select(line => line.Code));
        Assert.Equal("个人应缴 0.00 元，由资助承担，不用再缴", outcome.Lines[6].Text);
        Assert.Equal(new BatchCount(3, Money.FromFen(3 * Standard)), outcome.Count);
        // Whoever may not see somebody is told nothing of them.
        var seen = (await group.TryAsync("agent1", group.Row(good), group.Row(far))).Outcome.Lines;
        Assert.Equal(("", "C182", (Money?)null), (seen[0].Code, seen[1].Code, seen[1].Due));
        Assert.Equal("C181", await CodeAsync(() => group.LookAsync("agent1", order)));
        await village.RefusedAsync("C133", "street1", (act, viewer) =>
            group.Desk.ConfirmAsync(act, viewer, order, ("民政局", Groups.ByDepartment), outcome.Digest));
        await village.RefusedAsync("C137", "street1", (act, viewer) =>
            group.Desk.ConfirmAsync(act, viewer, order, (" ", Groups.ByDonor), outcome.Digest));
        await village.RefusedAsync("C133", "tax1", (act, viewer) =>
            group.Desk.ConfirmAsync(act, viewer, order, ("企业", Groups.ByDonor), outcome.Digest));
        await village.TakeAsync("agent1", other.PersonId);
        await village.RefusedAsync("C184", "street1", (act, viewer) =>
            group.Desk.ConfirmAsync(act, viewer, order, ("清河慈善会", Groups.ByDonor), outcome.Digest));
        outcome = await group.LookAsync("street1", order);
        long id = (await village.AsAsync("street1", (act, viewer) =>
            group.Desk.ConfirmAsync(act, viewer, order, ("清河慈善会", Groups.ByDonor), outcome.Digest))).BatchId;
        Assert.Equal(
            [good.PersonId, far.PersonId], (await village.FileAsync(id))!.Planned.Select(line => line.Row.PersonId));
        // Nobody is paid for twice at once; after the list was withdrawn they can be.
        Assert.Equal(["C183"], (await group.TryAsync("agent1", group.Row(good))).Outcome.Lines.Select(line => line.Code));
        await village.RefusedAsync("C133", "bureau1", (act, viewer) => GroupDesk.WithdrawAsync(act, viewer, id));
        await village.AsAsync("tax1", (act, viewer) => GroupDesk.WithdrawAsync(act, viewer, id));
        await village.RefusedAsync("C131", "tax1", (act, viewer) => GroupDesk.WithdrawAsync(act, viewer, id));
        Assert.Equal([""], (await group.TryAsync("agent1", group.Row(good))).Outcome.Lines.Select(line => line.Code));
    }

    [Theory, OnBothEngines, Clause("laishan 二(四)")]
    public async Task A_department_pays_only_the_personal_part_of_its_own_list(Engine engine)
    {
        await using var group = await Group.OpenAsync(engine);
        var village = group.Village;
        var (here, there, aided) = (await village.EnrolAsync(), await village.EnrolAsync(status =>
            status with { Unit = TestArea.FarVillage }), await village.EnrolAsync());
        var lists = new Lists(village.Area);
        string Number(PersonRow person) => village.Area.People.OpenNumber(person)!;
        await lists.ApplyAsync(Lists.Full("mark_disaster"), $"身份证号码\n{Number(here)}\n{Number(there)}\n{Number(aided)}\n");
        await lists.ApplyAsync(Lists.Full("孤儿", "health"), $"身份证号码\n{Number(aided)}\n");
        var order = new GroupOrder(TestArea.Year) { Category = "mark_disaster" };
        var all = await group.LookAsync("civil1", order);
        // The orphan's whole due is borne by a fund already.
        Assert.Equal(
            [(here.PersonId, ""), (there.PersonId, ""), (aided.PersonId, "C103")],
            all.Lines.Select(line => (line.PersonId!.Value, line.Code)).Order());
        Assert.Single((await group.LookAsync("civil1", order with { Unit = TestArea.FarVillage })).Lines);
        Assert.Equal(2, (await group.LookAsync("agent1", order)).Lines.Count);
        Assert.Empty((await group.LookAsync("civil1", order with { Category = "orphan" })).Lines);
        Assert.Equal("C181", await CodeAsync(() => group.LookAsync("agent1", order with { Unit = TestArea.FarVillage })));
        Assert.Equal("C181", await CodeAsync(() => group.LookAsync("civil1", order with { Category = "" })));
    }

    [Theory, OnBothEngines, Clause("laishan 二(四)"), Clause("baogou 四(二)")]
    public async Task A_sum_that_does_not_fit_waits_until_tax_has_decided(Engine engine)
    {
        await using var group = await Group.OpenAsync(engine);
        var village = group.Village;
        var (first, second) = (await village.EnrolAsync(), await village.EnrolAsync());
        long id = await group.DeclaredAsync("street1", first, second);
        await village.TakeAsync("agent1", second.PersonId);
        Assert.Equal("C186", await CodeAsync(() => group.DepositAsync("street1", id, 2 * Standard)));
        await group.DepositAsync("street1", id, 2 * Standard, "慈善会已存入");
        Assert.Equal(
            (Batches.Suspended, -2 * Standard), (await village.StateAsync(id), await village.BalanceAsync(Accounts.Suspense)));
        await village.RefusedAsync("C189", "tax1", (act, _) => ChannelDesk.ReturnAsync(act, Groups.Channel, "2022-0001"));
        await village.RefusedAsync("C133", "street1", (act, viewer) => group.Desk.WorkOffAsync(act, viewer, id, [first.PersonId]));
        await village.RefusedAsync(
            "C102", "tax1", (act, viewer) => group.Desk.WorkOffAsync(act, viewer, id, [first.PersonId, second.PersonId]));
        await village.RefusedAsync("C187", "tax1", (act, viewer) => group.Desk.WorkOffAsync(act, viewer, id, [first.PersonId, 1]));
        await village.AsAsync("tax1", (act, viewer) => group.Desk.WorkOffAsync(act, viewer, id, [first.PersonId]));
        Assert.Equal(first.PersonId, Assert.Single(await group.PaymentsAsync(id)).PersonId);
        Assert.Equal((0, -Standard), (await village.BalanceAsync(Accounts.Suspense), await village.BalanceAsync(Accounts.Refunds)));
        await village.RefusedAsync("C132", "tax1", Settle);
        await village.RefusedAsync(
            "C136", "tax2", (act, viewer) => BatchDesk.SettleAsync(act, viewer, id, Money.FromFen(Standard), "RK-1"));
        await village.AsAsync("tax2", Settle);
        Assert.Equal(2 * Standard, await village.BalanceAsync(Accounts.Treasury));
        // What is left goes back to the payer, to nobody else.
        var desk = new RefundDesk(village.Area.Dues, village.Area.Vault);
        var refund = await group.RefundAsync();
        Assert.Equal((Refunds.Approved, Standard), (refund.State, refund.Amount));
        await village.RefusedAsync("C188", "bureau1", (act, viewer) =>
            desk.SetPayeeAsync(act, viewer, refund.RefundId, new("张三", "62284804000018")));
        await village.AsAsync("bureau1", (act, viewer) =>
            desk.SetPayeeAsync(act, viewer, refund.RefundId, new("", "62284804000018")));
        Assert.Equal("清** 尾号 0018", (await group.RefundAsync()).PayeeMask);

        Task<CollectionBatchRow> Settle(Canbao.Core.Events.Act act, Canbao.Core.Access.Viewer viewer) =>
            BatchDesk.SettleAsync(act, viewer, id, Money.FromFen(2 * Standard), "RK-1");
    }

    [Theory, OnBothEngines]
    public async Task Too_little_pays_for_those_whom_tax_chooses_or_goes_back_whole(Engine engine)
    {
        await using var group = await Group.OpenAsync(engine);
        var village = group.Village;
        var (first, second) = (await village.EnrolAsync(), await village.EnrolAsync());
        long id = await group.DeclaredAsync("civil1", first, second);
        await group.DepositAsync("civil1", id, Standard, "少存一人");
        await village.RefusedAsync(
            "C187", "tax1", (act, viewer) => group.Desk.WorkOffAsync(act, viewer, id, [first.PersonId, second.PersonId]));
        await village.AsAsync("tax1", (act, viewer) => group.Desk.WorkOffAsync(act, viewer, id, []));
        Assert.Empty(await group.PaymentsAsync(id));
        Assert.Equal((0, -Standard), (await village.BalanceAsync(Accounts.Suspense), await village.BalanceAsync(Accounts.Refunds)));
        Assert.Equal([""], (await group.TryAsync("civil1", group.Row(first))).Outcome.Lines.Select(line => line.Code));
    }

    [Theory, OnBothEngines, Clause("lingyuan 二")]
    public async Task The_price_is_that_of_the_deposits_day(Engine engine)
    {
        await using var group = await Group.OpenAsync(engine);
        var village = group.Village;
        await village.Area.DoAsync("bind", act => PackBindings.BindAsync(
            act, village.Area.Shelf, "bg", TestArea.Year, new(2021, 9, 2), "lingyuan-2022"));
        village.Area.Clock.Set("2022-06-30 09:00");
        var person = await village.EnrolAsync();
        var (order, outcome) = await group.TryAsync("civil1", group.Row(person));
        Assert.Equal(Money.FromFen(33_000), outcome.Lines[0].Due);
        long id = (await village.AsAsync("civil1", (act, viewer) =>
            group.Desk.ConfirmAsync(act, viewer, order, ("民政局", Groups.ByDepartment), outcome.Digest))).BatchId;
        await village.AsAsync("tax1", (act, viewer) => BatchDesk.DeclareAsync(act, viewer, id, new(1, Money.FromFen(33_000)), "TZ-1"));
        village.Area.Clock.Set("2022-07-01 09:00");
        Assert.Equal("C186", await CodeAsync(() => group.DepositAsync("civil1", id, 33_000, slip: Slip(7, 1))));
        // Paid in on the last day of the old price, told of a day later.
        await group.DepositAsync("civil1", id, 33_000, slip: Slip(6, 30));
        Assert.Equal(new DateOnly(2022, 6, 30), Assert.Single(await group.PaymentsAsync(id)).PaidOn);

        static DepositSlip Slip(int month, int day) => new("农业银行", "JK-9", new(2022, month, day));
    }

    [Theory, OnBothEngines]
    public async Task What_was_paid_together_goes_back_to_who_paid(Engine engine)
    {
        await using var group = await Group.OpenAsync(engine);
        var village = group.Village;
        long id = await group.DeclaredAsync("agent1", await village.EnrolAsync());
        await group.DepositAsync("agent1", id, Standard);
        var payment = Assert.Single(await group.PaymentsAsync(id));
        var desk = new RefundDesk(village.Area.Dues, village.Area.Vault);
        await village.RefusedAsync("C188", "agent1", (act, viewer) => desk.RequestAsync(
            act, viewer, [payment.PaymentId], Refunds.OfficeError, "多缴", new("张三", "62284804000018")));
        var refund = (await village.AsAsync("agent1", (act, viewer) => desk.RequestAsync(
            act, viewer, [payment.PaymentId], Refunds.OfficeError, "多缴", new("清河慈善会", "62284804000018"))))[0];
        Assert.Equal("清** 尾号 0018", refund.PayeeMask);
        await village.AsAsync("supervisor1", (act, viewer) => desk.ApproveAsync(act, viewer, refund.RefundId, "同意"));
        Assert.Equal(-Standard, await village.BalanceAsync(Accounts.Refunds));
    }

    static async Task<string> CodeAsync(Func<Task> deed) => (await Assert.ThrowsAsync<RefusedException>(deed)).Code;
}
