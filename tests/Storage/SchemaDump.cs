using System.Text;
using Canbao.Storage.Engines;
using Canbao.TestKit.Databases;
using LinqToDB.Data;

namespace Canbao.Storage.Tests;

/// <summary>The whole of a database, schema and rows, as statements that make it again.</summary>
static class SchemaDump
{
    public static Task<string> OfAsync(TestDatabase test) => test.Database.Engine == Engine.Postgres
        ? PostgresServer.Shared.DumpAsync(test.Name)
        : test.Database.ReadAsync(SqliteAsync);

    /// <summary>Makes what was dumped again in an empty database.</summary>
    public static Task LoadAsync(TestDatabase test, string dump) =>
        test.Database.RunAsync(Access.Migrate, session => session.Data.ExecuteAsync(dump), default);

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
