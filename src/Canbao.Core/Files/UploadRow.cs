using LinqToDB.Mapping;

namespace Canbao.Core.Files;

/// <summary>What has become of an upload.</summary>
public enum UploadState
{
    /// <summary>Kept and shown, nothing applied.</summary>
    Staged,

    /// <summary>Applied.</summary>
    Applied,

    /// <summary>Applied and taken back.</summary>
    Undone,

    /// <summary>Withdrawn before it was applied.</summary>
    Dropped,
}

/// <summary>A file that an office handed in.</summary>
[Table("upload")]
public sealed record UploadRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Grows with time.</summary>
    [Column("upload_id"), PrimaryKey(2)]
    public long UploadId { get; init; }

    /// <summary>What it is handed in as, such as <c>people</c>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>Whose it is.</summary>
    [Column("department")]
    public string Department { get; init; } = "";

    /// <summary>The file's name without folders.</summary>
    [Column("file_name")]
    public string FileName { get; init; } = "";

    /// <summary>The hash of its content, 32 bytes.</summary>
    [Column("sha256")]
    public byte[] Sha256 { get; init; } = [];

    /// <summary>Its length.</summary>
    [Column("bytes")]
    public long Bytes { get; init; }

    /// <summary>Pieces in which it is kept.</summary>
    [Column("parts")]
    public int Parts { get; init; }

    /// <summary>Its own salt; zeros once its content is destroyed.</summary>
    [Column("salt")]
    public byte[] Salt { get; init; } = [];

    /// <summary>The act that kept it.</summary>
    [Column("kept_act")]
    public long KeptAct { get; init; }

    /// <summary>What has become of it.</summary>
    [Column("state")]
    public UploadState State { get; init; }

    /// <summary>The act that brought it there.</summary>
    [Column("state_act")]
    public long StateAct { get; init; }

    /// <summary>Rows that were read when it was applied.</summary>
    [Column("rows_read")]
    public long RowsRead { get; init; }

    /// <summary>Rows of them that were refused.</summary>
    [Column("rows_refused")]
    public long RowsRefused { get; init; }
}

/// <summary>A piece of an upload's content, sealed.</summary>
[Table("upload_part")]
public sealed record UploadPartRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The upload.</summary>
    [Column("upload_id"), PrimaryKey(2)]
    public long UploadId { get; init; }

    /// <summary>From 0.</summary>
    [Column("part_no"), PrimaryKey(3)]
    public int PartNo { get; init; }

    /// <summary>What was sealed; its purpose names upload and piece.</summary>
    [Column("content")]
    public byte[] Content { get; init; } = [];
}
