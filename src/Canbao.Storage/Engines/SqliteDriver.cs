using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Canbao.Storage.Faults;
using LinqToDB.DataProvider.SQLite;
using Microsoft.Data.Sqlite;
using IOPath = System.IO.Path;

namespace Canbao.Storage.Engines;

/// <summary>A SQLite file: write-ahead log, foreign keys on, whole syncs, one writer at a time.</summary>
sealed class SqliteDriver : Driver
{
    readonly string path;
    readonly string file;
    readonly string mayCreate;
    readonly DatabaseOptions options;

    // Writers of this process queue here without holding a thread; those of other processes meet at the file's lock.
    readonly SemaphoreSlim writers = new(1);
    readonly ConcurrentBag<SqliteConnection> readers = [];
    readonly ConcurrentBag<SqliteConnection> idleWriters = [];
    volatile bool prepared;

    public SqliteDriver(string path, DatabaseOptions options)
        : base(SQLiteTools.GetDataProvider(SQLiteProvider.Microsoft), ColumnTypes.Sqlite, options)
    {
        (this.path, this.options) = (path, options);
        // The engine itself waits for locks (busy_timeout); the library's own loop, which sleeps in long steps, ends at once after it.
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = 1,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        };
        file = settings.ToString();
        settings.Mode = SqliteOpenMode.ReadWriteCreate;
        mayCreate = settings.ToString();
    }

    public override Engine Engine => Engine.Sqlite;

    public override string? MigrationLock => null;

    public override async Task<UnitOfWork> BeginAsync(Access access, CancellationToken cancel)
    {
        var turn = access == Access.Read ? null : await TakeTurnAsync(access, cancel);
        SqliteConnection? opened = null;
        try
        {
            var idle = access switch { Access.Read => readers, Access.Write => idleWriters, _ => null };
            if (idle is null || !idle.TryTake(out opened))
            {
                opened = new SqliteConnection(access == Access.Migrate ? mayCreate : file);
                await opened.OpenAsync(cancel);
                Prepare(opened, access);
            }

            Action<DbConnection>? keep = idle is null ? null : connection => idle.Add((SqliteConnection)connection);
            var unit = new UnitOfWork(opened, opened.BeginTransaction(IsolationLevel.Serializable, access == Access.Read), turn, keep);
            (opened, turn) = (null, null);
            return unit;
        }
        finally
        {
            opened?.Dispose();
            turn?.Dispose();
        }
    }

    public override Task CommitAsync(UnitOfWork unit) => unit.Transaction.CommitAsync();

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>
    /// Writes all that is stored into a file that is not there yet, by the engine's own online copy: readers and writers go on, and what
    /// they store meanwhile is not in it.
    /// </summary>
    public Task CopyToAsync(string target, CancellationToken cancel) => Task.Run(
        () =>
        {
            using var from = new SqliteConnection(file);
            from.Open();
            Prepare(from, Access.Read);
            using var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = target, Pooling = false }.ToString());
            to.Open();
            from.BackupDatabase(to);
            // One file and no log beside it, until the copy is written to.
            Execute(to, "pragma journal_mode = delete");
        },
        cancel);

    /// <summary>Goes over a copy.</summary>
    /// <exception cref="StorageException">S133: it is no database, or is damaged.</exception>
    public static Task CheckAsync(string copy, CancellationToken cancel) => Task.Run(
        () =>
        {
            var settings = new SqliteConnectionStringBuilder { DataSource = copy, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
            try
            {
                using var connection = new SqliteConnection(settings.ToString());
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "pragma quick_check(1)";
                if (command.ExecuteScalar() is not "ok")
                    throw StorageCodes.Fault(StorageCodes.BadCopy, null);
            }
            catch (SqliteException fault)
            {
                throw StorageCodes.Fault(StorageCodes.BadCopy, fault);
            }
        },
        cancel);

    public override ValueTask DisposeAsync()
    {
        foreach (var idle in readers.Concat(idleWriters))
            idle.Dispose();
        writers.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override Task<StorageException> TranslateAsync(DbException fault, bool committing) =>
        Task.FromResult(!committing && !File.Exists(path) && Directory.Exists(IOPath.GetDirectoryName(IOPath.GetFullPath(path)))
            ? StorageCodes.Fault(StorageCodes.NoTables, fault)
            : SqliteFaults.Translate((SqliteException)fault, committing, TableSql));

    async Task<IDisposable?> TakeTurnAsync(Access access, CancellationToken cancel)
    {
        if (!await writers.WaitAsync(access == Access.Migrate ? options.BulkLimit : options.LockWait, cancel))
            throw StorageCodes.Fault(StorageCodes.Busy, null);
        return new Turn(writers);
    }

    void Prepare(SqliteConnection connection, Access access)
    {
        var wait = access == Access.Migrate ? options.BulkLimit : options.LockWait;
        // Tables can only be rebuilt with foreign keys off; a migration is checked as a whole before it is stored.
        Execute(connection, $"pragma busy_timeout = {(long)wait.TotalMilliseconds}");
        Execute(connection, $"pragma foreign_keys = {(access == Access.Migrate ? "off" : "on")}");
        Execute(connection, $"pragma query_only = {(access == Access.Read ? "on" : "off")}");
        Execute(connection, "pragma synchronous = full");
        // Keys that are hashes fall anywhere in their index: a write of millions needs more of it in memory than the default 2 MB.
        Execute(connection, $"pragma cache_size = {(access == Access.Read ? -16_384 : -262_144)}");
        if (prepared || access == Access.Read)
            return;
        Execute(connection, "pragma journal_mode = wal");
        prepared = true;
    }

    /// <summary>The statements that made a table and its indexes.</summary>
    List<string> TableSql(string table)
    {
        var texts = new List<string>();
        using var connection = new SqliteConnection(file);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select sql from sqlite_schema where tbl_name = $table and sql is not null order by rowid";
        command.Parameters.AddWithValue("$table", table);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            texts.Add(reader.GetString(0));
        return texts;
    }

    static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    sealed class Turn(SemaphoreSlim writers) : IDisposable
    {
        public void Dispose() => writers.Release();
    }
}
