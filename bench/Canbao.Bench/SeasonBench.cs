using System.Diagnostics;
using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Reporting;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Counting;
using Canbao.Core.Work.Exchange;
using Canbao.Core.Work.Forms;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB.Data;

namespace Canbao.Bench;

/// <summary>
/// The season at a city's size: counting, progress, forms 5 and 6 and the Friday lists, each beside the bare statement that reads the same.
/// </summary>
static class SeasonBench
{
    const int Rounds = 15, Offices = 200;

    static readonly DateOnly Friday = new(2021, 11, 5);
    static readonly UnitRange Everywhere = new("/");

    static readonly (string Code, string Office)[] Partners =
        [("bureau", "bureau"), ("civil", "civil_affairs"), ("rural", "rural_revitalisation")];

    /// <param name="folder">An area as <c>canbao demo-data</c> writes it.</param>
    /// <param name="connection">An empty database.</param>
    public static async Task<int> RunAsync(string folder, string connection)
    {
        var clock = new StillClock(new(Friday, new(16, 0), BusinessDay.Offset));
        await using var area = await BenchArea.OpenAsync(folder, connection, clock);
        var people = new CountedPeople(CatalogueNames.Of(area.Shelf.Library));
        await area.ImportAsync();
        await area.EnrolAsync();
        await area.DoAsync("dues", act => area.Dues.MakeAsync(act, BenchArea.Year, Friday));
        Console.WriteLine(Machine.Line());
        Console.WriteLine(area.Database.Engine == Engine.Sqlite ? "SQLite" : "PostgreSQL");
        Console.WriteLine("| work | ms | ratio of time to the bare query |\n|---|--:|--:|");
        var bare = await CountAsync(area, people);
        await ProgressAsync(area);
        await FormsAsync(area, bare);
        await FridayAsync(area);
        return 0;
    }

    /// <summary>The first count of everybody beside the bare aggregate over the same joins.</summary>
    static async Task<double> CountAsync(BenchArea area, CountedPeople people)
    {
        double first = await TimeAsync(() =>
            new Counter(people, area.Vault).FollowAsync(area.Database, BenchArea.Code, [BenchArea.Year]));
        var aggregate = $"select q.unit, q.category, q.profile, count(*), sum(q.fen) from ({people.Rows()}) q "
            + "group by q.unit, q.category, q.profile";
        double bare = await TimeAsync(() => ReadAsync(area, aggregate));
        Tell("everybody counted for the first time and kept", first, bare);
        Tell("bare aggregate over the register", bare, bare);
        return bare;
    }

    static async Task ProgressAsync(BenchArea area)
    {
        const string Kept = """
            select t.unit, t.category, t.profile, t.people, t.fen from tally t join unit u on u.area = @area and u.code = t.unit
            where t.area = @area and t.insurance_year = @year and u.path >= '/' and u.path < '0' and t.people <> 0
            """;
        var (ours, bare) = (new List<double>(), new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            ours.Add(await TimeAsync(() => area.Database.ReadAsync(async session => ProgressFigures.Of(
                await Tally.ReadAsync(session, BenchArea.Code, Everywhere, BenchArea.Year)))));
            bare.Add(await TimeAsync(() => ReadAsync(area, Kept)));
        }

        Tell("progress of all units from kept counts (median)", Median(ours), Median(bare));
        Tell("bare indexed query over the counts (median)", Median(bare), Median(bare));
    }

    /// <summary>Forms 5 and 6 of the whole area, and form 5 of each of its units as one would for 200 townships.</summary>
    static async Task FormsAsync(BenchArea area, double bare)
    {
        var tree = await area.Database.ReadAsync(session => UnitStore.ReadAsync(session, BenchArea.Code));
        var viewer = new Viewer("bench", "bench", Role.Bureau, BenchArea.Code, tree.Root.Code, tree.PathOf(tree.Root), null);
        var desk = new FormDesk(area.Vault);
        foreach (var code in new[] { "lishi-5", "lishi-6" })
        {
            var form = PrescribedForms.Find(code)!;
            double ours = await TimeAsync(async () =>
            {
                var filled = await area.Database.ReadAsync(
                    session => desk.FillAsync(session, viewer, new(form, BenchArea.Year, tree.Root.Code, Friday)));
                GridWorkbook.Write(filled.Grid, new MemoryStream());
            });
            Tell($"form {code[^1]} as a workbook, from kept counts", ours, bare);
        }

        var weekly = PrescribedForms.Find("lishi-5")!;
        var units = tree.All.Where(unit => tree.ChildrenOf(unit).Any() || unit.Parent.Length > 0).Take(Offices).ToList();
        double all = await TimeAsync(async () =>
        {
            var order = new FormOrder(weekly, BenchArea.Year, tree.Root.Code, Friday);
            var inputs = await area.Database.ReadAsync(session => FormDesk.ReadAsync(session, viewer, order));
            foreach (var unit in units)
                GridWorkbook.Write(FormDesk.Fill(inputs, order with { Unit = unit.Code }).Grid, new MemoryStream());
        });
        Tell($"form 5 of {units.Count} offices in one run", all, bare);
    }

    static async Task FridayAsync(BenchArea area)
    {
        foreach (var (code, office) in Partners)
            await area.DoAsync("exchange.partner", act => new Core.Exchange.Partners(area.Vault).AddAsync(act, new(code, code, office)));
        var tools = new ExchangeTools(area.Database, area.Vault, area.Dues, CatalogueNames.Of(area.Shelf.Library));
        GC.Collect();
        long before = Environment.WorkingSet, most = before;
        using var watch = new Timer(_ => most = Math.Max(most, Environment.WorkingSet), null, 0, 100);
        MadeLists made = default;
        double ours = await TimeAsync(async () => made = await new FridayLists(tools).MakeAsync(
            BenchArea.Code, new Doer("@bench", "bench"), Friday, BenchArea.Year));
        double bare = await TimeAsync(() => ReadAsync(area, """
            select p.person_id, p.name, p.number_sealed, s.unit, s.address, y.amount from person p
            join person_status s on s.area = @area and s.person_id = p.person_id and s.until_day is null
            left join payment y on y.area = @area and y.insurance_year = @year and y.person_id = p.person_id and y.reversed_by is null
            where p.area = @area order by s.unit
            """));
        Tell(string.Create(
            CultureInfo.InvariantCulture,
            $"Friday lists: {made.Messages} messages, {made.Rows} rows, working set {before / 1e6:0} to {most / 1e6:0} MB"), ours, bare);
        Tell("bare query of the same people in unit order", bare, bare);
    }

    static Task<long> ReadAsync(BenchArea area, string sql) => area.Database.ReadAsync(async session =>
    {
        long rows = 0;
        await using var reader = await session.Data.ExecuteReaderAsync(
            sql, new DataParameter("area", BenchArea.Code), new DataParameter("year", BenchArea.Year.Year));
        var values = new object[reader.Reader!.FieldCount];
        for (; await reader.Reader.ReadAsync(); rows++)
            reader.Reader.GetValues(values);
        return rows;
    });

    static async Task<double> TimeAsync(Func<Task> work)
    {
        long start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    static void Tell(string work, double time, double bare) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {work} | {time:0.0} | {time / bare:0.00} |"));
}
