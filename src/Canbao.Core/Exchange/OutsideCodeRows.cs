using LinqToDB.Mapping;

namespace Canbao.Core.Exchange;

/// <summary>What a word of other offices means here.</summary>
[Table("exchange_code")]
public sealed record OutsideCodeRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>A code of <see cref="OutsideCodes.Sets"/>.</summary>
    [Column("code_set"), PrimaryKey(2)]
    public string Set { get; init; } = "";

    /// <summary>The word as files have it.</summary>
    [Column("outside"), PrimaryKey(3)]
    public string Outside { get; init; } = "";

    /// <summary>What it means here.</summary>
    [Column("ours")]
    public string Ours { get; init; } = "";

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A word that nobody has translated.</summary>
[Table("exchange_unmapped")]
public sealed record UnmappedWordRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>A code of <see cref="OutsideCodes.Sets"/>.</summary>
    [Column("code_set"), PrimaryKey(2)]
    public string Set { get; init; } = "";

    /// <summary>The word as the file has it; long numbers are hidden.</summary>
    [Column("outside"), PrimaryKey(3)]
    public string Outside { get; init; } = "";

    /// <summary>The message in which it came first.</summary>
    [Column("message_id")]
    public long MessageId { get; init; }

    /// <summary>Its line there, from 1.</summary>
    [Column("line")]
    public long Line { get; init; }

    /// <summary>In how many rows it stood, over all messages.</summary>
    [Column("times")]
    public long Times { get; init; }

    /// <summary>The act that translated it; null while nobody has.</summary>
    [Column("mapped_by")]
    public long? MappedBy { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}
