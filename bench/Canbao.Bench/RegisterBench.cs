using System.Diagnostics;
using System.Globalization;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Bench;

/// <summary>
/// The register at a city's size: import, dues and finding a person, each beside the bare statement that moves the same rows over the
/// same tables, indexes and keys of the same database.
/// </summary>
static class RegisterBench
{
    const int Lookups = 3000;

    static readonly string[] Tables = ["household", "person", "person_status"];

    /// <param name="folder">An area as <c>canbao demo-data</c> writes it: units.csv and people.csv.</param>
    /// <param name="people">How many people the file has, for the rates.</param>
    /// <param name="connection">An empty database.</param>
    public static async Task<int> RunAsync(string folder, int people, string connection)
    {
        await using var area = await BenchArea.OpenAsync(folder, connection, TimeProvider.System);
        var database = area.Database;
        await using var bare = BareRows.On(connection);
        Console.WriteLine(Machine.Line());
        Console.WriteLine($"{people} people; {(database.Engine == Engine.Sqlite ? "SQLite" : "PostgreSQL")}");
        Console.WriteLine("| work | seconds | people/s | ratio of time to the bare statement |\n|---|--:|--:|--:|");
        await ImportAsync(area, people, bare);
        await area.EnrolAsync();
        await DuesAsync(area, people, bare);
        await FindAsync(area, bare);
        return 0;
    }

    static async Task ImportAsync(BenchArea area, int people, BareRows bare)
    {
        var watch = Stopwatch.StartNew();
        var report = await area.ImportAsync();
        var ours = watch.Elapsed;
        if (report.Refused > 0)
            Console.WriteLine($"{report.Refused} rows refused: {report.Faults[0].Code}");
        await bare.TakeAwayAsync(Tables);
        var theirs = await bare.PutBackAsync(Tables);
        Tell("import, all checks", ours, people, theirs);
        Tell(area.Database.Engine == Engine.Sqlite ? "bare prepared inserts" : "bare COPY", theirs, people, theirs);
    }

    static async Task DuesAsync(BenchArea area, int people, BareRows bare)
    {
        var watch = Stopwatch.StartNew();
        var run = await area.DoAsync("dues", act => area.Dues.MakeAsync(act, BenchArea.Year, new(2021, 11, 5)));
        var ours = watch.Elapsed;
        foreach (var (outcome, count) in run.ByOutcome)
            Console.Error.WriteLine($"{outcome} {count}");
        var theirs = await bare.InsertAgainAsync("due");
        Tell("dues: read, assess, write", ours, people, theirs);
        Tell("bare INSERT … SELECT", theirs, people, theirs);
        watch.Restart();
        await area.DoAsync("dues", act => area.Dues.MakeAsync(act, BenchArea.Year, new(2021, 11, 6)));
        Tell("dues again, nothing changed", watch.Elapsed, people, theirs);
    }

    static async Task FindAsync(BenchArea area, BareRows bare)
    {
        var people = new People(area.Vault);
        var known = await area.Database.ReadAsync(async session =>
        {
            var found = new List<CitizenNumber>();
            foreach (var row in session.Table<PersonRow>().Where(row => row.Area == BenchArea.Code && row.NumberHash != null).Take(Lookups))
                if (CitizenNumber.TryParse(people.OpenNumber(row)!, out var number, out _))
                    found.Add(number);
            return await Task.FromResult(found);
        });
        var (ours, theirs) = (new List<double>(), new List<double>());
        foreach (var number in known)
        {
            var start = Stopwatch.GetTimestamp();
            await area.Database.ReadAsync(session => people.FindByNumberAsync(session, BenchArea.Code, number));
            ours.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            theirs.Add(await bare.FindAsync(BenchArea.Code, area.Vault.Hash(number.Full)));
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
}
