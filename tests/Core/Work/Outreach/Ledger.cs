using Canbao.Core.Events;
using Canbao.Core.Outreach;
using Canbao.Core.Registry;
using Canbao.Core.Tests.Work.Collecting;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Collecting;
using Canbao.Core.Work.Counting;
using Canbao.Core.Work.Outreach;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Core.Tests.Work.Outreach;

/// <summary>A town of which some are insured, and the ledger of those who are not.</summary>
sealed class Ledger(Village town) : IAsyncDisposable
{
    public static readonly InsuranceYear Year = TestArea.Year;
    int sequence = 500;

    public Village Town => town;

    public TestArea Area => town.Area;

    public static async Task<Ledger> CreateAsync(Engine engine) => new(await Village.OpenAsync(engine));

    /// <summary>Somebody who is registered as living here and no more.</summary>
    public Task<PersonRow> RegisterAsync(
        string unit = TestArea.Village, long? household = null, Func<PersonStatusRow, PersonStatusRow>? with = null) =>
        Area.RegisterAsync("李四", new(1986, 4, 2), ++sequence, household, status =>
            (with?.Invoke(status) ?? status) with { Unit = unit });

    public Task<OutreachRun> OpenAsync(string path = "/bg/") =>
        Area.DoAsync("outreach.open", act => OutreachDesk.OpenAsync(act, Year, new UnitRange(path)));

    /// <summary>Seals what was done and follows it.</summary>
    public async Task<OutreachRun> FollowAsync()
    {
        await new AuditChain(Area.Vault).SealAsync(Area.Database, TestArea.Code);
        return await OutreachFollower.FollowAsync(Area.Database, TestArea.Code);
    }

    /// <summary>How many cases take out of the target, by what is counted.</summary>
    public async Task<long> ExcludedAsync(string path = "/bg/")
    {
        var people = new CountedPeople(CatalogueNames.Of(Area.Shelf.Library));
        await new Counter(people, Area.Vault).FollowAsync(Area.Database, TestArea.Code, [Year]);
        return (await Area.ReadAsync(session => OutreachFigures.ExcludedAsync(session, TestArea.Code, new(path), Year))).Values.Sum();
    }

    public Task MakeDuesAsync() => Area.DoAsync("dues.make", act => Area.Dues.MakeAsync(act, Year, act.Today));

    /// <summary>Takes a payment back, as a receipt that was written wrongly.</summary>
    public Task ReverseAsync(long payment) =>
        town.AsAsync("agent1", (act, viewer) => ReceiptDesk.VoidAsync(act, viewer, payment, "写错"));

    public Task<List<OutreachCaseRow>> CasesAsync() => Area.ReadAsync(session => session.Table<OutreachCaseRow>()
        .Where(row => row.Area == TestArea.Code).OrderBy(row => row.PersonId).ToListAsync());

    public async Task<OutreachCaseRow> CaseAsync(long person) => (await CasesAsync()).Single(row => row.PersonId == person);

    public Task<T> AsAsync<T>(string login, Func<Act, Canbao.Core.Access.Viewer, Task<T>> deed) => town.AsAsync(login, deed);

    public Task<OutreachCaseRow> CloseAsync(long person, NewOutcome outcome, string login = "agent1") =>
        town.AsAsync(login, (act, viewer) => OutreachDesk.CloseAsync(act, viewer, (Year, person), outcome));

    public ValueTask DisposeAsync() => town.DisposeAsync();
}
