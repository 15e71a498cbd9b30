using LinqToDB.Mapping;

namespace Canbao.Core.Collection;

/// <summary>What a channel told of a payment: once for each of its own numbers (promise 2).</summary>
[Table("channel_notice")]
public sealed record ChannelNoticeRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The channel, such as <c>wechat</c>.</summary>
    [Column("channel"), PrimaryKey(2)]
    public string Channel { get; init; } = "";

    /// <summary>The channel's own number.</summary>
    [Column("reference"), PrimaryKey(3)]
    public string Reference { get; init; } = "";

    /// <summary>The insurance year that it named.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>Fen, positive.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>When it was paid, by the channel's clock.</summary>
    [Column("paid_at")]
    public DateTimeOffset PaidAt { get; init; }

    /// <summary>The business day of that, which decides the price.</summary>
    [Column("paid_on")]
    public DateOnly PaidOn { get; init; }

    /// <summary>The salt of this row.</summary>
    [Column("salt")]
    public byte[] Salt { get; init; } = [];

    /// <summary>Name and number as they were told, sealed (<see cref="ChannelNotices.ToldPurpose"/>).</summary>
    [Column("told")]
    public byte[] Told { get; init; } = [];

    /// <summary>The keyed hash of all that was told, by which a repetition is known.</summary>
    [Column("told_hash")]
    public byte[] ToldHash { get; init; } = [];

    /// <summary>The person who was meant, or null while nobody knows.</summary>
    [Column("person_id")]
    public long? PersonId { get; init; }

    /// <summary>What became of it: <see cref="ChannelNotices"/>.</summary>
    [Column("state")]
    public string State { get; init; } = "";

    /// <summary>Why it went to suspense; empty otherwise.</summary>
    [Column("code")]
    public string Code { get; init; } = "";

    /// <summary>The payment that it became, or null.</summary>
    [Column("payment_id")]
    public long? PaymentId { get; init; }

    /// <summary>The transfer by which the money went to suspense, or null.</summary>
    [Column("transfer_id")]
    public long? TransferId { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
