using Canbao.Storage.Faults;
using Canbao.TestKit.Databases;
using LinqToDB;
using LinqToDB.Data;
using Xunit;

namespace Canbao.Storage.Tests;

public class ConstraintTests
{
    static readonly Entry Entry = new() { Area = TestSchema.Here, Number = 1, Holder = 1, Amount = 5 };

    [Theory, OnBothEngines]
    public Task A_primary_key(Engine engine) => RefusesAsync(
        engine, ConstraintKind.Unique, "holder_pk", session => session.Data.InsertAsync(TestSchema.Holder(1, "other")));

    [Theory, OnBothEngines]
    public Task A_unique_rule(Engine engine) => RefusesAsync(
        engine, ConstraintKind.Unique, "holder_key", session => session.Data.InsertAsync(TestSchema.Holder(2, "k1")));

    [Theory, OnBothEngines]
    public Task A_unique_index(Engine engine) => RefusesAsync(
        engine, ConstraintKind.Unique, "entry_holder_amount", session => session.Data.InsertAsync(Entry with { Number = 2 }));

    [Theory, OnBothEngines]
    public Task A_check(Engine engine) => RefusesAsync(
        engine, ConstraintKind.Check, "holder_amount_not_negative", session => session.Data.InsertAsync(TestSchema.Holder(2, amount: -1)));

    [Theory, OnBothEngines]
    public Task A_reference(Engine engine) => RefusesAsync(
        engine,
        ConstraintKind.Reference,
        engine == Engine.Postgres ? "entry_holder" : null,
        session => session.Data.InsertAsync(Entry with { Number = 2, Holder = 99 }));

    [Theory, OnBothEngines]
    public Task A_row_that_others_point_to(Engine engine) => RefusesAsync(
        engine,
        ConstraintKind.Reference,
        engine == Engine.Postgres ? "entry_holder" : null,
        session => session.Data.DeleteAsync(TestSchema.Holder(1)));

    [Theory, OnBothEngines]
    public Task A_missing_value(Engine engine) => RefusesAsync(
        engine,
        ConstraintKind.NotNull,
        "holder.name",
        session => session.Data.ExecuteAsync(
            "insert into holder (area, id, key, name, kind, amount, active) "
            + $"values ({TestSchema.Here}, 2, 'k2', null, 'a', 1, {(engine == Engine.Sqlite ? "1" : "true")})"));

    [Theory, OnBothEngines]
    public Task A_row_of_a_bulk_write(Engine engine) => RefusesAsync(
        engine,
        ConstraintKind.Unique,
        "holder_pk",
        session => session.BulkWriteAsync([TestSchema.Holder(2), TestSchema.Holder(1, "other")], OnConflict.Refuse));

    [Theory, OnBothEngines]
    public Task Another_unique_rule_than_the_key_of_a_bulk_write(Engine engine) => RefusesAsync(
        engine,
        ConstraintKind.Unique,
        "holder_key",
        session => session.BulkWriteAsync([TestSchema.Holder(2, "k1")], OnConflict.Update));

    static async Task RefusesAsync(Engine engine, ConstraintKind kind, string? name, Func<Session, Task> work)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        await test.Database.WriteAsync(async session =>
        {
            await session.Data.InsertAsync(TestSchema.Holder(1));
            await session.Data.InsertAsync(Entry);
        });
        var fault = await Assert.ThrowsAsync<ConstraintException>(() => test.Database.WriteAsync(work));
        Assert.Equal((kind, name, StorageCodes.Constraint), (fault.Kind, fault.Constraint, fault.Code));
        // Nothing of it is stored, and the connection goes on.
        Assert.Equal((1, 1), await test.Database.ReadAsync(async session => (
            await session.Data.ExecuteAsync<int>($"select count(*) from holder where area = {TestSchema.Here}"),
            await session.Data.ExecuteAsync<int>($"select count(*) from entry where area = {TestSchema.Here}"))));
    }
}
