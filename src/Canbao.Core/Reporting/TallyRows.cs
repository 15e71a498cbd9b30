using LinqToDB.Mapping;

namespace Canbao.Core.Reporting;

/// <summary>How far the counting of a year has come.</summary>
[Table("tally_year")]
public sealed record TallyYearRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year"), PrimaryKey(2)]
    public int InsuranceYear { get; init; }

    /// <summary>The last seal of the audit chain whose act is counted.</summary>
    [Column("seal_no")]
    public long SealNo { get; init; }

    /// <summary>When that was.</summary>
    [Column("counted_at")]
    public DateTimeOffset CountedAt { get; init; }
}

/// <summary>As what somebody is counted.</summary>
[Table("tally_person")]
public sealed record TallyPersonRow
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

    /// <summary>The unit of the enrolment; of now, for whoever has none.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>The category under which the person counts; empty for none.</summary>
    [Column("category")]
    public string Category { get; init; } = "";

    /// <summary>The code of a <see cref="TallyProfile"/>.</summary>
    [Column("profile")]
    public int Profile { get; init; }

    /// <summary>Paid or owed, fen.</summary>
    [Column("fen")]
    public long Fen { get; init; }
}

/// <summary>How many people of one kind a unit has now.</summary>
[Table("tally")]
public sealed record TallyRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year"), PrimaryKey(2)]
    public int InsuranceYear { get; init; }

    /// <summary>The unit, without those below it.</summary>
    [Column("unit"), PrimaryKey(3)]
    public string Unit { get; init; } = "";

    /// <summary>As of <see cref="TallyPersonRow.Category"/>.</summary>
    [Column("category"), PrimaryKey(4)]
    public string Category { get; init; } = "";

    /// <summary>The code of a <see cref="TallyProfile"/>.</summary>
    [Column("profile"), PrimaryKey(5)]
    public int Profile { get; init; }

    /// <summary>How many.</summary>
    [Column("people")]
    public long People { get; init; }

    /// <summary>What they paid or owe, fen.</summary>
    [Column("fen")]
    public long Fen { get; init; }
}

/// <summary>By how much a day changed how many people of one kind a unit has.</summary>
[Table("tally_day")]
public sealed record TallyDayRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year"), PrimaryKey(2)]
    public int InsuranceYear { get; init; }

    /// <summary>The business day of the acts.</summary>
    [Column("day"), PrimaryKey(3)]
    public DateOnly Day { get; init; }

    /// <summary>The unit, without those below it.</summary>
    [Column("unit"), PrimaryKey(4)]
    public string Unit { get; init; } = "";

    /// <summary>As of <see cref="TallyPersonRow.Category"/>.</summary>
    [Column("category"), PrimaryKey(5)]
    public string Category { get; init; } = "";

    /// <summary>The code of a <see cref="TallyProfile"/>.</summary>
    [Column("profile"), PrimaryKey(6)]
    public int Profile { get; init; }

    /// <summary>How many more, or fewer.</summary>
    [Column("people")]
    public long People { get; init; }

    /// <summary>By how many fen more, or fewer.</summary>
    [Column("fen")]
    public long Fen { get; init; }
}
