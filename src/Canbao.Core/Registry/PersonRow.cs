using Canbao.Vocabulary;
using LinqToDB.Mapping;

namespace Canbao.Core.Registry;

/// <summary>A person, insured or not. Never removed: whoever was merged into another keeps the row and its history.</summary>
[Table("person")]
public sealed record PersonRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The person.</summary>
    [Column("person_id"), PrimaryKey(2)]
    public long PersonId { get; init; }

    /// <summary>Keyed hash of the number, by which the person is found; null for whoever has none (<c>lingyuan 四(五)</c>).</summary>
    [Column("number_hash")]
    public byte[]? NumberHash { get; init; }

    /// <summary>The number, sealed under <see cref="Salt"/>.</summary>
    [Column("number_sealed")]
    public byte[]? NumberSealed { get; init; }

    /// <summary>The number as screens show it; empty where there is none.</summary>
    [Column("number_mask")]
    public string NumberMask { get; init; } = "";

    /// <summary>Part of the key of all that is sealed for this person. Overwriting it with zeros erases that for ever.</summary>
    [Column("salt")]
    public byte[] Salt { get; init; } = [];

    /// <summary>The name.</summary>
    [Column("name")]
    public string Name { get; init; } = "";

    /// <summary>
    /// The letters by which the name is searched. They follow the name, so that whoever writes a name writes them; empty in the table only
    /// until an upgrade has filled them (<see cref="NameIndex"/>).
    /// </summary>
    [Column("initials")]
    public string Initials => NameInitials.Of(Name);

    /// <summary>The sex.</summary>
    [Column("sex", DataType = LinqToDB.DataType.Int32)]
    public Sex Sex { get; init; }

    /// <summary>Day of birth.</summary>
    [Column("born_on")]
    public DateOnly BornOn { get; init; }

    /// <summary>Day of death, or null.</summary>
    [Column("died_on")]
    public DateOnly? DiedOn { get; init; }

    /// <summary>The person whose record this one turned out to be too, or null.</summary>
    [Column("merged_into")]
    public long? MergedInto { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
