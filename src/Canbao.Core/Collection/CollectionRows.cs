using LinqToDB.Mapping;

namespace Canbao.Core.Collection;

/// <summary>What one person collected for one unit and year, on its way to the treasury.</summary>
[Table("collection_batch")]
public sealed record CollectionBatchRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The batch.</summary>
    [Column("batch_id"), PrimaryKey(2)]
    public long BatchId { get; init; }

    /// <summary>
    /// <see cref="Batches.Village"/>, <see cref="Batches.School"/>, <see cref="Batches.Notice"/> or <see cref="Batches.Group"/>.
    /// </summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>For which unit.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>For which insurance year.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>Its number in the area and year.</summary>
    [Column("number")]
    public int Number { get; init; }

    /// <summary>Who collects: a login.</summary>
    [Column("agent")]
    public string Agent { get; init; } = "";

    /// <summary>Who has the cash: a login.</summary>
    [Column("holder")]
    public string Holder { get; init; } = "";

    /// <summary>How far it is: open, or the last step that was done.</summary>
    [Column("state")]
    public string State { get; init; } = "";

    /// <summary>How many receipts were numbered in it.</summary>
    [Column("receipts")]
    public int Receipts { get; init; }

    /// <summary>The clock of its deposit or notice, or null.</summary>
    [Column("clock_id")]
    public long? ClockId { get; init; }

    /// <summary>The business day on which it began.</summary>
    [Column("opened_on")]
    public DateOnly OpenedOn { get; init; }

    /// <summary>The name of who pays one sum for all lines; null where it is cash.</summary>
    [Column("payer")]
    public string? Payer { get; init; }

    /// <summary>What that is (<see cref="Groups.PayerKinds"/>), or null.</summary>
    [Column("payer_kind")]
    public string? PayerKind { get; init; }

    /// <summary>The act that wrote it last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>That an office did its step, and what it counted.</summary>
[Table("collection_step")]
public sealed record CollectionStepRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The batch.</summary>
    [Column("batch_id"), PrimaryKey(2)]
    public long BatchId { get; init; }

    /// <summary>The step.</summary>
    [Column("step"), PrimaryKey(3)]
    public string Step { get; init; } = "";

    /// <summary>How many people.</summary>
    [Column("people")]
    public int People { get; init; }

    /// <summary>Fen.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>By whom: a login.</summary>
    [Column("account")]
    public string Account { get; init; } = "";

    /// <summary>The day on which it happened.</summary>
    [Column("day")]
    public DateOnly Day { get; init; }

    /// <summary>At which bank; empty where that says nothing.</summary>
    [Column("place")]
    public string Place { get; init; } = "";

    /// <summary>The number of the declaration, slip or voucher; empty where there is none.</summary>
    [Column("reference")]
    public string Reference { get; init; } = "";

    /// <summary>The transfer that moved the money, or null.</summary>
    [Column("transfer_id")]
    public long? TransferId { get; init; }

    /// <summary>The act that wrote it.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A line that the next desk gave back; it left the batch.</summary>
[Table("returned_line")]
public sealed record ReturnedLineRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The payment.</summary>
    [Column("payment_id"), PrimaryKey(2)]
    public long PaymentId { get; init; }

    /// <summary>The batch that it left.</summary>
    [Column("batch_id"), PrimaryKey(3)]
    public long BatchId { get; init; }

    /// <summary>Why.</summary>
    [Column("reason")]
    public string Reason { get; init; } = "";

    /// <summary>Who gave it back: a login.</summary>
    [Column("account")]
    public string Account { get; init; } = "";

    /// <summary>Why it is right all the same; null while nobody answered, and where it was voided.</summary>
    [Column("answer")]
    public string? Answer { get; init; }

    /// <summary>The act that wrote it last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>How much cash somebody may hold, and how long; each change adds a row.</summary>
[Table("cash_limit")]
public sealed record CashLimitRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Fen.</summary>
    [Column("amount")]
    public long Amount { get; init; } = 1_000_000;

    /// <summary>Days after the day of the oldest payment.</summary>
    [Column("days")]
    public int Days { get; init; } = 3;

    /// <summary>The act that set it.</summary>
    [Column("act_id"), PrimaryKey(2)]
    public long ActId { get; init; }
}

/// <summary>For whom a group payment is, as it was confirmed.</summary>
[Table("group_line")]
public sealed record GroupLineRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The batch.</summary>
    [Column("batch_id"), PrimaryKey(2)]
    public long BatchId { get; init; }

    /// <summary>The person.</summary>
    [Column("person_id"), PrimaryKey(3)]
    public long PersonId { get; init; }

    /// <summary>Its place in the list and on the receipt, from 1.</summary>
    [Column("line")]
    public int Line { get; init; }

    /// <summary>What the person had to pay on the day of the confirmation; fen, positive.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>The act that wrote it.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
