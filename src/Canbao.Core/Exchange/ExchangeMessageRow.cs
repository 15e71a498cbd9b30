using LinqToDB.Mapping;

namespace Canbao.Core.Exchange;

/// <summary>A message to or from a partner, or what was refused at the door.</summary>
[Table("exchange_message")]
public sealed record ExchangeMessageRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Grows with time.</summary>
    [Column("message_id"), PrimaryKey(2)]
    public long MessageId { get; init; }

    /// <summary>The partner.</summary>
    [Column("partner")]
    public string Partner { get; init; } = "";

    /// <summary><see cref="Messages.In"/> or <see cref="Messages.Out"/>.</summary>
    [Column("direction")]
    public string Direction { get; init; } = "";

    /// <summary>From 1 without gaps for a partner and direction; null for what was refused at the door.</summary>
    [Column("number")]
    public long? Number { get; init; }

    /// <summary>The number that its envelope told; 0 where it could not be read.</summary>
    [Column("told_number")]
    public long ToldNumber { get; init; }

    /// <summary>A code of <see cref="ExchangeKind"/>; what was refused at the door may have told any.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>What it is about in one word: there is one message of it; null for what was refused at the door.</summary>
    [Column("subject")]
    public string? Subject { get; init; }

    /// <summary>The day that it tells of.</summary>
    [Column("day")]
    public DateOnly Day { get; init; }

    /// <summary>The insurance year.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>How many rows the envelope says that it has.</summary>
    [Column("rows_told")]
    public long RowsTold { get; init; }

    /// <summary>What sum the envelope says, fen; null where it says none.</summary>
    [Column("amount")]
    public long? Amount { get; init; }

    /// <summary>The category of all rows of a list; empty where a column tells it.</summary>
    [Column("category")]
    public string Category { get; init; } = "";

    /// <summary>The SHA-256 of its content.</summary>
    [Column("sha256")]
    public byte[] Sha256 { get; init; } = [];

    /// <summary>The name of its file.</summary>
    [Column("file_name")]
    public string FileName { get; init; } = "";

    /// <summary>The upload that keeps its content; null for what was refused at the door.</summary>
    [Column("upload_id")]
    public long? UploadId { get; init; }

    /// <summary>A state of <see cref="Messages"/>.</summary>
    [Column("state")]
    public string State { get; init; } = "";

    /// <summary>How often it was tried to send it.</summary>
    [Column("tries")]
    public int Tries { get; init; }

    /// <summary>When it is tried again; null for at once.</summary>
    [Column("next_try")]
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>What went wrong last, in Chinese, with a code; empty where nothing did.</summary>
    [Column("fault")]
    public string Fault { get; init; } = "";

    /// <summary>When it was made or came.</summary>
    [Column("made_at")]
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>When it was sent; null for what was not.</summary>
    [Column("sent_at")]
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>What came of a message.</summary>
[Table("exchange_receipt")]
public sealed record ExchangeReceiptRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The message.</summary>
    [Column("message_id"), PrimaryKey(2)]
    public long MessageId { get; init; }

    /// <summary>From 1: a message that is run again gets another.</summary>
    [Column("run"), PrimaryKey(3)]
    public int Run { get; init; }

    /// <summary>A state of <see cref="Receipts"/>.</summary>
    [Column("state")]
    public string State { get; init; } = "";

    /// <summary>Rows that were taken, also those that had been before.</summary>
    [Column("accepted")]
    public long Accepted { get; init; }

    /// <summary>Rows that were refused.</summary>
    [Column("refused")]
    public long Refused { get; init; }

    /// <summary>Why the whole message was refused; empty where it was not.</summary>
    [Column("code")]
    public string Code { get; init; } = "";

    /// <summary>The same in words, or what came of it.</summary>
    [Column("says")]
    public string Says { get; init; } = "";

    /// <summary>The SHA-256 of what it says.</summary>
    [Column("digest")]
    public byte[] Digest { get; init; } = [];

    /// <summary>When ours was sent; null while it was not, and for theirs.</summary>
    [Column("sent_at")]
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The act that wrote it.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>A refused row. Its values are not kept.</summary>
[Table("exchange_receipt_row")]
public sealed record ExchangeReceiptLineRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The message.</summary>
    [Column("message_id"), PrimaryKey(2)]
    public long MessageId { get; init; }

    /// <summary>The run.</summary>
    [Column("run"), PrimaryKey(3)]
    public int Run { get; init; }

    /// <summary>From 1, in the order of lines.</summary>
    [Column("place"), PrimaryKey(4)]
    public int Place { get; init; }

    /// <summary>The line of the file or row of the sheet, from 1.</summary>
    [Column("line")]
    public long Line { get; init; }

    /// <summary>The column's name.</summary>
    [Column("field")]
    public string Field { get; init; } = "";

    /// <summary>A stable code.</summary>
    [Column("code")]
    public string Code { get; init; } = "";

    /// <summary>What is wrong, without the value.</summary>
    [Column("says")]
    public string Says { get; init; } = "";
}
