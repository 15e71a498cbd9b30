using LinqToDB.Mapping;

namespace Canbao.Core.Collection;

/// <summary>Work that somebody took along to collect without a connection: receipt numbers of one account, device and day.</summary>
[Table("collection_bag")]
public sealed record CollectionBagRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The bag.</summary>
    [Column("bag_id"), PrimaryKey(2)]
    public long BagId { get; init; }

    /// <summary>For which insurance year.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>Its number in the area and year.</summary>
    [Column("number")]
    public int Number { get; init; }

    /// <summary>Whose households it holds: a unit's and those below it.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary>Who took it: a login.</summary>
    [Column("agent")]
    public string Agent { get; init; } = "";

    /// <summary>On which device, as that calls itself.</summary>
    [Column("device")]
    public string Device { get; init; } = "";

    /// <summary>How many receipt numbers it holds, from 1.</summary>
    [Column("numbers")]
    public int Numbers { get; init; }

    /// <summary>When it was taken.</summary>
    [Column("issued_at")]
    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>The business day of its quotes.</summary>
    [Column("valid_on")]
    public DateOnly ValidOn { get; init; }

    /// <summary>When what was unused came back; null while it is out.</summary>
    [Column("returned_at")]
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>The act that wrote it last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>Cash that was taken from one person without a connection.</summary>
[Table("bag_taking")]
public sealed record BagTakingRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The key that the phone made: the same taking is recorded once (promise 2).</summary>
    [Column("taking_key"), PrimaryKey(2)]
    public string TakingKey { get; init; } = "";

    /// <summary>The bag whose receipt number it has.</summary>
    [Column("bag_id")]
    public long BagId { get; init; }

    /// <summary>The receipt's place in the bag, from 1.</summary>
    [Column("line")]
    public int Line { get; init; }

    /// <summary>For whom.</summary>
    [Column("person_id")]
    public long PersonId { get; init; }

    /// <summary>Fen, positive.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>The verdict (<c>due_verdict</c>) that the quote told: why that much was asked for.</summary>
    [Column("verdict_id")]
    public long VerdictId { get; init; }

    /// <summary>When, by the phone's clock as the server set it.</summary>
    [Column("taken_at")]
    public DateTimeOffset TakenAt { get; init; }

    /// <summary><see cref="Bags.Posted"/>, <see cref="Bags.Refused"/> or <see cref="Bags.Void"/>.</summary>
    [Column("state")]
    public string State { get; init; } = "";

    /// <summary>Why it was refused; empty where it was not.</summary>
    [Column("code")]
    public string Code { get; init; } = "";

    /// <summary>Why it was voided on the phone; empty where it was not.</summary>
    [Column("reason")]
    public string Reason { get; init; } = "";

    /// <summary>The payment, if it was posted.</summary>
    [Column("payment_id")]
    public long? PaymentId { get; init; }

    /// <summary>The transfer that put refused cash into the agent's hand, where it is owed back.</summary>
    [Column("transfer_id")]
    public long? TransferId { get; init; }

    /// <summary>The transfer that gave it back; null while that waits.</summary>
    [Column("back_id")]
    public long? BackId { get; init; }

    /// <summary>The act that wrote it last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
