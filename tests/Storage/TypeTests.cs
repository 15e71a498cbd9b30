using System.Text.Json;
using Canbao.Storage.Faults;
using Canbao.TestKit.Databases;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Xunit;

namespace Canbao.Storage.Tests;

public class TypeTests
{
    static readonly Holder Full = new()
    {
        Area = TestSchema.Here,
        Id = long.MaxValue,
        Key = "370613",
        Name = "𠮷田·买买提'\"\\%_\n㐂",
        Kind = "b",
        Born = new(1951, 12, 31),
        Amount = 9_007_199_254_740_993,
        Active = true,
        SeenAt = new DateTimeOffset(2021, 12, 31, 23, 59, 59, TimeSpan.FromHours(8)).AddTicks(1_234_560),
        Photo = [0, 1, 0xFF, 0x27],
    };

    static readonly Holder Bare = new() { Area = TestSchema.Here, Id = 1, Key = "", Name = "", Kind = "a" };

    static readonly Holder[] Edges =
    [
        Bare with { Id = 2, Key = "e1", Born = DateOnly.MinValue, SeenAt = DateTimeOffset.UnixEpoch },
        Bare with { Id = 3, Key = "e2", Born = new(9999, 12, 31), SeenAt = new(9999, 12, 31, 23, 59, 59, 999, 999, TimeSpan.Zero) },
        Bare with { Id = 4, Key = "e3", Born = new(2024, 2, 29) },
        Bare with { Id = 5, Key = "e4", Photo = [] },
    ];

    [Theory, OnBothEngines]
    public async Task Rows_come_back_as_they_went_in(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        Holder[] rows = [Bare, .. Edges, Full];
        await test.Database.WriteAsync(async session =>
        {
            foreach (var row in rows)
                await session.Data.InsertAsync(row);
        });
        Assert.Equal(rows.Select(Text), (await All(test)).Select(Text));
    }

    [Theory, OnBothEngines]
    public async Task Rows_of_a_bulk_write_too(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        Holder[] rows = [Bare, .. Edges, Full];
        Assert.Equal(rows.Length, await test.Database.WriteAsync(session => session.BulkWriteAsync(rows, OnConflict.Refuse)));
        Assert.Equal(rows.Select(Text), (await All(test)).Select(Text));
    }

    [Theory, OnBothEngines]
    public async Task Values_are_found_by_parameter_and_by_literal(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        await test.Database.WriteAsync(session => session.Data.InsertAsync(Full));
        var (born, seen, name) = (Full.Born, Full.SeenAt!.Value.ToOffset(TimeSpan.FromHours(-3)), Full.Name);
        foreach (bool literal in new[] { false, true })
            await test.Database.ReadAsync(async session =>
            {
                session.Data.InlineParameters = literal;
                var here = session.Table<Holder>().Where(holder => holder.Area == TestSchema.Here);
                Assert.Equal(1, await here.CountAsync(holder => holder.Born == born && holder.SeenAt == seen && holder.Name == name));
                Assert.Equal(1, await here.CountAsync(holder => holder.Born <= born && holder.SeenAt >= seen && holder.Active));
                Assert.Equal(0, await here.CountAsync(holder => holder.Born > born || holder.SeenAt < seen || !holder.Active));
                return true;
            });
        Assert.Equal(1, await test.Database.ReadAsync(session => session.Data.ExecuteAsync<int>(
            $"select count(*) from holder where area = {TestSchema.Here} and born = @born", new DataParameter("born", born))));
    }

    [Theory, OnBothEngines]
    public async Task Instants_keep_whole_microseconds_and_lose_the_rest(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        var whole = new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMicroseconds(123_456);
        await test.Database.WriteAsync(session => session.Data.InsertAsync(Bare with { SeenAt = whole.AddTicks(9) }));
        Assert.Equal(whole, (await All(test)).Single().SeenAt);
    }

    [Theory, OnBothEngines]
    public async Task A_number_beyond_its_column_is_refused(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        var fault = await Assert.ThrowsAsync<StorageException>(() => test.Database.WriteAsync(session => session.Data.ExecuteAsync(
            "insert into holder (area, id, key, name, kind, amount, active) "
            + $"values ({TestSchema.Here}, 1, 'k', 'n', 'a', 99999999999999999999, {(engine == Engine.Sqlite ? "1" : "true")})")));
        Assert.Equal(StorageCodes.UnfitValue, fault.Code);
    }

    [Theory, OnBothEngines]
    public async Task Texts_stand_in_the_order_of_their_code_points(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        // As the bytes of UTF-8 have it, which differs from UTF-16's order for the last two and from any dictionary's for the rest.
        string[] ordered = ["", " ", "10", "9", "A", "B", "_", "a", "a ", "á", "丁", "七", "张", "张三", "李", "\uFFFD", "𠮷"];
        await test.Database.WriteAsync(session => session.BulkWriteAsync(
            ordered.Reverse().Index().Select(text => TestSchema.Holder(text.Index, text.Item)), OnConflict.Refuse));
        var found = await test.Database.ReadAsync(session => session.Table<Holder>()
            .Where(holder => holder.Area == TestSchema.Here).OrderBy(holder => holder.Key).Select(holder => holder.Key).ToListAsync());
        Assert.Equal(ordered, found);
        Assert.Equal("𠮷", await test.Database.ReadAsync(session => session.Table<Holder>()
            .Where(holder => holder.Area == TestSchema.Here).MaxAsync(holder => holder.Key)));
    }

    static Task<List<Holder>> All(TestDatabase test) => test.Database.ReadAsync(session =>
        session.Table<Holder>().Where(holder => holder.Area == TestSchema.Here).OrderBy(holder => holder.Id).ToListAsync());

    static string Text(Holder holder) =>
        JsonSerializer.Serialize(holder with { SeenAt = holder.SeenAt?.ToUniversalTime() });
}
