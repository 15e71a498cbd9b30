using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Funding;
using Canbao.Core.Ledger;
using Canbao.Core.Work;
using Canbao.Core.Work.Funding;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;
using Accounts = Canbao.Core.Ledger.Accounts;
using Role = Canbao.Core.Access.Role;

namespace Canbao.Core.Tests.Work.Funding;

public class ClaimDeskTests
{
    static readonly DateOnly Before = new(2021, 10, 1);

    [Theory, OnBothEngines, Clause("laishan 二(一)"), Clause("laishan 二(二)")]
    public async Task A_claim_goes_through_four_hands_and_settles_in_the_ledger(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        var claim = await town.SubmitAsync(town.Order());
        Assert.Equal((1, 2, 48_000L, "submitted"), (claim.Number, claim.People, claim.Amount, claim.State));
        Assert.Contains("孤儿 baogou 二(二)1 bg-01-01 2021-11 0.00 320.00 0.00", await town.BillAsync(), StringComparison.Ordinal);
        var (id, other) = (claim.ClaimId, Funders.Finance with { Login = "finance2" });
        await town.RefusedAsync("C192", Funders.Bureau, (act, who) => ClaimDesk.SubmitAsync(act, who, town.Order(), default));
        await town.RefusedAsync("C191", Funders.Bureau, (act, who) => ClaimDesk.ApproveAsync(act, who, id, ""));
        await town.RefusedAsync("C190", Funders.Finance, (act, who) => ClaimDesk.ApproveAsync(act, who, 7, ""));
        await town.RefusedAsync("C190", Funders.Who(Role.Finance, null, "bg-01", "/bg/bg-01/"),
            (act, who) => ClaimDesk.ApproveAsync(act, who, id, ""));
        await town.RefusedAsync("C194", Funders.Finance with { Login = "bureau" }, (act, who) => ClaimDesk.ApproveAsync(act, who, id, ""));
        await town.RefusedAsync("C193", Funders.Finance, (act, who) => ClaimDesk.AllocateAsync(act, who, id, act.Today, "1"));
        Assert.Equal("approved", (await town.AsAsync(Funders.Finance, (act, who) => ClaimDesk.ApproveAsync(act, who, id, ""))).State);
        await town.RefusedAsync("C194", Funders.Finance, (act, who) => ClaimDesk.AllocateAsync(act, who, id, act.Today, "1"));
        await town.RefusedAsync("C195", other, (act, who) => ClaimDesk.AllocateAsync(act, who, id, act.Today, " "));
        await town.RefusedAsync("C195", other, (act, who) => ClaimDesk.AllocateAsync(act, who, id, act.Today.AddDays(1), "1"));
        await town.RefusedAsync("C195", other, (act, who) => ClaimDesk.AllocateAsync(act, who, id, null, "1"));
        await town.RefusedAsync("C193", Funders.Tax, (act, who) => ClaimDesk.SettleAsync(act, who, id));
        Assert.Equal(0, await town.BalanceAsync(Accounts.Treasury));
        await town.AsAsync(other, (act, who) => ClaimDesk.AllocateAsync(act, who, id, act.Today, "拨字1号"));
        await town.RefusedAsync("C191", other, (act, who) => ClaimDesk.SettleAsync(act, who, id));
        var settled = await town.AsAsync(Funders.Tax, (act, who) => ClaimDesk.SettleAsync(act, who, id));
        Assert.Equal(("settled", "拨字1号"), (settled.State, settled.Allocation));
        await town.RefusedAsync("C193", Funders.Tax, (act, who) => ClaimDesk.SettleAsync(act, who, id));
        Assert.Equal((48_000, 0, 16_000), (await town.BalanceAsync(Accounts.Treasury),
            await town.BalanceAsync(Accounts.Funder("city_finance", "orphan")),
            await town.BalanceAsync(Accounts.Funder("town_finance", "fp_one_daughter"))));
        Assert.Contains("孤儿 baogou 二(二)1 bg-01-01 2021-11 0.00 0.00 320.00", await town.BillAsync(), StringComparison.Ordinal);
    }

