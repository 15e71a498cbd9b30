using Canbao.Storage;

namespace Canbao.Core.Work;

/// <summary>
/// PostgreSQL checks keys by a plan that it made when the tables were small, reading them whole, until it is told how they grew. It is told
/// beside the work that goes on. For one thread.
/// </summary>
/// <param name="database">Where.</param>
/// <param name="tables">What grows besides payments and notices.</param>
sealed class TableGrowth(Database database, params string[] tables) : IAsyncDisposable
{
    const int First = 500;

    long taken, refreshAt = First;
    Task refreshing = Task.CompletedTask;

    /// <summary>Counts rows that were written, and tells the engine now and then.</summary>
    public void Add(int more)
    {
        taken += more;
        if (taken < refreshAt || !refreshing.IsCompleted)
            return;
        refreshAt = taken * 4;
        refreshing = database.WriteAsync(session => session.RefreshStatisticsAsync(["payment", "channel_notice", .. tables]));
    }

    /// <summary>Waits for what the engine is being told. If it failed, payments were slower and right all the same.</summary>
    public async ValueTask DisposeAsync() => await refreshing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
