using Canbao.TestKit.Databases;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Storage.Tests;

/// <summary>The law that test databases hold statements to finds what it should, in texts and in what linq2db really sends.</summary>
public class StatementLawTests
{
    static readonly StatementLaw Law = new(TestSchema.TenantTables);

    [Theory]
    [InlineData("select * from holder where id = 1", "holder is read without its area")]
    [InlineData("SELECT * FROM [holder] [h] WHERE [h].[id] = 1", "holder is read without its area")]
    [InlineData("select area from holder order by area", "holder is read without its area")]
    [InlineData("select * from holder h join entry e on e.holder = h.id where h.area = 1", "entry is read without its area")]
    [InlineData("select * from holder h, entry e where h.area = 1", "entry is read without its area")]
    [InlineData("select * from holder h join entry e on e.area = h.area", "areas are compared with each other only")]
    [InlineData("select * from holder h where h.area = @a and exists (select 1 from entry e where e.holder = h.id)", "entry is read")]
    [InlineData("select 1; delete from entry", "entry is read without its area")]
    [InlineData("update holder set amount = 1 where id = 2", "holder is read without its area")]
    [InlineData("update holder set amount = 1, area = 2 where area = 1", "area is changed")]
    [InlineData("insert into holder (id, name) values (1, 'area')", "holder gets no area")]
    [InlineData("insert into holder as t1 (id, name) values (1, 'area')", "holder gets no area")]
    [InlineData("insert into holder select * from stage_holder", "holder gets no area")]
    [InlineData("insert into stage_holder (id) select id from holder -- where area = 1", "holder is read without its area")]
    [InlineData("select strftime('%Y', '2022-01-01')", "computed by the engine")]
    [InlineData("select make_timestamp(1951, 12, 31, 0, 0, 0)", "computed by the engine")]
    public void A_breach_is_found(string sql, string fault) => Assert.Contains(fault, Law.Fault(sql) ?? "none", StringComparison.Ordinal);

    [Theory]
    [InlineData("select * from kind")]
    [InlineData("select * from holder where area = 370613 and id = 1")]
    [InlineData("SELECT [h].[id] FROM [holder] [h] WHERE [h].[area] = @area AND [h].[id] = 1")]
    [InlineData("select * from holder h join entry e on e.area = h.area and e.holder = h.id where h.area = $1")]
    [InlineData("select * from holder as h where h.area in (1, 2)")]
    [InlineData("update holder set amount = amount + 1 where area = 1 and id = 2")]
    [InlineData("insert into holder as t1 (area, id) values (1, 2) on conflict (area, id) do update set name = 'a'")]
    [InlineData("insert into holder (area, id) select area, id from stage_holder where 1 = 1 on conflict (area, id) do update set id = 1")]
    [InlineData("create table holder (area integer)")]
    [InlineData("select 'from holder'")]
    public void What_keeps_the_law_passes(string sql) => Assert.Null(Law.Fault(sql));

    [Theory, OnBothEngines]
    public async Task What_linq2db_sends_is_held_to_it(Engine engine)
    {
        await using var test = await TestSchema.CreateAsync(engine);
        Func<Session, Task>[] breaches =
        [
            session => session.Table<Holder>().Where(holder => holder.Id == 1).ToListAsync(),
            session => session.Table<Holder>().Where(holder => holder.Id == 1).DeleteAsync(),
            session => session.Table<Holder>().Where(holder => holder.Id == 1).Set(holder => holder.Amount, 5).UpdateAsync(),
            session => (from holder in session.Table<Holder>()
                        join entry in session.Table<Entry>() on holder.Id equals entry.Holder
                        where holder.Area == TestSchema.Here
                        select entry).ToListAsync(),
            session => session.Table<Holder>()
                .CountAsync(holder => holder.Area == TestSchema.Here && holder.Born == new DateOnly(1951, 12, 31)),
        ];
        foreach (var breach in breaches)
            await Assert.ThrowsAsync<StatementLawException>(() => test.Database.WriteAsync(breach));
        await test.Database.WriteAsync(async session =>
        {
            await session.Data.InsertAsync(TestSchema.Holder(1));
            await session.Data.UpdateAsync(TestSchema.Holder(1, amount: 7));
            return await (from holder in session.Table<Holder>()
                          join entry in session.Table<Entry>()
                            on new { holder.Area, holder.Id } equals new { entry.Area, Id = entry.Holder }
                          where holder.Area == TestSchema.Here
                          select entry).ToListAsync();
        });
    }
}
