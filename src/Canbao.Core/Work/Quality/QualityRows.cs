using LinqToDB.Mapping;

namespace Canbao.Core.Work.Quality;

/// <summary>When the records of everybody of an area were counted last.</summary>
[Table("quality_year")]
sealed record QualityYearRow
{
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    [Column("insurance_year"), PrimaryKey(2)]
    public int InsuranceYear { get; init; }

    /// <summary>The last seal before the last counting began.</summary>
    [Column("seal_no")]
    public long SealNo { get; init; }

    /// <summary>When the last counting began, which may not have come to its end.</summary>
    [Column("begun_at")]
    public DateTimeOffset BegunAt { get; init; }

    /// <summary>When the counting began whose counts are kept; null before any came to its end.</summary>
    [Column("counted_at")]
    public DateTimeOffset? CountedAt { get; init; }
}

/// <summary>A unit's own counts then.</summary>
[Table("quality_count")]
sealed record QualityCountRow
{
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    [Column("insurance_year"), PrimaryKey(2)]
    public int InsuranceYear { get; init; }

    [Column("unit"), PrimaryKey(3)]
    public string Unit { get; init; } = "";

    [Column("people")]
    public long People { get; init; }

    [Column("enrolled")]
    public long Enrolled { get; init; }

    [Column("payable")]
    public long Payable { get; init; }

    [Column("paid")]
    public long Paid { get; init; }

    [Column("flawed")]
    public long Flawed { get; init; }

    [Column("no_number")]
    public long NoNumber { get; init; }

    [Column("no_phone")]
    public long NoPhone { get; init; }

    [Column("no_head")]
    public long NoHead { get; init; }

    [Column("contradictory")]
    public long Contradictory { get; init; }

    [Column("unassessed")]
    public long Unassessed { get; init; }

    [Column("double_record")]
    public long DoubleRecord { get; init; }

    [Column("paid_not_enrolled")]
    public long PaidNotEnrolled { get; init; }

    [Column("other_unit")]
    public long OtherUnit { get; init; }

    public static QualityCountRow Of(int area, int year, string unit, QualityCounts counts) => new()
    {
        Area = area,
        InsuranceYear = year,
        Unit = unit,
        People = counts.People,
        Enrolled = counts.Enrolled,
        Payable = counts.Payable,
        Paid = counts.Paid,
        Flawed = counts.Flawed,
        NoNumber = counts.Of(QualityIssue.NoNumber),
        NoPhone = counts.Of(QualityIssue.NoPhone),
        NoHead = counts.Of(QualityIssue.NoHead),
        Contradictory = counts.Of(QualityIssue.Contradictory),
        Unassessed = counts.Of(QualityIssue.Unassessed),
        DoubleRecord = counts.Of(QualityIssue.DoubleRecord),
        PaidNotEnrolled = counts.Of(QualityIssue.PaidNotEnrolled),
        OtherUnit = counts.Of(QualityIssue.OtherUnit),
    };

    /// <summary>In the order of <see cref="QualityIssue"/>.</summary>
    public QualityCounts Counts() => new(
        People, Enrolled, Payable, Paid, Flawed,
        [NoNumber, NoPhone, NoHead, Contradictory, Unassessed, DoubleRecord, PaidNotEnrolled, OtherUnit]);
}
