using Canbao.Storage.Engines;
using Canbao.Storage.Faults;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.Mapping;
using Microsoft.Data.Sqlite;

namespace Canbao.Storage;

/// <summary>What becomes of a row of a bulk write whose key is in the table already.</summary>
public enum OnConflict
{
    /// <summary>The whole write fails with a <see cref="ConstraintException"/>, as for two rows with one key. The fastest.</summary>
    Refuse,

    /// <summary>The row there stays as it is.</summary>
    Keep,

    /// <summary>The row there takes the new values; where they are the old ones, nothing is written.</summary>
    Update,
}

public sealed partial class Session
{
    /// <summary>
    /// Writes any number of rows in memory that does not grow with them: into a stage table of this session, and from there by one
    /// statement; straight into the table where any conflict is refused. Where a write is tried again, the rows are asked for again.
    /// </summary>
    /// <typeparam name="T">A mapped row; its key is that of the mapping, which must be one of the table.</typeparam>
    /// <param name="rows">The rows; no two with one key.</param>
    /// <param name="conflict">What becomes of rows whose key is there already.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <returns>How many rows were added or changed; rows that stayed as they were do not count.</returns>
    /// <exception cref="StorageException">S112: two rows share a key. Else as for any write.</exception>
    public async Task<long> BulkWriteAsync<T>(IEnumerable<T> rows, OnConflict conflict, CancellationToken cancel = default)
        where T : class
    {
        var statement = new BulkStatement(Data.MappingSchema.GetEntityDescriptor(typeof(T)));
        await SetLimitAsync(options.BulkLimit, cancel);
        if (conflict == OnConflict.Refuse)
        {
            long copied = await CopyAsync(rows, statement.Table, cancel);
            await SetLimitAsync(options.StatementLimit, cancel);
            return copied;
        }

        await Data.ExecuteAsync(statement.CreateStage, cancel);
        await CopyAsync(rows, statement.Stage, cancel);
        if (await Data.ExecuteAsync<long?>(statement.FindRepeated, cancel) is not null)
            throw StorageCodes.Fault(StorageCodes.RepeatedKey, null);
        long written = await Data.ExecuteAsync(statement.Insert(conflict), cancel);
        await Data.ExecuteAsync(statement.DropStage, cancel);
        await SetLimitAsync(options.StatementLimit, cancel);
        return written;
    }

    /// <summary>Writes new rows: a few one by one, which spares the preparations of a bulk write.</summary>
    /// <exception cref="StorageException">As for any write; a key that is there already refuses all.</exception>
    public async Task WriteAsync<T>(IReadOnlyCollection<T> rows, CancellationToken cancel = default)
        where T : class
    {
        const int Few = 8;
        if (rows.Count > Few)
            await BulkWriteAsync(rows, OnConflict.Refuse, cancel);
        else
            foreach (var row in rows)
                await Data.InsertAsync(row, token: cancel);
    }

    /// <summary>Changes many rows by one statement of one's own, within the limit of bulk writes.</summary>
    /// <returns>How many rows were added or changed.</returns>
    /// <exception cref="StorageException">As for any write.</exception>
    public async Task<int> BulkExecuteAsync(string sql, DataParameter[] given, CancellationToken cancel = default)
    {
        await SetLimitAsync(options.BulkLimit, cancel);
        int changed = await Data.ExecuteAsync(sql, cancel, given);
        await SetLimitAsync(options.StatementLimit, cancel);
        return changed;
    }

    /// <summary>
    /// Tells the engine anew how many rows tables have, so that it plans well for what was written just now. SQLite plans by the
    /// indexes alone.
    /// </summary>
    /// <param name="tables">Tables of the schema.</param>
    public async Task RefreshStatisticsAsync(params string[] tables)
    {
        if (Engine == Engine.Postgres)
            await Data.ExecuteAsync($"analyze {string.Join(", ", tables)}");
    }

    async Task<long> CopyAsync<T>(IEnumerable<T> rows, string table, CancellationToken cancel)
        where T : class
    {
        if (Data.Transaction is SqliteTransaction transaction)
            return SqliteRows.Insert(transaction, table, Data.MappingSchema.GetEntityDescriptor(typeof(T)), rows);
        var how = new BulkCopyOptions
        {
            BulkCopyType = BulkCopyType.ProviderSpecific,
            TableName = table,
            BulkCopyTimeout = Seconds(options.BulkLimit),
        };
        return (await Data.BulkCopyAsync(how, rows, cancel)).RowsCopied;
    }

    async Task SetLimitAsync(TimeSpan limit, CancellationToken cancel)
    {
        if (Engine != Engine.Postgres)
            return;
        Data.CommandTimeout = Seconds(limit) + 5;
        await Data.ExecuteAsync($"set local statement_timeout = {(long)limit.TotalMilliseconds}", cancel);
    }

    static int Seconds(TimeSpan span) => (int)Math.Ceiling(span.TotalSeconds);
}

/// <summary>The statements of a bulk write, the same on both engines.</summary>
sealed class BulkStatement
{
    readonly string[] columns;
    readonly string[] keys;
    readonly string[] others;

    /// <exception cref="ArgumentException">The mapping has no key, or a name that is not in lower-case Latin letters.</exception>
    public BulkStatement(EntityDescriptor mapping)
    {
        Table = Plain(mapping.Name.Name);
        var inserted = mapping.Columns.Where(column => !column.SkipOnInsert).ToArray();
        columns = [.. inserted.Select(column => Plain(column.ColumnName))];
        keys =
        [
            .. from column in inserted where column.IsPrimaryKey orderby column.PrimaryKeyOrder select column.ColumnName,
        ];
        others = [.. columns.Except(keys)];
        if (keys.Length == 0)
            throw new ArgumentException($"The mapping of {Table} has no key.", nameof(mapping));
    }

    public string Table { get; }

    public string Stage => $"stage_{Table}";

    /// <summary>A table with the columns' types and none of their constraints, seen by this connection only.</summary>
    public string CreateStage => $"create temporary table {Stage} as select {List(columns)} from {Table} where 1 = 0";

    public string FindRepeated => $"select count(*) from {Stage} group by {List(keys)} having count(*) > 1 limit 1";

    public string DropStage => $"drop table {Stage}";

    public string Insert(OnConflict conflict) =>
        // The condition lets SQLite tell this ON from a join's.
        $"insert into {Table} ({List(columns)}) select {List(columns)} from {Stage} where 1 = 1{Conflict(conflict)}";

    string Conflict(OnConflict conflict) => conflict switch
    {
        OnConflict.Update when others.Length > 0 => $" on conflict ({List(keys)}) do update set "
            + List(others.Select(column => $"{column} = excluded.{column}"))
            + " where " + string.Join(" or ", others.Select(column => $"{Table}.{column} is distinct from excluded.{column}")),
        _ => $" on conflict ({List(keys)}) do nothing",
    };

    static string List(IEnumerable<string> parts) => string.Join(", ", parts);

    static string Plain(string name) => name.All(letter => letter is >= 'a' and <= 'z' or >= '0' and <= '9' or '_')
        ? name
        : throw new ArgumentException($"The name {name} needs quotes; names are in lower-case Latin letters.", nameof(name));
}
