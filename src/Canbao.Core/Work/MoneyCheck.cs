using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Ledger;
using Canbao.Core.Work.Collecting;
using Canbao.Core.Work.Funding;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work;

/// <summary>
/// Holds payments, notices and cover against the ledger: each statement reads everything and names what breaks its rule. Meant for
/// <c>canbao ledger verify</c>, not for pages.
/// </summary>
public static class MoneyCheck
{
    const int MostNamed = 20;

    /// <summary>
    /// The faults of <see cref="LedgerCheck"/>, and: G104 a transfer is not the sum of its payments, G105 a payment was taken back without
    /// its money, or with another amount, G106 a notice and its payment differ, G107 suspense is not the sum of what waits in it, G108
    /// cover stands without its payment, G109 what residents paid is not what the payments say, G110 to G112 batches of cash and
    /// their money differ (<see cref="BatchCheck"/>), G113 what is to be paid back is not the sum of the open refunds, G114 and G115
    /// funders' balances, claims and shares differ (<see cref="ShareCheck"/>), G116 a fund is not the sum of its incomes, G117 to G119
    /// receipt numbers and what was taken without a connection (<see cref="ReceiptCheck"/>).
    /// </summary>
    public static async Task<IReadOnlyList<LedgerFault>> RunAsync(Session session, int area) =>
    [
        .. await LedgerCheck.RunAsync(session, area),
        .. await SumsAsync(session, area),
        .. await ReversalsAsync(session, area),
        .. await NoticesAsync(session, area),
        .. await SuspenseAsync(session, area),
        .. await CoverAsync(session, area),
        .. await DuesAsync(session, area),
        .. await BatchCheck.RunAsync(session, area),
        .. await RefundsAsync(session, area),
        .. await ShareCheck.RunAsync(session, area),
        .. await FundAccounts.CheckAsync(session, area),
        .. await ReceiptCheck.RunAsync(session, area),
    ];

    static async Task<IEnumerable<LedgerFault>> SumsAsync(Session session, int area)
    {
        var sums = await (
            from payment in session.Table<PaymentRow>()
            where payment.Area == area && payment.TransferId != null
            group payment by payment.TransferId into same
            select new { Transfer = same.Key!.Value, Sum = same.Sum(row => row.Amount) })
            .ToDictionaryAsync(one => one.Transfer, one => one.Sum);
        var transfers = await session.Table<TransferRow>().Where(row => row.Area == area && row.Kind == Posting.Kind).ToListAsync();
        var wrong = transfers.Where(row => sums.GetValueOrDefault(row.TransferId) != row.Amount).Select(row => row.TransferId)
            .Union(sums.Keys.Except(transfers.Select(row => row.TransferId)));
        return wrong.Take(MostNamed).Select(id => new LedgerFault("G104", $"转账 {id} 的金额不等于它所含缴费之和"));
    }

    static async Task<IEnumerable<LedgerFault>> ReversalsAsync(Session session, int area)
    {
        var wrong = await (
            from payment in session.Table<PaymentRow>()
            where payment.Area == area && payment.ReversedBy != null && payment.TransferId != null
                && !session.Table<TransferRow>().Any(row => row.Area == area && row.TransferId == payment.ReversalId
                    && row.Amount == payment.Amount && row.Reverses == payment.TransferId)
            select payment.PaymentId).Take(MostNamed).ToListAsync();
        return wrong.Select(id => new LedgerFault("G105", $"缴费 {id} 已冲销，但没有对应金额的冲销转账"));
    }

    static async Task<IEnumerable<LedgerFault>> NoticesAsync(Session session, int area)
    {
        var lost = await (
            from notice in session.Table<ChannelNoticeRow>()
            where notice.Area == area && (notice.State == ChannelNotices.Posted || notice.PaymentId != null)
                && !session.Table<PaymentRow>().Any(row => row.Area == area && row.PaymentId == notice.PaymentId
                    && row.Channel == notice.Channel && row.Reference == notice.Reference && row.Amount == notice.Amount
                    && row.PersonId == notice.PersonId && row.PaidOn == notice.PaidOn)
            select new { notice.Channel, notice.Reference }).Take(MostNamed).ToListAsync();
        return lost.Select(one => new LedgerFault("G106", $"渠道 {one.Channel} 流水号 {one.Reference} 与它的缴费记录不符"));
    }

    static async Task<IEnumerable<LedgerFault>> SuspenseAsync(Session session, int area)
    {
        long waiting = await session.Table<ChannelNoticeRow>()
            .Where(row => row.Area == area && row.State == ChannelNotices.Suspense).SumAsync(row => row.Amount);
        long kept = -(await Transfers.BalancesAsync(session, area)).GetValueOrDefault(Accounts.Suspense);
        return waiting == kept ? []
            : [new("G107", $"挂账科目余额 {Money.FromFen(kept)} 元，待处理挂账合计 {Money.FromFen(waiting)} 元")];
    }

    static async Task<IEnumerable<LedgerFault>> RefundsAsync(Session session, int area)
    {
        long open = await session.Table<RefundRow>().Where(row => row.Area == area && Refunds.Owed.Contains(row.State))
            .SumAsync(row => row.Amount);
        long kept = -(await Transfers.BalancesAsync(session, area)).GetValueOrDefault(Accounts.Refunds);
        return open == kept ? []
            : [new("G113", $"应退科目余额 {Money.FromFen(kept)} 元，已同意未付的退费合计 {Money.FromFen(open)} 元")];
    }

    static async Task<IEnumerable<LedgerFault>> CoverAsync(Session session, int area)
    {
        var wrong = await (
            from span in session.Table<CoverSpanRow>()
            where span.Area == area && span.VoidedBy == null && span.Ground == Posting.Kind
                && !session.Table<PaymentRow>().Any(row => row.Area == area && row.PaymentId == span.PaymentId && row.ReversedBy == null
                    && row.PersonId == span.PersonId && row.InsuranceYear == span.InsuranceYear)
            select span.SpanId).Take(MostNamed).ToListAsync();
        return wrong.Select(id => new LedgerFault("G108", $"待遇期 {id} 没有对应的有效缴费"));
    }

    static async Task<IEnumerable<LedgerFault>> DuesAsync(Session session, int area)
    {
        var paid = await (
            from payment in session.Table<PaymentRow>()
            where payment.Area == area && payment.TransferId != null && payment.ReversedBy == null
            group payment by payment.InsuranceYear into same
            select new { Year = same.Key, Sum = same.Sum(row => row.Amount) })
            .ToDictionaryAsync(one => Accounts.Dues(new InsuranceYear(one.Year)), one => one.Sum, StringComparer.Ordinal);
        var balances = await Transfers.BalancesAsync(session, area);
        return balances.Keys.Where(account => account.StartsWith(Accounts.DuesPrefix, StringComparison.Ordinal)).Union(paid.Keys)
            .Where(account => paid.GetValueOrDefault(account) != -balances.GetValueOrDefault(account))
            .Select(account => new LedgerFault("G109", $"账户 {account} 实收 {Money.FromFen(-balances.GetValueOrDefault(account))} 元，"
                + $"有效缴费合计 {Money.FromFen(paid.GetValueOrDefault(account))} 元"));
    }
}
