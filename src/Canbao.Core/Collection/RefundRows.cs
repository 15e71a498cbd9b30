using LinqToDB.Mapping;

namespace Canbao.Core.Collection;

/// <summary>Money that goes back to whoever paid it.</summary>
[Table("refund")]
public sealed record RefundRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The refund.</summary>
    [Column("refund_id"), PrimaryKey(2)]
    public long RefundId { get; init; }

    /// <summary>For which insurance year it was paid.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>Whose contribution it was; null for money that fitted nobody.</summary>
    [Column("person_id")]
    public long? PersonId { get; init; }

    /// <summary>The unit that the payment counted for; null for money that fitted nobody.</summary>
    [Column("unit")]
    public string? Unit { get; init; }

    /// <summary>The payment that goes back; null for money out of suspense.</summary>
    [Column("payment_id")]
    public long? PaymentId { get; init; }

    /// <summary>The channel of a notice whose money was in suspense, or null.</summary>
    [Column("channel")]
    public string? Channel { get; init; }

    /// <summary>The notice's number, or null.</summary>
    [Column("reference")]
    public string? Reference { get; init; }

    /// <summary>Fen, positive.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>Why (<see cref="Refunds.Reasons"/>).</summary>
    [Column("reason")]
    public string Reason { get; init; } = "";

    /// <summary>What the maker adds.</summary>
    [Column("remark")]
    public string Remark { get; init; } = "";

    /// <summary>On what it rests: a rule of the pack, a supervisor's decision, or that the money was nobody's.</summary>
    [Column("basis")]
    public string Basis { get; init; } = "";

    /// <summary>What the pack's rule says; empty where the pack is silent.</summary>
    [Column("rule")]
    public string Rule { get; init; } = "";

    /// <summary>Its clause with the notice's prefix; empty where the pack is silent.</summary>
    [Column("clause")]
    public string Clause { get; init; } = "";

    /// <summary>The last day on which the rule allows a request, or null.</summary>
    [Column("refundable_until")]
    public DateOnly? RefundableUntil { get; init; }

    /// <summary>Requested, refused, approved, sent, failed or paid.</summary>
    [Column("state")]
    public string State { get; init; } = "";

    /// <summary>Its own salt.</summary>
    [Column("salt")]
    public byte[] Salt { get; init; } = [];

    /// <summary>To whom and into which account, sealed; null until somebody says.</summary>
    [Column("payee_sealed")]
    public byte[]? PayeeSealed { get; init; }

    /// <summary>The payee as pages show it.</summary>
    [Column("payee_mask")]
    public string PayeeMask { get; init; } = "";

    /// <summary>Who entered the account: a login, or empty.</summary>
    [Column("payee_by")]
    public string PayeeBy { get; init; } = "";

    /// <summary>Who requested it: a login.</summary>
    [Column("requested_by")]
    public string RequestedBy { get; init; } = "";

    /// <summary>The day of the request.</summary>
    [Column("requested_on")]
    public DateOnly RequestedOn { get; init; }

    /// <summary>Who decided: a login, or empty.</summary>
    [Column("checked_by")]
    public string CheckedBy { get; init; } = "";

    /// <summary>The reason of the decision, or empty.</summary>
    [Column("decision")]
    public string Decision { get; init; } = "";

    /// <summary>What the bank answered last.</summary>
    [Column("answer")]
    public string Answer { get; init; } = "";

    /// <summary>The act that wrote it last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A file by which the bank pays refunds out.</summary>
[Table("payout")]
public sealed record PayoutRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The file.</summary>
    [Column("payout_id"), PrimaryKey(2)]
    public long PayoutId { get; init; }

    /// <summary>Its number in the area, from 1.</summary>
    [Column("number")]
    public int Number { get; init; }

    /// <summary>How many refunds it holds.</summary>
    [Column("refunds")]
    public int Count { get; init; }

    /// <summary>Their sum, fen.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>Who made it: a login.</summary>
    [Column("account")]
    public string Account { get; init; } = "";

    /// <summary>When.</summary>
    [Column("day")]
    public DateOnly Day { get; init; }

    /// <summary>The act that made it.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A refund in such a file, with the bank's answer.</summary>
[Table("payout_line")]
public sealed record PayoutLineRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The file.</summary>
    [Column("payout_id"), PrimaryKey(2)]
    public long PayoutId { get; init; }

    /// <summary>The refund.</summary>
    [Column("refund_id"), PrimaryKey(3)]
    public long RefundId { get; init; }

    /// <summary>Its line in the file, from 1.</summary>
    [Column("line")]
    public int Line { get; init; }

    /// <summary>What the bank answered: <c>paid</c>, <c>failed</c>, or nothing yet.</summary>
    [Column("outcome")]
    public string Outcome { get; init; } = "";

    /// <summary>The bank's reason.</summary>
    [Column("answer")]
    public string Answer { get; init; } = "";

    /// <summary>The transfer of the money that went out, or null.</summary>
    [Column("transfer_id")]
    public long? TransferId { get; init; }

    /// <summary>The act that wrote it last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
