using LinqToDB.Mapping;

namespace Canbao.Core.Registry.Comparison;

/// <summary>A file that was compared with the register.</summary>
[Table("comparison")]
public sealed record ComparisonRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The comparison.</summary>
    [Column("comparison_id"), PrimaryKey(2)]
    public long ComparisonId { get; init; }

    /// <summary>The code of its <see cref="ComparisonSource"/>.</summary>
    [Column("source")]
    public string Source { get; init; } = "";

    /// <summary>The year whose enrolments were looked at.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>The file's name.</summary>
    [Column("file_name")]
    public string FileName { get; init; } = "";

    /// <summary>Rows read.</summary>
    [Column("rows_read")]
    public long RowsRead { get; init; }

    /// <summary>Rows of them refused.</summary>
    [Column("rows_refused")]
    public long RowsRefused { get; init; }

    /// <summary>Findings that were not there before.</summary>
    [Column("found")]
    public long Found { get; init; }

    /// <summary>The act that compared.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>How a finding stands.</summary>
public enum FindingState
{
    /// <summary>To be decided.</summary>
    Open,

    /// <summary>The register was changed accordingly.</summary>
    Accepted,

    /// <summary>The register is right.</summary>
    Rejected,

    /// <summary>To be decided later.</summary>
    Postponed,

    /// <summary>The register says the same meanwhile.</summary>
    Settled,
}

/// <summary>Something in which another office's file and the register differ about one person.</summary>
[Table("finding")]
public sealed record FindingRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The finding.</summary>
    [Column("finding_id"), PrimaryKey(2)]
    public long FindingId { get; init; }

    /// <summary>The comparison that found it.</summary>
    [Column("comparison_id")]
    public long ComparisonId { get; init; }

    /// <summary>The code of its <see cref="ComparisonSource"/>.</summary>
    [Column("source")]
    public string Source { get; init; } = "";

    /// <summary>One of <see cref="FindingKinds"/>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>The year whose enrolments were looked at.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>Keyed hash of all that is told: the same is not found twice.</summary>
    [Column("same_hash")]
    public byte[] SameHash { get; init; } = [];

    /// <summary>The person; null for whoever is not in the register.</summary>
    [Column("person_id")]
    public long? PersonId { get; init; }

    /// <summary>The person's unit; null where it is not known.</summary>
    [Column("unit")]
    public string? Unit { get; init; }

    /// <summary>The number as screens show it.</summary>
    [Column("number_mask")]
    public string NumberMask { get; init; } = "";

    /// <summary>Part of the key under which the row is sealed.</summary>
    [Column("salt")]
    public byte[] Salt { get; init; } = [];

    /// <summary>The other office's row (<see cref="TheirRow"/>), sealed.</summary>
    [Column("detail_sealed")]
    public byte[] DetailSealed { get; init; } = [];

    /// <summary>How it stands.</summary>
    [Column("state", DataType = LinqToDB.DataType.Int32)]
    public FindingState State { get; init; }

    /// <summary>Why it was decided so; empty while it is open.</summary>
    [Column("reason")]
    public string Reason { get; init; } = "";

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
