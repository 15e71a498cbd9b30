using LinqToDB.Mapping;

namespace Canbao.Core.Collection;

/// <summary>That somebody's contribution for a year was paid.</summary>
[Table("payment")]
public sealed record PaymentRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The payment.</summary>
    [Column("payment_id"), PrimaryKey(2)]
    public long PaymentId { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>The person whose contribution it is.</summary>
    [Column("person_id")]
    public long PersonId { get; init; }

    /// <summary>The unit that it counts for.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>Fen, positive.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>The payment day, which decides the price and the cover.</summary>
    [Column("paid_on")]
    public DateOnly PaidOn { get; init; }

    /// <summary>The channel, such as <c>cash</c>; <c>history</c> for what was taken over from the system before this one.</summary>
    [Column("channel")]
    public string Channel { get; init; } = "";

    /// <summary>The channel's own number: the same payment is posted once (promise 2).</summary>
    [Column("reference")]
    public string Reference { get; init; } = "";

    /// <summary>The receipt.</summary>
    [Column("receipt_no")]
    public string ReceiptNo { get; init; } = "";

    /// <summary>Who took it: a login, or empty.</summary>
    [Column("account")]
    public string Account { get; init; } = "";

    /// <summary>
    /// The ledger's transfer, which other payments of the same deed share; null for history, whose money this ledger never saw.
    /// </summary>
    [Column("transfer_id")]
    public long? TransferId { get; init; }

    /// <summary>The act that reversed it, or null.</summary>
    [Column("reversed_by")]
    public long? ReversedBy { get; init; }

    /// <summary>The transfer that gave the money back, or null.</summary>
    [Column("reversal_id")]
    public long? ReversalId { get; init; }

    /// <summary>The batch that it is a line of; null for what is no cash.</summary>
    [Column("batch_id")]
    public long? BatchId { get; init; }

    /// <summary>How often its receipt was printed again.</summary>
    [Column("copies")]
    public int Copies { get; init; }

    /// <summary>Why its receipt is void and the cash was given back; null where it is not.</summary>
    [Column("void_reason")]
    public string? VoidReason { get; init; }

    /// <summary>The act that wrote it.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
