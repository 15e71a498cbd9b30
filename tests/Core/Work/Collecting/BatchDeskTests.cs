using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Work;
using Canbao.Core.Work.Collecting;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using Xunit;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Tests.Work.Collecting;

public class BatchDeskTests
{
    [Theory, OnBothEngines, Clause("laishan 四(四)-village"), Clause("baogou 二(五)1")]
    public async Task A_batch_goes_from_the_agents_hand_to_the_treasury(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        var first = await village.PayAsync();
        var second = await village.PayAsync();
        Assert.Equal(("370481-2022-0001-001", "370481-2022-0001-002"), (first.ReceiptNo, second.ReceiptNo));
        long id = first.BatchId!.Value;
        await village.AsAsync("agent1", (act, viewer) => BatchDesk.SubmitAsync(act, viewer, id));
        await village.AsAsync("street1", (act, viewer) => BatchDesk.CheckAsync(act, viewer, id, Village.Count(2), false));
        Assert.Equal((0, 64_000), (await village.CashAsync("agent1"), await village.CashAsync("street1")));
        await village.AsAsync("tax1", (act, viewer) => BatchDesk.DeclareAsync(act, viewer, id, Village.Count(2), "SB-1"));
        // Friday the 5th, three working days.
        var clock = (await village.FileAsync(id))!.Clock!;
        Assert.Equal((new DateOnly(2021, 11, 10), ClockState.Running), (clock.Row.DueOn, clock.State));
        await village.AsAsync("street2", (act, viewer) =>
            BatchDesk.DepositAsync(act, viewer, id, Money.FromFen(64_000), Village.Slip()));
        await village.AsAsync("tax2", (act, viewer) => BatchDesk.SettleAsync(act, viewer, id, Money.FromFen(64_000), "RK-1"));
        var file = (await village.FileAsync(id))!;
        Assert.Equal(["submitted", "checked", "declared", "deposited", "settled"], file.Steps.Select(step => step.Step));
        Assert.Equal(["agent1", "street1", "tax1", "street2", "tax2"], file.Steps.Select(step => step.Account));
        Assert.All(file.Steps, step => Assert.Equal((2, 64_000L), (step.People, step.Amount)));
        Assert.Equal(ClockState.Done, file.Clock!.State);
        Assert.Equal((0, 0, 64_000), (
            await village.CashAsync("street1"), await village.BalanceAsync(Accounts.Tax), await village.BalanceAsync(Accounts.Treasury)));
    }

    [Theory, OnBothEngines, Clause("lishi 五(一)-(五)")]
    public async Task An_agent_pays_in_at_the_tax_hall_himself(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        long id = await village.UntilAsync(Batches.Declared, agentDeposits: true);
        Assert.Equal(Village.Standard, await village.CashAsync("agent1"));
        var hall = Village.Slip() with { Bank = "区税务局办税厅" };
        await village.AsAsync("street1", (act, viewer) => BatchDesk.DepositAsync(act, viewer, id, Money.FromFen(Village.Standard), hall));
        Assert.Equal((0, Village.Standard), (await village.CashAsync("agent1"), await village.BalanceAsync(Accounts.Tax)));
    }

    [Theory, OnBothEngines, Clause("laishan 四(四)-village")]
    public async Task Each_step_is_done_once_by_its_own_role_and_another_account(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        long id = await village.UntilAsync(Batches.Open);
        await village.RefusedAsync("C131", "street1", Check);
        await village.RefusedAsync("C133", "agent2", Submit);
        await village.RefusedAsync("C130", "far", Submit);
        await village.RefusedAsync("C130", "agent1", (act, viewer) => BatchDesk.SubmitAsync(act, viewer, 7));
        await village.AsAsync("agent1", Submit);
        await village.RefusedAsync("C131", "agent1", Submit);
        await village.RefusedAsync("C133", "tax1", Check);
        await village.RefusedAsync("C130", "branch", Check);
        await village.AsAsync("street1", Check);
        await village.RefusedAsync("C133", "street1", Declare);
        await village.AsAsync("tax1", Declare);
        await village.RefusedAsync("C133", "tax1", Deposit);
        await village.AsAsync("street1", Deposit);
        await village.RefusedAsync("C133", "street1", Settle);
        await village.AsAsync("tax1", Settle);
        await village.RefusedAsync("C131", "tax1", Settle);

        // A street desk that took cash itself hands it in to another one.
        id = (await village.PayAsync("street1")).BatchId!.Value;
        await village.AsAsync("street1", Submit);
        await village.RefusedAsync("C132", "street1", Check);
        await village.AsAsync("street2", Check);

        Task<CollectionBatchRow> Submit(Act act, Viewer viewer) => BatchDesk.SubmitAsync(act, viewer, id);
        Task<CollectionBatchRow> Check(Act act, Viewer viewer) => BatchDesk.CheckAsync(act, viewer, id, Village.Count(1), false);
        Task<CollectionBatchRow> Declare(Act act, Viewer viewer) => BatchDesk.DeclareAsync(act, viewer, id, Village.Count(1), "SB-1");
        Task<CollectionBatchRow> Deposit(Act act, Viewer viewer) =>
            BatchDesk.DepositAsync(act, viewer, id, Money.FromFen(Village.Standard), Village.Slip());
        Task<CollectionBatchRow> Settle(Act act, Viewer viewer) =>
            BatchDesk.SettleAsync(act, viewer, id, Money.FromFen(Village.Standard), "RK-1");
    }

