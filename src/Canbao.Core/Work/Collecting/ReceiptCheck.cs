using Canbao.Core.Collection;
using Canbao.Core.Ledger;
using Canbao.Core.Work.Offline;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Collecting;

/// <summary>
/// Holds the numbers of receipts against what they stand for, so that none is missing or used twice; a part of <see cref="MoneyCheck"/>.
/// </summary>
static class ReceiptCheck
{
    const int MostNamed = 20;

    /// <summary>
    /// The faults: G117 the receipts of a batch are not those that were numbered, or one is there twice; G118 a bag's number and what was
    /// taken with it differ; G119 what somebody has to give back is not what was refused.
    /// </summary>
    public static async Task<IReadOnlyList<LedgerFault>> RunAsync(Session session, int area)
    {
        var receipts = await session.Table<PaymentRow>().Where(row => row.Area == area && row.Channel == CashDesk.Channel
            && row.BatchId != null).Select(row => row.ReceiptNo).ToListAsync();
        var bags = await session.Table<CollectionBagRow>().Where(row => row.Area == area).ToDictionaryAsync(row => row.BagId);
        var takings = await session.Table<BagTakingRow>().Where(row => row.Area == area).ToListAsync();
        return
        [
            .. (await BatchesAsync(session, area, receipts)).Take(MostNamed),
            .. (await TakingsAsync(session, area, receipts, bags, takings)).Take(MostNamed),
            .. await GiveBacksAsync(session, area, bags, takings),
        ];
    }

    // A line that was returned has left its batch, and keeps its number.
    static async Task<IEnumerable<LedgerFault>> BatchesAsync(Session session, int area, List<string> receipts)
    {
        var batches = await session.Table<CollectionBatchRow>()
            .Where(row => row.Area == area && (row.Kind == Batches.Village || row.Kind == Batches.School)).ToListAsync();
        var there = receipts.Where(number => !Bags.IsNumber(number)).ToLookup(number => number[..number.LastIndexOf('-')]);
        return from batch in batches
               let numbered = Enumerable.Range(1, batch.Receipts).Select(line => Batches.ReceiptNo(batch, line))
               let found = there[$"{area}-{Batches.Name(batch)}"]
               where !numbered.Order(StringComparer.Ordinal).SequenceEqual(found.Order(StringComparer.Ordinal))
               select new LedgerFault("G117", $"批次 {Batches.Name(batch)} 编了 {batch.Receipts} 张票据，收款记录中有缺号、重号或多出的号码");
    }

    static async Task<IEnumerable<LedgerFault>> TakingsAsync(
        Session session, int area, List<string> receipts, Dictionary<long, CollectionBagRow> bags, List<BagTakingRow> takings)
    {
        var payments = await (
            from taking in session.Table<BagTakingRow>()
            join payment in session.Table<PaymentRow>() on new { taking.Area, Id = taking.PaymentId } equals new
            {
                payment.Area,
                Id = (long?)payment.PaymentId,
            }
            where taking.Area == area && payment.Area == area
            select payment).ToDictionaryAsync(row => row.PaymentId);
        var transfers = await session.Table<TransferRow>()
            .Where(row => row.Area == area && (row.Kind == TakingDesk.RefusedKind || row.Kind == TakingDesk.BackKind))
            .ToDictionaryAsync(row => row.TransferId);
        var wrong = from taking in takings
                    let number = Bags.ReceiptNo(bags[taking.BagId], taking.Line)
                    where taking.Line < 1 || taking.Line > bags[taking.BagId].Numbers || !IsSound(taking, bags[taking.BagId])
                    select new LedgerFault("G118", $"离线票据 {number} 与它的缴费或应退现金不符");
        var posted = takings.Where(taking => taking.State == Bags.Posted).Select(taking => Bags.ReceiptNo(bags[taking.BagId], taking.Line));
        var strange = receipts.Where(Bags.IsNumber).Order(StringComparer.Ordinal)
            .Except(posted, StringComparer.Ordinal).Select(number => new LedgerFault("G118", $"票据 {number} 没有对应的离线收款"));
        return wrong.Concat(strange);

        bool IsSound(BagTakingRow taking, CollectionBagRow bag) => taking.State switch
        {
            Bags.Posted => taking is { TransferId: null, BackId: null } && taking.PaymentId is { } id
                && payments.TryGetValue(id, out var paid) && paid.ReceiptNo == Bags.ReceiptNo(bag, taking.Line)
                && paid.Amount == taking.Amount && paid.PaidOn == bag.ValidOn,
            Bags.Refused => taking.PaymentId is null && Moves(taking.TransferId, taking.Amount)
                && (taking.BackId is null || Moves(taking.BackId, taking.Amount)),
            _ => taking is { PaymentId: null, TransferId: null, BackId: null },
        };

        bool Moves(long? transfer, long amount) =>
            transfer is { } id && transfers.TryGetValue(id, out var row) && row.Amount == amount;
    }

    static async Task<IEnumerable<LedgerFault>> GiveBacksAsync(
        Session session, int area, Dictionary<long, CollectionBagRow> bags, List<BagTakingRow> takings)
    {
        var kept = await Transfers.BalancesAsync(session, area, Accounts.GiveBackPrefix);
        var open = takings.Where(taking => taking is { State: Bags.Refused, BackId: null })
            .GroupBy(taking => Accounts.GiveBack(bags[taking.BagId].Agent))
            .ToDictionary(same => same.Key, same => same.Sum(taking => taking.Amount));
        return from account in kept.Keys.Union(open.Keys).Order(StringComparer.Ordinal)
               let has = -kept.GetValueOrDefault(account)
               where has != open.GetValueOrDefault(account)
               select new LedgerFault("G119", $"{account[Accounts.GiveBackPrefix.Length..]} 应退现金余额 {Money.FromFen(has)} 元，"
                   + $"未退还的离线收款合计 {Money.FromFen(open.GetValueOrDefault(account))} 元");
    }
}
