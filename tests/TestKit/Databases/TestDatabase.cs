using System.Collections.Concurrent;
using Canbao.Storage;
using Canbao.Storage.Migrations;

namespace Canbao.TestKit.Databases;

/// <summary>
/// A fresh database for one test, with the tables of some migrations, copied from a template that is made once; removed behind the
/// test. Statements are held to the <see cref="StatementLaw"/> of the tables named.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Templates = new();
    static readonly TempFolder SqliteTemplates = RemovedAtExit();
    static int last;

    readonly TempFolder folder = new();

    TestDatabase(Engine engine, string name)
    {
        Connection = engine == Engine.Sqlite ? $"sqlite:{folder["canbao.db"]}" : PostgresServer.Shared.ConnectionTo(name);
        Name = name;
        Database = null!;
    }

    /// <summary>The database.</summary>
    public Database Database { get; private set; }

    /// <summary>The text that opens it again.</summary>
    public string Connection { get; }

    /// <summary>Its name on a PostgreSQL server.</summary>
    public string Name { get; }

    /// <summary>A database with nothing in it.</summary>
    public static async Task<TestDatabase> EmptyAsync(Engine engine, TimeProvider? clock = null)
    {
        var made = new TestDatabase(engine, NextName());
        if (engine == Engine.Postgres)
            await PostgresServer.Shared.ExecuteAsync($"create database {made.Name}");
        made.Database = Database.Open(made.Connection, clock ?? TimeProvider.System);
        return made;
    }

    /// <summary>A database with the tables of the migrations.</summary>
    public static async Task<TestDatabase> WithAsync(
        Engine engine, MigrationSet migrations, IReadOnlyCollection<string> tenantTables, DatabaseOptions? options = null,
        TimeProvider? clock = null)
    {
        var key = $"{engine} {string.Join(' ', migrations.All.Select(migration => migration.Sha256))}";
        var template = await Templates.GetOrAdd(key, _ => new(() => MakeTemplateAsync(engine, migrations))).Value;
        var made = new TestDatabase(engine, NextName());
        if (engine == Engine.Sqlite)
            File.Copy(template, made.folder["canbao.db"]);
        else
            await PostgresServer.Shared.ExecuteAsync($"create database {made.Name} template {template}");
        made.Database = Database.Open(
            made.Connection, clock ?? TimeProvider.System, (options ?? new()) with { Statements = new StatementLaw(tenantTables).Require });
        return made;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (Database.Engine == Engine.Postgres)
            await PostgresServer.Shared.ExecuteAsync($"drop database {Name} with (force)");
        folder.Dispose();
    }

    static async Task<string> MakeTemplateAsync(Engine engine, MigrationSet migrations)
    {
        var name = NextName();
        var path = SqliteTemplates[name];
        if (engine == Engine.Postgres)
            await PostgresServer.Shared.ExecuteAsync($"create database {name}");
        var connection = engine == Engine.Sqlite ? $"sqlite:{path}" : PostgresServer.Shared.ConnectionTo(name);
        await using (var database = Database.Open(connection, TimeProvider.System))
            await database.MigrateAsync(migrations);
        return engine == Engine.Sqlite ? path : name;
    }

    static TempFolder RemovedAtExit()
    {
        var made = new TempFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => made.Dispose();
        return made;
    }

    static string NextName() => $"canbao_{Interlocked.Increment(ref last)}";
}
