using Canbao.Core.Access;
using Canbao.Core.Funding;
using Canbao.Core.Work;
using Canbao.Core.Work.Funding;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using Xunit;

namespace Canbao.Core.Tests.Work.Funding;

/// <summary>Income and use of the medical assistance fund in one account.</summary>
public class FundAccountTests
{
    const string Fund = "medical_assistance_fund";

    [Theory, OnBothEngines, Clause("lishi 六(四)")]
    public async Task Income_and_use_are_seen_in_one_account(Engine engine)
    {
        await using var town = await Funders.OpenAsync(engine, 3, "lishi-2023");
        // A fund has an account before anything is booked.
        Assert.Empty((await ReadAsync(town)).Months);
        var relief = await EnterAsync(town, FundIncomes.PovertyRelief, 100_000, new(2022, 10, 20));
        var wrong = await EnterAsync(town, FundIncomes.Budget, 5_000, new(2022, 10, 25));
        await town.AsAsync(Funders.Finance, async (act, who) =>
        {
            await FundAccounts.TakeBackAsync(act, who, wrong.IncomeId, "金额录错");
            return true;
        });
        await town.ListAsync("孤儿", "civil_affairs", new(2022, 10, 1), 1, 2);
        await town.EnrolAsync(1, 2);
        await town.BookAsync();
        var booked = await ReadAsync(town);
        Assert.Equal(
            [("2022-10", 100_000L, 0L, 0L, 100_000L, 100_000L), ("2022-11", 0L, 70_000L, 0L, 100_000L, 30_000L)],
            booked.Months.Select(month => (month.Month, month.Income, month.Booked, month.Used, month.Balance, month.Free)));
        await town.SettleAsync(await town.SubmitAsync(town.Order(Fund)));
        var settled = (await ReadAsync(town)).Last!;
        Assert.Equal((70_000L, 30_000L, 30_000L), (settled.Used, settled.Balance, settled.Free));
        Assert.Equal([wrong.IncomeId, relief.IncomeId], (await ReadAsync(town)).Incomes.Select(row => row.IncomeId));
        Assert.Equal(100_000, await town.BalanceAsync("fund:" + Fund));
    }

    [Theory, OnBothEngines, Clause("lishi 六(四)")]
    public async Task What_is_not_sound_is_refused_and_the_check_tells_what_was_changed(Engine engine)
    {
        await using var town = await Funders.OpenAsync(engine, 1, "lishi-2023");
        await town.RefusedAsync("C302", Funders.Bureau, (act, who) => EnterAsync(town, act, who, Order(town)));
        await town.RefusedAsync("C302", Funders.Who(Role.Finance, null, "bg-01", "/bg/bg-01/"),
            (act, who) => EnterAsync(town, act, who, Order(town)));
        foreach (var order in new[]
        {
            Order(town) with { Payer = "nobody" }, Order(town) with { Amount = Money.Zero }, Order(town) with { Kind = "gift" },
            Order(town) with { Day = new(2022, 11, 6) }, Order(town) with { Day = null }, Order(town) with { Source = " " },
        })
            await town.RefusedAsync("C303", Funders.Finance, (act, who) => EnterAsync(town, act, who, order));
        var row = await EnterAsync(town, FundIncomes.Other, 1_000, new(2022, 11, 1));
        await town.RefusedAsync("C305", Funders.Finance, (act, who) => BackAsync(act, who, row.IncomeId, " "));
        await town.AsAsync(Funders.Finance, (act, who) => BackAsync(act, who, row.IncomeId, "录错"));
        await town.RefusedAsync("C304", Funders.Finance, (act, who) => BackAsync(act, who, row.IncomeId, "再来"));
        var kept = await EnterAsync(town, FundIncomes.Other, 2_000, new(2022, 11, 1));
        await SetAsync(3_000);
        Assert.Equal(["G116"], (await town.Area.ReadAsync(session => MoneyCheck.RunAsync(session, TestArea.Code))).Select(one => one.Code));
        await SetAsync(2_000);

        Task<int> SetAsync(long amount) => town.Area.Database.WriteAsync(session => session.Table<FundIncomeRow>()
            .Where(one => one.Area == TestArea.Code && one.IncomeId == kept.IncomeId).Set(one => one.Amount, amount).UpdateAsync());
    }

    static async Task<bool> BackAsync(Core.Events.Act act, Viewer who, long id, string reason)
    {
        await FundAccounts.TakeBackAsync(act, who, id, reason);
        return true;
    }

    static FundIncomeOrder Order(Funders town) =>
        new(town.Year, Fund, FundIncomes.PovertyRelief, Money.FromFen(100), new(2022, 11, 1), "离财社〔2022〕1号");

    static Task<FundIncomeRow> EnterAsync(Funders town, Core.Events.Act act, Viewer who, FundIncomeOrder order) =>
        new FundAccounts(town.Area.Shelf).EnterAsync(act, who, order);

    static Task<FundIncomeRow> EnterAsync(Funders town, string kind, long fen, DateOnly day) => town.AsAsync(
        Funders.Finance,
        (act, who) => EnterAsync(town, act, who, Order(town) with { Kind = kind, Amount = Money.FromFen(fen), Day = day }));

    static async Task<FundAccount> ReadAsync(Funders town) => (await town.Area.ReadAsync(
        session => new FundAccounts(town.Area.Shelf).ReadAsync(session, TestArea.Code, town.Year))).Single(one => one.Payer == Fund);
}
