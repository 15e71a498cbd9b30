using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Collecting;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using Xunit;

namespace Canbao.Core.Tests.Work.Collecting;

/// <summary>A town with everybody who has a part in collecting: agents, street, tax, bureau and a school.</summary>
sealed class Village : IAsyncDisposable
{
    public const long Standard = 32_000;

    readonly Dictionary<string, Viewer> people = [];
    int sequence = 1;

    Village(TestArea area) => Area = area;

    public TestArea Area { get; }

    public static async Task<Village> OpenAsync(Engine engine)
    {
        var village = new Village(await TestArea.CreateAsync(engine));
        string[] units = [.. TestArea.Units, "bg-s,bg,school,鲍沟学院,,,", "bg-s-1,bg-s,class,一班,,,"];
        await village.Area.DoAsync("units", act => UnitStore.LoadAsync(act, village.Area.Vault, UnitFile.Read(units, [])!));
        foreach (var (login, role, unit, path) in new[]
        {
            ("agent1", Role.Agent, TestArea.Village, "/bg/bg-01/bg-01-01/"),
            ("agent2", Role.Agent, TestArea.Village, "/bg/bg-01/bg-01-01/"),
            ("far", Role.Agent, TestArea.FarVillage, "/bg/bg-02/bg-02-01/"), ("street1", Role.Street, "bg", "/bg/"),
            ("street2", Role.Street, "bg", "/bg/"), ("branch", Role.Street, "bg-02", "/bg/bg-02/"), ("tax1", Role.Tax, "bg", "/bg/"),
            ("tax2", Role.Tax, "bg", "/bg/"), ("bureau1", Role.Bureau, "bg", "/bg/"), ("school1", Role.School, "bg-s", "/bg/bg-s/"),
            ("civil1", Role.ListDepartment, "bg", "/bg/"), ("civil2", Role.ListDepartment, "bg", "/bg/"),
            ("supervisor1", Role.Supervisor, "bg", "/bg/"),
        })
        {
            var department = role == Role.ListDepartment ? "civil_affairs" : null;
            village.people[login] = new(login, login, role, TestArea.Code, unit, path, department);
            await village.Area.DoAsync("account.add", async act =>
            {
                await act.Session.Data.InsertAsync(new LoginRow { Login = login, Area = TestArea.Code });
                await act.Session.Data.InsertAsync(new AccountRow
                {
                    Area = TestArea.Code,
                    Login = login,
                    Name = login,
                    Role = role.Code(),
                    Unit = unit,
                    Department = department,
                    Password = "x",
                });
            });
        }

        return village;
    }

    public Task<T> AsAsync<T>(string login, Func<Act, Viewer, Task<T>> deed) =>
        Area.DoAsync("test", act => deed(act, people[login]), login);

    public Task AsAsync(string login, Func<Act, Viewer, Task> deed) => Area.DoAsync("test", act => deed(act, people[login]), login);

    /// <summary>Who an account is.</summary>
    public Viewer Who(string login) => people[login];

    /// <summary>That a deed is refused, and that nothing of it stays.</summary>
    public async Task RefusedAsync<T>(string code, string login, Func<Act, Viewer, Task<T>> deed) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => AsAsync(login, deed))).Code);

    /// <inheritdoc cref="RefusedAsync{T}(string, string, Func{Act, Viewer, Task{T}})"/>
    public Task RefusedAsync(string code, string login, Func<Act, Viewer, Task> deed) => RefusedAsync(code, login, async (act, viewer) =>
    {
        await deed(act, viewer);
        return true;
    });

    /// <summary>Somebody registers, is enrolled, and pays an agent cash.</summary>
    public async Task<PaymentRow> PayAsync(string agent = "agent1", string unit = TestArea.Village)
    {
        var person = await EnrolAsync(status => status with { Unit = unit });
        return await TakeAsync(agent, person.PersonId);
    }

    public async Task<PaymentRow> TakeAsync(string agent, long person, string? school = null) => (await AsAsync(agent, (act, _) =>
        new CashDesk(Area.Dues).TakeAsync(act, TestArea.Year, [new(person, Money.FromFen(Standard))], school)))[0];

    public async Task<PersonRow> EnrolAsync(Func<PersonStatusRow, PersonStatusRow>? with = null)
    {
        var person = await Area.RegisterAsync("张三", new(1985, 3, 20), sequence++, null, with);
        await Area.DoAsync("enrol", act => Area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        return person;
    }

    public static BatchCount Count(int people) => new(people, Money.FromFen(people * Standard));

    public static DepositSlip Slip(string number = "JK-1", int day = 5) => new("农业银行鲍沟支行", number, new(2021, 11, day));

    /// <summary>Somebody pays, and the batch goes as far as a step.</summary>
    public async Task<long> UntilAsync(string step, bool agentDeposits = false)
    {
        long id = (await PayAsync()).BatchId!.Value;
        if (step == Batches.Open)
            return id;
        await AsAsync("agent1", (act, viewer) => BatchDesk.SubmitAsync(act, viewer, id));
        if (step == Batches.Submitted)
            return id;
        await AsAsync("street1", (act, viewer) => BatchDesk.CheckAsync(act, viewer, id, Count(1), agentDeposits));
        if (step == Batches.Checked)
            return id;
        await AsAsync("tax1", (act, viewer) => BatchDesk.DeclareAsync(act, viewer, id, Count(1), "SB-1"));
        if (step == Batches.Declared)
            return id;
        await AsAsync("street1", (act, viewer) => BatchDesk.DepositAsync(act, viewer, id, Money.FromFen(Standard), Slip()));
        return id;
    }

    public Task<BatchFile?> FileAsync(long id) => Area.ReadAsync(
        session => BatchFiles.FindAsync(session, TestArea.Code, new("/bg/"), id, new(2021, 11, 5)));

    public async Task<string> StateAsync(long id) => (await FileAsync(id))!.Listed.Batch.State;

    public Task<long> CashAsync(string login) =>
        Area.ReadAsync(async session => (await Canbao.Core.Ledger.Transfers.CashAsync(session, TestArea.Code, login)).Fen);

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
