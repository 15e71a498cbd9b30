using LinqToDB.Mapping;

namespace Canbao.Core.Reporting;

/// <summary>A figure from outside the register.</summary>
[Table("figure")]
public sealed record FigureRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>One of <see cref="Measures"/>.</summary>
    [Column("measure"), PrimaryKey(2)]
    public string Measure { get; init; } = "";

    /// <summary>The unit, with those below it.</summary>
    [Column("unit"), PrimaryKey(3)]
    public string Unit { get; init; } = "";

    /// <summary>As of which day; the last of the year for figures of a year.</summary>
    [Column("day"), PrimaryKey(4)]
    public DateOnly Day { get; init; }

    /// <summary>People, permits or credentials.</summary>
    [Column("people")]
    public long People { get; init; }

    /// <summary>Where it comes from, such as a clause or an office.</summary>
    [Column("source")]
    public string Source { get; init; } = "";

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>What a unit, or somebody who answers for a part of it, has to reach in a year (<c>jincheng 七(二)-(三)</c>).</summary>
[Table("target")]
public sealed record TargetRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year"), PrimaryKey(2)]
    public int InsuranceYear { get; init; }

    /// <summary>One of <see cref="TargetMeasure"/>'s codes.</summary>
    [Column("measure"), PrimaryKey(3)]
    public string Measure { get; init; } = "";

    /// <summary>The unit, with those below it.</summary>
    [Column("unit"), PrimaryKey(4)]
    public string Unit { get; init; } = "";

    /// <summary>The login of whoever answers for a part of the unit's target; empty for the whole.</summary>
    [Column("holder"), PrimaryKey(5)]
    public string Holder { get; init; } = "";

    /// <summary>How many people.</summary>
    [Column("people")]
    public long People { get; init; }

    /// <summary>The year whose figures it rests on, or null.</summary>
    [Column("base_year")]
    public int? BaseYear { get; init; }

    /// <summary>The code of a <see cref="TargetBasis"/>.</summary>
    [Column("basis")]
    public string Basis { get; init; } = "";

    /// <summary>Where it comes from, such as a clause.</summary>
    [Column("source")]
    public string Source { get; init; } = "";

    /// <summary>The name of whoever signed for it; empty before.</summary>
    [Column("signed_by")]
    public string SignedBy { get; init; } = "";

    /// <summary>On which day, or null.</summary>
    [Column("signed_on")]
    public DateOnly? SignedOn { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
