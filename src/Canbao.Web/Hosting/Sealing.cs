using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Canbao.Web.Hosting;

/// <summary>
/// Seals what was done, every minute, for all areas. Any number of servers may do it: whoever comes second finds nothing left or gives way.
/// </summary>
sealed partial class Sealing(Database database, AuditChain chain, TimeProvider clock, ILogger<Sealing> log) : BackgroundService
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
                foreach (var area in await database.ReadAsync(UnitStore.AreasAsync, stoppingToken))
                    await chain.SealAsync(database, area.Code, stoppingToken);
            }
            catch (StorageException fault)
            {
                TellFault(fault.Code);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sealing of acts failed with {Code}; it is tried again in a minute")]
    partial void TellFault(string code);
}
