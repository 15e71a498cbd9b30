using Canbao.Storage.Engines;
using Canbao.Storage.Faults;
using LinqToDB.Data;

namespace Canbao.Storage;

/// <summary>Whole copies of a database that is in use, and databases made from them.</summary>
public static class DatabaseCopy
{
    const string TablesOfServer =
        "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname <> 'information_schema'"
        + " and n.nspname not like 'pg\\_%' and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')";

    /// <summary>
    /// Writes everything that is stored into a file while others read and write: a database of its own from SQLite, PostgreSQL's own
    /// archive from a server, by its client program.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="path">A file that is not there yet.</param>
    /// <param name="look">Reads from just what is copied.</param>
    /// <param name="cancel">Ends it early; what is written is of no use then.</param>
    /// <returns>What <paramref name="look"/> gave.</returns>
    /// <exception cref="StorageException">S102 and others of a read; S130 to S132 of the client program.</exception>
    public static async Task<T> CopyToAsync<T>(
        this Database database, string path, Func<Session, Task<T>> look, CancellationToken cancel = default)
    {
        if (database.Driver is PostgresDriver server)
            return await database.ReadAsync(async session =>
            {
                // The snapshot lasts as long as this transaction, which stands idle while the client program copies.
                await session.Data.ExecuteAsync("set local idle_in_transaction_session_timeout = 0", cancel);
                var snapshot = await session.Data.ExecuteAsync<string>("select pg_export_snapshot()", cancel);
                var seen = await look(session);
                await server.Tools.DumpAsync(path, snapshot, cancel);
                return seen;
            }, cancel);
        var file = (SqliteDriver)database.Driver;
        if (!File.Exists(file.Path))
            throw StorageCodes.Fault(StorageCodes.NoTables, null);
        await TranslatedAsync(database, () => file.CopyToAsync(path, cancel));
        await using var copy = Database.Open($"sqlite:{path}", database.Clock);
        return await copy.ReadAsync(look, cancel);
    }

    /// <summary>Makes an empty database what a copy of the same engine holds; whole, or not at all.</summary>
    /// <param name="database">The database; look first whether it <see cref="IsEmptyAsync"/>.</param>
    /// <param name="path">What <see cref="CopyToAsync"/> wrote.</param>
    /// <param name="cancel">Ends it early, with nothing stored.</param>
    /// <exception cref="StorageException">S109: a SQLite file cannot be written there. S130 to S133.</exception>
    public static async Task RestoreFromAsync(this Database database, string path, CancellationToken cancel = default)
    {
        if (database.Driver is PostgresDriver server)
        {
            await server.Tools.RestoreAsync(path, cancel);
            return;
        }

        var target = ((SqliteDriver)database.Driver).Path;
        var partial = $"{target}.{Path.GetRandomFileName()}.partial";
        try
        {
            await using (var from = File.OpenRead(path))
            await using (var to = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
            {
                await from.CopyToAsync(to, cancel);
                to.Flush(flushToDisk: true);
            }

            await SqliteDriver.CheckAsync(partial, cancel);
            // An empty file may stand in its place; one with something in it was refused.
            File.Move(partial, target, overwrite: new FileInfo(target) is { Exists: true, Length: 0 });
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw StorageCodes.Fault(StorageCodes.NotWritable, fault);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Whether a database has no tables of anybody's: on a server it must be there.</summary>
    /// <exception cref="StorageException">S102: the server or its database cannot be reached.</exception>
    public static async Task<bool> IsEmptyAsync(this Database database, CancellationToken cancel = default) =>
        database.Driver is SqliteDriver file
            ? new FileInfo(file.Path) is not { Exists: true, Length: > 0 } && !File.Exists(file.Path + "-wal")
            : await database.ReadAsync(session => session.Data.ExecuteAsync<long>(TablesOfServer, cancel), cancel) == 0;

    static async Task TranslatedAsync(Database database, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (Driver.IsOwn(fault))
        {
            throw await database.Driver.TranslateAsync(fault, false);
        }
    }
}
