using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work;
using Canbao.Core.Work.Refunding;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Tests.Work.Refunding;

/// <summary>A town with a pack, people who paid by WeChat, and everybody who has a part in giving money back.</summary>
sealed class Refunding : IAsyncDisposable
{
    public static readonly DateOnly Born = new(1985, 3, 20);
    public static readonly Payee Card = new("张三", "6228 4804 0000 0000 018");
    int sequence = 1;

    Refunding(TestArea area) => (Area, Desk, Payouts) = (area, new(area.Dues, area.Vault), new(area.Dues, area.Vault));

    public TestArea Area { get; }

    public InsuranceYear Year { get; private set; }

    public RefundDesk Desk { get; }

    public Payouts Payouts { get; }

    public static async Task<Refunding> OpenAsync(Engine engine, string pack = "baogou-2022")
    {
        var town = new Refunding(await TestArea.CreateAsync(engine));
        town.Year = town.Area.Shelf.Find(pack).Pack.Year;
        var from = town.Year == TestArea.Year ? new DateOnly(2021, 9, 2) : new(2022, 9, 1);
        await town.Area.DoAsync("bind", act => PackBindings.BindAsync(act, town.Area.Shelf, "bg", town.Year, from, pack));
        if (town.Year != TestArea.Year)
            town.Area.Clock.Set("2022-11-05 09:30");
        return town;
    }

    public static Viewer Who(Role role, string unit = "bg", string path = "/bg/") =>
        new(role.Code(), role.Chinese(), role, TestArea.Code, unit, path, null);

    public Task<T> AsAsync<T>(Viewer viewer, Func<Act, Viewer, Task<T>> deed) =>
        Area.DoAsync("test", act => deed(act, viewer), viewer.Login);

    public async Task RefusedAsync<T>(string code, Viewer viewer, Func<Act, Viewer, Task<T>> deed) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => AsAsync(viewer, deed))).Code);

    /// <summary>Somebody is enrolled and pays what is due.</summary>
    public async Task<PaymentRow> PayAsync(string unit = TestArea.Village)
    {
        var person = await Area.RegisterAsync("张三", Born, sequence++, null, status => status with { Unit = unit });
        var desk = new RegisterDesk(Area.People, Area.Enrolments, Area.Dues);
        await Area.DoAsync("enrol", act => desk.EnrolAsync(act, new(Year, EnrolmentKinds.New, 1), [person.PersonId]));
        return await Area.DoAsync("pay", async act =>
        {
            var quote = await Area.Dues.QuoteAsync(act.Session, TestArea.Code, Year, person.PersonId, act.Today);
            var result = (await new Posting(Area.Dues).PostAsync(act, [new(person.PersonId, Year, quote!.Personal!.Value)
            {
                PaidOn = act.Today,
                Channel = "wechat",
                Debit = Accounts.Channel("wechat"),
            },]))[0];
            return result.Payment ?? throw new InvalidOperationException(result.Text);
        });
    }

    /// <summary>A list makes some of those who were paid for exempt, by the order in which they came.</summary>
    public async Task ListAsync(params int[] people)
    {
        var lists = new Lists(Area);
        var order = Lists.Full("孤儿", on: BusinessDay.Of(Area.Clock.GetUtcNow()));
        var upload = await lists.KeepAsync(order, Lists.Of(people));
        var outcome = await Area.ReadAsync(session => lists.Desk.TryAsync(session, TestArea.Code, upload, order));
        await Area.DoAsync("roster.apply", act => new ListDesk(lists.Desk, Area.Dues).ApplyAsync(act, upload, order, outcome.Digest, Year));
    }

    public async Task<RefundRow> RequestAsync(PaymentRow payment, string reason = Refunds.OfficeError, Payee? payee = null) =>
        (await AsAsync(Who(Role.Agent, TestArea.Village, "/bg/bg-01/bg-01-01/"), (act, viewer) =>
            Desk.RequestAsync(act, viewer, [payment.PaymentId], reason, "说明", payee ?? Card)))[0];

    /// <summary>A refund that is approved.</summary>
    public async Task<RefundRow> ApprovedAsync(Payee? payee = null)
    {
        var refund = await RequestAsync(await PayAsync(), payee: payee);
        return await AsAsync(Who(Role.Supervisor), (act, viewer) => Desk.ApproveAsync(act, viewer, refund.RefundId, "同意"));
    }

    public Task<RefundRow> FindAsync(long id) => Area.ReadAsync(
        session => session.Table<RefundRow>().FirstAsync(row => row.Area == TestArea.Code && row.RefundId == id));

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
