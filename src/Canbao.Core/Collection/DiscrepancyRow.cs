using LinqToDB.Mapping;

namespace Canbao.Core.Collection;

/// <summary>A line or notice that has no exact counterpart, and what became of it.</summary>
[Table("discrepancy")]
public sealed record DiscrepancyRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The channel.</summary>
    [Column("channel"), PrimaryKey(2)]
    public string Channel { get; init; } = "";

    /// <summary>The day that is reconciled.</summary>
    [Column("day"), PrimaryKey(3)]
    public DateOnly Day { get; init; }

    /// <summary>The channel's own number.</summary>
    [Column("reference"), PrimaryKey(4)]
    public string Reference { get; init; } = "";

    /// <summary>The how-manieth line of that number; 0 for a notice without a line.</summary>
    [Column("occurrence"), PrimaryKey(5)]
    public int Occurrence { get; init; }

    /// <summary>What is wrong: <see cref="Discrepancies"/>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>Fen by the statement; 0 where it has no line.</summary>
    [Column("line_amount")]
    public long LineAmount { get; init; }

    /// <summary>Fen by our notice; 0 where there is none.</summary>
    [Column("notice_amount")]
    public long NoticeAmount { get; init; }

    /// <summary>The notice's day, or null.</summary>
    [Column("notice_on")]
    public DateOnly? NoticeOn { get; init; }

    /// <summary><c>open</c> or <c>settled</c>.</summary>
    [Column("state")]
    public string State { get; init; } = "";

    /// <summary>How it was decided; empty while nobody has.</summary>
    [Column("decision")]
    public string Decision { get; init; } = "";

    /// <summary>Why the money is in suspense or was not taken; empty otherwise.</summary>
    [Column("code")]
    public string Code { get; init; } = "";

    /// <summary>Why it was decided so.</summary>
    [Column("reason")]
    public string Reason { get; init; } = "";

    /// <summary>Who decided; empty where a rule did.</summary>
    [Column("account")]
    public string Account { get; init; } = "";

    /// <summary>The act of the last run that found it.</summary>
    [Column("seen_by")]
    public long SeenBy { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
