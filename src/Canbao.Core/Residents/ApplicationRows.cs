using LinqToDB.Mapping;

namespace Canbao.Core.Residents;

/// <summary>What a resident handed in to be registered.</summary>
[Table("resident_application")]
public sealed record ApplicationRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The application.</summary>
    [Column("application_id"), PrimaryKey(2)]
    public long ApplicationId { get; init; }

    /// <summary>By what the resident asks for its state; by chance.</summary>
    [Column("code")]
    public string Code { get; init; } = "";

    /// <summary><see cref="Applications.Newborn"/> or <see cref="Applications.Household"/>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>The unit whose desk decides.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>The household of the newborn; once accepted, the household that was founded; else null.</summary>
    [Column("household_id")]
    public long? HouseholdId { get; init; }

    /// <summary>Who had looked up and handed it in; null for people who are not in the register.</summary>
    [Column("applicant_id")]
    public long? ApplicantId { get; init; }

    /// <summary>The salt of this row.</summary>
    [Column("salt")]
    public byte[] Salt { get; init; } = [];

    /// <summary>What was filled in, sealed.</summary>
    [Column("told")]
    public byte[] Told { get; init; } = [];

    /// <summary>The keyed hash of what was filled in, by which the same form is known.</summary>
    [Column("told_hash")]
    public byte[] ToldHash { get; init; } = [];

    /// <summary><see cref="Applications.HandedIn"/>, <see cref="Applications.Accepted"/> or <see cref="Applications.Refused"/>.</summary>
    [Column("state")]
    public string State { get; init; } = "";

    /// <summary>Why it was refused; empty otherwise.</summary>
    [Column("reason")]
    public string Reason { get; init; } = "";

    /// <summary>Who decided: a login; empty before.</summary>
    [Column("account")]
    public string Account { get; init; } = "";

    /// <summary>When it was handed in.</summary>
    [Column("handed_in_at")]
    public DateTimeOffset HandedInAt { get; init; }

    /// <summary>When it was decided, or null.</summary>
    [Column("decided_at")]
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The act that wrote it last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A photo or paper of an application, kept as an upload.</summary>
[Table("resident_application_file")]
public sealed record ApplicationFileRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The application.</summary>
    [Column("application_id"), PrimaryKey(2)]
    public long ApplicationId { get; init; }

    /// <summary>The upload.</summary>
    [Column("upload_id"), PrimaryKey(3)]
    public long UploadId { get; init; }

    /// <summary>What it shows, such as <c>birth_certificate</c>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";
}
