using Canbao.Core.Collection;
using Canbao.Core.Ledger;
using Canbao.Core.Work.Collecting;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using Xunit;
using AccountRow = Canbao.Core.Access.AccountRow;

namespace Canbao.Core.Tests.Work.Collecting;

public class CashBookTests
{
    [Theory, OnBothEngines, Clause("baogou 四(二)")]
    public async Task Cash_in_hand_shows_whose_how_much_and_how_old(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        await village.PayAsync();
        await village.PayAsync("agent2");
        await village.PayAsync("far", TestArea.FarVillage);
        village.Area.Clock.Set("2021-11-08 09:00");
        await village.PayAsync("agent2");
        await village.AsAsync("bureau1", (act, viewer) => CashBook.SetLimitsAsync(act, viewer, Money.FromFen(50_000), 3));
        var list = await ListAsync("/bg/");
        Assert.Equal(
            [("agent2", 64_000, 3, true), ("agent1", 32_000, 3, false), ("far", 32_000, 3, false)],
            list.Select(one => (one.Login, one.Amount.Fen, one.Age, one.IsOverdue)));
        Assert.Equal(["agent2", "agent1"], (await ListAsync("/bg/bg-01/")).Select(one => one.Login));
        village.Area.Clock.Set("2021-11-09 09:00");
        Assert.All(await ListAsync("/bg/"), one => Assert.True(one.IsOverdue));

        await village.RefusedAsync("C133", "street1", (act, viewer) => CashBook.SetLimitsAsync(act, viewer, Money.FromFen(1), 1));
        await village.RefusedAsync("C143", "bureau1", (act, viewer) => CashBook.SetLimitsAsync(act, viewer, Money.Zero, 1));
        await village.RefusedAsync("C143", "bureau1", (act, viewer) => CashBook.SetLimitsAsync(act, viewer, Money.FromFen(1), 61));

        Task<IReadOnlyList<CashInHand>> ListAsync(string within) => village.Area.ReadAsync(session => CashBook.ListAsync(
            session, TestArea.Code, new(within), BusinessDay.Of(village.Area.Clock.GetUtcNow())));
    }

    [Theory, OnBothEngines]
    public async Task Shortage_and_excess_are_booked_as_such_and_taken_back(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        long id = await village.UntilAsync(Batches.Submitted);
        Assert.Equal(-2_000, await CountAsync(30_000));
        await IsAsync(30_000, 2_000, 0);
        await village.RefusedAsync("C120", "street1", (act, viewer) =>
            BatchDesk.CheckAsync(act, viewer, id, Village.Count(1), false));
        Assert.Equal(0, await CountAsync(30_000));
        // He puts in what lacked, and by mistake more.
        Assert.Equal(2_500, await CountAsync(32_500));
        await IsAsync(32_500, 0, 500);
        Assert.Equal(-1_500, await CountAsync(31_000));
        await IsAsync(31_000, 1_000, 0);
        Assert.Equal(1_000, await CountAsync(32_000));
        await IsAsync(32_000, 0, 0);
        await village.AsAsync("street1", (act, viewer) => BatchDesk.CheckAsync(act, viewer, id, Village.Count(1), false));

        await village.RefusedAsync("C143", "street1", (act, viewer) =>
            CashBook.CountAsync(act, viewer, "agent1", Money.FromFen(-1)));
        await village.RefusedAsync("C142", "street1", (act, viewer) => CashBook.CountAsync(act, viewer, "street1", Money.Zero));
        await village.RefusedAsync("C133", "agent2", (act, viewer) => CashBook.CountAsync(act, viewer, "agent1", Money.Zero));
        await village.RefusedAsync("C140", "branch", (act, viewer) => CashBook.CountAsync(act, viewer, "agent1", Money.Zero));
        await village.RefusedAsync("C140", "street1", (act, viewer) => CashBook.CountAsync(act, viewer, "nobody", Money.Zero));

        async Task<long> CountAsync(long fen) => (await village.AsAsync(
            "street1", (act, viewer) => CashBook.CountAsync(act, viewer, "agent1", Money.FromFen(fen)))).Fen;
        async Task IsAsync(long cash, long shortage, long excess) => Assert.Equal((cash, shortage, -excess), (
            await village.CashAsync("agent1"), await village.BalanceAsync(Accounts.Shortage("agent1")),
            await village.BalanceAsync(Accounts.Excess("agent1"))));
    }

    [Theory, OnBothEngines]
    public async Task Cash_and_batches_go_to_whoever_stands_in(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        long submitted = await village.UntilAsync(Batches.Submitted);
        var open = await village.PayAsync();
        await village.RefusedAsync("C133", "tax1", (act, viewer) => CashBook.HandOverAsync(act, viewer, "agent1", "agent2"));
        await village.RefusedAsync("C142", "street1", (act, viewer) => CashBook.HandOverAsync(act, viewer, "agent1", "street1"));
        await village.RefusedAsync("C140", "street1", (act, viewer) => CashBook.HandOverAsync(act, viewer, "agent2", "agent1"));
        foreach (var wrong in new[] { "agent1", "far", "tax1", "school1", "nobody" })
            await village.RefusedAsync("C140", "street1", (act, viewer) => CashBook.HandOverAsync(act, viewer, "agent1", wrong));
        await village.AsAsync("street1", (act, viewer) => CashBook.CountAsync(act, viewer, "agent1", Money.FromFen(63_000)));
        await village.RefusedAsync("C141", "street1", (act, viewer) => CashBook.HandOverAsync(act, viewer, "agent1", "agent2"));
        await village.AsAsync("street1", (act, viewer) => CashBook.CountAsync(act, viewer, "agent1", Money.FromFen(64_000)));

        var (cash, batches) = await village.AsAsync("street1", (act, viewer) => CashBook.HandOverAsync(act, viewer, "agent1", "agent2"));
        Assert.Equal((64_000, 2), (cash.Fen, batches));
        Assert.Equal((0, 64_000), (await village.CashAsync("agent1"), await village.CashAsync("agent2")));
        // Who took over goes on with both: receipts, submitting, what is returned.
        await village.AsAsync("street1", (act, viewer) => BatchDesk.CheckAsync(act, viewer, submitted, Village.Count(1), false));
        await village.RefusedAsync("C139", "agent1", (act, viewer) => ReceiptDesk.VoidAsync(act, viewer, open.PaymentId, "退钱"));
        Assert.Equal(open.BatchId, (await village.PayAsync("agent2")).BatchId);
        await village.AsAsync("agent2", (act, viewer) => ReceiptDesk.VoidAsync(act, viewer, open.PaymentId, "退钱"));
        await village.AsAsync("agent2", (act, viewer) => BatchDesk.SubmitAsync(act, viewer, open.BatchId!.Value));
        Assert.Equal(Village.Standard, await village.CashAsync("agent2"));
    }

    [Theory, OnBothEngines]
    public async Task Nothing_goes_to_a_closed_account(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        await village.PayAsync();
        await village.Area.DoAsync("close", act => act.Session.Table<AccountRow>()
            .Where(row => row.Area == act.Area && row.Login == "agent2").Set(row => row.Disabled, true).UpdateAsync());
        await village.RefusedAsync("C140", "street1", (act, viewer) => CashBook.HandOverAsync(act, viewer, "agent1", "agent2"));
    }
}
