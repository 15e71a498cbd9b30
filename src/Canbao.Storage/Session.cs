using Canbao.Storage.Engines;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Storage;

/// <summary>
/// What a unit of work reads and writes with. It ends with the unit of work and is for one thread at a time. A statement that failed
/// dooms the whole unit, even where its exception was caught.
/// </summary>
public sealed partial class Session
{
    readonly DatabaseOptions options;

    readonly TimeProvider clock;

    internal Session(Engine engine, DataConnection data, TimeProvider clock, DatabaseOptions options)
    {
        this.clock = clock;
        Engine = engine;
        Data = data;
        this.options = options;
    }

    /// <summary>The engine, for the few statements that differ.</summary>
    public Engine Engine { get; }

    /// <summary>
    /// linq2db over the unit's transaction, for queries, small writes and set statements. Its transaction is the unit's: do not begin,
    /// commit or dispose.
    /// </summary>
    public DataConnection Data { get; }

    /// <summary>The present instant, in whole microseconds as the database keeps it.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = clock.GetUtcNow();
            return new(now.Ticks - now.Ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        }
    }

    /// <summary>An instant for a statement of one's own, as the engine keeps it.</summary>
    public DataParameter Instant(string name, DateTimeOffset time) => Engine == Engine.Sqlite
        ? new(name, ColumnTypes.Text(time), DataType.VarChar)
        : new(name, time.ToUniversalTime(), DataType.DateTimeOffset);

    /// <summary>A new identifier for a row: positive, growing.</summary>
    public long NextId() => RowIds.Next(clock);

    /// <summary>The rows of a table as a query.</summary>
    public ITable<T> Table<T>()
        where T : class => Data.GetTable<T>();
}
