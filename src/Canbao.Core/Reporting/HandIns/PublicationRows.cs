using LinqToDB.Mapping;

namespace Canbao.Core.Reporting.HandIns;

/// <summary>A bulletin with the figures that it was drafted from.</summary>
[Table("bulletin")]
public sealed record BulletinRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Its identifier.</summary>
    [Column("bulletin_id"), PrimaryKey(2)]
    public long BulletinId { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>The unit that it is about, with those below.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>The planned day, at whose end it counts.</summary>
    [Column("due_on")]
    public DateOnly DueOn { get; init; }

    /// <summary>What the plan calls it.</summary>
    [Column("title")]
    public string Title { get; init; } = "";

    /// <summary>draft, waiting, approved or published.</summary>
    [Column("state")]
    public string State { get; init; } = "";

    /// <summary>The figures as JSON.</summary>
    [Column("figures")]
    public string Figures { get; init; } = "";

    /// <summary>SHA-256 of <see cref="Figures"/>.</summary>
    [Column("digest")]
    public byte[] Digest { get; init; } = [];

    /// <summary>The text.</summary>
    [Column("words")]
    public string Words { get; init; } = "";

    /// <summary>Whoever drafted it last.</summary>
    [Column("drafted_by")]
    public string DraftedBy { get; init; } = "";

    /// <summary>Whoever reviewed it last; empty before.</summary>
    [Column("reviewed_by")]
    public string ReviewedBy { get; init; } = "";

    /// <summary>What the reviewer said.</summary>
    [Column("remark")]
    public string Remark { get; init; } = "";

    /// <summary>Since when everybody sees it, or null.</summary>
    [Column("published_on")]
    public DateOnly? PublishedOn { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A list of masked names that a village posts.</summary>
[Table("posting")]
public sealed record PostingRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Its identifier.</summary>
    [Column("posting_id"), PrimaryKey(2)]
    public long PostingId { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>The village.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>Its name then.</summary>
    [Column("unit_name")]
    public string UnitName { get; init; } = "";

    /// <summary>Where it stood then.</summary>
    [Column("path")]
    public string Path { get; init; } = "";

    /// <summary>The first day on which it hangs.</summary>
    [Column("from_day")]
    public DateOnly FromDay { get; init; }

    /// <summary>Working days after that within which objections are taken.</summary>
    [Column("objection_days")]
    public int ObjectionDays { get; init; }

    /// <summary>Who should be insured.</summary>
    [Column("expected")]
    public long Expected { get; init; }

    /// <summary>Who has paid, or for whom others do.</summary>
    [Column("settled")]
    public long Settled { get; init; }

    /// <summary>The masked names as JSON.</summary>
    [Column("lines")]
    public string Lines { get; init; } = "";

    /// <summary>SHA-256 of <see cref="Lines"/>.</summary>
    [Column("digest")]
    public byte[] Digest { get; init; } = [];

    /// <summary>The account.</summary>
    [Column("posted_by")]
    public string PostedBy { get; init; } = "";

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>An objection to a posting.</summary>
[Table("posting_objection")]
public sealed record PostingObjectionRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The posting.</summary>
    [Column("posting_id"), PrimaryKey(2)]
    public long PostingId { get; init; }

    /// <summary>From 1.</summary>
    [Column("place"), PrimaryKey(3)]
    public int Place { get; init; }

    /// <summary>The day.</summary>
    [Column("raised_on")]
    public DateOnly RaisedOn { get; init; }

    /// <summary>Who raised it; empty for somebody who wants to stay unnamed.</summary>
    [Column("raised_by")]
    public string RaisedBy { get; init; } = "";

    /// <summary>What it says, long numbers hidden.</summary>
    [Column("says")]
    public string Says { get; init; } = "";

    /// <summary>The day of the answer, or null.</summary>
    [Column("answered_on")]
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>The account that answered; empty before.</summary>
    [Column("answered_by")]
    public string AnsweredBy { get; init; } = "";

    /// <summary>The answer.</summary>
    [Column("answer")]
    public string Answer { get; init; } = "";

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