    [Theory, OnBothEngines, Clause("baogou 四(二)")]
    public async Task Another_amount_or_number_of_people_is_refused_at_every_step(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        long id = await village.UntilAsync(Batches.Submitted);
        var (less, two) = (Village.Count(1) with { Amount = Money.FromFen(31_999) }, Village.Count(2));
        await village.RefusedAsync("C136", "street1", (act, viewer) => BatchDesk.CheckAsync(act, viewer, id, less, false));
        await village.RefusedAsync("C136", "street1", (act, viewer) => BatchDesk.CheckAsync(act, viewer, id, two, true));
        await village.AsAsync("street1", (act, viewer) => BatchDesk.CheckAsync(act, viewer, id, Village.Count(1), false));
        await village.RefusedAsync("C136", "tax1", (act, viewer) => BatchDesk.DeclareAsync(act, viewer, id, less, "SB-1"));
        await village.RefusedAsync("C137", "tax1", (act, viewer) => BatchDesk.DeclareAsync(act, viewer, id, Village.Count(1), " "));
        await village.AsAsync("tax1", (act, viewer) => BatchDesk.DeclareAsync(act, viewer, id, Village.Count(1), "SB-1"));
        await DepositRefusedAsync("C136", 32_001, Village.Slip());
        await DepositRefusedAsync("C137", Village.Standard, Village.Slip() with { Bank = "" });
        await DepositRefusedAsync("C144", Village.Standard, Village.Slip(day: 4));
        await DepositRefusedAsync("C144", Village.Standard, Village.Slip(day: 6));
        await village.AsAsync("street1", (act, viewer) =>
            BatchDesk.DepositAsync(act, viewer, id, Money.FromFen(Village.Standard), Village.Slip()));
        await village.RefusedAsync("C136", "tax1", (act, viewer) => BatchDesk.SettleAsync(act, viewer, id, Money.FromFen(1), "RK-1"));
        await village.AsAsync("tax1", (act, viewer) => BatchDesk.SettleAsync(act, viewer, id, Money.FromFen(Village.Standard), "RK-1"));

        Task DepositRefusedAsync(string code, long fen, DepositSlip slip) => village.RefusedAsync(
            code, "street1", (act, viewer) => BatchDesk.DepositAsync(act, viewer, id, Money.FromFen(fen), slip));
    }

    [Theory, OnBothEngines]
    public async Task A_number_belongs_to_one_batch(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        await village.UntilAsync(Batches.Deposited);
        long id = await village.UntilAsync(Batches.Checked);
        await village.RefusedAsync("C138", "tax1", (act, viewer) => BatchDesk.DeclareAsync(act, viewer, id, Village.Count(1), "SB-1"));
        await village.AsAsync("tax1", (act, viewer) => BatchDesk.DeclareAsync(act, viewer, id, Village.Count(1), "SB-2"));
        await village.RefusedAsync("C138", "street1", (act, viewer) =>
            BatchDesk.DepositAsync(act, viewer, id, Money.FromFen(Village.Standard), Village.Slip()));
    }

    [Theory, OnBothEngines, Clause("laishan 四(四)-village")]
    public async Task A_returned_line_goes_to_the_next_batch_and_needs_an_answer(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        var (first, second, third) = (await village.PayAsync(), await village.PayAsync(), await village.PayAsync());
        long id = first.BatchId!.Value;
        await village.AsAsync("agent1", (act, viewer) => BatchDesk.SubmitAsync(act, viewer, id));
        await village.RefusedAsync("C133", "agent1", (act, viewer) => Return(act, viewer, first));
        await village.RefusedAsync("C137", "street1", (act, viewer) => BatchDesk.ReturnAsync(act, viewer, id, [first.PaymentId], " "));
        await village.RefusedAsync("C137", "street1", (act, viewer) => BatchDesk.ReturnAsync(act, viewer, id, [], "重名"));
        await village.RefusedAsync("C130", "street1", (act, viewer) => BatchDesk.ReturnAsync(act, viewer, id, [7], "重名"));
        await village.AsAsync("street1", (act, viewer) => Return(act, viewer, first, second));
        await village.AsAsync("street1", (act, viewer) => BatchDesk.CheckAsync(act, viewer, id, Village.Count(1), false));
        Assert.Equal(2 * Village.Standard, await village.CashAsync("agent1"));
        var file = (await village.FileAsync(id))!;
        Assert.Equal([first.PaymentId, second.PaymentId], file.Left.Select(line => line.Payment.PaymentId));
        Assert.Equal(third.PaymentId, Assert.Single(file.Lines).Payment.PaymentId);

        long next = file.Left[0].Payment.BatchId!.Value;
        await village.RefusedAsync("C135", "agent1", (act, viewer) => BatchDesk.SubmitAsync(act, viewer, next));
        await village.RefusedAsync("C137", "agent1", (act, viewer) => BatchDesk.AnswerAsync(act, viewer, next, first.PaymentId, ""));
        await village.AsAsync("agent1", (act, viewer) => BatchDesk.AnswerAsync(act, viewer, next, first.PaymentId, "户口本已核对"));
        await village.RefusedAsync("C130", "agent1", (act, viewer) => BatchDesk.AnswerAsync(act, viewer, next, first.PaymentId, "再答"));
        await village.RefusedAsync("C135", "agent1", (act, viewer) => BatchDesk.SubmitAsync(act, viewer, next));
        await village.AsAsync("agent1", (act, viewer) => ReceiptDesk.VoidAsync(act, viewer, second.PaymentId, "收错人"));
        await village.AsAsync("agent1", (act, viewer) => BatchDesk.SubmitAsync(act, viewer, next));

        // Returned again, it is the last one: the batch is at its end, and the line waits once more.
        await village.AsAsync("street1", (act, viewer) => BatchDesk.ReturnAsync(act, viewer, next, [first.PaymentId], "仍不符"));
        Assert.Equal(Batches.Returned, await village.StateAsync(next));
        await village.RefusedAsync("C131", "street1", (act, viewer) => BatchDesk.CheckAsync(act, viewer, next, Village.Count(0), false));

        Task<CollectionBatchRow> Return(Act act, Viewer viewer, params PaymentRow[] lines) =>
            BatchDesk.ReturnAsync(act, viewer, id, [.. lines.Select(line => line.PaymentId)], "姓名与户口本不符");
    }

