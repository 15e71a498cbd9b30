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

    /// <summary>The business day on which it is booked.</summary>
    [Column("day")]
    public DateOnly Day { get; init; }

    /// <summary>The account that receives (<see cref="Accounts"/>).</summary>
    [Column("debit")]
    public string Debit { get; init; } = "";

    /// <summary>The account that gives.</summary>
    [Column("credit")]
    public string Credit { get; init; } = "";

    /// <summary>Fen, positive.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>What it is for, such as <c>payment</c>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>The transfer whose money goes back, whole or in part; null for money on its way.</summary>
    [Column("reverses")]
    public long? Reverses { get; init; }

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
