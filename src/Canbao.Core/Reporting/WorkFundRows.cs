using LinqToDB.Mapping;

namespace Canbao.Core.Reporting;

/// <summary>Work funds of a unit's communities as they were decided once (<c>lingyuan 六(三)</c>); never changed.</summary>
[Table("work_fund")]
public sealed record WorkFundRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year"), PrimaryKey(2)]
    public int InsuranceYear { get; init; }

    /// <summary>The unit whose rules promise them, such as a street.</summary>
    [Column("unit"), PrimaryKey(3)]
    public string Unit { get; init; } = "";

    /// <summary>From 1; a correction is the next.</summary>
    [Column("version"), PrimaryKey(4)]
    public int Version { get; init; }

    /// <summary>The day at whose end people counted.</summary>
    [Column("on_day")]
    public DateOnly OnDay { get; init; }

    /// <summary>The clause.</summary>
    [Column("clause")]
    public string Clause { get; init; } = "";

    /// <summary>How many people all communities have.</summary>
    [Column("people")]
    public long People { get; init; }

    /// <summary>What all communities get, fen.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>Of the lines: SHA-256, hexadecimal.</summary>
    [Column("digest")]
    public string Digest { get; init; } = "";

    /// <summary>Why it was corrected; empty for the first version.</summary>
    [Column("reason")]
    public string Reason { get; init; } = "";

    /// <summary>The business day of the decision.</summary>
    [Column("decided_on")]
    public DateOnly DecidedOn { get; init; }

    /// <summary>The act of the decision.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>What a community gets and how that was reckoned: decided, or as it would be now.</summary>
[Table("work_fund_line")]
public sealed record WorkFundLineRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year"), PrimaryKey(2)]
    public int InsuranceYear { get; init; }

    /// <summary>The unit whose rules promise it.</summary>
    [Column("unit"), PrimaryKey(3)]
    public string Unit { get; init; } = "";

    /// <summary>The version; 0 where nothing is decided.</summary>
    [Column("version"), PrimaryKey(4)]
    public int Version { get; init; }

    /// <summary>The community.</summary>
    [Column("community"), PrimaryKey(5)]
    public string Community { get; init; } = "";

    /// <summary>Its place in the table, from 1.</summary>
    [Column("place")]
    public int Place { get; init; }

    /// <summary>Its name then.</summary>
    [Column("name")]
    public string Name { get; init; } = "";

    /// <summary>Residents enrolled and paid, or paid for.</summary>
    [Column("settled")]
    public long Settled { get; init; }

    /// <summary>Of how many the rate is: the target, or who should be insured where none was handed down.</summary>
    [Column("base")]
    public long Base { get; init; }

    /// <summary>Whether <see cref="Base"/> is a target.</summary>
    [Column("has_target")]
    public bool HasTarget { get; init; }

    /// <summary>Activated credentials as last told; null where nothing was.</summary>
    [Column("active")]
    public long? Active { get; init; }

    /// <summary>Of how many insured people the credentials are; null where nothing was told.</summary>
    [Column("active_base")]
    public long? ActiveBase { get; init; }

    /// <summary>For each person, fen.</summary>
    [Column("per_person")]
    public long PerPerson { get; init; }

    /// <summary>The product, fen.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>How it comes about, in one line.</summary>
    [Column("working")]
    public string Working { get; init; } = "";
}
