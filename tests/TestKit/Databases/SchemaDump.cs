using System.Text;
using Canbao.Storage;
using Canbao.Storage.Engines;
using LinqToDB.Data;

namespace Canbao.TestKit.Databases;

/// <summary>The whole of a database, schema and rows, as statements that make it again.</summary>
public static class SchemaDump
{
    /// <summary>Schema and rows; one line for each row.</summary>
    public static Task<string> OfAsync(TestDatabase test) => OfAsync(test.Database.Engine, test.Connection, test.Name);

    /// <inheritdoc cref="OfAsync(TestDatabase)"/>
    public static async Task<string> OfAsync(Engine engine, string connection, string name)
    {
        if (engine == Engine.Postgres)
            return await PostgresServer.Shared.DumpAsync(name);
        // Apart from the test's own connection, whose statements have to name their area.
        await using var database = Database.Open(connection, TimeProvider.System);
        return await database.ReadAsync(SqliteAsync);
    }

    /// <summary>Makes what was dumped again in an empty database.</summary>
    public static Task LoadAsync(TestDatabase test, string dump) =>
        test.Database.RunAsync(Access.Migrate, session => session.Data.ExecuteAsync(dump), false, default);

    /// <summary>
    /// What makes tables, indexes and rules, to compare; without brackets, since PostgreSQL sets others when it reads its own text again.
    /// </summary>
    public static string Schema(string dump) => string.Join('\n', dump.ReplaceLineEndings("\n").Split('\n').Where(line => !IsRow(line)))
        .Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);

    /// <summary>How many rows each table has, in the order of names; tables without rows are left out.</summary>
    public static IReadOnlyDictionary<string, int> Rows(string dump) => dump.Split('\n').Where(IsRow)
        .GroupBy(line => line.Split(' ')[2].Replace("public.", "", StringComparison.Ordinal), StringComparer.Ordinal)
        .ToDictionary(rows => rows.Key, rows => rows.Count(), StringComparer.Ordinal);

    static bool IsRow(string line) => line.StartsWith("insert into ", StringComparison.OrdinalIgnoreCase);

    static async Task<string> SqliteAsync(Session session)
    {
        var text = new StringBuilder();
        foreach (var sql in await ListAsync("select sql from sqlite_schema where sql is not null order by rowid"))
            text.Append(sql).Append(";\n");
        foreach (var table in await ListAsync("select name from sqlite_schema where type = 'table' order by rowid"))
        {
            var columns = await ListAsync($"select name from pragma_table_info('{table}') order by cid");
            var values = string.Join(" || ', ' || ", columns.Select(column => $"quote({column})"));
            foreach (var row in await ListAsync($"select {values} from {table} order by 1"))
                text.Append($"insert into {table} values ({row});\n");
        }

        return text.ToString();
        Task<List<string>> ListAsync(string sql) => session.Data.QueryToListAsync<string>(sql);
    }
}
