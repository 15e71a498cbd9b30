using Canbao.Storage;

namespace Canbao.Core.Work;

/// <summary>
/// PostgreSQL checks keys by a plan that it made when the tables were small, reading them whole, until it is told how they grew. For one
/// thread.
/// </summary>
/// <param name="database">Where.</param>
/// <param name="tables">What grows besides payments and notices.</param>
sealed class TableGrowth(Database database, params string[] tables)
{
    const int First = 500;

    long taken, refreshAt = First;

    /// <summary>Counts rows that were written, and tells the engine now and then.</summary>
    public async Task AddAsync(int more)
    {
        taken += more;
        if (taken < refreshAt)
            return;
        refreshAt = taken * 4;
        var refreshing = database.WriteAsync(session => session.RefreshStatisticsAsync(["payment", "channel_notice", .. tables]));
        // If it fails, payments are slower and right all the same.
        await refreshing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
