using Canbao.Core.Work.Jobs;
using LinqToDB;

namespace Canbao.TestKit;

/// <summary>Long work before the pages of a site are opened.</summary>
public sealed partial class WebSite
{
    /// <summary>An account has asked for dues, and a server that is not of this test has them.</summary>
    /// <param name="account">Whose job it is.</param>
    /// <param name="progress">How much of how much is done.</param>
    /// <param name="end">What came of it; null where it goes on.</param>
    public Task<long> KeepJobAsync(string account, (long Done, long All) progress, JobEndRow? end = null) =>
        Database.WriteAsync(async session =>
        {
            var job = new JobRow
            {
                Area = Area,
                JobId = session.NextId(),
                Kind = "dues",
                Ordered = "{}",
                Fingerprint = account,
                Account = account,
                Reason = "核定2022年度应缴",
                AskedAt = session.Now.AddSeconds(-73),
                Server = "elsewhere",
                Tries = 1,
                BegunAt = session.Now.AddSeconds(-72),
                BeatAt = session.Now,
                Done = progress.Done,
                Total = progress.All,
            };
            await session.Data.InsertAsync(job);
            if (end is not null)
                await session.Data.InsertAsync(end with { Area = Area, JobId = job.JobId, EndedAt = session.Now });
            return job.JobId;
        });
}
