using System.Globalization;
using Canbao.Vocabulary;
using LinqToDB.Mapping;

namespace Canbao.Core.Collection;

/// <summary>A payment channel that may send messages.</summary>
[Table("channel")]
public sealed record ChannelRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The code, such as <c>wechat</c>.</summary>
    [Column("channel"), PrimaryKey(2)]
    public string Channel { get; init; } = "";

    /// <summary>How an office calls it.</summary>
    [Column("name")]
    public string Name { get; init; } = "";

    /// <summary>How messages are signed: <see cref="Channels.Hmac"/> or <see cref="Channels.Sm2"/>.</summary>
    [Column("algorithm")]
    public string Algorithm { get; init; } = "";

    /// <summary>The salt of this row.</summary>
    [Column("salt")]
    public byte[] Salt { get; init; } = [];

    /// <summary>The shared secret, or the channel's public key, sealed.</summary>
    [Column("secret")]
    public byte[] Secret { get; init; } = [];

    /// <summary>The codes of the kinds of students who may not pay through it, parted by commas; null for no limit.</summary>
    [Column("refuses")]
    public string? Refuses { get; init; }

    /// <summary>The kinds of students who may not pay through it (<c>lingyuan 五</c>).</summary>
    public IReadOnlyList<Student> RefusedStudents => Refuses is null ? []
        : [.. Refuses.Split(',').Select(code => (Student)int.Parse(code, CultureInfo.InvariantCulture))];

    /// <summary>The act that closed it, or null.</summary>
    [Column("closed_by")]
    public long? ClosedBy { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A number that a channel used once.</summary>
[Table("channel_nonce")]
public sealed record ChannelNonceRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The channel.</summary>
    [Column("channel"), PrimaryKey(2)]
    public string Channel { get; init; } = "";

    /// <summary>The number.</summary>
    [Column("nonce"), PrimaryKey(3)]
    public string Nonce { get; init; } = "";

    /// <summary>When.</summary>
    [Column("used_at")]
    public DateTimeOffset UsedAt { get; init; }
}