    [Theory, OnBothEngines, Clause("baogou 三(五)")]
    public async Task Town_finance_sends_back_what_is_wrong_and_it_can_be_claimed_again(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        var order = town.Order("town_finance", "bg-01");
        var claim = await town.SubmitAsync(order);
        var finance = Funders.Who(Role.Finance, null, "bg-01", "/bg/bg-01/");
        await town.RefusedAsync("C195", finance, (act, who) => ClaimDesk.ReturnAsync(act, who, claim.ClaimId, " "));
        var returned = await town.AsAsync(finance, (act, who) => ClaimDesk.ReturnAsync(act, who, claim.ClaimId, "一人已迁出"));
        Assert.Equal(("returned", "一人已迁出"), (returned.State, returned.Remark));
        await town.RefusedAsync("C196", Funders.Bureau,
            (act, who) => ClaimDesk.SubmitAsync(act, who, order, new BatchCount(2, Money.FromFen(32_000))));
        var again = await town.SubmitAsync(order);
        Assert.Equal((2, 16_000L), (again.Number, again.Amount));
        await town.RefusedAsync("C190", Funders.Who(Role.Bureau, null, "bg-02", "/bg/bg-02/"),
            (act, who) => ClaimDesk.SubmitAsync(act, who, order, default));
        Assert.Equal("settled", (await town.SettleAsync(again)).State);
    }

    [Theory, OnBothEngines, Clause("laishan 二(四)")]
    public async Task A_department_claims_for_its_own_categories_only(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        var department = Funders.Who(Role.ListDepartment, "civil_affairs");
        var claim = await town.SubmitAsync(town.Order(), department);
        Assert.Equal((1, 32_000L, "civil_affairs"), (claim.People, claim.Amount, claim.Department));
        Assert.Equal(16_000, (await town.SubmitAsync(town.Order())).Amount);
        var seen = await town.Area.ReadAsync(
            session => FundingBills.Claims(session, department).Select(one => one.Claim.ClaimId).ToListAsync());
        Assert.Equal([claim.ClaimId], seen);
    }

    [Theory, OnBothEngines, Clause("lishi 三-lists")]
    public async Task What_was_settled_and_is_not_owed_any_more_lessens_the_next_claim(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        await town.SettleAsync(await town.SubmitAsync(town.Order()));
        await town.RemoveAsync(1);
        await town.BookAsync();
        Assert.Equal(-32_000, await town.BalanceAsync(Accounts.Funder("city_finance", "orphan")));
        await town.RefusedAsync("C192", Funders.Bureau, (act, who) => ClaimDesk.SubmitAsync(act, who, town.Order(), default));
        await town.ListAsync("农村独女户", "health", Before, 2, 3, 4, 5);
        await town.EnrolAsync(3, 4, 5);
        await town.BookAsync();
        var next = await town.SubmitAsync(town.Order());
        Assert.Equal((4, 3 * 16_000L - 32_000), (next.People, next.Amount));
        Assert.Equal(FunderClaims.Settled, (await town.SettleAsync(next)).State);
    }

    [Theory, OnBothEngines]
    public async Task What_does_not_add_up_is_found(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        var claim = await town.SubmitAsync(town.Order());
        Assert.Equal(["G114", "G115"], await FaultsAsync(act => act.Session.Table<FunderShareRow>()
            .Where(row => row.Area == TestArea.Code && row.ClaimId == claim.ClaimId).Set(row => row.Amount, 1L).UpdateAsync()));
        Assert.Equal(["G115"], await FaultsAsync(act => act.Session.Table<FunderClaimRow>()
            .Where(row => row.Area == TestArea.Code).Set(row => row.Amount, 1L).UpdateAsync()));
        Assert.Equal(["G114"], await FaultsAsync(act => Transfers.MoveAsync(
            act, new(Accounts.Treasury, Accounts.Funder("city_finance", "orphan")), Money.FromFen(1), "test")));

        // Whatever was done wrong is taken back with the transaction.
        async Task<List<string>> FaultsAsync(Func<Act, Task> wrong)
        {
            var codes = new List<string>();
            await Assert.ThrowsAsync<TimeoutException>(() => town.Area.DoAsync("test", async act =>
            {
                await wrong(act);
                codes = [.. (await MoneyCheck.RunAsync(act.Session, TestArea.Code)).Select(fault => fault.Code).Distinct().Order()];
                throw new TimeoutException();
            }));
            return codes;
        }
    }

    /// <summary>One orphan, whom the city pays for, and one whom city and town share; both enrolled and booked.</summary>
    static async Task<Funders> OpenAsync(Engine engine)
    {
        var town = await Funders.OpenAsync(engine, 5);
        await town.ListAsync("孤儿", "civil_affairs", Before, 1);
        await town.ListAsync("农村独女户", "health", Before, 2);
        await town.EnrolAsync(1, 2);
        await town.BookAsync();
        return town;
    }
}
