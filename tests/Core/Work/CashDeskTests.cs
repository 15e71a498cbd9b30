using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work;

public class CashDeskTests
{
    static readonly Money Standard = Money.FromFen(32_000);

    [Theory, OnBothEngines, Clause("baogou 二(五)1")]
    public async Task Cash_moves_to_the_agent_and_opens_cover(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await EnrolledAsync(area, new(1985, 3, 20));
        var desk = new CashDesk(area.Dues);
        var paid = await area.DoAsync(
            "cash.take", act => desk.TakeAsync(act, TestArea.Year, [new(person.PersonId, Standard)]), "agent1");
        Assert.Equal((32_000, new DateOnly(2021, 11, 5)), (Assert.Single(paid).Amount, paid[0].PaidOn));
        await area.ReadAsync(async session =>
        {
            var transfer = await session.Table<TransferRow>().SingleAsync(row => row.Area == TestArea.Code);
            Assert.Equal(("cash:agent1", "dues:2022", 32_000L), (transfer.Debit, transfer.Credit, transfer.Amount));
            var cover = await session.Table<CoverSpanRow>().SingleAsync(row => row.Area == TestArea.Code);
            Assert.Equal((new DateOnly(2022, 1, 1), new DateOnly(2022, 12, 31)), (cover.FromDay, cover.UntilDay));
            var balance = await session.Table<CashBalanceRow>().SingleAsync(row => row.Area == TestArea.Code);
            Assert.Equal(32_000, balance.Balance);
            return true;
        });
    }

    [Theory, OnBothEngines, Clause("baogou 四(二)")]
    public async Task Only_the_exact_amount_is_taken_and_only_once(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await EnrolledAsync(area, new(1985, 3, 20));
        var other = await area.RegisterAsync("李四", new(1986, 3, 20), 3);
        var desk = new CashDesk(area.Dues);
        Assert.Equal("C104", await RefusalAsync(new CashItem(person.PersonId, Money.FromFen(32_100))));
        Assert.Equal("C101", await RefusalAsync(new CashItem(other.PersonId, Standard)));
        Assert.Equal("C105", await RefusalAsync());
        // Of two items with one wrong nothing is taken.
        Assert.Equal("C101", await RefusalAsync(new CashItem(person.PersonId, Standard), new CashItem(other.PersonId, Standard)));
        await area.DoAsync("cash.take", act => desk.TakeAsync(act, TestArea.Year, [new(person.PersonId, Standard)]));
        Assert.Equal("C102", await RefusalAsync(new CashItem(person.PersonId, Standard)));
        Assert.Equal(1, await area.ReadAsync(session => session.Table<PaymentRow>().CountAsync(row => row.Area == TestArea.Code)));

        async Task<string> RefusalAsync(params CashItem[] items) => (await Assert.ThrowsAsync<RefusedException>(
            () => area.DoAsync("cash.take", act => desk.TakeAsync(act, TestArea.Year, items)))).Code;
    }

    [Theory, OnBothEngines]
    public async Task Who_is_paid_for_in_full_owes_nothing(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await EnrolledAsync(area, new(1945, 3, 20));
        var quote = await area.ReadAsync(
            session => area.Dues.QuoteAsync(session, TestArea.Code, TestArea.Year, person.PersonId, new(2021, 11, 5)));
        Assert.Equal(Money.Zero, quote!.Personal);
        var fault = await Assert.ThrowsAsync<RefusedException>(() => area.DoAsync(
            "cash.take", act => new CashDesk(area.Dues).TakeAsync(act, TestArea.Year, [new(person.PersonId, Money.Zero)])));
        Assert.Equal("C103", fault.Code);
    }

    static async Task<PersonRow> EnrolledAsync(TestArea area, DateOnly born)
    {
        var person = await area.RegisterAsync("张三", born, 1);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        return person;
    }
}
