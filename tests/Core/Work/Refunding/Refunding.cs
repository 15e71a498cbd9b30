using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Refunding;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using Xunit;

namespace Canbao.Core.Tests.Work.Refunding;

/// <summary>A town with a pack, people who paid by WeChat, and everybody who has a part in giving money back.</summary>
sealed class Refunding : IAsyncDisposable
{
    public static readonly DateOnly Born = new(1985, 3, 20);
    public static readonly Payee Card = new("张三", "6228 4804 0000 0000 018");
    int sequence = 1;

    Refunding(TestArea area) => (Area, Desk, Payouts) = (area, new(area.Dues, area.Vault), new(area.Dues, area.Vault));

    public TestArea Area { get; }

    public RefundDesk Desk { get; }

    public Payouts Payouts { get; }

    public static async Task<Refunding> OpenAsync(Engine engine, string pack = "baogou-2022")
    {
        var town = new Refunding(await TestArea.CreateAsync(engine));
        if (pack != "baogou-2022")
        {
            var year = town.Area.Shelf.Find(pack).Pack.Year;
            await town.Area.DoAsync("bind", act => PackBindings.BindAsync(act, town.Area.Shelf, "bg", year, new(2021, 9, 1), pack));
            if (year == TestArea.Year)
                await town.Area.DoAsync("bind", act => PackBindings.BindAsync(act, town.Area.Shelf, "bg", year, new(2021, 9, 2), pack));
        }

        return town;
    }

    public static Viewer Who(Role role, string unit = "bg", string path = "/bg/") =>
        new(role.Code(), role.Chinese(), role, TestArea.Code, unit, path, null);

    public Task<T> AsAsync<T>(Viewer viewer, Func<Act, Viewer, Task<T>> deed) =>
        Area.DoAsync("test", act => deed(act, viewer), viewer.Login);

    public async Task RefusedAsync<T>(string code, Viewer viewer, Func<Act, Viewer, Task<T>> deed) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => AsAsync(viewer, deed))).Code);

    /// <summary>Somebody is enrolled and pays what is due.</summary>
    public async Task<PaymentRow> PayAsync(
        InsuranceYear? year = null, Func<PersonStatusRow, PersonStatusRow>? with = null, string unit = TestArea.Village, int tier = 0)
    {
        var when = year ?? TestArea.Year;
        var person = await Area.RegisterAsync("张三", Born, sequence++, null, status => (with?.Invoke(status) ?? status) with { Unit = unit });
        var desk = new RegisterDesk(Area.People, Area.Enrolments, Area.Dues);
        await Area.DoAsync("enrol", act => desk.EnrolAsync(act, new(when, EnrolmentKinds.New, tier), [person.PersonId]));
        return await PayAsync(person.PersonId, when);
    }

    public Task<PaymentRow> PayAsync(long person, InsuranceYear year) => Area.DoAsync("pay", async act =>
    {
        var quote = await Area.Dues.QuoteAsync(act.Session, TestArea.Code, year, person, act.Today);
        var result = (await new Posting(Area.Dues).PostAsync(act, [new(person, year, quote!.Personal!.Value)
        {
            PaidOn = act.Today,
            Channel = "wechat",
            Debit = Canbao.Core.Ledger.Accounts.Channel("wechat"),
        },]))[0];
        return result.Payment ?? throw new InvalidOperationException(result.Text);
    });

    public async Task<RefundRow> RequestAsync(PaymentRow payment, string reason = Refunds.OfficeError, Payee? payee = null) =>
        (await AsAsync(Who(Role.Agent, TestArea.Village, "/bg/bg-01/bg-01-01/"), (act, viewer) =>
            Desk.RequestAsync(act, viewer, [payment.PaymentId], reason, "说明", payee ?? Card)))[0];

    /// <summary>A refund that is approved.</summary>
    public async Task<RefundRow> ApprovedAsync(Payee? payee = null)
    {
        var refund = await RequestAsync(await PayAsync(), payee: payee);
        return await AsAsync(Who(Role.Supervisor), (act, viewer) => Desk.ApproveAsync(act, viewer, refund.RefundId, "同意"));
    }

    public Task<RefundRow> FindAsync(long id) => Area.ReadAsync(session => LinqToDB.Async.AsyncExtensions.FirstAsync(
        session.Table<RefundRow>(), row => row.Area == TestArea.Code && row.RefundId == id));

    public Task<long> BalanceAsync(string account) => Area.ReadAsync(async session =>
        (await Canbao.Core.Ledger.Transfers.BalancesAsync(session, TestArea.Code, account)).GetValueOrDefault(account));

    /// <summary>Everything that is kept adds up, at the end of each test.</summary>
    public async ValueTask DisposeAsync()
    {
        var faults = await Area.ReadAsync(session => MoneyCheck.RunAsync(session, TestArea.Code));
        await Area.DisposeAsync();
        Assert.Empty(faults);
    }
}
