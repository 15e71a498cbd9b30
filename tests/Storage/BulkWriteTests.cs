using Canbao.Storage.Faults;
using Canbao.TestKit.Databases;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Storage.Tests;

public class BulkWriteTests
{
    [Theory, OnBothEngines]
    public async Task Rows_are_added_changed_or_left(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        Assert.Equal(3, await WriteAsync(test, OnConflict.Update, Amounts((1, 10), (2, 20), (3, 30))));
        Assert.Equal(2, await WriteAsync(test, OnConflict.Update, Amounts((2, 20), (3, 33), (4, 40))));
        Assert.Equal(1, await WriteAsync(test, OnConflict.Keep, Amounts((4, 44), (5, 50))));
        Assert.Equal(0, await WriteAsync(test, OnConflict.Update, Amounts((1, 10), (2, 20), (3, 33), (4, 40), (5, 50))));
        Assert.Equal(0, await WriteAsync(test, OnConflict.Update, []));
        Assert.Equal([10L, 20, 33, 40, 50], await AmountsAsync(test));
    }

    [Theory, OnBothEngines]
    public async Task A_change_to_or_from_nothing_counts(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        var born = TestSchema.Holder(1) with { Born = new(2020, 1, 1) };
        Assert.Equal(1, await WriteAsync(test, OnConflict.Update, [TestSchema.Holder(1)]));
        Assert.Equal(1, await WriteAsync(test, OnConflict.Update, [born]));
        Assert.Equal(0, await WriteAsync(test, OnConflict.Update, [born]));
        Assert.Equal(1, await WriteAsync(test, OnConflict.Update, [TestSchema.Holder(1)]));
    }

    [Theory, OnBothEngines]
    public async Task Two_in_one_unit_and_in_two_areas(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        await test.Database.WriteAsync(async session =>
        {
            await session.BulkWriteAsync(Amounts((1, 10), (2, 20)), OnConflict.Refuse);
            await session.BulkWriteAsync(Amounts((1, 11), (3, 30)), OnConflict.Update);
            await session.BulkWriteAsync([TestSchema.Holder(1) with { Area = TestSchema.Elsewhere }], OnConflict.Refuse);
            await session.BulkWriteAsync([new Entry { Area = TestSchema.Here, Number = 1, Holder = 3, Amount = 1 }], OnConflict.Keep);
        });
        Assert.Equal([11L, 20, 30], await AmountsAsync(test));
    }

    [Theory, OnBothEngines]
    public async Task A_key_given_twice_is_refused(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        foreach (var conflict in new[] { OnConflict.Keep, OnConflict.Update })
        {
            var fault = await Assert.ThrowsAsync<StorageException>(() => WriteAsync(test, conflict, Twice()));
            Assert.Equal(StorageCodes.RepeatedKey, fault.Code);
        }

        var refused = await Assert.ThrowsAsync<ConstraintException>(() => WriteAsync(test, OnConflict.Refuse, Twice()));
        Assert.StartsWith("holder_", refused.Constraint, StringComparison.Ordinal);

        Assert.Empty(await AmountsAsync(test));

        static IEnumerable<Holder> Twice() => Amounts((1, 10), (2, 20), (1, 30));
    }

    [Theory, OnBothEngines]
    public async Task Rows_that_end_in_an_exception_leave_nothing(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => WriteAsync(test, OnConflict.Update, Broken()));
        Assert.Empty(await AmountsAsync(test));
        Assert.Equal(1, await WriteAsync(test, OnConflict.Update, Amounts((1, 10))));

        static IEnumerable<Holder> Broken()
        {
            for (int id = 0; id < 5_000; id++)
                yield return TestSchema.Holder(id);
            throw new InvalidTimeZoneException("the caller's own");
        }
    }

    [Theory, OnBothEngines]
    public async Task A_process_killed_in_the_middle_leaves_nothing(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        await WriteAsync(test, OnConflict.Update, Amounts((1, 10)));
        using (var other = OtherProcess.WritesForEver(test))
        {
            Assert.Equal("writing", await other.SaysAsync());
            await other.KillAsync();
        }

        Assert.Equal([10L], await AmountsAsync(test));
        Assert.Equal(2, await WriteAsync(test, OnConflict.Update, Amounts((1, 11), (2, 20))));
        Assert.Equal([11L, 20], await AmountsAsync(test));
    }

    static IEnumerable<Holder> Amounts(params (long Id, long Amount)[] rows) =>
        rows.Select(row => TestSchema.Holder(row.Id, amount: row.Amount));

    static Task<long> WriteAsync(TestDatabase test, OnConflict conflict, IEnumerable<Holder> rows) =>
        test.Database.WriteAsync(session => session.BulkWriteAsync(rows, conflict));

    static Task<List<long>> AmountsAsync(TestDatabase test) => test.Database.ReadAsync(session => session.Table<Holder>()
        .Where(holder => holder.Area == TestSchema.Here).OrderBy(holder => holder.Id).Select(holder => holder.Amount).ToListAsync());
}
