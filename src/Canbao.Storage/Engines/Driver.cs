using System.Data.Common;
using System.Diagnostics;
using Canbao.Storage.Faults;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider;
using LinqToDB.Mapping;

namespace Canbao.Storage.Engines;

/// <summary>What a unit of work may do.</summary>
enum Access
{
    Read,
    Write,

    /// <summary>Changes of the schema: no time limits.</summary>
    Migrate,
}

/// <summary>An open transaction; disposing undoes what is not committed.</summary>
/// <param name="connection">Its connection.</param>
/// <param name="transaction">Its transaction.</param>
/// <param name="turn">Ends when it ends.</param>
/// <param name="keep">Takes the connection for the next unit where this one went well; null to close it.</param>
sealed class UnitOfWork(
    DbConnection connection, DbTransaction transaction, IDisposable? turn = null, Action<DbConnection>? keep = null) : IAsyncDisposable
{
    /// <summary>Whether nothing went wrong, so that the connection is good for another unit.</summary>
    public bool WentWell { get; set; }

    public DbConnection Connection => connection;

    public DbTransaction Transaction => transaction;

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
            if (WentWell && keep is not null)
                keep(connection);
            else
                await connection.DisposeAsync();
        }
        finally
        {
            turn?.Dispose();
        }
    }
}

/// <summary>What differs between the engines.</summary>
abstract class Driver : IAsyncDisposable
{
    readonly DataOptions data;
    readonly IDataProvider provider;
    readonly MappingSchema mapping;

    protected Driver(IDataProvider provider, MappingSchema mapping, DatabaseOptions options)
    {
        this.provider = provider;
        this.mapping = new(mapping, provider.MappingSchema);
        Watch = new(options.Statements);
        data = new DataOptions().UseInterceptor(Watch).UseTracing(TraceLevel.Error, Watch.Trace);
    }

    public StatementWatch Watch { get; }

    public abstract Engine Engine { get; }

    public static Driver For(string connection, DatabaseOptions options) =>
        ConnectionText.SqlitePath(connection) is { } path
            ? new SqliteDriver(path, options)
            : new PostgresDriver(ConnectionText.Postgres(connection), options);

    /// <summary>Opens a connection and begins a transaction.</summary>
    public abstract Task<UnitOfWork> BeginAsync(Access access, CancellationToken cancel);

    /// <summary>Stores; every fault that is not surely without effect is translated to "outcome unknown".</summary>
    public abstract Task CommitAsync(UnitOfWork unit);

    /// <summary>The statement that lets only one process at a time migrate; null where the transaction itself does.</summary>
    public abstract string? MigrationLock { get; }

    public abstract ValueTask DisposeAsync();

    /// <summary>linq2db over a unit's transaction.</summary>
    public DataConnection Connect(UnitOfWork unit)
    {
        var connection = new DataConnection(data.UseTransaction(provider, unit.Transaction));
        // The schema of all connections. As an option it would be put together anew for each, with nothing known of any mapping yet.
        ((IDataContext)connection).SetMappingSchema(mapping);
        return connection;
    }

    /// <summary>Whether a fault comes from the database and not from the caller's own code.</summary>
    public static bool IsOwn(Exception fault) => fault is DbException or LinqToDBException or TimeoutException { Source: "Npgsql" };

    public async Task<StorageException> TranslateAsync(Exception fault, bool committing)
    {
        var cause = fault;
        while (cause is LinqToDBException && cause.InnerException is { } inner)
            cause = inner;
        return cause is DbException said
            ? await TranslateAsync(said, committing)
            : StorageCodes.Fault(committing ? StorageCodes.OutcomeUnknown : StorageCodes.Other, fault);
    }

    protected abstract Task<StorageException> TranslateAsync(DbException fault, bool committing);
}
