using LinqToDB.Mapping;

namespace Canbao.Core.Work.Jobs;

/// <summary>Work that somebody asked for, and how far it is.</summary>
[Table("job")]
public sealed record JobRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Grows with time.</summary>
    [Column("job_id"), PrimaryKey(2)]
    public long JobId { get; init; }

    /// <summary>What kind of work, a code of <see cref="JobKinds"/>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>What exactly, as JSON.</summary>
    [Column("ordered")]
    public string Ordered { get; init; } = "";

    /// <summary>Hash of what exactly: the same work is not done twice at a time.</summary>
    [Column("fingerprint")]
    public string Fingerprint { get; init; } = "";

    /// <summary>Who asked for it: an account's login.</summary>
    [Column("account")]
    public string Account { get; init; } = "";

    /// <summary>Why; the reason of what it does.</summary>
    [Column("reason")]
    public string Reason { get; init; } = "";

    /// <summary>When it was asked for.</summary>
    [Column("asked_at")]
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>The server that has it.</summary>
    [Column("server")]
    public string Server { get; init; } = "";

    /// <summary>How often it was begun.</summary>
    [Column("tries")]
    public int Tries { get; init; }

    /// <summary>When it was begun last.</summary>
    [Column("begun_at")]
    public DateTimeOffset BegunAt { get; init; }

    /// <summary>When its server was last heard of.</summary>
    [Column("beat_at")]
    public DateTimeOffset BeatAt { get; init; }

    /// <summary>How much is done; of people, units or rows, as the kind says.</summary>
    [Column("done")]
    public long Done { get; init; }

    /// <summary>Of how much; 0 where that is not known yet.</summary>
    [Column("total")]
    public long Total { get; init; }

    /// <summary>Whether somebody wants it stopped.</summary>
    [Column("stop_asked")]
    public bool StopAsked { get; init; }
}

/// <summary>What came of a job.</summary>
[Table("job_end")]
public sealed record JobEndRow
{
    /// <summary>It was done.</summary>
    public const string Done = "done";

    /// <summary>It was refused for a reason that its asker can do something about; nothing was stored.</summary>
    public const string Refused = "refused";

    /// <summary>Somebody stopped it; nothing was stored of work in one deed.</summary>
    public const string Stopped = "stopped";

    /// <summary>A fault, which the log tells under the job's number; nothing was stored of work in one deed.</summary>
    public const string Failed = "failed";

    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The job.</summary>
    [Column("job_id"), PrimaryKey(2)]
    public long JobId { get; init; }

    /// <summary>When it ended.</summary>
    [Column("ended_at")]
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>How.</summary>
    [Column("state")]
    public string State { get; init; } = "";

    /// <summary>The code of a refusal or fault; empty for others.</summary>
    [Column("code")]
    public string Code { get; init; } = "";

    /// <summary>What its asker is told.</summary>
    [Column("told")]
    public string Told { get; init; } = "";

    /// <summary>The address of the page that shows what was done; empty for none.</summary>
    [Column("page")]
    public string Page { get; init; } = "";

    /// <summary>The name of the file that came of it; empty for none.</summary>
    [Column("file_name")]
    public string FileName { get; init; } = "";

    /// <summary>That file, without personal data; empty for none.</summary>
    [Column("file")]
    public byte[] File { get; init; } = [];
}
