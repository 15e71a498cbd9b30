using LinqToDB.Mapping;

namespace Canbao.Core.Units;

/// <summary>A county-level tenant of this installation.</summary>
[Table("area")]
public sealed record AreaRow
{
    /// <summary>Six digits, as divisions are coded.</summary>
    [Column("code"), PrimaryKey]
    public int Code { get; init; }

    /// <summary>Its name.</summary>
    [Column("name")]
    public string Name { get; init; } = "";
}

/// <summary>A unit of an area's collection tree.</summary>
[Table("unit")]
public sealed record UnitRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Its code.</summary>
    [Column("code"), PrimaryKey(2)]
    public string Code { get; init; } = "";

    /// <summary>The code above it; null for the root.</summary>
    [Column("parent")]
    public string? Parent { get; init; }

    /// <summary>The code of its kind.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>Its name.</summary>
    [Column("name")]
    public string Name { get; init; } = "";

    /// <summary>The codes from the root to it, as <c>/top/.../code/</c>.</summary>
    [Column("path")]
    public string Path { get; init; } = "";

    /// <summary>Its place in the file's order.</summary>
    [Column("place")]
    public int Place { get; init; }

    /// <summary>Who leads it.</summary>
    [Column("leader")]
    public string Leader { get; init; } = "";

    /// <summary>Part of the key that the contact is sealed under.</summary>
    [Column("contact_salt")]
    public byte[]? ContactSalt { get; init; }

    /// <summary>How to reach the leader, sealed.</summary>
    [Column("contact_sealed")]
    public byte[]? ContactSealed { get; init; }
}

/// <summary>Another name of a unit.</summary>
[Table("unit_alias")]
public sealed record UnitAliasRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The unit.</summary>
    [Column("unit"), PrimaryKey(2)]
    public string Unit { get; init; } = "";

    /// <summary>The name.</summary>
    [Column("alias"), PrimaryKey(3)]
    public string Alias { get; init; } = "";
}
