using LinqToDB.Mapping;

namespace Canbao.Core.Exchange;

/// <summary>Another office that messages go to and come from.</summary>
[Table("exchange_partner")]
public sealed record ExchangePartnerRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Its code, such as <c>tax</c>; also the name of its folder.</summary>
    [Column("partner"), PrimaryKey(2)]
    public string Partner { get; init; } = "";

    /// <summary>How an office calls it.</summary>
    [Column("name")]
    public string Name { get; init; } = "";

    /// <summary>The code of a department or of a role, which decides what it may send and see.</summary>
    [Column("office")]
    public string Office { get; init; } = "";

    /// <summary>Whose people it may see: the code of a unit.</summary>
    [Column("unit")]
    public string Unit { get; init; } = "";

    /// <summary><see cref="Partners.Folder"/> or <see cref="Partners.Http"/>.</summary>
    [Column("way")]
    public string Way { get; init; } = "";

    /// <summary>Where messages are sent over HTTP; empty for a folder.</summary>
    [Column("address")]
    public string Address { get; init; } = "";

    /// <summary><c>csv</c> or <c>xlsx</c>: what its files are.</summary>
    [Column("format")]
    public string Format { get; init; } = "";

    /// <summary>The payment channel under which payments that it tells of are posted; empty for none.</summary>
    [Column("channel")]
    public string Channel { get; init; } = "";

    /// <summary>The salt of this row.</summary>
    [Column("salt")]
    public byte[] Salt { get; init; } = [];

    /// <summary>The shared secret, sealed.</summary>
    [Column("secret")]
    public byte[] Secret { get; init; } = [];

    /// <summary>The act that closed it, or null.</summary>
    [Column("closed_by")]
    public long? ClosedBy { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>Up to which seal of the audit chain a partner knows what changed.</summary>
[Table("exchange_cursor")]
public sealed record ExchangeCursorRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The partner.</summary>
    [Column("partner"), PrimaryKey(2)]
    public string Partner { get; init; } = "";

    /// <summary>The kind of message.</summary>
    [Column("kind"), PrimaryKey(3)]
    public string Kind { get; init; } = "";

    /// <summary>The insurance year.</summary>
    [Column("insurance_year"), PrimaryKey(4)]
    public int InsuranceYear { get; init; }

    /// <summary>The number of the seal.</summary>
    [Column("seal_no")]
    public long SealNo { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
