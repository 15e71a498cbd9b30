using System.Collections.Concurrent;
using Canbao.Core.Work.Counting;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.Vocabulary;

namespace Canbao.Web.Pieces;

/// <summary>
/// Brings the counts of an area up to the moment before a page shows them. Nobody waits for somebody else's counting: the page then shows
/// what is counted up to now.
/// </summary>
/// <param name="database">Where.</param>
/// <param name="counter">Counts.</param>
public sealed class Counts(Database database, Counter counter)
{
    readonly ConcurrentDictionary<int, SemaphoreSlim> gates = new();

    /// <summary>Counts what was done in an area since the last time.</summary>
    public async Task CatchUpAsync(int area, IReadOnlyCollection<InsuranceYear> years, CancellationToken cancel)
    {
        var gate = gates.GetOrAdd(area, _ => new(1));
        if (!await gate.WaitAsync(TimeSpan.Zero, cancel))
            return;
        try
        {
            await counter.FollowAsync(database, area, years, cancel);
        }
        catch (StorageException fault) when (fault.Code is StorageCodes.Busy or StorageCodes.Conflict or StorageCodes.TooSlow)
        {
            // The next page, or the next minute, goes on from here.
        }
        finally
        {
            gate.Release();
        }
    }
}
