using System.Text.Encodings.Web;
using System.Text.Json;
using Canbao.Core.Events;
using Canbao.Storage;

namespace Canbao.Core.Work.Jobs;

/// <summary>What came of work.</summary>
/// <param name="Told">What whoever asked for it is told.</param>
/// <param name="Page">The address of the page that shows what was done.</param>
public sealed record JobResult(string Told, string Page)
{
    /// <summary>A file that came of it, without personal data.</summary>
    public (string Name, byte[] Content) File { get; init; } = ("", []);
}

/// <summary>A kind of work that takes longer than somebody waits for a page.</summary>
/// <param name="Code">What it is kept as.</param>
/// <param name="Chinese">What an office calls it.</param>
/// <param name="Counted">What its progress counts, such as 人.</param>
public abstract record JobKind(string Code, string Chinese, string Counted)
{
    /// <summary>
    /// Whether it is one deed, of which nothing is left where it does not come to its end; else a second time makes the rest.
    /// </summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Does it.</summary>
    /// <param name="run">The job.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="Canbao.Vocabulary.RefusedException">As the work itself refuses.</exception>
    internal abstract Task<JobResult> DoAsync(JobRun run);
}

/// <summary>A kind of work with what has to be known of it.</summary>
/// <typeparam name="T">What exactly is to be done; kept as JSON, so that any server can do it.</typeparam>
/// <param name="Code">What it is kept as.</param>
/// <param name="Chinese">What an office calls it.</param>
/// <param name="Counted">What its progress counts.</param>
/// <param name="Work">Does it.</param>
public sealed record JobKind<T>(string Code, string Chinese, string Counted, Func<JobRun, T, Task<JobResult>> Work)
    : JobKind(Code, Chinese, Counted)
    where T : notnull
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What exactly is to be done, as it is kept.</summary>
    internal static string Text(T order) => JsonSerializer.Serialize(order, Plain);

    /// <inheritdoc/>
    internal override Task<JobResult> DoAsync(JobRun run) =>
        Work(run, JsonSerializer.Deserialize<T>(run.Job.Ordered, Plain) ?? throw new JsonException(Code));
}

/// <summary>A job that a server does: what its work is done with.</summary>
public sealed class JobRun : IProgress<(long Done, long All)>
{
    readonly Lock gate = new();
    (long Done, long All) progress;

    internal JobRun(Database database, JobRow job, CancellationToken cancel) => (Database, Job, Cancel) = (database, job, cancel);

    /// <summary>Where.</summary>
    public Database Database { get; }

    /// <summary>What was asked for.</summary>
    public JobRow Job { get; }

    /// <summary>Ends it early.</summary>
    public CancellationToken Cancel { get; }

    /// <summary>Who asked for it and why.</summary>
    public Doer Doer => new(Job.Account, Job.Reason);

    /// <summary>How much of how much is done.</summary>
    public (long Done, long All) Progress
    {
        get
        {
            lock (gate)
                return progress;
        }
    }

    /// <summary>Whether what came of it is stored.</summary>
    internal bool IsEnded { get; private set; }

    /// <summary>Tells how much of how much is done; where work can be ended early.</summary>
    /// <exception cref="OperationCanceledException">It was stopped, or its server ends.</exception>
    public void Report((long Done, long All) value)
    {
        Cancel.ThrowIfCancellationRequested();
        lock (gate)
            progress = value;
    }

    /// <summary>
    /// Does the work as one deed, with which it is stored what came of it: both or neither, and once, whichever servers do it.
    /// </summary>
    /// <param name="kind">What kind of deed.</param>
    /// <param name="work">The deed; it may run again where it lost against another one.</param>
    public async Task<JobResult> InActAsync(string kind, Func<Act, Task<JobResult>> work)
    {
        var result = await Act.DoAsync(
            Database, Job.Area, Doer, kind,
            async act =>
            {
                var made = await work(act);
                await JobStore.EndAsync(act.Session, EndOf(act.Session.Now, made));
                return made;
            },
            Cancel);
        IsEnded = true;
        return result;
    }

    internal JobEndRow EndOf(DateTimeOffset at, JobResult result) => new()
    {
        Area = Job.Area,
        JobId = Job.JobId,
        EndedAt = at,
        State = JobEndRow.Done,
        Told = result.Told,
        Page = result.Page,
        FileName = result.File.Name,
        File = result.File.Content,
    };
}
