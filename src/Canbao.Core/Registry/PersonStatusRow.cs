using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Mapping;

namespace Canbao.Core.Registry;

/// <summary>What is so of a person from one day to another, both inclusive.</summary>
[Table("person_status")]
public sealed record PersonStatusRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The person.</summary>
    [Column("person_id"), PrimaryKey(2)]
    public long PersonId { get; init; }

    /// <summary>From this day.</summary>
    [Column("from_day"), PrimaryKey(3)]
    public DateOnly FromDay { get; init; }

    /// <summary>Until this day, inclusive; null while it is so.</summary>
    [Column("until_day")]
    public DateOnly? UntilDay { get; init; }

    /// <summary>The collection unit that the person belongs to.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>The household, or null for whoever lives in none (students of colleges, inmates).</summary>
    [Column("household_id")]
    public long? HouseholdId { get; init; }

    /// <summary>What the person is to the head of the household.</summary>
    [Column("relation", DataType = DataType.Int32)]
    public Relation Relation { get; init; }

    /// <summary>Where the person is at home.</summary>
    [Column("residence", DataType = DataType.Int32)]
    public Residence Residence { get; init; }

    /// <summary>Last day of the residence permit; null without one or where not told.</summary>
    [Column("permit_until")]
    public DateOnly? PermitUntil { get; init; }

    /// <summary>How the person works.</summary>
    [Column("employment", DataType = DataType.Int32)]
    public Employment Employment { get; init; }

    /// <summary>Last day of employee insurance, or null.</summary>
    [Column("employee_cover_ended")]
    public DateOnly? EmployeeCoverEnded { get; init; }

    /// <summary>The kind of school attended.</summary>
    [Column("student", DataType = DataType.Int32)]
    public Student Student { get; init; }

    /// <summary>Day on which a new student entered school, or null.</summary>
    [Column("school_entry")]
    public DateOnly? SchoolEntry { get; init; }

    /// <summary>The school or class, a unit too; null where not told.</summary>
    [Column("school_unit")]
    public string? SchoolUnit { get; init; }

    /// <summary>Another ground of scope.</summary>
    [Column("scope_status", DataType = DataType.Int32)]
    public ScopeStatus ScopeStatus { get; init; }

    /// <summary>Insurance elsewhere.</summary>
    [Column("other_cover", DataType = DataType.Int32)]
    public OtherCover OtherCover { get; init; }

    /// <summary>Where the person lives.</summary>
    [Column("address")]
    public string Address { get; init; } = "";

    /// <summary>Keyed hash of the phone number.</summary>
    [Column("phone_hash")]
    public byte[]? PhoneHash { get; init; }

    /// <summary>The phone number, sealed under the person's salt.</summary>
    [Column("phone_sealed")]
    public byte[]? PhoneSealed { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
