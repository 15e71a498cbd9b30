using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Jobs;

/// <summary>A job with what came of it.</summary>
/// <param name="Job">The job.</param>
/// <param name="End">What came of it; null while it goes on.</param>
public sealed record JobView(JobRow Job, JobEndRow? End)
{
    /// <summary>How long the last job of the kind took in the area; null where none was done, or none was asked about.</summary>
    public TimeSpan? LastTook { get; init; }

    /// <summary>Whether nothing is heard of its server: another takes it over and begins anew.</summary>
    public bool IsLost { get; init; }

    /// <summary>How long it still takes, if it goes on as it went; null where that cannot be told.</summary>
    /// <param name="now">The present moment.</param>
    public TimeSpan? Left(DateTimeOffset now)
    {
        var took = now - Job.BegunAt;
        return End is not null || IsLost ? null
            : Job is { Done: > 0, Total: > 0 } ? took * ((double)Math.Max(Job.Total - Job.Done, 0) / Job.Done)
            : LastTook is { } last && last > took ? last - took
            : null;
    }
}

/// <summary>What is kept of jobs.</summary>
public static class JobStore
{
    /// <summary>How long a job is shown after it has ended.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>A job of an area; null where there is none.</summary>
    public static async Task<JobView?> FindAsync(Session session, int area, long id)
    {
        if (await Views(session, area).FirstOrDefaultAsync(one => one.Job.JobId == id) is not { } found)
            return null;
        var kind = found.Job.Kind;
        var last = await (
            from job in session.Table<JobRow>()
            join end in session.Table<JobEndRow>() on new { job.Area, job.JobId } equals new { end.Area, end.JobId }
            where job.Area == area && end.Area == area && job.Kind == kind && end.State == JobEndRow.Done
            orderby job.JobId descending
            select new { job.BegunAt, end.EndedAt }).FirstOrDefaultAsync();
        return new(found.Job, found.End) { LastTook = last is null ? null : last.EndedAt - last.BegunAt };
    }

    /// <summary>Jobs of an area, newest first, without their files.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="account">Whose; null for everybody's.</param>
    /// <param name="part">How many to pass over, and how many to take.</param>
    public static async Task<List<JobView>> ListAsync(Session session, int area, string? account, (int Skip, int Take) part) =>
        [.. (await Views(session, area).Where(one => account == null || one.Job.Account == account)
            .OrderByDescending(one => one.Job.JobId).Skip(part.Skip).Take(part.Take).ToListAsync())
            .Select(one => new JobView(one.Job, one.End))];

    /// <summary>The file that came of a job; empty where none did.</summary>
    public static async Task<(string Name, byte[] Content)> FileAsync(Session session, int area, long id) =>
        await session.Table<JobEndRow>().FirstOrDefaultAsync(row => row.Area == area && row.JobId == id) is { } end
            ? (end.FileName, end.File) : ("", []);

    /// <summary>Forgets jobs that ended long ago.</summary>
    public static async Task ForgetAsync(Session session, int area)
    {
        var before = session.Now - Kept;
        var ended = session.Table<JobEndRow>().Where(row => row.Area == area && row.EndedAt < before);
        var ids = await ended.OrderBy(row => row.JobId).Select(row => row.JobId).Take(1000).ToListAsync();
        if (ids.Count == 0)
            return;
        await session.Table<JobEndRow>().Where(row => row.Area == area && ids.Contains(row.JobId)).DeleteAsync();
        await session.Table<JobRow>().Where(row => row.Area == area && ids.Contains(row.JobId)).DeleteAsync();
    }

    /// <summary>Keeps a job, unless the same work is going on.</summary>
    /// <returns>The job, or the one that is going on.</returns>
    internal static async Task<JobRow> AskAsync(Session session, JobRow asked)
    {
        var (area, kind, fingerprint) = (asked.Area, asked.Kind, asked.Fingerprint);
        var going = await Going(session, area).FirstOrDefaultAsync(row => row.Kind == kind && row.Fingerprint == fingerprint);
        if (going is not null)
            return going;
        await session.Data.InsertAsync(asked);
        return asked;
    }

