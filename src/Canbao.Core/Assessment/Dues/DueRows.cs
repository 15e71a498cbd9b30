using LinqToDB.Mapping;

namespace Canbao.Core.Assessment.Dues;

/// <summary>What somebody owes for a year, as it was assessed last; the rest is in the verdict.</summary>
[Table("due")]
public sealed record DueRow
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

    /// <summary>The unit that the person belonged to.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>What was answered.</summary>
    [Column("verdict_id")]
    public long VerdictId { get; init; }

    /// <summary>The payment day that was assumed.</summary>
    [Column("as_of")]
    public DateOnly AsOf { get; init; }

    /// <summary>First day of cover if paid on that day, or null.</summary>
    [Column("cover_from")]
    public DateOnly? CoverFrom { get; init; }

    /// <summary>Last day of cover, inclusive, or null.</summary>
    [Column("cover_until")]
    public DateOnly? CoverUntil { get; init; }

    /// <summary>
    /// The facts used but for the day (<see cref="KeptFacts"/>), sealed under the person's salt: with the pack's hash the amount can be
    /// explained years later, and whoever's stay the same need not be written anew.
    /// </summary>
    [Column("facts")]
    public byte[] Facts { get; init; } = [];

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>What a pack answered, shared by everyone whom it fits. Kept for ever.</summary>
[Table("due_verdict")]
public sealed record DueVerdictRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Told from its contents, so that the same answer has the same identifier everywhere.</summary>
    [Column("verdict_id"), PrimaryKey(2)]
    public long VerdictId { get; init; }

    /// <summary>The pack's name; empty where none is bound.</summary>
    [Column("pack")]
    public string Pack { get; init; } = "";

    /// <summary>The pack's hash (SHA-256).</summary>
    [Column("pack_hash")]
    public string PackHash { get; init; } = "";

    /// <summary>An outcome of the assessment contract, or one of <see cref="OtherOutcomes"/>.</summary>
    [Column("outcome")]
    public string Outcome { get; init; } = "";

    /// <summary>What the resident pays, fen; null unless due.</summary>
    [Column("personal")]
    public long? Personal { get; init; }

    /// <summary>The personal standard, fen; null unless due.</summary>
    [Column("standard")]
    public long? Standard { get; init; }

    /// <summary>The subsidy, fen; null unless due.</summary>
    [Column("subsidy")]
    public long? Subsidy { get; init; }

    /// <summary>Who bears the rest of the standard, <c>payer=yuan;…</c>.</summary>
    [Column("funding")]
    public string Funding { get; init; } = "";

    /// <summary>The clauses that decided, joined by <c>;</c>.</summary>
    [Column("clauses")]
    public string Clauses { get; init; } = "";
}

/// <summary>Answers that no pack gives, since nobody is asked.</summary>
public static class OtherOutcomes
{
    /// <summary>Died before the insurance year.</summary>
    public const string Dead = "dead";

    /// <summary>The person's record was merged into another.</summary>
    public const string Merged = "merged";

    /// <summary>The facts contradict each other; a desk has to correct them.</summary>
    public const string Contradictory = "contradictory";

    /// <summary>A fact is missing without which the amount cannot be told, such as the tier.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>Born after the payment day that a shadow run assumes.</summary>
    public const string NotBorn = "not_born";

    /// <summary>No pack is bound for the person's unit and the day.</summary>
    public const string NoPolicy = "no_policy";
}
