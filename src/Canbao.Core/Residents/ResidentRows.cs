using LinqToDB.Mapping;

namespace Canbao.Core.Residents;

/// <summary>How often somebody asked within an hour.</summary>
[Table("resident_count")]
public sealed record ResidentCountRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>What is counted: <see cref="ResidentLimits"/>.</summary>
    [Column("kind"), PrimaryKey(2)]
    public string Kind { get; init; } = "";

    /// <summary>The keyed hash of the client address or number.</summary>
    [Column("subject"), PrimaryKey(3)]
    public byte[] Subject { get; init; } = [];

    /// <summary>When the hour began.</summary>
    [Column("since")]
    public DateTimeOffset Since { get; init; }

    /// <summary>How often since then.</summary>
    [Column("tries")]
    public int Tries { get; init; }
}

/// <summary>What a resident is about to pay for some people in one go.</summary>
[Table("resident_order")]
public sealed record ResidentOrderRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The order.</summary>
    [Column("order_id"), PrimaryKey(2)]
    public long OrderId { get; init; }

    /// <summary>What its address says: by chance, so that nobody guesses another's.</summary>
    [Column("code")]
    public string Code { get; init; } = "";

    /// <summary>Who made it.</summary>
    [Column("person_id")]
    public long PersonId { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>When it was made; its declarations are of that day.</summary>
    [Column("made_at")]
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>When it was first confirmed at the gateway; null before.</summary>
    [Column("paid_at")]
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>The act that wrote it last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>One person of an order.</summary>
[Table("resident_order_line")]
public sealed record ResidentOrderLineRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The order.</summary>
    [Column("order_id"), PrimaryKey(2)]
    public long OrderId { get; init; }

    /// <summary>Its place, from 1.</summary>
    [Column("line"), PrimaryKey(3)]
    public int Line { get; init; }

    /// <summary>For whom.</summary>
    [Column("person_id")]
    public long PersonId { get; init; }

    /// <summary>Fen, positive.</summary>
    [Column("amount")]
    public long Amount { get; init; }
}
