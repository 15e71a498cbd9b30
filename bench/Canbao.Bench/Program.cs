using System.Globalization;

namespace Canbao.Bench;

/// <summary>The commands of the bench; README.md says what each is for.</summary>
static class Program
{
    const string Usage = """
        bench people COUNT OUT [SEED]             write an input file of invented people
        bench edges COUNT OUT                     the same with every date on or beside a boundary
        bench agree IN [--canbao PATH]            every program's answers, byte for byte
        bench files IN [--canbao PATH] [--rounds N] [--threads N]   programs, file to file; threads 2, then 1
        bench memory IN [--rounds N]              methods, in memory, one core
        bench register FOLDER PEOPLE --database TEXT   the register on a database, beside bare statements
        bench channel FOLDER TPS --database TEXT  payments one by one over HTTP, beside pgbench's transactions a second
        bench payment-file FOLDER LINES --database TEXT   a bank's file of payments, beside the bare COPY of its rows
        bench reconcile LINES --database TEXT     a channel's day, beside the bare join
        bench season FOLDER --database TEXT       counting, progress, forms 5 and 6, Friday lists, beside bare queries
        bench load DATABASE KEYS CANBAO           pages with 100 people at work, residents' look-ups; CANBAO is canbao.dll
        bench look-ups DATABASE KEYS CANBAO       the second half of load alone
        bench bare DATABASE KEYS                  the rival of the look-ups alone, as load runs it
        bench duckdb IN OUT THREADS               one rival alone, as the tables run it
        bench duckdb-keys-unchecked IN OUT THREADS
        bench sylvan IN OUT
        """;

    static int Main(string[] args)
    {
        switch (args)
        {
            case ["people", var count, var output, .. var rest]:
                PeopleFile.Write(output, Number(count), new Population((ulong)(rest is [var seed] ? Number(seed) : 2022)).Next);
                return 0;
            case ["edges", var count, var output]:
                PeopleFile.Write(output, Number(count), new EdgePopulation(2022).Next);
                return 0;
            case ["sylvan", var input, var output]:
                SylvanRival.Run(input, output);
                return 0;
            case ["duckdb", var input, var output, var threads]:
                DuckDbRival.Run(input, output, Number(threads), true);
                return 0;
            case ["duckdb-keys-unchecked", var input, var output, var threads]:
                DuckDbRival.Run(input, output, Number(threads), false);
                return 0;
            case ["agree", var input, .. var options]:
                return Agreement.Check(Console.Out, input, Option(options, "--canbao")) ? 0 : 1;
            case ["files", var input, .. var options]:
                return Files(input, options) ? 0 : 1;
            case ["memory", var input, .. var options]:
                Console.WriteLine(Machine.Line());
                var rounds = Number(Option(options, "--rounds") ?? "9");
                return Rounds.Memory(Console.Out, Contenders.Memory(), FactsReader.All(input), rounds) ? 0 : 1;
            case ["register", var folder, var count, .. var options]:
                return RegisterBench.RunAsync(folder, Number(count), Option(options, "--database")!).GetAwaiter().GetResult();
            case ["channel", var folder, var rival, .. var options]:
                ChannelBench.RunAsync(folder, Option(options, "--database")!, double.Parse(rival, CultureInfo.InvariantCulture))
                    .GetAwaiter().GetResult();
                return 0;
            case ["payment-file", var folder, var most, .. var options]:
                return PaymentFileBench.RunAsync(folder, Number(most), Option(options, "--database")!).GetAwaiter().GetResult();
            case ["reconcile", var lines, .. var options]:
                return ReconciliationBench.RunAsync(Number(lines), Option(options, "--database")!).GetAwaiter().GetResult();
            case ["season", var folder, .. var options]:
                return SeasonBench.RunAsync(folder, Option(options, "--database")!).GetAwaiter().GetResult();
            case ["load", var database, var keys, var canbao]:
                return LoadBench.RunAsync(database, keys, canbao, withPages: true).GetAwaiter().GetResult();
            case ["look-ups", var database, var keys, var canbao]:
                return LoadBench.RunAsync(database, keys, canbao, withPages: false).GetAwaiter().GetResult();
            case ["bare", var database, var keys]:
                return LoadBench.ServeBareAsync(database, keys).GetAwaiter().GetResult();
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    static bool Files(string input, string[] options)
    {
        int[] threads = Option(options, "--threads") is { } only ? [Number(only)] : [2, 1];
        var rounds = Number(Option(options, "--rounds") ?? "5");
        Console.WriteLine($"{Machine.Line()}; {new FileInfo(input).Length / 1e6:0} MB");
        return threads.All(count =>
            Rounds.Files(Console.Out, Contenders.Files(count, Option(options, "--canbao")), input, rounds));
    }

    static string? Option(string[] options, string name)
    {
        var at = Array.IndexOf(options, name);
        return at >= 0 && at + 1 < options.Length ? options[at + 1] : null;
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
