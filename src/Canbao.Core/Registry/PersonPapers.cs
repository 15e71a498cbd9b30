using LinqToDB.Mapping;

namespace Canbao.Core.Registry;

/// <summary>A paper besides the identity document, or a number that the person had before.</summary>
[Table("person_paper")]
public sealed record PersonPaperRow
{
    /// <summary>A number that was corrected: who still uses it finds the person.</summary>
    public const string FormerNumber = "former_number";

    /// <summary>The report of a foundling: valid from the day on which the child was found; name and birth are assumed.</summary>
    public const string FoundlingReport = "foundling_report";

    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The person.</summary>
    [Column("person_id"), PrimaryKey(2)]
    public long PersonId { get; init; }

    /// <summary>The paper.</summary>
    [Column("paper_id"), PrimaryKey(3)]
    public long PaperId { get; init; }

    /// <summary>What it is, such as <c>residence_permit</c>, <c>hukou_booklet</c>, <c>birth_certificate</c>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>Keyed hash of its number.</summary>
    [Column("number_hash")]
    public byte[]? NumberHash { get; init; }

    /// <summary>Its number, sealed under the person's salt.</summary>
    [Column("number_sealed")]
    public byte[]? NumberSealed { get; init; }

    /// <summary>Its number as screens show it.</summary>
    [Column("number_mask")]
    public string NumberMask { get; init; } = "";

    /// <summary>Valid from this day.</summary>
    [Column("from_day")]
    public DateOnly FromDay { get; init; }

    /// <summary>Valid until this day, inclusive; null where it is open.</summary>
    [Column("until_day")]
    public DateOnly? UntilDay { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A scan or photo, sealed under the person's salt.</summary>
[Table("person_file")]
public sealed record PersonFileRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The person.</summary>
    [Column("person_id"), PrimaryKey(2)]
    public long PersonId { get; init; }

    /// <summary>The file.</summary>
    [Column("file_id"), PrimaryKey(3)]
    public long FileId { get; init; }

    /// <summary>What it shows, such as <c>photo</c>, <c>identity_card</c>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>Its name as it came.</summary>
    [Column("name")]
    public string Name { get; init; } = "";

    /// <summary>What its bytes are, told from them and not from the name.</summary>
    [Column("media_type")]
    public string MediaType { get; init; } = "";

    /// <summary>Its size before it was sealed.</summary>
    [Column("bytes")]
    public int Bytes { get; init; }

    /// <summary>The bytes, sealed.</summary>
    [Column("content")]
    public byte[] Content { get; init; } = [];

    /// <summary>The act that wrote the row.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
