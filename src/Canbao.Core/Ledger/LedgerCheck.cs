using System.Globalization;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Ledger;

/// <summary>Adds everything up again that is kept (<c>baogou 四(二)</c>): what the transfers say is what the balances say.</summary>
public static class LedgerCheck
{
    /// <summary>
    /// The faults: G101 a kept balance is not the sum of its transfers, G102 cash was handed on before it was there, G103 a transfer gives
    /// back more than moved, or between other accounts.
    /// </summary>
    public static async Task<IReadOnlyList<LedgerFault>> RunAsync(Session session, int area)
    {
        var transfers = await session.Table<TransferRow>().Where(row => row.Area == area).OrderBy(row => row.TransferId).ToListAsync();
        var kept = await session.Table<CashBalanceRow>().Where(row => row.Area == area).ToListAsync();
        return [.. Cash(transfers, kept), .. Reversals(transfers)];
    }

    static IEnumerable<LedgerFault> Cash(List<TransferRow> transfers, List<CashBalanceRow> kept)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var transfer in transfers)
        {
            sums[transfer.Debit] = checked(sums.GetValueOrDefault(transfer.Debit) + transfer.Amount);
            sums[transfer.Credit] = checked(sums.GetValueOrDefault(transfer.Credit) - transfer.Amount);
            if (IsCash(transfer.Credit) && sums[transfer.Credit] < 0)
            {
                yield return new("G102", string.Create(CultureInfo.InvariantCulture,
                    $"账户 {transfer.Credit} 在 {transfer.Day:yyyy-MM-dd} 的转账 {transfer.TransferId} 后现金为负"));
            }
        }

        var balances = kept.ToDictionary(row => row.Account, row => row.Balance, StringComparer.Ordinal);
        foreach (var account in sums.Keys.Where(IsCash).Union(balances.Keys, StringComparer.Ordinal))
        {
            var (sum, balance) = (sums.GetValueOrDefault(account), balances.GetValueOrDefault(account));
            if (sum != balance)
                yield return new("G101", $"账户 {account} 结存 {Money.FromFen(balance)} 元，按转账累计应为 {Money.FromFen(sum)} 元");
        }
    }

    static IEnumerable<LedgerFault> Reversals(List<TransferRow> transfers)
    {
        var byId = transfers.ToDictionary(row => row.TransferId);
        foreach (var back in transfers.Where(row => row.Reverses is not null).GroupBy(row => row.Reverses!.Value))
        {
            var first = byId.GetValueOrDefault(back.Key);
            if (first is null || back.Sum(row => row.Amount) > first.Amount || back.Any(row => row.Debit != first.Credit))
                yield return new("G103", $"转账 {back.Key} 的冲销与原转账不符");
        }
    }

    static bool IsCash(string account) => account.StartsWith(Accounts.CashPrefix, StringComparison.Ordinal);
}
