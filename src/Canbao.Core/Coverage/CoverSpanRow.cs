using LinqToDB.Mapping;

namespace Canbao.Core.Coverage;

/// <summary>That somebody is covered from one day to another, both inclusive.</summary>
[Table("cover_span")]
public sealed record CoverSpanRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The span.</summary>
    [Column("span_id"), PrimaryKey(2)]
    public long SpanId { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>The person.</summary>
    [Column("person_id")]
    public long PersonId { get; init; }

    /// <summary>From this day.</summary>
    [Column("from_day")]
    public DateOnly FromDay { get; init; }

    /// <summary>Until this day, inclusive.</summary>
    [Column("until_day")]
    public DateOnly UntilDay { get; init; }

    /// <summary>How far it was meant to go, inclusive; null unless it was cut short.</summary>
    [Column("planned_until")]
    public DateOnly? PlannedUntil { get; init; }

    /// <summary>Why it was cut short (<see cref="CoverEnds"/>), or null.</summary>
    [Column("end_reason")]
    public string? EndReason { get; init; }

    /// <summary>What opened it: <c>payment</c>, <c>assistance</c>, <c>resumed</c> or <c>history</c>.</summary>
    [Column("ground")]
    public string Ground { get; init; } = "";

    /// <summary>The payment that opened it, or null.</summary>
    [Column("payment_id")]
    public long? PaymentId { get; init; }

    /// <summary>
    /// As of which day assisted cover was opened; null for payments, which have their own, and for what was opened before this was kept.
    /// </summary>
    [Column("as_of")]
    public DateOnly? AsOf { get; init; }

    /// <summary>The act that took it back, or null while it stands.</summary>
    [Column("voided_by")]
    public long? VoidedBy { get; init; }

    /// <summary>The act that wrote it.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