    [Theory, OnBothEngines]
    public async Task Two_who_submit_at_once_submit_once(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        long id = await village.UntilAsync(Batches.Open);
        var both = await Task.WhenAll(SubmitAsync(), SubmitAsync());
        Assert.Equal(["", "C131"], both.Order(StringComparer.Ordinal));

        async Task<string> SubmitAsync()
        {
            try
            {
                await village.AsAsync("agent1", (act, viewer) => BatchDesk.SubmitAsync(act, viewer, id));
                return "";
            }
            catch (RefusedException refused)
            {
                return refused.Code;
            }
        }
    }

    [Theory, OnBothEngines]
    public async Task First_payments_at_once_open_one_batch_for_each_agent(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        var people = new List<(string Agent, long Person)>();
        foreach (var agent in new[] { "agent1", "agent1", "agent2", "agent2", "street1", "street2" })
            people.Add((agent, (await village.EnrolAsync()).PersonId));
        var paid = await Task.WhenAll(people.Select(one => village.TakeAsync(one.Agent, one.Person)));
        Assert.Equal(6, paid.Select(payment => payment.ReceiptNo).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(4, paid.Select(payment => payment.BatchId).Distinct().Count());
    }

    [Theory, OnBothEngines]
    public async Task Units_and_years_and_agents_have_batches_of_their_own(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        var payments = new[]
        {
            await village.PayAsync(), await village.PayAsync(unit: TestArea.OtherVillage), await village.PayAsync("agent2"),
            await village.PayAsync(),
        };
        Assert.Equal(3, payments.Select(payment => payment.BatchId).Distinct().Count());
        Assert.Equal(payments[0].BatchId, payments[3].BatchId);
        var agents = await village.Area.ReadAsync(session => BatchFiles.ListAsync(
            session, TestArea.Code, new(new("/bg/"), TestArea.Year) { Agent = "agent1", State = Batches.Open }, (0, 10)));
        Assert.Equal([1, 2], agents.Select(one => one.Count.People));
    }

    [Theory, OnBothEngines]
    public async Task The_check_finds_what_does_not_fit(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        long id = await village.UntilAsync(Batches.Deposited);
        var slip = (await village.FileAsync(id))!.Steps.Single(step => step.Step == Batches.Deposited);
        Assert.Contains("G110", await FaultsAsync(act => StepAsync(act, slip with { Amount = 31_000 })));
        Assert.Contains("G112", await FaultsAsync(act => StepAsync(act, slip with { TransferId = null })));
        await FaultsAsync(act => StepAsync(act, slip));
        var stolen = await village.PayAsync();
        Assert.Contains("G111", await FaultsAsync(act => BatchAsync(act, stolen, "agent2")));
        Assert.Empty(await FaultsAsync(act => BatchAsync(act, stolen, "agent1")));

        async Task<List<string>> FaultsAsync(Func<Act, Task> spoil)
        {
            await village.Area.DoAsync("spoil", spoil);
            return [.. (await village.Area.ReadAsync(session => MoneyCheck.RunAsync(session, TestArea.Code))).Select(fault => fault.Code)];
        }

        static Task StepAsync(Act act, CollectionStepRow step) => act.Session.Data.UpdateAsync(step);
        static Task BatchAsync(Act act, PaymentRow line, string holder) => act.Session.Table<CollectionBatchRow>()
            .Where(row => row.Area == act.Area && row.BatchId == line.BatchId).Set(row => row.Holder, holder).UpdateAsync();
    }
}
