using Canbao.Core.Events;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Ledger;

/// <summary>From which account to which.</summary>
/// <param name="Debit">The account that receives.</param>
/// <param name="Credit">The account that gives.</param>
public readonly record struct Route(string Debit, string Credit)
{
    /// <summary>The way back.</summary>
    public Route Back => new(Credit, Debit);
}

/// <summary>Moves money. Knows accounts, not people.</summary>
public static class Transfers
{
    /// <summary>Moves money from one account to another.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="route">Between which accounts.</param>
    /// <param name="amount">More than zero.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="reverses">The transfer whose money goes back.</param>
    /// <exception cref="RefusedException">C120: somebody would hand on more cash than is in hand.</exception>
    public static async Task<TransferRow> MoveAsync(Act act, Route route, Money amount, string kind, long? reverses = null)
    {
        await KeepAsync(act, route.Credit, -amount);
        await KeepAsync(act, route.Debit, amount);
        // Named after the balance was read, so that cash handed on stands behind the cash that it came from.
        var transfer = new TransferRow
        {
            Area = act.Area,
            TransferId = act.Session.NextId(),
            Day = act.Today,
            Debit = route.Debit,
            Credit = route.Credit,
            Amount = amount.Fen,
            Kind = kind,
            Reverses = reverses,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(transfer);
        return transfer;
    }

    /// <summary>The cash that somebody holds.</summary>
    public static async Task<Money> CashAsync(Session session, int area, string login)
    {
        string account = Accounts.Cash(login);
        return Money.FromFen(await session.Table<CashBalanceRow>()
            .Where(row => row.Area == area && row.Account == account).Select(row => row.Balance).FirstOrDefaultAsync());
    }

    /// <summary>What accounts received less what they gave, fen, of every account that ever moved money.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="prefix">What the accounts begin with; empty for all.</param>
    public static async Task<IReadOnlyDictionary<string, long>> BalancesAsync(Session session, int area, string prefix = "")
    {
        var received = await (
            from row in session.Table<TransferRow>()
            where row.Area == area && row.Debit.StartsWith(prefix)
            group row by row.Debit into same
            select new { Account = same.Key, Sum = same.Sum(row => row.Amount) }).ToListAsync();
        var given = await (
            from row in session.Table<TransferRow>()
            where row.Area == area && row.Credit.StartsWith(prefix)
            group row by row.Credit into same
            select new { Account = same.Key, Sum = -same.Sum(row => row.Amount) }).ToListAsync();
        return received.Concat(given).GroupBy(one => one.Account, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Sum(one => one.Sum), StringComparer.Ordinal);
    }

    /// <summary>
    /// Keeps the balance of cash, which is not to fall below nothing; that of other accounts is added up where it is asked for.
    /// </summary>
    static async Task KeepAsync(Act act, string account, Money change)
    {
        if (!account.StartsWith(Accounts.CashPrefix, StringComparison.Ordinal))
            return;
        long before = (await CashAsync(act.Session, act.Area, account[Accounts.CashPrefix.Length..])).Fen;
        long after = checked(before + change.Fen);
        if (after < 0)
        {
            throw new RefusedException(
                "C120", $"手中现金只有{Money.FromFen(before)}元，不够{-change}元；请核对已上交的款项");
        }

        await act.Session.Data.InsertOrReplaceAsync(new CashBalanceRow { Area = act.Area, Account = account, Balance = after });
    }
}
