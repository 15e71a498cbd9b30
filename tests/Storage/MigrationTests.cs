using System.Globalization;
using Canbao.Storage.Faults;
using Canbao.Storage.Migrations;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using LinqToDB;
using LinqToDB.Data;
using Xunit;

namespace Canbao.Storage.Tests;

public class MigrationTests
{
    static readonly string[] Names = ["0001-holders", "0002-entries", "0003-short-keys"];

    [Theory, OnBothEngines]
    public async Task Each_is_applied_once(Engine engine)
    {
        await using var test = await TestDatabase.EmptyAsync(engine);
        Assert.Equal(Names[..2], await test.Database.MigrateAsync(TestSchema.Migrations.UpTo(2)));
        Assert.Equal(Names[2..], await test.Database.MigrateAsync(TestSchema.Migrations));
        Assert.Empty(await test.Database.MigrateAsync(TestSchema.Migrations));
    }

    /// <summary>Where this fails after a new migration, CANBAO_ACCEPT=1 keeps its schema beside the older ones.</summary>
    [Theory, OnBothEngines]
    public async Task The_closing_schema_is_the_one_kept(Engine engine)
    {
        await using var test = await MigratedAsync(engine, TestSchema.Migrations);
        Snapshot.Matches(KeptName(engine, Names.Length), await SchemaDump.OfAsync(test));
    }

    [Theory, OnBothEngines]
    public async Task Every_older_schema_that_was_kept_comes_forward_with_its_rows(Engine engine)
    {
        var folder = Repository.Path("tests", "Storage", "Snapshots");
        var newest = await File.ReadAllTextAsync(Path.Combine(folder, KeptName(engine, Names.Length) + ".txt"));
        int tried = 0;
        for (int number = 1; number < Names.Length; number++)
        {
            var file = Path.Combine(folder, KeptName(engine, number) + ".txt");
            if (!File.Exists(file))
                continue;
            await using var test = await TestDatabase.EmptyAsync(engine, Clocked);
            await SchemaDump.LoadAsync(test, await File.ReadAllTextAsync(file));
            Assert.Equal(Names[number..], await test.Database.MigrateAsync(TestSchema.Migrations));
            Assert.Equal(newest, await SchemaDump.OfAsync(test));
            tried++;
        }

        Assert.NotEqual(0, tried);
    }

