using LinqToDB.Mapping;

namespace Canbao.Core.Registry;

/// <summary>That a person is registered for an insurance year. Registered, paid and covered are three things.</summary>
[Table("enrolment")]
public sealed record EnrolmentRow
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

    /// <summary>The unit that it counts for.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>One of <see cref="EnrolmentKinds"/>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>Day of registration.</summary>
    [Column("registered_on")]
    public DateOnly RegisteredOn { get; init; }

    /// <summary>Chosen tier: 0 (not chosen), 1 or 2.</summary>
    [Column("tier")]
    public int Tier { get; init; }

    /// <summary>Day of its end, or null while it is active.</summary>
    [Column("ended_on")]
    public DateOnly? EndedOn { get; init; }

    /// <summary>Why it ended; empty while it is active.</summary>
    [Column("end_reason")]
    public string EndReason { get; init; } = "";

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>What an enrolment came from.</summary>
public static class EnrolmentKinds
{
    /// <summary>新参保.</summary>
    public const string New = "new";

    /// <summary>续保: insured here the year before and unchanged (<c>lingyuan 四(一)</c>).</summary>
    public const string Renewed = "renewed";

    /// <summary>转入: moved in, insured elsewhere before.</summary>
    public const string MovedIn = "moved_in";

    /// <summary>新生儿.</summary>
    public const string Newborn = "newborn";

    /// <summary>Taken over from the system before this one.</summary>
    public const string History = "history";
}

/// <summary>That a person's number is taken for a year, in the whole installation (promise 4).</summary>
[Table("enrolment_claim")]
public sealed record EnrolmentClaimRow
{
    /// <summary>The insurance year.</summary>
    [Column("insurance_year"), PrimaryKey(1)]
    public int InsuranceYear { get; init; }

    /// <summary>Keyed hash of the number, or of area and person for whoever has none.</summary>
    [Column("person_hash"), PrimaryKey(2)]
    public byte[] PersonHash { get; init; } = [];

    /// <summary>The area that enrolled the person.</summary>
    [Column("area")]
    public int Area { get; init; }

    /// <summary>The person there.</summary>
    [Column("person_id")]
    public long PersonId { get; init; }
}
