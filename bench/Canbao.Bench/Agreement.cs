namespace Canbao.Bench;

/// <summary>Lets every program answer the same file and compares the answers byte for byte with the hand-written method's.</summary>
static class Agreement
{
    public static bool Check(TextWriter report, string input, string? canbao)
    {
        List<FileContender> contenders = [.. Contenders.Files(1, canbao), .. Contenders.Files(2, canbao)];
        var folder = Directory.CreateTempSubdirectory("bench-").FullName;
        try
        {
            var wanted = Path.Combine(folder, "hand-written.csv");
            SylvanRival.Run(input, wanted);
            report.WriteLine($"{File.ReadLines(wanted).Count() - 1:N0} people");
            var agreed = RulesEngineAgrees(report, FactsReader.All(input));
            foreach (var contender in contenders)
            {
                var output = Path.Combine(folder, "output.csv");
                var exit = ChildProcess.Run(contender.Command(input, output), contender.Environment).Exit;
                var verdict = exit == 0 ? Compare(wanted, output) : $"ended with {exit}";
                agreed &= verdict is null;
                report.WriteLine($"{contender.Name}, {contender.Threads} thread(s): {verdict ?? "the same bytes"}");
                File.Delete(output);
            }

            return agreed;
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>The rules engine writes no file: its answers are compared in memory, for as many people as it is measured with.</summary>
    static bool RulesEngineAgrees(TextWriter report, Facts[] people)
    {
        var assess = RulesEngineRival.Compile();
        var count = Math.Min(people.Length, RulesEngineRival.People);
        for (var at = 0; at < count; at++)
        {
            var wanted = HandWritten.Assess(in people[at]);
            var found = assess(new RuleFacts(people[at]));
            if (wanted == found) continue;
            report.WriteLine($"Microsoft RulesEngine, row {at + 1}: wanted {wanted}, found {found}");
            return false;
        }

        report.WriteLine($"Microsoft RulesEngine: the same answers to {count:N0} people");
        return true;
    }

    /// <summary>Null for equal files, else where they part.</summary>
    static string? Compare(string wanted, string output)
    {
        if (!File.Exists(output)) return "no output";
        var (left, right) = (File.ReadAllBytes(wanted), File.ReadAllBytes(output));
        if (left.AsSpan().SequenceEqual(right)) return null;
        var lines = File.ReadLines(wanted).Append("(end)").Zip(File.ReadLines(output).Append("(end)"));
        var number = 0;
        foreach (var (one, other) in lines)
        {
            number++;
            if (one != other) return $"line {number}{Environment.NewLine}  wanted {one}{Environment.NewLine}  found  {other}";
        }

        return "other bytes in the same lines: line ends or a byte order mark";
    }
}
