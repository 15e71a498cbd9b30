using Canbao.TestKit.Databases;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Storage.Tests;

/// <summary>Alone, since what other tests keep in memory would count.</summary>
[Collection(nameof(BulkMemoryTests))]
[CollectionDefinition(nameof(BulkMemoryTests), DisableParallelization = true)]
public class BulkMemoryTests
{
    const int Many = 50_000;
    const int Step = 2_500;

    // A row with its texts is about 250 bytes: kept, the rows would be over ten megabytes.
    const long Little = 3_000_000;

    long peak;

    [Theory, OnBothEngines]
    public async Task Many_rows_take_memory_that_does_not_grow_with_them(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        await WriteAsync(test, Rows(Step, 1));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Assert.Equal(Many, await WriteAsync(test, Rows(Many, 2)));
        Assert.InRange(peak - before, long.MinValue, Little);
        Assert.Equal(Many, await test.Database.ReadAsync(session => session.Table<Holder>()
            .CountAsync(holder => holder.Area == TestSchema.Here && holder.Amount == 2)));
    }

    [Theory, OnBothEngines]
    public async Task Rows_that_are_kept_are_noticed(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var kept = new List<Holder>();
        await WriteAsync(test, Rows(Many, 1).Select(row =>
        {
            kept.Add(row);
            return row;
        }));
        Assert.InRange(peak - before, Little, long.MaxValue);
        Assert.Equal(Many, kept.Count);
    }

    /// <summary>Rows that look, every now and then, at how much memory is in use.</summary>
    IEnumerable<Holder> Rows(int count, long amount)
    {
        for (int id = 0; id < count; id++)
        {
            if (id % Step == Step - 1)
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
            yield return TestSchema.Holder(id, amount: amount);
        }
    }

    static Task<long> WriteAsync(TestDatabase test, IEnumerable<Holder> rows) =>
        test.Database.WriteAsync(session => session.BulkWriteAsync(rows, OnConflict.Update));
}
