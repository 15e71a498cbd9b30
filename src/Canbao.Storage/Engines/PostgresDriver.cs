using System.Data;
using System.Data.Common;
using Canbao.Storage.Faults;
using LinqToDB.DataProvider.PostgreSQL;
using Npgsql;

namespace Canbao.Storage.Engines;

/// <summary>A PostgreSQL server: writes are serialisable, reads see one snapshot, statements and waits are limited.</summary>
sealed class PostgresDriver : Driver
{
    /// <summary>How long a transaction may stand idle: a hung process must not hold locks for ever.</summary>
    static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(5);

    /// <summary>Until the server's own limit has had its chance.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    readonly NpgsqlDataSource source;
    readonly NpgsqlDataSource reading;

    public PostgresDriver(NpgsqlConnectionStringBuilder settings, DatabaseOptions options)
        : base(PostgreSQLTools.GetDataProvider(PostgreSQLVersion.v15), ColumnTypes.Postgres, options)
    {
        Tools = new(settings.ConnectionString);
        settings.MaxPoolSize = options.PoolSize;
        settings.Timeout = Seconds(options.ConnectWait);
        settings.CommandTimeout = Seconds(options.StatementLimit + Grace);
        settings.Timezone = "UTC";
        settings.Options = $"{settings.Options} -c statement_timeout={Milliseconds(options.StatementLimit)} "
            + $"-c lock_timeout={Milliseconds(options.LockWait)} -c idle_in_transaction_session_timeout={Milliseconds(IdleLimit)}";
        // Neither details, which quote values, nor passwords find their way into exceptions.
        settings.IncludeErrorDetail = false;
        settings.PersistSecurityInfo = false;
        // Statements that come again and again are planned once for each connection.
        settings.MaxAutoPrepare = 100;
        // Whatever a unit sets ends with its transaction, stage tables too: nothing is left to reset behind each.
        settings.NoResetOnClose = true;
        source = NpgsqlDataSource.Create(settings);
        // A pool of its own for reads: told on connecting and not again for each unit that they only read.
        settings.Options += " -c default_transaction_read_only=on";
        reading = NpgsqlDataSource.Create(settings);
    }

    public override Engine Engine => Engine.Postgres;

    /// <summary>The programs that copy the whole database.</summary>
    public PostgresTools Tools { get; }

    public override string? MigrationLock =>
        "set local statement_timeout = 0; set local lock_timeout = 0; select pg_advisory_xact_lock(4846241931)";

    public override async Task<UnitOfWork> BeginAsync(Access access, CancellationToken cancel)
    {
        NpgsqlConnection? opened = null;
        try
        {
            opened = await (access == Access.Read ? reading : source).OpenConnectionAsync(cancel);
            var transaction = await opened.BeginTransactionAsync(Isolation(access), cancel);
            var unit = new UnitOfWork(opened, transaction);
            opened = null;
            return unit;
        }
        finally
        {
            if (opened is not null)
                await opened.DisposeAsync();
        }
    }

    // A commit after a failed statement is answered by a silent rollback; the select before it, sent along, is answered by an error.
    public override Task CommitAsync(UnitOfWork unit) => ExecuteAsync(unit.Connection, "select 1; commit", default);

    public override async ValueTask DisposeAsync()
    {
        await reading.DisposeAsync();
        await source.DisposeAsync();
    }

    protected override Task<StorageException> TranslateAsync(DbException fault, bool committing) =>
        Task.FromResult(PostgresFaults.Translate(fault, committing));

    static IsolationLevel Isolation(Access access) => access switch
    {
        Access.Read => IsolationLevel.RepeatableRead,
        Access.Write => IsolationLevel.Serializable,
        // What was applied is read after the lock was waited for, not from a snapshot before it.
        _ => IsolationLevel.ReadCommitted,
    };

    static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancel);
    }

    static int Seconds(TimeSpan span) => (int)Math.Ceiling(span.TotalSeconds);

    static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;
}