    /// <summary>Jobs that go on, and of whose server nothing was heard since a moment.</summary>
    internal static Task<List<JobRow>> LostAsync(Session session, int area, DateTimeOffset since) =>
        Going(session, area).Where(row => row.BeatAt < since).OrderBy(row => row.JobId).ToListAsync();

    /// <summary>Takes a job over from a server of which nothing is heard; null where another was quicker.</summary>
    internal static async Task<JobRow?> TakeAsync(Session session, JobRow lost, string server)
    {
        var (area, id, old, tries, now) = (lost.Area, lost.JobId, lost.Server, lost.Tries, session.Now);
        int taken = await Going(session, area).Where(row => row.JobId == id && row.Server == old && row.Tries == tries)
            .Set(row => row.Server, server).Set(row => row.Tries, tries + 1).Set(row => row.BegunAt, now).Set(row => row.BeatAt, now)
            .Set(row => row.Done, 0L).Set(row => row.Total, 0L).UpdateAsync();
        return taken == 0 ? null : lost with { Server = server, Tries = tries + 1, BegunAt = now, BeatAt = now, Done = 0, Total = 0 };
    }

    /// <summary>Says that a server still has a job, and how far it is.</summary>
    /// <returns>Whether it shall be stopped; null where the server has it no more.</returns>
    internal static async Task<bool?> BeatAsync(Session session, JobRow job, (long Done, long All) progress)
    {
        var (area, id, server, now, (done, all)) = (job.Area, job.JobId, job.Server, session.Now, progress);
        int kept = await session.Table<JobRow>().Where(row => row.Area == area && row.JobId == id && row.Server == server)
            .Set(row => row.BeatAt, now).Set(row => row.Done, done).Set(row => row.Total, all).UpdateAsync();
        return kept == 0 ? null
            : await session.Table<JobRow>().Where(row => row.Area == area && row.JobId == id).Select(row => row.StopAsked).FirstAsync();
    }

    /// <summary>Asks whichever server has a job to stop it.</summary>
    internal static Task AskToStopAsync(Session session, int area, long id) => session.Table<JobRow>()
        .Where(row => row.Area == area && row.JobId == id).Set(row => row.StopAsked, true).UpdateAsync();

    /// <summary>Notes what came of a job, with all that the session writes.</summary>
    /// <exception cref="JobTakenException">Another server has ended it.</exception>
    internal static async Task EndAsync(Session session, JobEndRow end)
    {
        var (area, id) = (end.Area, end.JobId);
        if (await session.Table<JobEndRow>().AnyAsync(row => row.Area == area && row.JobId == id))
            throw new JobTakenException();
        await session.Data.InsertAsync(end);
    }

    static IQueryable<JobRow> Going(Session session, int area)
    {
        var ends = session.Table<JobEndRow>();
        return session.Table<JobRow>().Where(
            row => row.Area == area && !ends.Any(end => end.Area == area && end.JobId == row.JobId));
    }

    static IQueryable<Pair> Views(Session session, int area) =>
        from job in session.Table<JobRow>()
        from end in session.Table<JobEndRow>().LeftJoin(end => end.Area == area && end.JobId == job.JobId)
        where job.Area == area
        select new Pair
        {
            Job = job,
            End = end == null ? null : new JobEndRow
            {
                Area = end.Area,
                JobId = end.JobId,
                EndedAt = end.EndedAt,
                State = end.State,
                Code = end.Code,
                Told = end.Told,
                Page = end.Page,
                FileName = end.FileName,
            },
        };

    sealed class Pair
    {
        public required JobRow Job { get; init; }

        public JobEndRow? End { get; init; }
    }
}

/// <summary>Another server took a job over and ended it: what this one did is undone.</summary>
sealed class JobTakenException : Exception;
