using LinqToDB.Mapping;

namespace Canbao.Core.Collection;

/// <summary>What reached the tax account, and from there the treasury.</summary>
[Table("deposit")]
public sealed record DepositRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The deposit.</summary>
    [Column("deposit_id"), PrimaryKey(2)]
    public long DepositId { get; init; }

    /// <summary>The channel.</summary>
    [Column("channel")]
    public string Channel { get; init; } = "";

    /// <summary>The day whose money it is.</summary>
    [Column("day")]
    public DateOnly Day { get; init; }

    /// <summary>Fen, positive.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>The slip's number.</summary>
    [Column("slip")]
    public string Slip { get; init; } = "";

    /// <summary>The transfer to the tax account.</summary>
    [Column("transfer_id")]
    public long TransferId { get; init; }

    /// <summary>The transfer to the treasury.</summary>
    [Column("treasury_id")]
    public long TreasuryId { get; init; }

    /// <summary>Who entered it.</summary>
    [Column("account")]
    public string Account { get; init; } = "";

    /// <summary>The act by which it was withdrawn, or null.</summary>
    [Column("voided_by")]
    public long? VoidedBy { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A day of a channel that was closed.</summary>
[Table("day_close")]
public sealed record DayCloseRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The close.</summary>
    [Column("close_id"), PrimaryKey(2)]
    public long CloseId { get; init; }

    /// <summary>The channel.</summary>
    [Column("channel")]
    public string Channel { get; init; } = "";

    /// <summary>The day.</summary>
    [Column("day")]
    public DateOnly Day { get; init; }

    /// <summary>The statement that stood.</summary>
    [Column("statement_id")]
    public long StatementId { get; init; }

    /// <summary>Fen: its total.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>Who closed it.</summary>
    [Column("account")]
    public string Account { get; init; } = "";

    /// <summary>The act by which it was opened again, or null.</summary>
    [Column("reopened_by")]
    public long? ReopenedBy { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
