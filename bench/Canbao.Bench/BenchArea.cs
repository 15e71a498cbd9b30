using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Import;
using Canbao.Core.Schema;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Policy.Packs;
using Canbao.Storage;
using Canbao.Storage.Migrations;
using Canbao.Vocabulary;
using LinqToDB.Data;

namespace Canbao.Bench;

/// <summary>An area of invented people on an empty database, as <c>canbao demo-data</c> writes it, with Baogou's pack.</summary>
sealed class BenchArea : IAsyncDisposable
{
    /// <summary>The tenant.</summary>
    public const int Code = 370481;

    /// <summary>The insurance year.</summary>
    public static readonly InsuranceYear Year = new(2022);

    readonly string folder;
    readonly string keys = Path.Combine(Path.GetTempPath(), $"bench-{Environment.ProcessId}.keys");

    BenchArea(string folder, string connection, TimeProvider clock)
    {
        this.folder = folder;
        Vault = Vault.Create(keys, "aes", TimeProvider.System);
        // One statement enrols everybody, which no page does.
        Database = Database.Open(connection, clock, new() { StatementLimit = TimeSpan.FromHours(1) });
    }

    public Database Database { get; }

    public Vault Vault { get; }

    public PackShelf Shelf { get; } = new(new PackLibrary(Path.Combine(AppContext.BaseDirectory, "policies")));

    public Dues Dues => new(Shelf, Vault);

    /// <summary>Makes the tables and the units; nobody is registered yet.</summary>
    public static async Task<BenchArea> OpenAsync(string folder, string connection, TimeProvider clock)
    {
        var area = new BenchArea(folder, connection, clock);
        await area.Database.MigrateAsync(CoreSchema.Migrations);
        var tree = UnitFile.Read(File.ReadLines(Path.Combine(folder, "units.csv")), [])
            ?? throw new InvalidDataException("units.csv has faults.");
        await area.DoAsync("init", async act =>
        {
            await UnitStore.LoadAsync(act, area.Vault, tree);
            await PackBindings.BindAsync(act, area.Shelf, tree.Root.Code, Year, new(2021, 1, 1), "baogou-2022");
            return true;
        });
        return area;
    }

    /// <summary>Registers everybody of the file.</summary>
    public Task<ImportReport> ImportAsync() => DoAsync("import", act =>
        new PeopleImport(Vault).RunAsync(act, TableFile.At(Path.Combine(folder, "people.csv")), new ImportOrder(new(2021, 9, 1))));

    /// <summary>Enrols everybody, so that dues are asked of people who are registered.</summary>
    public Task<int> EnrolAsync() => DoAsync("enrol", act => act.Session.Data.ExecuteAsync(FormattableString.Invariant($"""
        insert into enrolment (area, insurance_year, person_id, unit, kind, registered_on, tier, ended_on, end_reason, act_id)
        select s.area, {Year.Year}, s.person_id, s.unit, 'new', s.from_day, 0, null, '', {act.Id}
        from person_status s where s.area = {Code}
        """)));

    /// <summary>Whoever has a number and owes something if paid on a day.</summary>
    public Task<List<(string Number, string Name, Money Due)>> OwingAsync(DateOnly day) => Database.ReadAsync(async session =>
    {
        var people = new People(Vault);
        var owing = new List<(string, string, Money)>();
        var rows = session.Table<PersonRow>().Where(row => row.Area == Code && row.NumberHash != null).ToList();
        foreach (var chunk in rows.Chunk(1000))
        {
            var offers = await Dues.OffersAsync(session, Code, Year, [.. chunk.Select(row => row.PersonId)], day);
            foreach (var row in chunk)
                if (offers.TryGetValue(row.PersonId, out var offer) && offer.Personal is { Fen: > 0 } due)
                    owing.Add((people.OpenNumber(row)!, row.Name, due));
        }

        return owing;
    });

    public Task<T> DoAsync<T>(string kind, Func<Act, Task<T>> work) =>
        Act.DoAsync(Database, Code, new Doer("@bench", "bench"), kind, work);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        File.Delete(keys);
    }
}
