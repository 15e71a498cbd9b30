using LinqToDB.Mapping;

namespace Canbao.Core.Coverage;

/// <summary>That somebody is covered from one day to another, both inclusive.</summary>
[Table("cover_span")]
public sealed record CoverSpanRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year"), PrimaryKey(2)]
    public int InsuranceYear { get; init; }

    /// <summary>The person.</summary>
    [Column("person_id"), PrimaryKey(3)]
    public long PersonId { get; init; }

    /// <summary>From this day.</summary>
    [Column("from_day"), PrimaryKey(4)]
    public DateOnly FromDay { get; init; }

    /// <summary>Until this day, inclusive.</summary>
    [Column("until_day")]
    public DateOnly UntilDay { get; init; }

    /// <summary>What opened it: <c>payment</c>, <c>assistance</c> or <c>history</c>.</summary>
    [Column("ground")]
    public string Ground { get; init; } = "";

    /// <summary>The act that wrote it.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
