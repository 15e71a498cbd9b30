using Canbao.Core.Units;
using Canbao.Core.Work.Exchange;
using Canbao.Storage.Faults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Canbao.Web.Exchange;

/// <summary>
/// Goes round all partners of all areas, every minute, where this server has their folder. Any number of servers may do it: the number of a
/// message decides, and nothing is done twice.
/// </summary>
sealed partial class Exchanging(ExchangeTools tools, string folder, TimeProvider clock, ILogger<Exchanging> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        var round = new ExchangeRound(tools, new FolderWay(folder), new HttpWay(http));
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var area in await tools.Database.ReadAsync(UnitStore.AreasAsync, stoppingToken))
                {
                    var report = await round.RunAsync(area.Code, stoppingToken);
                    if (report.Faults.Count > 0)
                        TellFaults(area.Code, report.Faults.Count);
                }
            }
            catch (StorageException fault)
            {
                TellFault(fault.Code);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Exchange stopped with {Code}; it goes on in a minute")]
    partial void TellFault(string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Exchange of area {Area} met {Faults} faults; the page of exchange shows them")]
    partial void TellFaults(int area, int faults);
}
