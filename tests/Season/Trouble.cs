using System.Collections.Concurrent;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Npgsql;

namespace Canbao.Season.Tests;

/// <summary>A deed failed in the middle of its transaction.</summary>
sealed class BrokenOffException() : Exception("Broken off on purpose.");

/// <summary>A deed was stored, and whoever asked for it is not told.</summary>
sealed class UnheardException() : Exception("Stored, and not told on purpose.");

/// <summary>Makes deeds fail as the seed says: within their transaction, behind it, or with every connection cut.</summary>
/// <param name="scenario">The season.</param>
/// <param name="postgres">The PostgreSQL database whose connections are cut; null where there is none.</param>
sealed class Trouble(Scenario scenario, string? postgres)
{
    readonly AsyncLocal<Fuse?> current = new();
    readonly ConcurrentDictionary<string, int> attempts = new(StringComparer.Ordinal);
    int struck;

    /// <summary>How many deeds were made to fail.</summary>
    public int Struck => struck;

    /// <summary>Sees each statement before it runs.</summary>
    public void See(string statement)
    {
        if (current.Value is not { } fuse || --fuse.Left != 0)
            return;
        Interlocked.Increment(ref struck);
        if (fuse.Cuts && postgres is not null)
            CutConnections(postgres);
        else
            throw new BrokenOffException();
    }

    public async Task<T> AroundAsync<T>(string deed, Func<Task<T>> work)
    {
        if (!scenario.HasFaults)
            return await work();
        var dice = Dice.Of(scenario.Seed, $"{deed}/{attempts.AddOrUpdate(deed, 1, (_, before) => before + 1)}");
        int strikes = dice.Below(100);
        current.Value = strikes < 10 ? new Fuse { Left = 1 + dice.Below(25), Cuts = strikes < 4 } : null;
        var result = await work();
        if (strikes < 90)
            return result;
        Interlocked.Increment(ref struck);
        throw new UnheardException();
    }

    /// <summary>Ends every connection to the database but the one that says so.</summary>
    public static void CutConnections(string connection)
    {
        using var side = new NpgsqlConnection(connection + ";Pooling=false");
        side.Open();
        using var command = side.CreateCommand();
        command.CommandText =
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
        command.ExecuteNonQuery();
    }

    sealed class Fuse
    {
        public int Left { get; set; }

        public required bool Cuts { get; init; }
    }
}

/// <summary>Reads of whoever is patient: connections that were cut are found out one by one.</summary>
static class Patience
{
    const int MostAttempts = 60;

    public static async Task<T> LookAsync<T>(this Database database, Func<Session, Task<T>> look)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await database.ReadAsync(look);
            }
            catch (StorageException fault) when (fault.Code == StorageCodes.Unreachable && attempt < MostAttempts)
            {
                // The next one may be whole.
            }
        }
    }

    /// <summary>Does what may be done any number of times until it gets to its end.</summary>
    public static async Task PersistAsync(Func<Task> work)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await work();
                return;
            }
            catch (StorageException) when (attempt < MostAttempts)
            {
                // It goes on from where it was.
            }
        }
    }
}
