using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Canbao.Web.Hosting;

/// <summary>
/// Seals and counts what was done, every minute, for all areas. Any number of servers may do it: whoever comes second finds nothing left or gives way.
/// </summary>
sealed partial class Sealing(Database database, AuditChain chain, Counts counts, TimeProvider clock, ILogger<Sealing> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var years = OpenYears.On(BusinessDay.Of(clock.GetUtcNow()));
                foreach (var area in await database.ReadAsync(UnitStore.AreasAsync, stoppingToken))
                {
                    await chain.SealAsync(database, area.Code, stoppingToken);
                    await counts.CatchUpAsync(area.Code, [years.Earlier, years.Later], stoppingToken);
                }
            }
            catch (StorageException fault)
            {
                TellFault(fault.Code);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sealing or counting of acts failed with {Code}; it is tried again in a minute")]
    partial void TellFault(string code);
}
