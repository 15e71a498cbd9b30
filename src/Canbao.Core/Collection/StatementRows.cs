using LinqToDB.Mapping;

namespace Canbao.Core.Collection;

/// <summary>What a channel says that it took on a day.</summary>
[Table("statement")]
public sealed record StatementRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The statement.</summary>
    [Column("statement_id"), PrimaryKey(2)]
    public long StatementId { get; init; }

    /// <summary>The channel, such as <c>wechat</c>.</summary>
    [Column("channel")]
    public string Channel { get; init; } = "";

    /// <summary>The day.</summary>
    [Column("day")]
    public DateOnly Day { get; init; }

    /// <summary>The insurance year for which money was paid of which we were not told.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>The file.</summary>
    [Column("file_name")]
    public string FileName { get; init; } = "";

    /// <summary>Its hash, by which the same file is known.</summary>
    [Column("sha256")]
    public byte[] Sha256 { get; init; } = [];

    /// <summary>Under which its names and numbers are sealed.</summary>
    [Column("salt")]
    public byte[] Salt { get; init; } = [];

    /// <summary>How many lines it has.</summary>
    [Column("lines")]
    public int Lines { get; init; }

    /// <summary>Fen: its lines, each reference once, without what was reversed.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>The file as it was kept.</summary>
    [Column("upload_id")]
    public long UploadId { get; init; }

    /// <summary>Who handed it in.</summary>
    [Column("account")]
    public string Account { get; init; } = "";

    /// <summary>The act by which another one took its place, or null.</summary>
    [Column("replaced_by")]
    public long? ReplacedBy { get; init; }

    /// <summary>The act that matched it last.</summary>
    [Column("run_act")]
    public long RunAct { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A line of a statement.</summary>
[Table("statement_line")]
public sealed record StatementLineRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The statement.</summary>
    [Column("statement_id"), PrimaryKey(2)]
    public long StatementId { get; init; }

    /// <summary>The channel's own number.</summary>
    [Column("reference"), PrimaryKey(3)]
    public string Reference { get; init; } = "";

    /// <summary>The how-manieth line of that number, from 1.</summary>
    [Column("occurrence"), PrimaryKey(4)]
    public int Occurrence { get; init; }

    /// <summary>Where it stands in the file.</summary>
    [Column("line_no")]
    public long LineNo { get; init; }

    /// <summary>What it counts as: <see cref="Statements"/>.</summary>
    [Column("role")]
    public string Role { get; init; } = "";

    /// <summary>Fen, positive.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>When it was paid, by the channel's clock.</summary>
    [Column("paid_at")]
    public DateTimeOffset PaidAt { get; init; }

    /// <summary>Name and number, sealed (<see cref="Statements.ToldPurpose"/>); null where the file has none.</summary>
    [Column("told")]
    public byte[]? Told { get; init; }
}
