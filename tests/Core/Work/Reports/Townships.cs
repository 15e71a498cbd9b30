using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Reporting.HandIns;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Counting;
using Canbao.Core.Work.Reports;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work.Reports;

/// <summary>A city of two counties with a township each, run by Lishi's season of 2023; it is Wednesday 2022-10-12.</summary>
sealed class Townships : IAsyncDisposable
{
    public static readonly InsuranceYear Year = new(2023);

    public static readonly Viewer City = Who(Role.Bureau, "city", "/city/"),
        Leader = City with { Login = "leader", Role = Role.Supervisor },
        CountyA = Who(Role.Bureau, "ca", "/city/ca/"), CountyB = Who(Role.Bureau, "cb", "/city/cb/"),
        Bg = Who(Role.Street, "bg", "/city/ca/bg/"), Xg = Who(Role.Street, "xg", "/city/cb/xg/"),
        Village = Who(Role.Agent, TestArea.Village, $"/city/ca/bg/bg-01/{TestArea.Village}/");

    readonly Dictionary<int, long> people = [];

    Townships(TestArea area) => Area = area;

    public TestArea Area { get; }

    public ReportDesk Desk => new(Area.Shelf, Lists.Names);

    public BulletinDesk Bulletins => new(Area.Shelf);

    public static PostingDesk Postings => new(new(new CountedPeople(Lists.Names)));

    public static async Task<Townships> OpenAsync(Engine engine)
    {
        var towns = new Townships(await TestArea.CreateAsync(engine));
        towns.Area.Clock.Set("2022-10-12 09:00");
        await towns.StandAsync("ca");
        await towns.Area.DoAsync("policy.bind", act => PackBindings.BindAsync(
            act, towns.Area.Shelf, "city", Year, new(2022, 9, 1), "lishi-2023"));
        return towns;
    }

    /// <summary>The township of Baogou stands below a county from now on.</summary>
    public Task StandAsync(string county) => Area.DoAsync("area.init", act => UnitStore.LoadAsync(act, Area.Vault, UnitFile.Read(
    [
        UnitFile.Header, "city,,city,清河市,,,", "ca,city,county,东县,,,", "cb,city,county,西县,,,", $"bg,{county},township,鲍沟镇,,,",
        .. TestArea.Units.Skip(2), "xg,cb,township,西岗镇,,,", "xg-01,xg,village,东街村,,,",
    ], [])!));

    /// <summary>Registers somebody of a village and, unless told otherwise, enrols and assesses the person.</summary>
    public async Task<long> RegisterAsync(string name, int sequence, string unit = TestArea.Village, bool isEnrolled = true)
    {
        var person = await Area.RegisterAsync(name, new(1980, 1, 1), sequence, null, status => status with { Unit = unit });
        people[sequence] = person.PersonId;
        if (isEnrolled)
            await EnrolAsync(sequence);
        await FollowAsync();
        return person.PersonId;
    }

    /// <summary>Enrols and assesses somebody.</summary>
    public async Task EnrolAsync(int sequence)
    {
        await Area.DoAsync("enrol", act => new RegisterDesk(Area.People, Area.Enrolments, Area.Dues).EnrolAsync(
            act, new(Year, EnrolmentKinds.New, 1), [people[sequence]]));
        await FollowAsync();
    }

    /// <summary>Somebody pays the 350.00 of Lishi.</summary>
    public async Task PayAsync(params int[] sequences)
    {
        await Area.DoAsync("cash.take", act => new CashDesk(Area.Dues).TakeAsync(
            act, Year, [.. sequences.Select(each => new CashItem(people[each], Money.FromFen(35_000)))]), "agent");
        await FollowAsync();
    }

    public Task FollowAsync() =>
        new Counter(new CountedPeople(Lists.Names), Area.Vault).FollowAsync(Area.Database, TestArea.Code, [Year]);

    public Task<ReportCalendar> CalendarAsync() =>
        Area.ReadAsync(session => ReportCalendar.ReadAsync(session, TestArea.Code, Area.Shelf, Year));

    public Task<ReportVersionRow> HandInAsync(
        Viewer who, string form, DateOnly due, string explanation = "", params ReportEntry[] entries) =>
        AsAsync(who, act => Desk.HandInAsync(act, who, new(Year, form, due, who.UnitCode), entries, explanation));

    public Task<ReadReport?> FindAsync(Viewer who, long id) => Area.ReadAsync(session => ReportShelf.FindAsync(session, who, id));

    public async Task<T> AsAsync<T>(Viewer who, Func<Act, Task<T>> work)
    {
        await FollowAsync();
        return await Area.DoAsync("test.report", work, who.Login);
    }

    public Task AsAsync(Viewer who, Func<Act, Task> work) => Area.DoAsync("test.report", work, who.Login);

    public static async Task<string> RefusedAsync(string code, Func<Task> work)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(work);
        Assert.Equal((code, refused.Message), (refused.Code, refused.Message));
        return refused.Message;
    }

    public ValueTask DisposeAsync() => Area.DisposeAsync();

    static Viewer Who(Role role, string unit, string path) => new($"{unit}-desk", "某", role, TestArea.Code, unit, path, null);
}
