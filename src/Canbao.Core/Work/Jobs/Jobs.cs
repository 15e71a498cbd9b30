using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Canbao.Core.Access;
using Canbao.Core.Files;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Jobs;

/// <summary>
/// Does work that takes longer than somebody waits for a page (<c>docs/rooms/jobs.md</c>). It goes on when its asker leaves; when this
/// server ends, another takes it over, or this one when it is started again.
/// </summary>
/// <param name="database">Where.</param>
/// <param name="kinds">Finds a kind of work by its code (<see cref="JobKinds.Find"/>).</param>
/// <param name="clock">Times it.</param>
public sealed class Jobs(Database database, Func<string, JobKind?> kinds, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>A server of which nothing is heard for so long has lost its jobs.</summary>
    public static readonly TimeSpan Lost = TimeSpan.FromSeconds(30);

    /// <summary>A job that was begun so often without coming to an end is given up.</summary>
    public const int MostTries = 3;

    /// <summary>So many jobs a server does at a time; others wait for their turn, so that pages stay quick.</summary>
    public const int MostAtOnce = 2;

    static readonly TimeSpan Beat = TimeSpan.FromSeconds(2), Farewell = TimeSpan.FromSeconds(10);

    readonly string server = Guid.NewGuid().ToString("N");
    readonly ConcurrentDictionary<(int Area, long Id), Mine> running = [];
    readonly SemaphoreSlim turns = new(MostAtOnce);

    /// <summary>Told of faults: the job's number and what happened.</summary>
    public Action<long, Exception>? OnFault { get; init; }

    /// <summary>Begins work, unless the same is going on.</summary>
    /// <param name="viewer">Who asks; the page has looked whether they may.</param>
    /// <param name="kind">What kind of work.</param>
    /// <param name="order">What exactly.</param>
    /// <param name="reason">Why; identity and phone numbers in it are hidden before it is kept.</param>
    /// <returns>The job, and what ends with it where this server does it.</returns>
    public async Task<(long Id, Task? Running)> AskAsync<T>(Viewer viewer, JobKind<T> kind, T order, string reason)
        where T : notnull
    {
        var (area, text, asked) = (viewer.Area, JobKind<T>.Text(order), 0L);
        var job = await database.WriteAsync(session => JobStore.AskAsync(session, new()
        {
            Area = area,
            JobId = asked = session.NextId(),
            Kind = kind.Code,
            Ordered = text,
            Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
            Account = viewer.Login,
            Reason = LongNumbers.Hidden(reason),
            AskedAt = session.Now,
            Server = server,
            Tries = 1,
            BegunAt = session.Now,
            BeatAt = session.Now,
        }));
        return (job.JobId, job.JobId == asked ? Begin(job) : running.GetValueOrDefault((area, job.JobId))?.Running);
    }

    /// <summary>A job as it is now; null where there is none.</summary>
    public async Task<JobView?> FindAsync(int area, long id, CancellationToken cancel = default) =>
        Fresh(await database.ReadAsync(session => JobStore.FindAsync(session, area, id), cancel));

    /// <summary>Jobs as they are now (<see cref="JobStore.ListAsync"/>).</summary>
    public async Task<IReadOnlyList<JobView>> ListAsync(
        int area, string? account, (int Skip, int Take) part, CancellationToken cancel = default) =>
        (await database.ReadAsync(session => JobStore.ListAsync(session, area, account, part), cancel)).ConvertAll(one => Fresh(one)!);

    /// <summary>Stops a job soon, with nothing stored. It may have come to its end before.</summary>
    public async Task StopAsync(int area, long id)
    {
        if (running.TryGetValue((area, id), out var mine))
            mine.Stop();
        else
            await database.WriteAsync(session => JobStore.AskToStopAsync(session, area, id));
    }

    /// <summary>Takes over the jobs of an area whose servers are gone.</summary>
    public async Task TakeOverAsync(int area, CancellationToken cancel = default)
    {
        var since = clock.GetUtcNow() - Lost;
        foreach (var lost in await database.ReadAsync(session => JobStore.LostAsync(session, area, since), cancel))
        {
            // On SQLite nothing is heard of a job that writes, since it is the one writer.
            if (running.ContainsKey((area, lost.JobId)))
                continue;
            if (lost.StopAsked)
                await KeepAsync(Stopped(lost));
            else if (lost.Tries >= MostTries)
                await KeepAsync(Ended(lost, JobEndRow.Failed, "W182", $"办理几次都中断了，{Left(lost)}；请联系系统维护人员"));
            else if (await database.WriteAsync(session => JobStore.TakeAsync(session, lost, server), cancel) is { } taken)
                _ = Begin(taken);
        }
    }

    /// <summary>Leaves what is going on, with nothing of it stored: whoever comes next takes it up.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var mine in running.Values)
            mine.Leave();
        await Task.WhenAll(running.Values.Select(mine => mine.Running)).WaitAsync(Farewell, clock)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A job that goes on here: this server knows better than the database how far it is.</summary>
    JobView? Fresh(JobView? kept)
    {
        if (kept is not { End: null, Job: var job })
            return kept;
        if (!running.TryGetValue((job.Area, job.JobId), out var mine))
            return kept with { IsLost = job.BeatAt < clock.GetUtcNow() - Lost };
        var (done, all) = mine.Run.Progress;
        return kept with { Job = job with { Done = done, Total = all, StopAsked = job.StopAsked || mine.IsStopped } };
    }

    Task Begin(JobRow job)
    {
        var mine = new Mine(database, job);
        running[(job.Area, job.JobId)] = mine;
        return mine.Running = Task.Run(() => RunAsync(mine));
    }

    async Task RunAsync(Mine mine)
    {
        using var over = new CancellationTokenSource();
        var beats = BeatAsync(mine, over.Token);
        try
        {
            if (await DoAsync(mine) is { } end)
                await KeepAsync(end);
        }
        finally
        {
            await over.CancelAsync();
            await beats;
            running.TryRemove((mine.Run.Job.Area, mine.Run.Job.JobId), out _);
            mine.Dispose();
        }
    }

    /// <summary>Does a job.</summary>
    /// <returns>What is to be kept of its end; null where that is stored, or another server shall go on.</returns>
    async Task<JobEndRow?> DoAsync(Mine mine)
    {
        var job = mine.Run.Job;
        try
        {
            var kind = kinds(job.Kind) ?? throw new RefusedException("W183", "系统已经更新，不再办理这一项；请从页面重新办理");
            await turns.WaitAsync(mine.Run.Cancel);
            try
            {
                var result = await kind.DoAsync(mine.Run);
                return mine.Run.IsEnded ? null : mine.Run.EndOf(clock.GetUtcNow(), result);
            }
            finally
            {
                turns.Release();
            }
        }
        catch (RefusedException refused)
        {
            return Ended(job, JobEndRow.Refused, refused.Code, refused.Message);
        }
        catch (TableFileException unreadable)
        {
            return Ended(job, JobEndRow.Refused, unreadable.Code, unreadable.Message);
        }
        catch (OperationCanceledException)
        {
            return mine.IsStopped ? Stopped(job) : null;
        }
        catch (Exception fault) when (fault is JobTakenException
            || fault is StorageException { Code: StorageCodes.Unreachable or StorageCodes.OutcomeUnknown })
        {
            // Ended elsewhere, or to be taken up when the database is there again.
            return null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            OnFault?.Invoke(job.JobId, fault);
            return Ended(
                job, JobEndRow.Failed, (fault as StorageException)?.Code ?? "W181",
                $"系统出错，{Left(job)}。请稍后再办；仍不行时请联系系统维护人员");
        }
    }

    async Task BeatAsync(Mine mine, CancellationToken over)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Beat, clock, over);
                try
                {
                    switch (await database.WriteAsync(session => JobStore.BeatAsync(session, mine.Run.Job, mine.Run.Progress), over))
                    {
                        case null:
                            mine.Leave();
                            return;
                        case true:
                            mine.Stop();
                            break;
                    }
                }
                catch (StorageException)
                {
                    // Said again two seconds later. On SQLite the job itself may be the one writer.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The job is over.
        }
    }

    async Task KeepAsync(JobEndRow end)
    {
        try
        {
            await database.WriteAsync(session => JobStore.EndAsync(session, end));
        }
        catch (Exception fault) when (fault is JobTakenException or StorageException)
        {
            // Ended elsewhere, or taken over when the database is there again.
        }
    }

    /// <summary>What is left of a job that did not come to its end.</summary>
    string Left(JobRow job) => kinds(job.Kind) is { IsWhole: false } ? "已经生成的保留，再办一次补齐其余" : "没有改动任何内容";

    JobEndRow Stopped(JobRow job) => Ended(job, JobEndRow.Stopped, "W180", $"已停止，{Left(job)}");

    JobEndRow Ended(JobRow job, string state, string code, string told) => new()
    {
        Area = job.Area,
        JobId = job.JobId,
        EndedAt = clock.GetUtcNow(),
        State = state,
        Code = code,
        Told = told,
    };

    /// <summary>A job that goes on here.</summary>
    sealed class Mine : IDisposable
    {
        readonly CancellationTokenSource end = new();

        public Mine(Database database, JobRow job) => Run = new(database, job, end.Token);

        public JobRun Run { get; }

        public Task Running { get; set; } = Task.CompletedTask;

        /// <summary>Whether somebody stopped it, rather than that this server leaves it.</summary>
        public bool IsStopped { get; private set; }

        public void Stop()
        {
            IsStopped = true;
            Leave();
        }

        public void Leave()
        {
            try
            {
                end.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It came to its end meanwhile.
            }
        }

        public void Dispose() => end.Dispose();
    }
}
