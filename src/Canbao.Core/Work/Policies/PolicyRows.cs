using LinqToDB.Mapping;

namespace Canbao.Core.Work.Policies;

/// <summary>What a proof of a pack found.</summary>
[Table("policy_proof")]
public sealed record PolicyProofRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The pack's name.</summary>
    [Column("pack"), PrimaryKey(2)]
    public string Pack { get; init; } = "";

    /// <summary>The pack's digest.</summary>
    [Column("hash"), PrimaryKey(3)]
    public string Hash { get; init; } = "";

    /// <summary>When.</summary>
    [Column("proved_on")]
    public DateOnly ProvedOn { get; init; }

    /// <summary>By whom.</summary>
    [Column("proved_by")]
    public string ProvedBy { get; init; } = "";

    /// <summary>Whether the pack holds for every person and every day.</summary>
    [Column("is_proved")]
    public bool IsProved { get; init; }

    /// <summary>How many different situations were looked at.</summary>
    [Column("situations")]
    public long Situations { get; init; }

    /// <summary>How many rules.</summary>
    [Column("rules")]
    public int Rules { get; init; }

    /// <summary>What fails: a line for each, with its code.</summary>
    [Column("failures")]
    public string Failures { get; init; } = "";

    /// <summary>The act.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A pack on its way to being in force.</summary>
[Table("policy_proposal")]
public sealed record PolicyProposalRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Which.</summary>
    [Column("proposal_id"), PrimaryKey(2)]
    public long ProposalId { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>The unit; all below it too.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>Payments from this day on.</summary>
    [Column("from_day")]
    public DateOnly FromDay { get; init; }

    /// <summary>The pack's name.</summary>
    [Column("pack")]
    public string Pack { get; init; } = "";

    /// <summary>Its digest when it was proposed.</summary>
    [Column("hash")]
    public string Hash { get; init; } = "";

    /// <summary>Why.</summary>
    [Column("reason")]
    public string Reason { get; init; } = "";

    /// <summary>A state of <see cref="PolicyDesk"/>.</summary>
    [Column("state")]
    public string State { get; init; } = "";

    /// <summary>Who proposed it.</summary>
    [Column("proposed_by")]
    public string ProposedBy { get; init; } = "";

    /// <summary>When.</summary>
    [Column("proposed_on")]
    public DateOnly ProposedOn { get; init; }

    /// <summary>Who decided; empty while it waits.</summary>
    [Column("decided_by")]
    public string DecidedBy { get; init; } = "";

    /// <summary>When.</summary>
    [Column("decided_on")]
    public DateOnly? DecidedOn { get; init; }

    /// <summary>What was said to it.</summary>
    [Column("decision")]
    public string Decision { get; init; } = "";

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
