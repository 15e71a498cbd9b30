using LinqToDB.Mapping;

namespace Canbao.Core.Access;

/// <summary>Which account a subject of the office's identity provider signs in to.</summary>
[Table("provider_tie")]
public sealed record ProviderTieRow
{
    /// <summary>The keyed hash of provider and subject; unique in the whole installation.</summary>
    [Column("subject_hash"), PrimaryKey]
    public byte[] SubjectHash { get; init; } = [];

    /// <summary>The tenant.</summary>
    [Column("area")]
    public int Area { get; init; }

    /// <summary>The account, which has one tie at most.</summary>
    [Column("login")]
    public string Login { get; init; } = "";

    /// <summary>Since when.</summary>
    [Column("tied_at")]
    public DateTimeOffset TiedAt { get; init; }

    /// <summary>The act that tied them.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
