using LinqToDB.Mapping;

namespace Canbao.Core.Access;

/// <summary>Which area a login is of.</summary>
[Table("login")]
public sealed record LoginRow
{
    /// <summary>Unique in the whole installation.</summary>
    [Column("login"), PrimaryKey]
    public string Login { get; init; } = "";

    /// <summary>The tenant.</summary>
    [Column("area")]
    public int Area { get; init; }
}

/// <summary>Somebody who may sign in.</summary>
[Table("account")]
public sealed record AccountRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The name for signing in.</summary>
    [Column("login"), PrimaryKey(2)]
    public string Login { get; init; } = "";

    /// <summary>The person's name.</summary>
    [Column("name")]
    public string Name { get; init; } = "";

    /// <summary>The code of the role.</summary>
    [Column("role")]
    public string Role { get; init; } = "";

    /// <summary>The unit that the account sees with all below it.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>The department of a list department's account; null for others.</summary>
    [Column("department")]
    public string? Department { get; init; }

    /// <summary>The hash of the password, with its parameters.</summary>
    [Column("password")]
    public string Password { get; init; } = "";

    /// <summary>Whether somebody else has set the password, so that its owner has to choose another before anything else.</summary>
    [Column("must_change")]
    public bool MustChange { get; init; }

    /// <summary>Sessions that began under another stamp have ended.</summary>
    [Column("stamp")]
    public long Stamp { get; init; }

    /// <summary>Whether the account is closed.</summary>
    [Column("disabled")]
    public bool Disabled { get; init; }

    /// <summary>Attempts since the last that succeeded.</summary>
    [Column("failures")]
    public int Failures { get; init; }

    /// <summary>Until when no password is looked at; null where it is not locked.</summary>
    [Column("locked_until")]
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>When somebody last signed in.</summary>
    [Column("signed_in_at")]
    public DateTimeOffset? SignedInAt { get; init; }
}

/// <summary>A key that protects cookies and forms.</summary>
[Table("protection_key")]
public sealed record ProtectionKeyRow
{
    /// <summary>Its identifier.</summary>
    [Column("name"), PrimaryKey]
    public string Name { get; init; } = "";

    /// <summary>When it was stored.</summary>
    [Column("made_at")]
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Part of the key that it is sealed under.</summary>
    [Column("salt")]
    public byte[] Salt { get; init; } = [];

    /// <summary>The key, sealed.</summary>
    [Column("sealed")]
    public byte[] Sealed { get; init; } = [];
}
