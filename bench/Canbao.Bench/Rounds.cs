using System.Diagnostics;

namespace Canbao.Bench;

/// <summary>
/// Measures contenders against each other in one run: each round lets every contender run once, in an order that turns from round to
/// round, and a contender's ratio is the median over the rounds of its time to the first contender's in the same round.
/// </summary>
static class Rounds
{
    /// <summary>Programs, file to file; false if one of them failed.</summary>
    public static bool Files(TextWriter report, List<FileContender> contenders, string input, int rounds)
    {
        var output = Path.Combine(Path.GetTempPath(), $"bench-{Environment.ProcessId}.csv");
        var costs = contenders.Select(_ => new ChildCost[rounds]).ToArray();
        try
        {
            foreach (var (round, at) in Turns(contenders.Count, rounds))
            {
                costs[at][round] = ChildProcess.Run(contenders[at].Command(input, output), contenders[at].Environment);
                File.Delete(output);
                if (costs[at][round].Exit == 0) continue;
                report.WriteLine($"{contenders[at].Name} ended with {costs[at][round].Exit}");
                return false;
            }
        }
        finally
        {
            File.Delete(output);
        }

        report.WriteLine($"{contenders[0].Threads} thread(s), median of {rounds} rounds, ratios to {contenders[0].Name}");
        report.WriteLine();
        report.WriteLine("| program | wall s | ratio of wall | CPU s | ratio of CPU | peak MB | others' cores |");
        report.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
        foreach (var (contender, own) in contenders.Zip(costs))
        {
            var wall = Median(own.Zip(costs[0], (cost, first) => cost.Wall / first.Wall));
            var cpu = Median(own.Zip(costs[0], (cost, first) => cost.Cpu / first.Cpu));
            report.WriteLine($"| {contender.Name} | {Median(own.Select(cost => cost.Wall)):0.00} | {wall:0.00} "
                + $"| {Median(own.Select(cost => cost.Cpu)):0.00} | {cpu:0.00} | {own.Max(cost => cost.PeakBytes) / 1e6:0} "
                + $"| {Median(own.Select(cost => cost.Others)):0.0} |");
        }

        report.WriteLine();
        return true;
    }

    /// <summary>Methods, in memory, on this one thread; false if two of them disagree about the sum of dues.</summary>
    public static bool Memory(TextWriter report, List<MemoryContender> contenders, Facts[] people, int rounds)
    {
        var counts = contenders.Select(contender => Math.Min(contender.People, people.Length)).ToArray();
        var runs = contenders.Zip(counts, (contender, count) => contender.Prepare(people[..count])).ToArray();
        for (var at = 0; at < contenders.Count; at++)
        {
            var expected = people.Take(counts[at]).Sum(facts => HandWritten.Assess(in facts).PersonalDue);
            if (runs[at]() == expected) continue;
            report.WriteLine($"{contenders[at].Name} disagrees about the sum of dues");
            return false;
        }

        for (var warm = 0; warm < 3; warm++)
        {
            foreach (var run in runs) Rate(run, 1);
            Thread.Sleep(150); // the compiler's second tier works in the background
        }

        var rates = contenders.Select(_ => new double[rounds]).ToArray();
        foreach (var (round, at) in Turns(contenders.Count, rounds))
        {
            rates[at][round] = Rate(runs[at], counts[at]);
        }

        report.WriteLine($"one core, median of {rounds} rounds, ratios to {contenders[0].Name}");
        report.WriteLine();
        report.WriteLine("| method | people a round | people a second | ratio |");
        report.WriteLine("|---|--:|--:|--:|");
        for (var at = 0; at < contenders.Count; at++)
        {
            var ratio = Median(rates[at].Zip(rates[0], (rate, first) => rate / first));
            report.WriteLine($"| {contenders[at].Name} | {counts[at]:N0} | {Median(rates[at]):N0} | {ratio:0.0000} |");
        }

        report.WriteLine();
        return true;
    }

    /// <summary>People a second, over as many repeats as fill a fifth of a second.</summary>
    static double Rate(Func<long> run, int count)
    {
        var people = 0L;
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            run();
            people += count;
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (seconds >= 0.2) return people / seconds;
        }
    }

    static IEnumerable<(int Round, int At)> Turns(int count, int rounds) =>
        from round in Enumerable.Range(0, rounds) from place in Enumerable.Range(0, count) select (round, (round + place) % count);

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
