using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Canbao.Bench;

/// <summary>Bare statements over one connection: what moving the same rows costs without a program around it.</summary>
abstract class BareRows(DbConnection connection) : IAsyncDisposable
{
    protected DbConnection Connection => connection;

    public static BareRows On(string text) => text.StartsWith("sqlite:", StringComparison.Ordinal)
        ? new SqliteBare(new SqliteConnection($"Data Source={text["sqlite:".Length..]};Foreign Keys=True"))
        : new PostgresBare(new NpgsqlConnection($"{text};Command Timeout=3600"));

    /// <summary>Empties tables, keeping their rows aside.</summary>
    public async Task TakeAwayAsync(string[] tables)
    {
        foreach (var table in tables)
            await ExecuteAsync($"create table bare_{table} as select * from {table}");
        foreach (var table in tables.Reverse())
            await EmptyAsync(table);
    }

    /// <summary>Puts the rows back as fast as the engine takes them.</summary>
    public async Task<TimeSpan> PutBackAsync(string[] tables)
    {
        var time = await WriteAsync(tables);
        foreach (var table in tables)
            await ExecuteAsync($"drop table bare_{table}");
        return time;
    }

    /// <summary>The time of INSERT … SELECT of a table's rows into it when it is empty.</summary>
    public async Task<TimeSpan> InsertAgainAsync(string table)
    {
        await TakeAwayAsync([table]);
        var watch = Stopwatch.StartNew();
        await ExecuteAsync($"insert into {table} select * from bare_{table}");
        var time = watch.Elapsed;
        await ExecuteAsync($"drop table bare_{table}");
        return time;
    }

    /// <summary>The time of a query, of which one row is read.</summary>
    public async Task<TimeSpan> QueryAsync(string sql)
    {
        if (connection.State != System.Data.ConnectionState.Open)
            await connection.OpenAsync();
        var watch = Stopwatch.StartNew();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteScalarAsync();
        return watch.Elapsed;
    }

    /// <summary>The microseconds of the bare query by which a person is found.</summary>
    public async Task<double> FindAsync(int area, byte[] hash)
    {
        var start = Stopwatch.GetTimestamp();
        await using var command = connection.CreateCommand();
        command.CommandText = "select * from person where area = @area and number_hash = @hash";
        Add(command, "area", area);
        Add(command, "hash", hash);
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
            throw new InvalidDataException("A person is missing.");
        var values = new object[reader.FieldCount];
        reader.GetValues(values);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    protected abstract Task EmptyAsync(string table);

    protected abstract Task<TimeSpan> WriteAsync(string[] tables);

    protected async Task ExecuteAsync(string sql)
    {
        if (connection.State != System.Data.ConnectionState.Open)
            await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 3600;
        await command.ExecuteNonQueryAsync();
    }

    static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    /// <summary>COPY in binary form, from the server's memory to the server through this program, in one transaction.</summary>
    sealed class PostgresBare(NpgsqlConnection connection) : BareRows(connection)
    {
        const int Piece = 1 << 20;

        protected override Task EmptyAsync(string table) => ExecuteAsync($"truncate {table} cascade");

        protected override async Task<TimeSpan> WriteAsync(string[] tables)
        {
            var files = new List<(string Table, string File)>();
            foreach (var table in tables)
            {
                var file = Path.GetTempFileName();
                await using var to = File.Create(file);
                await using var from = await connection.BeginRawBinaryCopyAsync($"copy bare_{table} to stdout (format binary)");
                await from.CopyToAsync(to, Piece);
                files.Add((table, file));
            }

            var watch = Stopwatch.StartNew();
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var (table, file) in files)
            {
                await using (var from = File.OpenRead(file))
                await using (var to = await connection.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)"))
                    await from.CopyToAsync(to, Piece);
                // Else the keys of the next table are checked by reading this one, which the planner believes empty, row by row.
                await ExecuteAsync($"analyze {table}");
            }

            await transaction.CommitAsync();
            var time = watch.Elapsed;
            files.ForEach(each => File.Delete(each.File));
            return time;
        }
    }

    /// <summary>One prepared insert for each table in one transaction; only the inserts are timed, not the reading.</summary>
    sealed class SqliteBare(SqliteConnection connection) : BareRows(connection)
    {
        const int Chunk = 50_000;

        protected override async Task EmptyAsync(string table)
        {
            await ExecuteAsync("pragma foreign_keys = off");
            await ExecuteAsync($"delete from {table}");
            await ExecuteAsync("pragma foreign_keys = on");
        }

        protected override async Task<TimeSpan> WriteAsync(string[] tables)
        {
            await ExecuteAsync("pragma synchronous = full");
            await ExecuteAsync("pragma cache_size = -262144");
            var watch = new Stopwatch();
            using var transaction = connection.BeginTransaction();
            foreach (var table in tables)
                Write(table, transaction, watch);
            watch.Start();
            transaction.Commit();
            watch.Stop();
            return watch.Elapsed;
        }

        void Write(string table, SqliteTransaction transaction, Stopwatch watch)
        {
            using var select = connection.CreateCommand();
            select.CommandText = $"select * from bare_{table}";
            using var reader = select.ExecuteReader();
            using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            var columns = Enumerable.Range(0, reader.FieldCount).ToArray();
            insert.CommandText = $"insert into {table} values ({string.Join(", ", columns.Select(at => $"$v{at}"))})";
            foreach (var at in columns)
                insert.Parameters.Add(new SqliteParameter { ParameterName = $"$v{at}" });
            insert.Prepare();
            var rows = new List<object[]>(Chunk);
            while (true)
            {
                rows.Clear();
                while (rows.Count < Chunk && reader.Read())
                {
                    var values = new object[columns.Length];
                    reader.GetValues(values);
                    rows.Add(values);
                }

                if (rows.Count == 0)
                    return;
                watch.Start();
                foreach (var values in rows)
                {
                    for (var at = 0; at < values.Length; at++)
                        insert.Parameters[at].Value = values[at];
                    insert.ExecuteNonQuery();
                }

                watch.Stop();
            }
        }
    }
}
