using LinqToDB.Mapping;

namespace Canbao.Core.Outreach;

/// <summary>Why somebody is on the ledger.</summary>
public enum OutreachGround
{
    /// <summary>未登记.</summary>
    Unregistered = 1,

    /// <summary>已登记未缴费, also where the amount cannot be told yet.</summary>
    Unpaid = 2,
}

/// <summary>How a case stands.</summary>
public enum OutreachState
{
    /// <summary>Being worked.</summary>
    Open = 0,

    /// <summary>Closed; the outcome tells by what.</summary>
    Closed = 1,
}

/// <summary>Somebody who should be insured for a year and was not when the case was opened.</summary>
[Table("outreach_case")]
public sealed record OutreachCaseRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The year.</summary>
    [Column("insurance_year"), PrimaryKey(2)]
    public int InsuranceYear { get; init; }

    /// <summary>The person.</summary>
    [Column("person_id"), PrimaryKey(3)]
    public long PersonId { get; init; }

    /// <summary>The unit that the person counts for.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>Why.</summary>
    [Column("ground")]
    public OutreachGround Ground { get; init; }

    /// <summary>How it stands.</summary>
    [Column("state")]
    public OutreachState State { get; init; }

    /// <summary>One of <see cref="OutreachOutcome"/>'s codes; empty while it is open.</summary>
    [Column("outcome")]
    public string Outcome { get; init; } = "";

    /// <summary>What the proof is; empty where there is none.</summary>
    [Column("proof_kind")]
    public string ProofKind { get; init; } = "";

    /// <summary>What the proof says, long numbers hidden.</summary>
    [Column("proof")]
    public string Proof { get; init; } = "";

    /// <summary>What was noted when it was closed, long numbers hidden.</summary>
    [Column("remark")]
    public string Remark { get; init; } = "";

    /// <summary>The login of whoever works it; empty where nobody was told to.</summary>
    [Column("owner")]
    public string Owner { get; init; } = "";

    /// <summary>Day of the last contact, or null.</summary>
    [Column("last_contact")]
    public DateOnly? LastContact { get; init; }

    /// <summary>When the next visit is due, or null.</summary>
    [Column("next_visit")]
    public DateOnly? NextVisit { get; init; }

    /// <summary>When it was opened.</summary>
    [Column("opened_on")]
    public DateOnly OpenedOn { get; init; }

    /// <summary>When it was closed; null while it is open.</summary>
    [Column("closed_on")]
    public DateOnly? ClosedOn { get; init; }

    /// <summary>The act that opened, closed or reopened it last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A visit, call or message.</summary>
[Table("outreach_contact")]
public sealed record OutreachContactRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The contact.</summary>
    [Column("contact_id"), PrimaryKey(2)]
    public long ContactId { get; init; }

    /// <summary>The year of the case.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>The person of the case.</summary>
    [Column("person_id")]
    public long PersonId { get; init; }

    /// <summary>When.</summary>
    [Column("day")]
    public DateOnly Day { get; init; }

    /// <summary>How: one of <see cref="OutreachWords.Ways"/>.</summary>
    [Column("way")]
    public string Way { get; init; } = "";

    /// <summary>What came of it: one of <see cref="OutreachWords.Results"/>.</summary>
    [Column("result")]
    public string Result { get; init; } = "";

    /// <summary>What else is to be known, long numbers hidden.</summary>
    [Column("remark")]
    public string Remark { get; init; } = "";

    /// <summary>Who did it.</summary>
    [Column("account")]
    public string Account { get; init; } = "";

    /// <summary>The act that recorded it.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>How far the cases have followed the acts of an area.</summary>
[Table("outreach_cursor")]
public sealed record OutreachCursorRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Who follows.</summary>
    [Column("follower"), PrimaryKey(2)]
    public string Follower { get; init; } = "";

    /// <summary>The last seal that is done.</summary>
    [Column("seal_no")]
    public long SealNo { get; init; }
}
