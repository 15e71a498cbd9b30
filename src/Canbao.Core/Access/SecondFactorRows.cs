using LinqToDB.Mapping;

namespace Canbao.Core.Access;

/// <summary>What an authenticator program shares with an account.</summary>
[Table("second_factor")]
public sealed record SecondFactorRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The account.</summary>
    [Column("login"), PrimaryKey(2)]
    public string Login { get; init; } = "";

    /// <summary>Part of the key that the secret is sealed under.</summary>
    [Column("salt")]
    public byte[] Salt { get; init; } = [];

    /// <summary>The secret, sealed.</summary>
    [Column("sealed")]
    public byte[] Sealed { get; init; } = [];

    /// <summary>The step of the newest code that was taken; 0 before the first.</summary>
    [Column("last_step")]
    public long LastStep { get; init; }

    /// <summary>Since when it is asked for; null where nobody has shown yet that the program has it, or where it was taken back.</summary>
    [Column("confirmed_at")]
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The act that wrote the secret.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A code on paper, good once.</summary>
[Table("recovery_code")]
public sealed record RecoveryCodeRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The account.</summary>
    [Column("login"), PrimaryKey(2)]
    public string Login { get; init; } = "";

    /// <summary>From 1.</summary>
    [Column("number"), PrimaryKey(3)]
    public int Number { get; init; }

    /// <summary>Its keyed hash.</summary>
    [Column("hash")]
    public byte[] Hash { get; init; } = [];

    /// <summary>When it was used or became void; null where it is good.</summary>
    [Column("used_at")]
    public DateTimeOffset? UsedAt { get; init; }
}

/// <summary>What an area asks of its accounts.</summary>
[Table("access_rule")]
public sealed record AccessRuleRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>What is asked for: <see cref="SecondFactors.Rule"/>.</summary>
    [Column("name"), PrimaryKey(2)]
    public string Name { get; init; } = "";

    /// <summary>Whether it is.</summary>
    [Column("asked")]
    public bool Asked { get; init; }

    /// <summary>The act that set it last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
