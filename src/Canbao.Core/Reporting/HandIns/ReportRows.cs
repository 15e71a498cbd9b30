using LinqToDB.Mapping;

namespace Canbao.Core.Reporting.HandIns;

/// <summary>What an area sets for reports and postings; the latest counts.</summary>
[Table("report_setting")]
public sealed record ReportSettingRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The act that set it.</summary>
    [Column("act_id"), PrimaryKey(2)]
    public long ActId { get; init; }

    /// <summary>Whether a deadline on a day off moves to the next working day (decision 20).</summary>
    [Column("moves_days_off")]
    public bool MovesDaysOff { get; init; }

    /// <summary>Working days within which objections to a posting are taken.</summary>
    [Column("objection_days")]
    public int ObjectionDays { get; init; }
}

/// <summary>What a unit handed in for a planned day.</summary>
[Table("report")]
public sealed record ReportRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Its identifier.</summary>
    [Column("report_id"), PrimaryKey(2)]
    public long ReportId { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>The form's code.</summary>
    [Column("form")]
    public string Form { get; init; } = "";

    /// <summary>The planned day, before a day off moves it.</summary>
    [Column("due_on")]
    public DateOnly DueOn { get; init; }

    /// <summary>The unit.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>Its name then.</summary>
    [Column("unit_name")]
    public string UnitName { get; init; } = "";

    /// <summary>Where it stood when it first handed in: whoever stood above it sees it for ever.</summary>
    [Column("path")]
    public string Path { get; init; } = "";

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A version of it; later ones are corrections.</summary>
[Table("report_version")]
public sealed record ReportVersionRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The report.</summary>
    [Column("report_id"), PrimaryKey(2)]
    public long ReportId { get; init; }

    /// <summary>From 1.</summary>
    [Column("version"), PrimaryKey(3)]
    public int Version { get; init; }

    /// <summary>When.</summary>
    [Column("handed_in_at")]
    public DateTimeOffset HandedInAt { get; init; }

    /// <summary>By which account.</summary>
    [Column("handed_in_by")]
    public string HandedInBy { get; init; } = "";

    /// <summary>Whether the first version came after the deadline's minute; a correction keeps it.</summary>
    [Column("is_late")]
    public bool IsLate { get; init; }

    /// <summary>The day at whose end it counts; of the day itself, the moment of the hand-in.</summary>
    [Column("as_of")]
    public DateOnly AsOf { get; init; }

    /// <summary>Why warnings stand, or why it was corrected.</summary>
    [Column("explanation")]
    public string Explanation { get; init; } = "";

    /// <summary>The filled form (<see cref="FrozenGrid"/>).</summary>
    [Column("grid")]
    public string Grid { get; init; } = "";

    /// <summary>SHA-256 of <see cref="Grid"/>.</summary>
    [Column("digest")]
    public byte[] Digest { get; init; } = [];

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A closed report that was opened once more, until the unit hands in.</summary>
[Table("report_reopening")]
public sealed record ReportReopeningRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year"), PrimaryKey(2)]
    public int InsuranceYear { get; init; }

    /// <summary>The form's code.</summary>
    [Column("form"), PrimaryKey(3)]
    public string Form { get; init; } = "";

    /// <summary>The planned day.</summary>
    [Column("due_on"), PrimaryKey(4)]
    public DateOnly DueOn { get; init; }

    /// <summary>The unit.</summary>
    [Column("unit"), PrimaryKey(5)]
    public string Unit { get; init; } = "";

    /// <summary>The act that opened it.</summary>
    [Column("act_id"), PrimaryKey(6)]
    public long ActId { get; init; }

    /// <summary>Why.</summary>
    [Column("reason")]
    public string Reason { get; init; } = "";
}
