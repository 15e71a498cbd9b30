using Canbao.Core.Events;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Mapping;

namespace Canbao.Core.Ledger;

/// <summary>Money that moved from one account to another: balanced by construction, never changed.</summary>
[Table("transfer")]
public sealed record TransferRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The transfer.</summary>
    [Column("transfer_id"), PrimaryKey(2)]
    public long TransferId { get; init; }

    /// <summary>The business day.</summary>
    [Column("day")]
    public DateOnly Day { get; init; }

    /// <summary>The account that receives, such as <c>cash:login</c>.</summary>
    [Column("debit")]
    public string Debit { get; init; } = "";

    /// <summary>The account that gives, such as <c>dues:2022</c>.</summary>
    [Column("credit")]
    public string Credit { get; init; } = "";

    /// <summary>Fen, positive.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>What it is for, such as <c>cash_payment</c>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>The act that wrote it.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>Cash in somebody's hands. Never negative.</summary>
[Table("cash_balance")]
public sealed record CashBalanceRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The account.</summary>
    [Column("account"), PrimaryKey(2)]
    public string Account { get; init; } = "";

    /// <summary>Fen.</summary>
    [Column("balance")]
    public long Balance { get; init; }
}

/// <summary>Moves money. Knows accounts, not people.</summary>
public static class Transfers
{
    /// <summary>The account of the cash that somebody holds.</summary>
    public static string Cash(string login) => $"cash:{login}";

    /// <summary>The account of what residents owe for a year.</summary>
    public static string Dues(InsuranceYear year) => $"dues:{year}";

    /// <summary>Moves cash into somebody's hands.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="cash">The cash account that receives.</param>
    /// <param name="credit">The account that gives.</param>
    /// <param name="amount">More than zero.</param>
    /// <param name="kind">What it is for.</param>
    public static async Task<TransferRow> TakeCashAsync(Act act, string cash, string credit, Money amount, string kind)
    {
        var transfer = new TransferRow
        {
            Area = act.Area,
            TransferId = act.Session.NextId(),
            Day = act.Today,
            Debit = cash,
            Credit = credit,
            Amount = amount.Fen,
            Kind = kind,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(transfer);
        var balance = await BalanceAsync(act, cash);
        await act.Session.Data.InsertOrReplaceAsync(
            new CashBalanceRow { Area = act.Area, Account = cash, Balance = checked(balance.Fen + amount.Fen) });
        return transfer;
    }

    /// <summary>The cash on an account.</summary>
    public static async Task<Money> BalanceAsync(Act act, string cash) => Money.FromFen(await act.Session.Table<CashBalanceRow>()
        .Where(row => row.Area == act.Area && row.Account == cash).Select(row => row.Balance).FirstOrDefaultAsync());
}
