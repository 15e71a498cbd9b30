namespace Canbao.Storage;

/// <summary>Limits of one database. The defaults suit a web server.</summary>
public sealed record DatabaseOptions
{
    /// <summary>How many connections to PostgreSQL are open at most; every <see cref="Database"/> has a pool of its own.</summary>
    public int PoolSize { get; init; } = 20;

    /// <summary>How long a unit of work waits for a free connection of the pool, or for the server to answer the first call.</summary>
    public TimeSpan ConnectWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a unit of work waits for another writer: for the file's lock on SQLite, for a row's lock on PostgreSQL.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one statement may run on PostgreSQL; SQLite knows no such limit.</summary>
    public TimeSpan StatementLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one statement of a bulk write may run on PostgreSQL.</summary>
    public TimeSpan BulkLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How often a write that lost against another one is tried before it is given up with S104; one or more.</summary>
    public int Tries { get; init; } = 8;

    /// <summary>Sees the text of each statement before it runs. Texts may hold personal data: for tests.</summary>
    internal Action<string>? Statements { get; init; }
}
