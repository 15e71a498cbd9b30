using Canbao.Core.Assessment.Dues;
using Canbao.Core.Ledger;
using Canbao.Core.Secrets;
using Canbao.Core.Work;
using Canbao.Core.Work.Counting;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;

namespace Canbao.Season.Tests;

/// <summary>Makes the office of a town: that of the program, or one with a fault in it.</summary>
delegate Office MakeOffice(Town town, Database database, Vault vault, PackShelf shelf, Trouble trouble);

/// <summary>A season with its database, its towns and an auditor for each.</summary>
sealed class Played : IAsyncDisposable
{
    readonly TempFolder folder = new();
    readonly TestDatabase made;
    readonly SeasonClock clock;
    readonly Scenario scenario;
    readonly Database database;
    readonly Trouble trouble;
    readonly List<(Town Town, IReadOnlyList<Round> Plan, Auditor Auditor, Season Season)> towns = [];

    Played(Scenario scenario, TestDatabase made, SeasonClock clock, MakeOffice? office)
    {
        (this.scenario, this.made, this.clock) = (scenario, made, clock);
        Vault = Vault.Create(KeyPath, "aes", clock);
        trouble = new(scenario, made.Database.Engine == Engine.Postgres ? made.Connection : null);
        database = Database.Open(made.Connection, clock, new DatabaseOptions { Tries = 50, Statements = trouble.See });
        for (int nth = 0; nth < scenario.Areas; nth++)
        {
            var town = new Town(scenario, nth);
            var auditor = new Auditor(town.Area);
            var desk = (office ?? ((t, d, v, s, f) => new(t, d, v, s, f)))(town, database, Vault, Town.Shelf, trouble);
            towns.Add((town, Plan.Of(scenario, town), auditor, new(scenario, town, desk, database, auditor.Hear)));
        }
    }

    public Engine Engine => database.Engine;

    public string Connection => made.Connection;

    public string KeyPath => folder["canbao.keys"];

    public Vault Vault { get; }

    public Database Database => database;

    public int Rounds => towns[0].Plan.Count;

    public int Struck => trouble.Struck;

    public int Acknowledged => towns.Sum(town => town.Auditor.Acknowledged);

    /// <summary>What nobody should ever have been shown.</summary>
    public IReadOnlyList<string> Odd => [.. towns.SelectMany(town => town.Season.Odd)];

    public static async Task<Played> BeginAsync(Engine engine, Scenario scenario, MakeOffice? office = null)
    {
        var clock = new SeasonClock();
        var played = new Played(scenario, await CoreDatabase.CreateAsync(engine, clock), clock, office);
        foreach (var (town, _, _, _) in played.towns)
            await town.SetUpAsync(played.database, played.Vault);
        return played;
    }

    /// <summary>Plays rounds of all areas, side by side where the season is parallel.</summary>
    public async Task PlayAsync(int from, int until)
    {
        for (int no = from; no < until; no++)
        {
            clock.Now = towns[0].Plan[no].At;
            if (scenario.IsParallel)
                await Task.WhenAll(towns.Select(town => town.Season.PlayAsync(town.Plan[no])));
            else
                foreach (var town in towns)
                    await town.Season.PlayAsync(town.Plan[no]);
        }
    }

    /// <summary>Hands a word that another process said to the auditor of its area.</summary>
    public void Hear(Word word) => towns.Find(town => town.Town.Area == word.Area).Auditor.Hear(word);

    /// <summary>What the auditors find.</summary>
    public Task<IReadOnlyList<AuditFault>> AuditAsync() => database.LookAsync(AuditAsync);

    /// <inheritdoc cref="AuditAsync()"/>
    public async Task<IReadOnlyList<AuditFault>> AuditAsync(Session session)
    {
        var faults = new List<AuditFault>();
        foreach (var (_, _, auditor, _) in towns)
            faults.AddRange(await auditor.AuditAsync(session));
        return faults;
    }

    /// <summary>What the program's own check finds.</summary>
    public async Task<IReadOnlyList<LedgerFault>> CheckAsync()
    {
        var faults = new List<LedgerFault>();
        foreach (var (town, _, _, _) in towns)
            // Cash goes on here without the papers of its batch, as the auditor's rules know none.
            faults.AddRange((await database.LookAsync(session => MoneyCheck.RunAsync(session, town.Area)))
                .Where(fault => fault.Code != "G111"));
        return faults;
    }

    /// <summary>What is counted otherwise than a recount says, after the counting has caught up.</summary>
    public async Task<IReadOnlyList<CountFault>> CountsAsync()
    {
        var people = new CountedPeople(CatalogueNames.Of(Town.Shelf.Library));
        var faults = new List<CountFault>();
        foreach (var (town, _, _, _) in towns)
        {
            var counter = new Counter(people, Vault);
            await Patience.PersistAsync(() => counter.FollowAsync(database, town.Area, [TestArea.Year]));
            faults.AddRange(await database.LookAsync(session => new CountCheck(people).RunAsync(session, town.Area, TestArea.Year, 5)));
        }

        return faults;
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await made.DisposeAsync();
        folder.Dispose();
    }
}