    [Theory, OnBothEngines]
    public async Task Processes_and_threads_that_start_at_once_apply_each_once(Engine engine)
    {
        await using var test = await TestDatabase.EmptyAsync(engine);
        using var first = OtherProcess.Migrates(test);
        using var second = OtherProcess.Migrates(test);
        var threads = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            await using var database = Database.Open(test.Connection, TimeProvider.System);
            return (await database.MigrateAsync(TestSchema.Migrations)).Count;
        })));
        var others = int.Parse(await first.SaysAsync()) + int.Parse(await second.SaysAsync());
        Assert.Equal(Names.Length, threads.Sum() + others);
        Assert.Equal(Names.Length, await test.Database.ReadAsync(
            session => session.Data.ExecuteAsync<int>("select count(*) from schema_migration")));
    }

    [Theory, OnBothEngines]
    public async Task One_waits_while_another_works(Engine engine)
    {
        await using var test = await TestDatabase.EmptyAsync(engine);
        await using var other = Database.Open(test.Connection, TimeProvider.System);
        var holding = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var first = other.RunAsync(
            Engines.Access.Migrate,
            async session =>
            {
                if (other.Driver.MigrationLock is { } sql)
                    await session.Data.ExecuteAsync(sql);
                holding.SetResult();
                await release.Task;
                return true;
            },
            false,
            default);
        await holding.Task;
        var second = Task.Run(() => test.Database.MigrateAsync(TestSchema.Migrations));
        await Task.Delay(300);
        Assert.False(second.IsCompleted);
        release.SetResult();
        Assert.Equal(Names, await second);
        Assert.True(await first);
    }

    [Theory, OnBothEngines]
    public async Task A_failed_one_is_undone_and_those_before_stay(Engine engine)
    {
        await using var test = await TestDatabase.EmptyAsync(engine);
        var first = ("0001-a.sql", "create table a (id integer);");
        var broken = Set(first, ("0002-b.sql", "create table b (id integer); insert into c values (1);"));
        await RefusesAsync(test, broken, StorageCodes.MigrationFailed, "0002-b");
        var mended = Set(first, ("0002-b.sql", "create table b (id integer);"));
        Assert.Equal(["0002-b"], await test.Database.MigrateAsync(mended));
    }

    [Fact]
    public async Task One_that_leaves_a_dangling_reference_on_SQLite_is_undone()
    {
        await using var test = await MigratedAsync(Engine.Sqlite, TestSchema.Migrations.UpTo(2));
        var files = TestSchema.Migrations.UpTo(2).All.SelectMany(one => new[]
        {
            ($"{one.FullName}.sql", one.Shared), ($"{one.FullName}.postgres.sql", one.Postgres),
        });
        await RefusesAsync(test, Set([.. files, ("0003-gone.sql", "delete from holder;")]), StorageCodes.MigrationFailed, "0003-gone");
        Assert.Equal(2, await test.Database.ReadAsync(session => session.Data.ExecuteAsync<int>("select count(*) from holder")));
    }

    [Theory, OnBothEngines]
    public async Task Databases_of_other_migrations_are_refused(Engine engine)
    {
        (string, string)[] files = [("0001-a.sql", "create table a (id integer);"), ("0002-b.sql", "create table b (id integer);")];
        await using var test = await TestDatabase.EmptyAsync(engine);
        await test.Database.MigrateAsync(Set(files));
        await RefusesAsync(test, Set(files[0]), StorageCodes.MigrationUnknown, "0002-b");
        var other = ("0001-a.sql", "create table a (id integer, n integer);");
        await RefusesAsync(test, Set(other, files[1]), StorageCodes.MigrationChanged, "0001-a");
        await RefusesAsync(test, Set(("0001-z.sql", files[0].Item2), files[1]), StorageCodes.MigrationChanged, "0001-a");
        await RefusesAsync(test, Set([.. files, ("0001-a.sqlite.sql", "select 1;")]), StorageCodes.MigrationChanged, "0001-a");
        await RefusesAsync(test, Set([.. files, ("0001-a.postgres.sql", "select 1;")]), StorageCodes.MigrationChanged, "0001-a");
        await test.Database.WriteAsync(session => session.Data.ExecuteAsync("delete from schema_migration where number = 1"));
        await RefusesAsync(test, Set(files), StorageCodes.MigrationMissing, "1");
    }

    [Fact]
    public void Line_ends_do_not_count_as_a_change() => Assert.Equal(
        Set(("0001-a.sql", "select 1;\nselect 2;\n")).All[0].Sha256, Set(("0001-a.sql", "select 1;\r\nselect 2;\r\n")).All[0].Sha256);

    [Theory]
    [InlineData("没有找到")]
    [InlineData("1-a.sql", "1-a.sql")]
    [InlineData("0001-A.sql", "0001-A.sql")]
    [InlineData("0001-a.mysql.sql", "0001-a.mysql.sql")]
    [InlineData("第 1 号", "0002-a.sql")]
    [InlineData("第 2 号", "0001-a.sql", "0003-b.sql")]
    [InlineData("0001", "0001-a.sql", "0001-b.sql")]
    public void Files_out_of_order_are_refused(string told, params string[] names)
    {
        var fault = Assert.Throws<StorageException>(() => Set([.. names.Select(name => (name, "select 1;"))]));
        Assert.Equal(StorageCodes.MigrationFiles, fault.Code);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_placeholder_is_refused()
    {
        var fault = Assert.Throws<StorageException>(() => Set(("0001-a.sql", "create table a (id {bigint});")).All[0].For(Engine.Sqlite));
        Assert.Equal(StorageCodes.MigrationFiles, fault.Code);
        Assert.Contains("{bigint}", fault.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_database_in_another_encoding_is_refused()
    {
        await using var test = await TestDatabase.EmptyAsync(Engine.Postgres);
        await PostgresServer.Shared.ExecuteAsync($"create database {test.Name}_ascii encoding 'SQL_ASCII' template template0");
        await using var database = Database.Open(PostgresServer.Shared.ConnectionTo($"{test.Name}_ascii"), TimeProvider.System);
        var fault = await Assert.ThrowsAsync<StorageException>(() => database.MigrateAsync(TestSchema.Migrations));
        Assert.Equal(StorageCodes.Encoding, fault.Code);
    }

    static async Task RefusesAsync(TestDatabase test, MigrationSet migrations, string code, string told)
    {
        bool isToStay = code != StorageCodes.MigrationFailed;
        var before = isToStay ? await SchemaDump.OfAsync(test) : "";
        var fault = await Assert.ThrowsAsync<StorageException>(() => test.Database.MigrateAsync(migrations));
        Assert.Equal(code, fault.Code);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        if (isToStay)
            Assert.Equal(before, await SchemaDump.OfAsync(test));
    }

    static MigrationSet Set(params (string, string)[] files) => MigrationSet.Of(files);

    static string KeptName(Engine engine, int number) =>
        $"schema-{number:0000}-{engine.ToString().ToLower(CultureInfo.InvariantCulture)}";

    /// <summary>A database with some rows, which are the same whatever the schema.</summary>
    static async Task<TestDatabase> MigratedAsync(Engine engine, MigrationSet migrations)
    {
        var test = await TestDatabase.EmptyAsync(engine, Clocked);
        await test.Database.MigrateAsync(migrations);
        await test.Database.WriteAsync(async session =>
        {
            await session.Data.InsertAsync(TestSchema.Holder(1, "一") with { Name = "𠮷田", Born = new(1951, 12, 31), Photo = [1, 255] });
            await session.Data.InsertAsync(TestSchema.Holder(2) with { SeenAt = Stopped.Time });
            await session.Data.InsertAsync(new Entry { Area = TestSchema.Here, Number = 1, Holder = 1, Amount = 5 });
        });
        return test;
    }

    static readonly Stopped Clocked = new();

    sealed class Stopped : TimeProvider
    {
        public static readonly DateTimeOffset Time = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Time;
    }
}
