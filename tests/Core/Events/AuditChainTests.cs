using Canbao.Core.Events;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Events;

public class AuditChainTests
{
    [Theory, OnBothEngines]
    public async Task An_untouched_chain_is_whole_and_grows(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var chain = new AuditChain(area.Vault);
        Assert.Equal(1, await chain.SealAsync(area.Database, TestArea.Code));
        var head = await HeadAsync(area);
        await area.RegisterAsync("张三", new(1985, 3, 20), 1);
        await area.RegisterAsync("李四", new(1985, 3, 20), 2);
        Assert.Equal(2, await chain.SealAsync(area.Database, TestArea.Code));
        Assert.Equal(0, await chain.SealAsync(area.Database, TestArea.Code));
        Assert.Null(await VerifyAsync(area, head));
        Assert.Equal(3, (await HeadAsync(area)).SealNo);
        Assert.Equal(head, AuditHead.Parse(head.ToString()));
    }

    /// <summary>Whatever is changed behind the program's back, the first act that was touched is named.</summary>
    [Theory, OnBothEngines]
    public async Task The_first_altered_record_is_named(Engine engine)
    {
        foreach (var (code, place, tamper) in Tampers())
        {
            await using var area = await TestArea.CreateAsync(engine);
            var acts = await FilledAsync(area);
            await area.Database.WriteAsync(session => tamper(session, acts[3]));
            var fault = await VerifyAsync(area);
            Assert.Equal((code, acts[place]), (fault!.Code, fault.ActId));
        }
    }

    [Theory, OnBothEngines]
    public async Task A_tail_that_was_cut_off_shows_by_the_head_kept_elsewhere(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var acts = await FilledAsync(area);
        var head = await HeadAsync(area);
        var last = acts[^1];
        await area.Database.WriteAsync(async session =>
        {
            await session.Table<ActSealRow>().DeleteAsync(row => row.Area == TestArea.Code && row.ActId == last);
            await session.Table<ActChangeRow>().DeleteAsync(row => row.Area == TestArea.Code && row.ActId == last);
            await session.Table<ActRow>().DeleteAsync(row => row.Area == TestArea.Code && row.ActId == last);
        });
        Assert.Null(await VerifyAsync(area));
        Assert.Equal("E104", (await VerifyAsync(area, head))!.Code);
    }

    /// <summary>Sealers that meet write no act twice and leave no gap.</summary>
    [PostgresFact]
    public async Task Two_sealers_at_once_make_one_chain()
    {
        await using var area = await TestArea.CreateAsync(Engine.Postgres);
        for (int sequence = 1; sequence <= 20; sequence++)
            await area.RegisterAsync("张三", new(1985, 3, 20), sequence);
        var chain = new AuditChain(area.Vault);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => chain.SealAsync(area.Database, TestArea.Code)));
        Assert.Equal(21, (await HeadAsync(area)).SealNo);
        Assert.Null(await VerifyAsync(area));
    }

    static IEnumerable<(string Code, int Place, Func<Session, long, Task> Do)> Tampers() =>
    [
        ("E101", 3, (session, act) => session.Table<ActRow>().Where(row => row.Area == TestArea.Code && row.ActId == act)
            .Set(row => row.Account, "other").UpdateAsync()),
        ("E101", 3, (session, act) => session.Table<ActChangeRow>()
            .Where(row => row.Area == TestArea.Code && row.ActId == act && row.ChangeNo == 1).Set(row => row.New, "{}").UpdateAsync()),
        ("E101", 3, (session, act) => session.Table<ActChangeRow>()
            .DeleteAsync(row => row.Area == TestArea.Code && row.ActId == act && row.ChangeNo == 2)),
        // Where a link is gone, the act behind the gap is the first that no longer fits.
        ("E103", 4, (session, act) => session.Table<ActSealRow>()
            .DeleteAsync(row => row.Area == TestArea.Code && row.ActId == act)),
    ];

    static async Task<List<long>> FilledAsync(TestArea area)
    {
        for (int sequence = 1; sequence <= 5; sequence++)
            await area.RegisterAsync("张三", new(1985, 3, 20), sequence);
        await new AuditChain(area.Vault).SealAsync(area.Database, TestArea.Code);
        return await area.ReadAsync(session => session.Table<ActRow>().Where(row => row.Area == TestArea.Code)
            .OrderBy(row => row.ActId).Select(row => row.ActId).ToListAsync());
    }

    static Task<AuditFault?> VerifyAsync(TestArea area, AuditHead? head = null) =>
        area.ReadAsync(session => new AuditChain(area.Vault).VerifyAsync(session, TestArea.Code, head));

    static Task<AuditHead> HeadAsync(TestArea area) => area.ReadAsync(session => AuditChain.HeadAsync(session, TestArea.Code));
}
