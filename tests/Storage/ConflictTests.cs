using System.Diagnostics;
using Canbao.Storage.Faults;
using Canbao.TestKit.Databases;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Xunit;

namespace Canbao.Storage.Tests;

public class ConflictTests
{
    static readonly DatabaseOptions Patient = new() { Tries = 60, LockWait = TimeSpan.FromSeconds(30) };

    static readonly DatabaseOptions Hasty = new()
    {
        Tries = 3,
        LockWait = TimeSpan.FromMilliseconds(150),
        StatementLimit = TimeSpan.FromMilliseconds(300),
        PoolSize = 2,
        ConnectWait = TimeSpan.FromSeconds(1),
    };

    [Theory, OnBothEngines]
    public async Task No_update_is_lost(Engine engine)
    {
        await using var test = await WithHolderAsync(engine, Patient);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => test.Database.WriteAsync(AddOneAsync))));
        Assert.Equal(32_016, await AmountAsync(test));
    }

    [PostgresFact]
    public async Task Of_two_that_each_read_what_the_other_writes_one_is_tried_again()
    {
        await using var test = await WithHolderAsync(Engine.Postgres, Patient);
        using var meeting = new Barrier(2);
        int calls = 0;
        // Each adds a row numbered by how many it sees; they would both number theirs 1.
        await Task.WhenAll(Enumerable.Range(1, 2).Select(holder => Task.Run(() => test.Database.WriteAsync(async session =>
        {
            bool first = Interlocked.Increment(ref calls) <= 2;
            int seen = await session.Table<Entry>().CountAsync(entry => entry.Area == TestSchema.Here);
            if (first)
                meeting.SignalAndWait(TimeSpan.FromSeconds(30));
            await session.Data.InsertAsync(new Entry { Area = TestSchema.Here, Number = holder, Holder = 1, Amount = seen + 1 });
        }))));
        Assert.Equal(3, calls);
        Assert.Equal([1L, 2L], await test.Database.ReadAsync(session => session.Table<Entry>()
            .Where(entry => entry.Area == TestSchema.Here).Select(entry => entry.Amount).OrderBy(amount => amount).ToListAsync()));
    }

    /// <summary>
    /// A key that a rival took after this unit began is no conflict for the server where the unit had not read that very place of the
    /// index: it says that the key is there. Seen anew, the row is found.
    /// </summary>
    [PostgresFact]
    public async Task A_key_that_a_rival_took_unseen_is_seen_the_next_time()
    {
        await using var test = await WithHolderAsync(Engine.Postgres, Patient);
        int calls = 0;
        var entry = new Entry { Area = TestSchema.Here, Number = 7, Holder = 1, Amount = 5 };
        bool added = await test.Database.WriteAsync(async session =>
        {
            await session.Table<Holder>().CountAsync(holder => holder.Area == TestSchema.Here);
            if (++calls == 1)
                await test.Database.WriteAsync(other => other.Data.InsertAsync(entry));
            else if (await session.Table<Entry>().AnyAsync(each => each.Area == TestSchema.Here && each.Number == 7))
                return false;
            await session.Data.InsertAsync(entry);
            return true;
        });
        Assert.Equal((false, 2), (added, calls));
    }

    [PostgresFact]
    public async Task A_deadlock_is_tried_again()
    {
        await using var test = await WithHolderAsync(Engine.Postgres, Patient);
        await test.Database.WriteAsync(session => session.Data.InsertAsync(TestSchema.Holder(2)));
        using var meeting = new Barrier(2);
        int calls = 0;
        await Task.WhenAll(new long[][] { [1, 2], [2, 1] }.Select(order => Task.Run(() => test.Database.WriteAsync(async session =>
        {
            bool first = Interlocked.Increment(ref calls) <= 2;
            await AddOneAsync(session, order[0]);
            if (first)
                meeting.SignalAndWait(TimeSpan.FromSeconds(30));
            await AddOneAsync(session, order[1]);
        }))));
        Assert.Equal(3, calls);
        Assert.Equal(32_002, await AmountAsync(test));
    }

    [PostgresFact]
    public async Task Tries_end()
    {
        await using var test = await WithHolderAsync(Engine.Postgres, Hasty);
        int calls = 0;
        var fault = await Assert.ThrowsAsync<StorageException>(() => test.Database.WriteAsync(async session =>
        {
            calls++;
            await session.Table<Holder>().CountAsync(holder => holder.Area == TestSchema.Here && holder.Id == 1);
            await test.Database.WriteAsync(AddOneAsync);
            await AddOneAsync(session);
        }));
        Assert.Equal((StorageCodes.Conflict, 3), (fault.Code, calls));
        Assert.Equal(32_003, await AmountAsync(test));
    }

    [Fact]
    public async Task On_SQLite_a_writer_waits_for_that_of_another_process()
    {
        await using var test = await WithHolderAsync(Engine.Sqlite, Patient);
        await using var other = Database.Open(test.Connection, TimeProvider.System, Patient);
        var holding = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var first = Task.Run(() => other.WriteAsync(async session =>
        {
            await AddOneAsync(session);
            holding.SetResult();
            await release.Task;
        }));
        await holding.Task;
        var second = Task.Run(() => test.Database.WriteAsync(AddOneAsync));
        await Task.Delay(300);
        Assert.False(second.IsCompleted);
        // Readers do not wait, and see what was stored before.
        Assert.Equal(32_000, await AmountAsync(test));
        release.SetResult();
        await Task.WhenAll(first, second);
        Assert.Equal(32_002, await AmountAsync(test));
    }

    [Theory, OnBothEngines]
    public async Task A_writer_does_not_wait_for_ever(Engine engine)
    {
        await using var test = await WithHolderAsync(engine, Hasty);
        await using var other = Database.Open(test.Connection, TimeProvider.System, Hasty);
        foreach (var rival in new[] { other, test.Database })
            await rival.WriteAsync(async session =>
            {
                await AddOneAsync(session);
                var watch = Stopwatch.StartNew();
                var fault = await Assert.ThrowsAsync<StorageException>(() => test.Database.WriteAsync(AddOneAsync));
                Assert.Equal(StorageCodes.Busy, fault.Code);
                Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
            });
        Assert.Equal(32_002, await AmountAsync(test));
    }

    [PostgresFact]
    public async Task A_statement_ends_at_its_limit()
    {
        await using var test = await WithHolderAsync(Engine.Postgres, Hasty);
        var fault = await Assert.ThrowsAsync<StorageException>(
            () => test.Database.ReadAsync(session => session.Data.ExecuteAsync("select pg_sleep(30)")));
        Assert.Equal(StorageCodes.TooSlow, fault.Code);
    }

    [PostgresFact]
    public async Task A_full_pool_is_told_as_busy()
    {
        await using var test = await WithHolderAsync(Engine.Postgres, Hasty);
        await test.Database.ReadAsync(_ => test.Database.ReadAsync(async _ =>
        {
            var fault = await Assert.ThrowsAsync<StorageException>(() => AmountAsync(test));
            Assert.Equal(StorageCodes.Busy, fault.Code);
            return true;
        }));
        Assert.Equal(32_000, await AmountAsync(test));
    }

    static async Task<TestDatabase> WithHolderAsync(Engine engine, DatabaseOptions options)
    {
        var test = await TestSchema.CreateAsync(engine, options);
        await test.Database.WriteAsync(session => session.Data.InsertAsync(TestSchema.Holder(1)));
        return test;
    }

    static Task AddOneAsync(Session session) => AddOneAsync(session, 1);

    /// <summary>Reads, and writes what it read and one more.</summary>
    static async Task AddOneAsync(Session session, long id)
    {
        var row = await session.Table<Holder>().SingleAsync(holder => holder.Area == TestSchema.Here && holder.Id == id);
        await session.Data.UpdateAsync(row with { Amount = row.Amount + 1 });
    }

    static Task<long> AmountAsync(TestDatabase test) => test.Database.ReadAsync(session => session.Table<Holder>()
        .Where(holder => holder.Area == TestSchema.Here && holder.Id == 1).Select(holder => holder.Amount).SingleAsync());
}
