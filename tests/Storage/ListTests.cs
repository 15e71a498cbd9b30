using Canbao.TestKit.Databases;
using LinqToDB;
using LinqToDB.Data;
using Xunit;

namespace Canbao.Storage.Tests;

/// <summary>Lists in statements find what they name, however many it is, and few texts serve all short ones.</summary>
public class ListTests
{
    const int Rows = 40;

    [Theory, OnBothEngines]
    public async Task Numbers_and_hashes_of_a_list_are_found(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        await test.Database.WriteAsync(session => session.BulkWriteAsync(
            Enumerable.Range(1, Rows).Select(id => TestSchema.Holder(id) with { Photo = [(byte)id, 0] }), OnConflict.Refuse));
        foreach (int count in (int[])[0, 1, 3, 4, 5, 16, 17, 39])
        {
            long[] ids = [.. Enumerable.Range(1, count)];
            Assert.Equal(ids, await FindAsync(session => session.OneOf("id", "n", ids)));
            byte[][] photos = [.. ids.Select(id => new[] { (byte)id, (byte)0 })];
            Assert.Equal(ids, await FindAsync(session => session.OneOf("photo", "h", photos)));
        }

        Task<List<long>> FindAsync(Func<Session, (string Sql, DataParameter[] Given)> of) => test.Database.ReadAsync(session =>
        {
            var (isListed, given) = of(session);
            return session.Data.QueryToListAsync<long>(
                $"select id from holder where area = @area and {isListed} order by id",
                [new("area", TestSchema.Here, DataType.Int32), .. given]);
        });
    }

    [Theory, OnBothEngines]
    public async Task Short_lists_share_their_texts(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        var texts = await test.Database.ReadAsync(session => Task.FromResult(
            Enumerable.Range(0, 17).Select(count => session.OneOf("id", "n", new long[count]).Sql).Distinct().ToList()));
        Assert.Equal(3, texts.Count);
    }
}
