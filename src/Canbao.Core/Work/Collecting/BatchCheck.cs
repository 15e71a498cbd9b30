using Canbao.Core.Collection;
using Canbao.Core.Ledger;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Collecting;

/// <summary>Holds batches against their lines and the money; a part of <see cref="MoneyCheck"/>.</summary>
static class BatchCheck
{
    const int MostNamed = 20;

    /// <summary>
    /// The faults: G110 a step counted other people or money than stand in the batch, G111 the cash in somebody's hands is not that of the
    /// batches on hand, G112 a step moved other money than it counted.
    /// </summary>
    public static async Task<IReadOnlyList<LedgerFault>> RunAsync(Session session, int area)
    {
        var batches = await session.Table<CollectionBatchRow>()
            .Where(row => row.Area == area && row.Kind != Batches.Notice).ToDictionaryAsync(row => row.BatchId);
        var lines = await session.Table<PaymentRow>().Where(row => row.Area == area && row.BatchId != null && row.VoidReason == null)
            .Select(row => new { row.PaymentId, BatchId = row.BatchId!.Value, row.Amount }).ToListAsync();
        var sums = lines.GroupBy(line => line.BatchId)
            .ToDictionary(same => same.Key, same => (same.Count(), same.Sum(line => line.Amount)));
        return
        [
            .. (await StepsAsync(session, area, batches, sums)).Take(MostNamed),
            .. await CashAsync(session, area, batches, sums),
            .. (await MovesAsync(session, area)).Take(MostNamed),
        ];
    }

    // What was submitted is what stands and what was given back.
    static async Task<IEnumerable<LedgerFault>> StepsAsync(
        Session session, int area, Dictionary<long, CollectionBatchRow> batches, Dictionary<long, (int People, long Sum)> sums)
    {
        var steps = await session.Table<CollectionStepRow>().Where(row => row.Area == area).ToListAsync();
        var returned = (await (
            from line in session.Table<ReturnedLineRow>()
            join payment in session.Table<PaymentRow>() on new { line.Area, line.PaymentId } equals new { payment.Area, payment.PaymentId }
            where line.Area == area && payment.Area == area
            group payment by line.BatchId into same
            select new { Id = same.Key, People = same.Count(), Sum = same.Sum(row => row.Amount) }).ToListAsync())
            .ToDictionary(one => one.Id, one => (one.People, one.Sum));
        var groups = await GroupsAsync(session, area, steps);
        return from step in steps
               where batches.ContainsKey(step.BatchId)
               let stands = sums.GetValueOrDefault(step.BatchId)
               let gone = step.Step == Batches.Submitted ? returned.GetValueOrDefault(step.BatchId) : default
               let should = batches[step.BatchId].Kind == Batches.Group && step.Step != Batches.WorkedOff
                   ? groups(step) : (stands.People + gone.People, stands.Sum + gone.Sum)
               where (step.People, step.Amount) != should
               select new LedgerFault("G110", $"批次 {Batches.Name(batches[step.BatchId])} 的步骤 {step.Step} 记 {step.People} 人 "
                   + $"{Money.FromFen(step.Amount)} 元，名单不是这个数");
    }

    /// <summary>
    /// What a step of a group payment should count: its list, what came where that did not fit, and at the treasury what was deposited.
    /// Tax's decision counts what was posted.
    /// </summary>
    static async Task<Func<CollectionStepRow, (int People, long Sum)>> GroupsAsync(
        Session session, int area, List<CollectionStepRow> steps)
    {
        var lists = (await (
            from line in session.Table<GroupLineRow>()
            where line.Area == area
            group line by line.BatchId into same
            select new { Id = same.Key, People = same.Count(), Sum = same.Sum(row => row.Amount) }).ToListAsync())
            .ToDictionary(one => one.Id, one => (one.People, one.Sum));
        var came = steps.Where(step => step.Step == Batches.Deposited)
            .ToDictionary(step => step.BatchId, step => (step.People, step.Amount));
        var misfits = (await session.Table<ChannelNoticeRow>().Where(row => row.Area == area && row.Channel == Groups.Channel)
            .Select(row => new { row.TransferId, row.Amount }).ToListAsync()).ToDictionary(one => one.TransferId!.Value, one => one.Amount);
        return step =>
        {
            var list = lists.GetValueOrDefault(step.BatchId);
            return step.Step == Batches.Settled ? came.GetValueOrDefault(step.BatchId)
                : step.TransferId is { } id && misfits.TryGetValue(id, out long sum) ? (list.People, sum) : list;
        };
    }

    static async Task<IEnumerable<LedgerFault>> CashAsync(
        Session session, int area, Dictionary<long, CollectionBatchRow> batches, Dictionary<long, (int People, long Sum)> sums)
    {
        var cash = await Transfers.BalancesAsync(session, area, Accounts.CashPrefix);
        var shortages = await Transfers.BalancesAsync(session, area, Accounts.ShortagePrefix);
        var excesses = await Transfers.BalancesAsync(session, area, Accounts.ExcessPrefix);
        var returns = await Transfers.BalancesAsync(session, area, Accounts.GiveBackPrefix);
        // Cash from before there were batches may lie beside theirs.
        var loose = await session.Table<TransferRow>()
            .Where(row => row.Area == area && row.Debit.StartsWith(Accounts.CashPrefix) && row.Kind == Posting.Kind
                && session.Table<PaymentRow>().Any(pay => pay.Area == area && pay.TransferId == row.TransferId && pay.BatchId == null))
            .AnyAsync();
        var held = batches.Values.Where(batch => Batches.InHand.Contains(batch.State)).GroupBy(batch => batch.Holder)
            .ToDictionary(same => Accounts.Cash(same.Key), same => same.Sum(batch => sums.GetValueOrDefault(batch.BatchId).Sum));
        return from account in cash.Keys.Union(held.Keys).Order(StringComparer.Ordinal)
               let login = account[Accounts.CashPrefix.Length..]
               let has = cash.GetValueOrDefault(account) + shortages.GetValueOrDefault(Accounts.Shortage(login))
                   + excesses.GetValueOrDefault(Accounts.Excess(login)) + returns.GetValueOrDefault(Accounts.GiveBack(login))
               let should = held.GetValueOrDefault(account)
               where loose ? has < should : has != should
               select new LedgerFault("G111", $"{login} 的现金与短款、长款、应退合计 {Money.FromFen(has)} 元，手中批次合计 {Money.FromFen(should)} 元");
    }

    static async Task<IEnumerable<LedgerFault>> MovesAsync(Session session, int area)
    {
        var wrong = await (
            from step in session.Table<CollectionStepRow>()
            where step.Area == area
                && (step.TransferId != null || step.Step == Batches.Deposited || step.Step == Batches.Settled)
                && !session.Table<TransferRow>().Any(row => row.Area == area && row.TransferId == step.TransferId
                    && row.Amount == step.Amount && row.ActId == step.ActId
                    && (step.Step == Batches.Settled ? row.Debit == Accounts.Treasury
                        : step.Step == Batches.Deposited ? row.Debit == Accounts.Tax
                        : step.Step == Batches.WorkedOff ? row.Debit == Accounts.Suspense
                        : row.Debit == Accounts.CashPrefix + step.Account))
            select new { step.BatchId, step.Step }).ToListAsync();
        return wrong.Select(one => new LedgerFault("G112", $"批次编号 {one.BatchId} 的步骤 {one.Step} 没有相符的转账"));
    }
}
