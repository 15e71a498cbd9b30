using LinqToDB.Mapping;

namespace Canbao.Core.Registry;

/// <summary>A household, which enrols as a whole (<c>lishi 一-household</c>, <c>lingyuan 四(二)</c>).</summary>
[Table("household")]
public sealed record HouseholdRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The household.</summary>
    [Column("household_id"), PrimaryKey(2)]
    public long HouseholdId { get; init; }

    /// <summary>The collection unit.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>The number of its register booklet or in the files that it came from; empty where it has none. Unique.</summary>
    [Column("number")]
    public string Number { get; init; } = "";

    /// <summary>Where it lives.</summary>
    [Column("address")]
    public string Address { get; init; } = "";

    /// <summary>The day it came to an end (merged, all gone), or null.</summary>
    [Column("ended_on")]
    public DateOnly? EndedOn { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
