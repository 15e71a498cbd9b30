using Canbao.Core.Events;
using Canbao.Core.Residents;
using Canbao.Core.Units;
using Canbao.Core.Work.Jobs;
using Canbao.Core.Work.Outreach;
using Canbao.Core.Work.Quality;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Canbao.Web.Hosting;

/// <summary>
/// Takes over work of servers that are gone and seals what was done, every minute, for all areas, and then lets those follow who follow the
/// seals. Any number of servers may do it:
/// whoever comes second finds nothing left or gives way.
/// </summary>
sealed partial class Sealing(Database database, AuditChain chain, Counts counts, Jobs jobs, TimeProvider clock, ILogger<Sealing> log)
    : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var years = OpenYears.On(BusinessDay.Of(clock.GetUtcNow()));
            // One by one, so that what fails in one area or room holds up no other.
            foreach (int area in await AreasAsync(stoppingToken))
            {
                await TryAsync(() => jobs.TakeOverAsync(area, stoppingToken));
                await TryAsync(() => chain.SealAsync(database, area, stoppingToken));
                await TryAsync(() => counts.CatchUpAsync(area, [years.Earlier, years.Later], stoppingToken));
                await TryAsync(() => OutreachFollower.FollowAsync(database, area, stoppingToken));
                await TryAsync(() => database.WriteAsync(session => ResidentLimits.ForgetAsync(session, area), stoppingToken));
                await TryAsync(() => database.WriteAsync(session => JobStore.ForgetAsync(session, area), stoppingToken));
                foreach (var year in (InsuranceYear[])[years.Earlier, years.Later])
                    await TryAsync(() => KeptQuality.CatchUpAsync(database, area, year, BusinessDay.Of(clock.GetUtcNow()), stoppingToken));
            }
        }
    }

    async Task<IReadOnlyList<int>> AreasAsync(CancellationToken stoppingToken)
    {
        IReadOnlyList<int> areas = [];
        await TryAsync(async () =>
            areas = (await database.ReadAsync(UnitStore.AreasAsync, stoppingToken)).ConvertAll(area => area.Code));
        return areas;
    }

    async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (StorageException fault)
        {
            TellFault(fault.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sealing or following of acts failed with {Code}; it is tried again in a minute")]
    partial void TellFault(string code);
}
