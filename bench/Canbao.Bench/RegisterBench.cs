using System.Diagnostics;
using System.Globalization;
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

/// <summary>
/// The register at a city's size: import, dues and finding a person, each beside the bare statement that moves the same rows over the
/// same tables, indexes and keys of the same database.
/// </summary>
static class RegisterBench
{
    const int Area = 370481;
    const int Lookups = 3000;

    static readonly InsuranceYear Year = new(2022);
    static readonly string[] Tables = ["household", "person", "person_status"];

    /// <param name="folder">An area as <c>canbao demo-data</c> writes it: units.csv and people.csv.</param>
    /// <param name="people">How many people the file has, for the rates.</param>
    /// <param name="connection">An empty database.</param>
    public static async Task<int> RunAsync(string folder, int people, string connection)
    {
        var keys = Path.Combine(Path.GetTempPath(), $"bench-{Environment.ProcessId}.keys");
        var vault = Vault.Create(keys, "aes", TimeProvider.System);
        // One statement enrols everybody, which no page does.
        await using var database = Database.Open(connection, TimeProvider.System, new() { StatementLimit = TimeSpan.FromHours(1) });
        await database.MigrateAsync(CoreSchema.Migrations);
        var shelf = new PackShelf(new PackLibrary(Path.Combine(AppContext.BaseDirectory, "policies")));
        var tree = UnitFile.Read(File.ReadLines(Path.Combine(folder, "units.csv")), [])
            ?? throw new InvalidDataException("units.csv has faults.");
        await DoAsync(database, "init", async act =>
        {
            await UnitStore.LoadAsync(act, vault, tree);
            await PackBindings.BindAsync(act, shelf, tree.Root.Code, Year, new(2021, 1, 1), "baogou-2022");
        });
        await using var bare = BareRows.On(connection);
        Console.WriteLine(Machine.Line());
        Console.WriteLine($"{people} people; {(database.Engine == Engine.Sqlite ? "SQLite" : "PostgreSQL")}");
        Console.WriteLine("| work | seconds | people/s | ratio of time to the bare statement |\n|---|--:|--:|--:|");
        await ImportAsync(database, vault, Path.Combine(folder, "people.csv"), people, bare);
        await EnrolAsync(database);
        await DuesAsync(database, new Dues(shelf, vault), people, bare);
        await FindAsync(database, new People(vault), vault, bare);
        File.Delete(keys);
        return 0;
    }

    static async Task ImportAsync(Database database, Vault vault, string file, int people, BareRows bare)
    {
        var watch = Stopwatch.StartNew();
        var report = await DoAsync(database, "import", act =>
            new PeopleImport(vault).RunAsync(act, TableFile.At(file), new ImportOrder(new(2021, 9, 1))));
        var ours = watch.Elapsed;
        if (report.Refused > 0)
            Console.WriteLine($"{report.Refused} rows refused: {report.Faults[0].Code}");
        await bare.TakeAwayAsync(Tables);
        var theirs = await bare.PutBackAsync(Tables);
        Tell("import, all checks", ours, people, theirs);
        Tell(database.Engine == Engine.Sqlite ? "bare prepared inserts" : "bare COPY", theirs, people, theirs);
    }

    /// <summary>Enrols everybody, so that dues are asked of people who are registered.</summary>
    static Task<int> EnrolAsync(Database database) => DoAsync(
        database, "enrol", act => act.Session.Data.ExecuteAsync(FormattableString.Invariant(
        $"""
        insert into enrolment (area, insurance_year, person_id, unit, kind, registered_on, tier, ended_on, end_reason, act_id)
        select s.area, {Year.Year}, s.person_id, s.unit, 'new', s.from_day, 0, null, '', {act.Id} from person_status s where s.area = {Area}
        """)));

    static async Task DuesAsync(Database database, Dues dues, int people, BareRows bare)
    {
        var watch = Stopwatch.StartNew();
        var run = await DoAsync(database, "dues", act => dues.MakeAsync(act, Year, new(2021, 11, 5)));
        var ours = watch.Elapsed;
        foreach (var (outcome, count) in run.ByOutcome)
            Console.Error.WriteLine($"{outcome} {count}");
        var theirs = await bare.InsertAgainAsync("due");
        Tell("dues: read, assess, write", ours, people, theirs);
        Tell("bare INSERT … SELECT", theirs, people, theirs);
        watch.Restart();
        await DoAsync(database, "dues", act => dues.MakeAsync(act, Year, new(2021, 11, 6)));
        Tell("dues again, nothing changed", watch.Elapsed, people, theirs);
    }

    static async Task FindAsync(Database database, People people, Vault vault, BareRows bare)
    {
        var known = await database.ReadAsync(async session =>
        {
            var found = new List<CitizenNumber>();
            foreach (var row in session.Table<PersonRow>().Where(row => row.Area == Area && row.NumberHash != null).Take(Lookups))
                if (CitizenNumber.TryParse(people.OpenNumber(row)!, out var number, out _))
                    found.Add(number);
            return await Task.FromResult(found);
        });
        var (ours, theirs) = (new List<double>(), new List<double>());
        foreach (var number in known)
        {
            var start = Stopwatch.GetTimestamp();
            await database.ReadAsync(session => people.FindByNumberAsync(session, Area, number));
            ours.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            theirs.Add(await bare.FindAsync(Area, vault.Hash(number.Full)));
        }

        var (median, bareMedian) = (Median(ours), Median(theirs));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| find a person by number (µs, median) | {median:0} | | {median / bareMedian:0.00} |\n"
            + $"| bare indexed query | {bareMedian:0} | | 1.00 |"));
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    static void Tell(string work, TimeSpan time, int people, TimeSpan bare) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {work} | {time.TotalSeconds:0.0} | {people / time.TotalSeconds:0} | {time / bare:0.00} |"));

    static Task<T> DoAsync<T>(Database database, string kind, Func<Act, Task<T>> work) =>
        Act.DoAsync(database, Area, new Doer("@bench", "bench"), kind, work);

    static Task DoAsync(Database database, string kind, Func<Act, Task> work) =>
        Act.DoAsync(database, Area, new Doer("@bench", "bench"), kind, work);
}
