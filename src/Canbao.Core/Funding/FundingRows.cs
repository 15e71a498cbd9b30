using LinqToDB.Mapping;

namespace Canbao.Core.Funding;

/// <summary>For what a payer pays: a rule of a pack and the category by which it fits, or the subsidy. Kept for ever.</summary>
[Table("funder_ground")]
public sealed record FunderGroundRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Told from its contents, so that the same ground has the same identifier everywhere.</summary>
    [Column("ground_id"), PrimaryKey(2)]
    public long GroundId { get; init; }

    /// <summary>The payer's code in the pack; <see cref="FunderShares.Subsidy"/> for levels that the notice does not name.</summary>
    [Column("payer")]
    public string Payer { get; init; } = "";

    /// <summary>The payer as an office says it.</summary>
    [Column("payer_name")]
    public string PayerName { get; init; } = "";

    /// <summary>The assistance rule's name in the pack; <see cref="FunderShares.Subsidy"/> for the subsidy.</summary>
    [Column("rule")]
    public string Rule { get; init; } = "";

    /// <summary>What the rule says.</summary>
    [Column("says")]
    public string Says { get; init; } = "";

    /// <summary>The clause with the notice's prefix.</summary>
    [Column("clause")]
    public string Clause { get; init; } = "";

    /// <summary>The category by which the rule fits; empty where it asks for none, such as for an age.</summary>
    [Column("category")]
    public string Category { get; init; } = "";

    /// <summary>The category as an office says it, or empty.</summary>
    [Column("category_name")]
    public string CategoryName { get; init; } = "";

    /// <summary>The department that lists the category, or empty.</summary>
    [Column("department")]
    public string Department { get; init; } = "";

    /// <summary>The account of what is owed.</summary>
    [Column("account")]
    public string Account { get; init; } = "";

    /// <summary>The category, or what the rule says where it asks for none.</summary>
    public string Name => CategoryName.Length > 0 ? CategoryName : Says;
}

/// <summary>What a payer owes for somebody, or takes back. Never changed but for the claim that it is part of.</summary>
[Table("funder_share")]
public sealed record FunderShareRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The share.</summary>
    [Column("share_id"), PrimaryKey(2)]
    public long ShareId { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>For whom.</summary>
    [Column("person_id")]
    public long PersonId { get; init; }

    /// <summary>The unit that the enrolment counts for.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>Who pays, and for what.</summary>
    [Column("ground_id")]
    public long GroundId { get; init; }

    /// <summary>Fen, not zero; less than zero is taken back.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>The day on which the enrolment was settled; of what is taken back the day on which that was booked.</summary>
    [Column("day")]
    public DateOnly Day { get; init; }

    /// <summary>The claim that it is part of, or null while it is open.</summary>
    [Column("claim_id")]
    public long? ClaimId { get; init; }

    /// <summary>The act that booked it.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>Money asked of a payer: all its open shares of a unit up to a day.</summary>
[Table("funder_claim")]
public sealed record FunderClaimRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The claim.</summary>
    [Column("claim_id"), PrimaryKey(2)]
    public long ClaimId { get; init; }

    /// <summary>Its number in the area and year, from 1.</summary>
    [Column("number")]
    public int Number { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>The payer.</summary>
    [Column("payer")]
    public string Payer { get; init; } = "";

    /// <summary>The unit below which the people are.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>The department whose categories it holds; empty for all.</summary>
    [Column("department")]
    public string Department { get; init; } = "";

    /// <summary>The last day of its shares, inclusive.</summary>
    [Column("until_day")]
    public DateOnly UntilDay { get; init; }

    /// <summary>For how many people.</summary>
    [Column("people")]
    public int People { get; init; }

    /// <summary>Fen, more than zero.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>Submitted, returned, approved, allocated or settled.</summary>
    [Column("state")]
    public string State { get; init; } = "";

    /// <summary>Who submitted it: a login.</summary>
    [Column("submitted_by")]
    public string SubmittedBy { get; init; } = "";

    /// <summary>When.</summary>
    [Column("submitted_on")]
    public DateOnly SubmittedOn { get; init; }

    /// <summary>Who approved or returned it: a login, or empty.</summary>
    [Column("approved_by")]
    public string ApprovedBy { get; init; } = "";

    /// <summary>Who recorded the allocation: a login, or empty.</summary>
    [Column("allocated_by")]
    public string AllocatedBy { get; init; } = "";

    /// <summary>The day of the allocation, or null.</summary>
    [Column("allocated_on")]
    public DateOnly? AllocatedOn { get; init; }

    /// <summary>The number of the allocation's paper, or empty.</summary>
    [Column("allocation")]
    public string Allocation { get; init; } = "";

    /// <summary>Who confirmed that the money arrived: a login, or empty.</summary>
    [Column("settled_by")]
    public string SettledBy { get; init; } = "";

    /// <summary>The day on which that was confirmed, or null.</summary>
    [Column("settled_on")]
    public DateOnly? SettledOn { get; init; }

    /// <summary>What finance says of it, or empty.</summary>
    [Column("remark")]
    public string Remark { get; init; } = "";

    /// <summary>The act that wrote it last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
