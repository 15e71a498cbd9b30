using System.Text.RegularExpressions;
using Canbao.Storage.Faults;
using Canbao.TestKit.Databases;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Xunit;

namespace Canbao.Storage.Tests;

public class UnitOfWorkTests
{
    [Theory, OnBothEngines]
    public async Task What_is_written_is_read_by_the_next(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        Assert.Equal(engine, test.Database.Engine);
        await test.Database.WriteAsync(session => session.Data.InsertAsync(TestSchema.Holder(1)));
        Assert.Equal([1L], await Ids(test));
    }

    [Theory, OnBothEngines]
    public async Task An_exception_undoes_everything_and_is_not_tried_again(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        int calls = 0;
        var fault = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => test.Database.WriteAsync(async session =>
        {
            calls++;
            await session.Data.InsertAsync(TestSchema.Holder(1));
            throw new InvalidTimeZoneException("the caller's own");
        }));
        Assert.Equal("the caller's own", fault.Message);
        Assert.Equal(1, calls);
        Assert.Empty(await Ids(test));
    }

    [Theory, OnBothEngines]
    public async Task A_cancelled_write_stores_nothing(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Database.WriteAsync(
            async session =>
            {
                await session.Data.InsertAsync(TestSchema.Holder(1));
                await cancel.CancelAsync();
            },
            cancel.Token));
        Assert.Empty(await Ids(test));
    }

    [Theory, OnBothEngines]
    public async Task A_read_cannot_write(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        var fault = await Assert.ThrowsAsync<StorageException>(
            () => test.Database.ReadAsync(session => session.Data.InsertAsync(TestSchema.Holder(1))));
        Assert.Equal(StorageCodes.NotWritable, fault.Code);
        Assert.Empty(await Ids(test));
    }

    [Theory, OnBothEngines]
    public async Task A_read_sees_one_snapshot(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        await test.Database.ReadAsync(async session =>
        {
            Assert.Equal(0, await session.Table<Holder>().CountAsync(holder => holder.Area == TestSchema.Here));
            await test.Database.WriteAsync(other => other.Data.InsertAsync(TestSchema.Holder(1)));
            Assert.Equal(0, await session.Table<Holder>().CountAsync(holder => holder.Area == TestSchema.Here));
            return true;
        });
        Assert.Equal([1L], await Ids(test));
    }

    [Theory, OnBothEngines]
    public async Task A_failed_statement_dooms_the_unit_though_its_exception_was_caught(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        var fault = await Assert.ThrowsAsync<StorageException>(() => test.Database.WriteAsync(async session =>
        {
            await session.Data.InsertAsync(TestSchema.Holder(1));
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => session.Data.InsertAsync(TestSchema.Holder(1)));
        }));
        Assert.Equal(StorageCodes.AlreadyFailed, fault.Code);
        Assert.Empty(await Ids(test));
    }

    [PostgresFact]
    public async Task A_failed_statement_beside_the_session_is_not_acknowledged_either()
    {
        await using var test = await TestSchema.CreateAsync(Engine.Postgres);
        var fault = await Assert.ThrowsAsync<StorageException>(() => test.Database.WriteAsync(async session =>
        {
            await session.Data.InsertAsync(TestSchema.Holder(1));
            await using var command = session.Data.OpenDbConnection().CreateCommand();
            command.CommandText = "select 1 / 0";
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync());
        }));
        Assert.Equal(StorageCodes.AlreadyFailed, fault.Code);
        Assert.Empty(await Ids(test));
    }

    [Theory, OnBothEngines]
    public async Task A_fault_tells_neither_the_statement_nor_a_value(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        Func<Session, Task>[] faults =
        [
            session => session.Data.ExecuteAsync("select '370613199001011234' from nowhere"),
            session => session.Data.ExecuteAsync("insert into holder (area, id, amount, key, name, kind, active) "
                + $"values (370613, 1, '370613199001011234x', 'k', 'n', 'a', {(engine == Engine.Sqlite ? "1" : "true")})"),
            session => session.Table<Holder>().Where(holder => Untranslatable(holder.Key) == "370613199001011234").ToListAsync(),
        ];
        foreach (var fault in faults)
        {
            var thrown = await Assert.ThrowsAsync<StorageException>(() => test.Database.WriteAsync(fault));
            Assert.DoesNotMatch(new Regex("37061319|holder|nowhere|select"), thrown.Message + thrown.ToString().Split("   at ")[0]);
            Assert.Null(thrown.InnerException);
            Assert.NotNull(thrown.Cause);
            Assert.Contains(thrown.Code, new[] { StorageCodes.Other, StorageCodes.UnfitValue, StorageCodes.NoTables });
        }
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_made_by_reading()
    {
        using var folder = new Canbao.TestKit.TempFolder();
        await using var database = Database.Open($"sqlite:{folder["canbao.db"]}", TimeProvider.System);
        var fault = await Assert.ThrowsAsync<StorageException>(() => database.ReadAsync(session => session.Data.ExecuteAsync("select 1")));
        Assert.Equal(StorageCodes.NoTables, fault.Code);
        Assert.Empty(folder.FileNames);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        await using var database = Database.Open("Host=127.0.0.1;Port=1;Database=canbao;Username=canbao", TimeProvider.System);
        var fault = await Assert.ThrowsAsync<StorageException>(() => database.ReadAsync(session => session.Data.ExecuteAsync("select 1")));
        Assert.Equal(StorageCodes.Unreachable, fault.Code);
    }

    [Fact]
    public async Task A_SQLite_file_is_synced_in_full_and_holds_to_foreign_keys()
    {
        await using var test = await TestSchema.CreateAsync(Engine.Sqlite);
        var settings = await test.Database.WriteAsync(async session => (
            await session.Data.ExecuteAsync<string>("pragma journal_mode"),
            await session.Data.ExecuteAsync<int>("pragma synchronous"),
            await session.Data.ExecuteAsync<int>("pragma foreign_keys")));
        Assert.Equal(("wal", 2, 1), settings);
    }

    static string Untranslatable(string text) => text;

    static Task<List<long>> Ids(TestDatabase test) => test.Database.ReadAsync(session => session.Table<Holder>()
        .Where(holder => holder.Area == TestSchema.Here).OrderBy(holder => holder.Id).Select(holder => holder.Id).ToListAsync());
}
