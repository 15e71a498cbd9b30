using Canbao.Storage.Faults;
using Canbao.TestKit.Databases;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Xunit;

namespace Canbao.Storage.Tests;

/// <summary>What is known when storing goes wrong.</summary>
public class CommitTests
{
    [PostgresTheory]
    [InlineData(CuttingProxy.Cut.BeforeCommit, 0)]
    [InlineData(CuttingProxy.Cut.AfterCommit, 1)]
    public async Task A_connection_lost_while_storing_leaves_the_outcome_unknown(CuttingProxy.Cut cut, int stored)
    {
        await using var test = await TestSchema.CreateAsync(Engine.Postgres);
        using var proxy = new CuttingProxy(test.Connection, cut);
        await using var database = Database.Open(proxy.Connection, TimeProvider.System);
        int calls = 0;
        var fault = await Assert.ThrowsAsync<OutcomeUnknownException>(() => database.WriteAsync(async session =>
        {
            calls++;
            await session.Data.InsertAsync(TestSchema.Holder(1));
        }));
        Assert.Equal((StorageCodes.OutcomeUnknown, 1), (fault.Code, calls));
        Assert.Equal(stored, await CountAsync(test));
        // The caller's own retry changes nothing twice.
        await test.Database.WriteAsync(session => session.BulkWriteAsync([TestSchema.Holder(1)], OnConflict.Keep));
        Assert.Equal(1, await CountAsync(test));
    }

    [PostgresFact]
    public async Task A_connection_lost_before_storing_is_told_as_that()
    {
        await using var test = await TestSchema.CreateAsync(Engine.Postgres);
        var fault = await Assert.ThrowsAsync<StorageException>(() => test.Database.WriteAsync(async session =>
        {
            await session.Data.InsertAsync(TestSchema.Holder(1));
            int backend = await session.Data.ExecuteAsync<int>("select pg_backend_pid()");
            await PostgresServer.Shared.ExecuteAsync($"select pg_terminate_backend({backend})");
            await session.Data.InsertAsync(TestSchema.Holder(2));
        }));
        Assert.Equal(StorageCodes.Unreachable, fault.Code);
        Assert.Equal(0, await CountAsync(test));
    }

    [Theory, OnBothEngines]
    public async Task A_constraint_that_is_checked_at_the_end_refuses_and_stores_nothing(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        await test.Database.WriteAsync(session => session.Data.ExecuteAsync(
            "create table late (id integer primary key, up integer, "
            + "constraint late_up foreign key (up) references late (id) deferrable initially deferred)"));
        var fault = await Assert.ThrowsAsync<ConstraintException>(
            () => test.Database.WriteAsync(session => session.Data.ExecuteAsync("insert into late (id, up) values (1, 2)")));
        Assert.Equal(ConstraintKind.Reference, fault.Kind);
        Assert.Equal(0, await test.Database.ReadAsync(session => session.Data.ExecuteAsync<int>("select count(*) from late")));
    }

    [Theory, OnBothEngines]
    public async Task What_was_acknowledged_outlives_a_killed_process(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        using var other = OtherProcess.StoresAndWaits(test);
        Assert.Equal("stored", await other.SaysAsync());
        await other.KillAsync();
        Assert.Equal(1, await CountAsync(test));
    }

    [PostgresFact]
    public async Task The_test_server_goes_with_its_process_even_if_that_is_killed()
    {
        using var other = OtherProcess.StartsAServer();
        var folder = await other.SaysAsync();
        Assert.True(Directory.Exists(folder));
        await other.KillAsync();
        for (int waits = 0; Directory.Exists(folder) && waits < 300; waits++)
            await Task.Delay(100);
        Assert.False(Directory.Exists(folder));
    }

    static Task<int> CountAsync(TestDatabase test) => test.Database.ReadAsync(session =>
        session.Table<Holder>().CountAsync(holder => holder.Area == TestSchema.Here));
}
