using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Funding;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Funding;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Tests.Work.Funding;

/// <summary>A town with people, lists, payments, and everybody who has a part in claiming what funders owe.</summary>
sealed class Funders : IAsyncDisposable
{
    public static readonly Viewer Bureau = Who(Role.Bureau), Finance = Who(Role.Finance), Tax = Who(Role.Tax);

    Funders(TestArea area, List<PersonRow> people) => (Area, People, Lists) = (area, people, new(area));

    public TestArea Area { get; }

    public Lists Lists { get; }

    /// <summary>People 1 and on; the list stands at 0.</summary>
    public IReadOnlyList<PersonRow> People { get; }

    public InsuranceYear Year { get; private set; }

    public static async Task<Funders> OpenAsync(Engine engine, int people, string pack = "baogou-2022")
    {
        var area = await TestArea.CreateAsync(engine);
        var town = new Funders(area, (await Lists.WithPeopleAsync(area, people)).People) { Year = area.Shelf.Find(pack).Pack.Year };
        var from = town.Year == TestArea.Year ? new DateOnly(2021, 9, 2) : new(2022, 9, 1);
        await area.DoAsync("bind", act => PackBindings.BindAsync(act, area.Shelf, "bg", town.Year, from, pack));
        if (town.Year != TestArea.Year)
            area.Clock.Set("2022-11-05 09:30");
        return town;
    }

    public static Viewer Who(Role role, string? department = null, string unit = "bg", string path = "/bg/") =>
        new(role.Code(), role.Chinese(), role, TestArea.Code, unit, path, department);

    public Task<T> AsAsync<T>(Viewer viewer, Func<Act, Viewer, Task<T>> deed) =>
        Area.DoAsync("test", act => deed(act, viewer), viewer.Login);

    public async Task RefusedAsync<T>(string code, Viewer viewer, Func<Act, Viewer, Task<T>> deed) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => AsAsync(viewer, deed))).Code);

    /// <summary>A full list of a category, from a day on; the people are named by their order from 1.</summary>
    public async Task<RosterVersionRow> ListAsync(string category, string department, DateOnly on, params int[] people)
    {
        var order = Lists.Full(category, department, on);
        var upload = await Lists.KeepAsync(order, Lists.Of(people));
        var outcome = await Area.ReadAsync(session => Lists.Desk.TryAsync(session, TestArea.Code, upload, order));
        return (await Area.DoAsync("roster.apply", act =>
            new ListDesk(Lists.Desk, Area.Dues).ApplyAsync(act, upload, order, outcome.Digest, Year)))!;
    }

    /// <summary>Civil affairs takes somebody off its list of orphans, from a day before anybody was enrolled.</summary>
    public Task RemoveAsync(int person) =>
        Lists.ApplyAsync(Lists.Adjustment(), Lists.Changes((person, "退出", "孤儿", "2021-10-15")));

    public Task EnrolAsync(params int[] people) => Area.DoAsync("enrol", act => new RegisterDesk(Area.People, Area.Enrolments, Area.Dues)
        .EnrolAsync(act, new(Year, EnrolmentKinds.New, 1), [.. people.Select(person => People[person - 1].PersonId)]));

    /// <summary>Somebody who is enrolled pays what is due.</summary>
    public Task<PaymentRow> PayAsync(int person) => Area.DoAsync("pay", async act =>
    {
        long id = People[person - 1].PersonId;
        var quote = await Area.Dues.QuoteAsync(act.Session, TestArea.Code, Year, id, act.Today);
        return (await new Posting(Area.Dues).PostAsync(act, [new(id, Year, quote!.Personal!.Value)
        {
            PaidOn = act.Today,
            Channel = "wechat",
            Debit = Accounts.Channel("wechat"),
        },]))[0].Payment!;
    });

    public Task<ShareBooked> BookAsync() => Area.DoAsync("funding.book", act => new ShareBooking(Area.Dues).BookAsync(act, Year));

    /// <summary>The bill as text, one line for each payer, ground, unit and month, without the subsidy unless it is asked for.</summary>
    public async Task<string> BillAsync(Viewer? viewer = null, bool withSubsidy = false) => string.Join('\n',
        from part in await Area.ReadAsync(session => FundingBills.BillAsync(session, viewer ?? Bureau, new(Year, new UnitRange("/bg/"))))
        where withSubsidy || part.Ground.Rule != FunderShares.Subsidy
        orderby part.Ground.Payer, part.Ground.Name, part.Unit, part.Month
        select $"{part.Ground.Payer} {part.Ground.Name} {part.Ground.Clause} {part.Unit} {part.Month} "
            + $"{Money.FromFen(part.Open)} {Money.FromFen(part.Claimed)} {Money.FromFen(part.Settled)}");

    public ClaimOrder Order(string payer = "city_finance", string unit = "bg", int month = 12) =>
        new(Year, payer, unit, new(Year.Year - 1, month, 31));

    public async Task<FunderClaimRow> SubmitAsync(ClaimOrder order, Viewer? viewer = null)
    {
        var seen = await Area.ReadAsync(session => FundingBills.CountOpenAsync(session, viewer ?? Bureau, order));
        return await AsAsync(viewer ?? Bureau, (act, who) => ClaimDesk.SubmitAsync(act, who, order, seen));
    }

    public async Task<FunderClaimRow> SettleAsync(FunderClaimRow claim)
    {
        await AsAsync(Finance, (act, who) => ClaimDesk.ApproveAsync(act, who, claim.ClaimId, ""));
        await AsAsync(Finance with { Login = "finance2" },
            (act, who) => ClaimDesk.AllocateAsync(act, who, claim.ClaimId, act.Today, "拨字1号"));
        return await AsAsync(Tax, (act, who) => ClaimDesk.SettleAsync(act, who, claim.ClaimId));
    }

    public Task<long> BalanceAsync(string account) => Area.ReadAsync(async session =>
        (await Transfers.BalancesAsync(session, TestArea.Code, account)).GetValueOrDefault(account));

    /// <summary>Everything that is kept adds up, at the end of each test.</summary>
    public async ValueTask DisposeAsync()
    {
        var faults = await Area.ReadAsync(session => MoneyCheck.RunAsync(session, TestArea.Code));
        await Area.DisposeAsync();
        Assert.Empty(faults);
    }
}
