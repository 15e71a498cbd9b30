using Canbao.Storage.Engines;
using Canbao.Storage.Faults;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using LinqToDB.Mapping;

namespace Canbao.Storage.Migrations;

/// <summary>Brings a database forward; there is no way back but a backup.</summary>
public static class Migrator
{
    const string CreateTable =
        "create table if not exists schema_migration (number integer not null, name {text} not null, sha256 {text} not null,"
        + " applied_at {instant} not null, constraint schema_migration_pk primary key (number)) {strict}";

    /// <summary>
    /// Applies the migrations that the database lacks, each in a transaction of its own. Where several processes do this at once, one
    /// works while the others wait, and each migration is applied once.
    /// </summary>
    /// <param name="database">The database; a SQLite file that is not there is created.</param>
    /// <param name="migrations">All that the program knows, applied ones included.</param>
    /// <param name="cancel">Ends the work before the next migration.</param>
    /// <returns>The full names of those that this call applied, in order.</returns>
    /// <exception cref="StorageException">
    /// S121, S122, S123: the database was made by other migrations; nothing is done. S124: one failed and is undone. S125: not UTF-8.
    /// </exception>
    public static async Task<IReadOnlyList<string>> MigrateAsync(
        this Database database, MigrationSet migrations, CancellationToken cancel = default)
    {
        var applied = new List<string>();
        while (await database.RunAsync(Access.Migrate, session => StepAsync(database, session, migrations), false, cancel) is { } name)
            applied.Add(name);
        return applied;
    }

    /// <summary>The hashes of the migrations that made a database, in order; none where it has no tables.</summary>
    public static async Task<IReadOnlyList<string>> AppliedAsync(Session session)
    {
        const string Kept = "schema_migration";
        var tables = session.Engine == Engine.Sqlite
            ? "select name from sqlite_schema where type = 'table' and name = 'schema_migration'"
            : "select to_regclass('schema_migration')::text";
        return await session.Data.ExecuteAsync<string?>(tables) == Kept
            ? await session.Table<AppliedMigration>().OrderBy(row => row.Number).Select(row => row.Sha256).ToListAsync()
            : [];
    }

    /// <summary>Applies the next migration under the lock; null where none is left.</summary>
    static async Task<string?> StepAsync(Database database, Session session, MigrationSet migrations)
    {
        session.Data.CommandTimeout = 0;
        if (database.Driver.MigrationLock is { } sql)
            await session.Data.ExecuteAsync(sql);
        if (session.Engine == Engine.Postgres && await session.Data.ExecuteAsync<string>("show server_encoding") != "UTF8")
            throw StorageCodes.Fault(StorageCodes.Encoding, null);
        await session.Data.ExecuteAsync(Dialect.Render(CreateTable, session.Engine, "schema_migration"));
        var applied = await session.Table<AppliedMigration>().OrderBy(row => row.Number).ToListAsync();
        Verify(applied, migrations);
        if (migrations.All.ElementAtOrDefault(applied.Count) is not { } next)
            return null;
        await ApplyAsync(session, next);
        await session.Data.InsertAsync(new AppliedMigration
        {
            Number = next.Number,
            Name = next.Name,
            Sha256 = next.Sha256,
            AppliedAt = database.Clock.GetUtcNow(),
        });
        return next.FullName;
    }

    static async Task ApplyAsync(Session session, Migration migration)
    {
        try
        {
            await session.Data.ExecuteAsync(migration.For(session.Engine));
        }
        catch (Exception fault) when (Driver.IsOwn(fault))
        {
            throw Failed(migration, fault);
        }

        // Foreign keys are off while a migration of SQLite runs, so that tables can be rebuilt.
        if (session.Engine == Engine.Sqlite && await session.Data.ExecuteAsync<string?>("pragma foreign_key_check") is not null)
            throw Failed(migration, null);
    }

    static void Verify(List<AppliedMigration> applied, MigrationSet migrations)
    {
        foreach (var (index, row) in applied.Index())
        {
            if (row.Number != index + 1)
                throw new StorageException(
                    StorageCodes.MigrationMissing, $"数据库缺少第 {index + 1} 号升级，却已有第 {row.Number} 号，请从备份恢复后再启动。", null);
            if (migrations.All.ElementAtOrDefault(index) is not { } known)
                throw new StorageException(
                    StorageCodes.MigrationUnknown, $"数据库已升级到 {row.Number:0000}-{row.Name}，比本程序新，请使用新版本的程序。", null);
            if (known.Name != row.Name || known.Sha256 != row.Sha256)
                throw new StorageException(
                    StorageCodes.MigrationChanged, $"已执行的数据库升级 {row.Number:0000}-{row.Name} 与本程序中的不一致，请使用原版本的程序。", null);
        }
    }

    static StorageException Failed(Migration migration, Exception? cause) =>
        new(StorageCodes.MigrationFailed, $"数据库升级 {migration.FullName} 执行失败，已撤销，数据库停留在上一版本，请联系管理员。", cause);

    [Table("schema_migration")]
    sealed record AppliedMigration
    {
        [Column("number"), PrimaryKey]
        public int Number { get; init; }

        [Column("name")]
        public string Name { get; init; } = "";

        [Column("sha256")]
        public string Sha256 { get; init; } = "";

        [Column("applied_at")]
        public DateTimeOffset AppliedAt { get; init; }
    }
}
