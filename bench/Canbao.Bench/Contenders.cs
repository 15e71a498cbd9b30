using System.Globalization;

namespace Canbao.Bench;

/// <summary>A program that turns the input file into the output file.</summary>
/// <param name="Name">The row's name in tables.</param>
/// <param name="Threads">How many threads it may use; only rows of the same number are compared.</param>
/// <param name="Command">The program and its arguments for an input and an output path.</param>
/// <param name="Environment">Variables set for it, <c>NAME=value</c>.</param>
sealed record FileContender(
    string Name, int Threads, Func<string, string, string[]> Command, params string[] Environment);

/// <summary>A method that answers people who are already in memory, on one core.</summary>
/// <param name="Name">The row's name in tables.</param>
/// <param name="People">How many people one round takes: slow ones take fewer.</param>
/// <param name="Prepare">Puts the people in the contender's own form and returns the round, which returns the sum of dues in fen.</param>
sealed record MemoryContender(string Name, int People, Func<Facts[], Func<long>> Prepare);

/// <summary>Who is measured. The first row of a list is what the others' ratios refer to.</summary>
static class Contenders
{
    const int AllPeople = int.MaxValue;

    /// <summary>Runs of a second or two are over before the runtime's profiling pays: the rivals are faster without it.</summary>
    const string NoProfiling = "DOTNET_TieredPGO=0";

    static string Self => Environment.ProcessPath ?? throw new InvalidOperationException("the bench has no path of its own");

    /// <summary>Programs, file to file, for a number of threads. The product is the row with <c>assess</c>.</summary>
    public static List<FileContender> Files(int threads, string? canbao)
    {
        var count = threads.ToString(CultureInfo.InvariantCulture);
        List<FileContender> rows =
        [
            new("DuckDB", threads, (input, output) => [Self, "duckdb", input, output, count], NoProfiling),
            new("DuckDB, keys unchecked", threads, (input, output) => [Self, "duckdb-keys-unchecked", input, output, count], NoProfiling),
        ];
        if (threads == 1)
            rows.Add(new("Sylvan, hand-written, StreamWriter", 1, (input, output) => [Self, "sylvan", input, output], NoProfiling));
        if (canbao is not null)
        {
            rows.Add(new("canbao assess", threads, (input, output) =>
                [canbao, "assess", "--policy", "baogou-2022", "--on", Baogou.On, input, "-o", output], $"DOTNET_PROCESSOR_COUNT={count}"));
        }

        return rows;
    }

    /// <summary>Methods, in memory.</summary>
    public static List<MemoryContender> Memory() =>
    [
        new("hand-written C#", AllPeople, HandWrittenRound),
        new("Canbao.Policy", AllPeople, CanbaoEngine.Prepare),
        new("Microsoft RulesEngine", RulesEngineRival.People, RulesEngineRival.Prepare),
    ];

    /// <summary>Every answer is stored, so that nothing of it can be left out.</summary>
    static Func<long> HandWrittenRound(Facts[] people)
    {
        var answers = new Decision[1024];
        return () =>
        {
            var dues = 0L;
            for (var at = 0; at < people.Length; at++)
            {
                ref var answer = ref answers[at & 1023];
                answer = HandWritten.Assess(in people[at]);
                dues += answer.PersonalDue;
            }

            return dues;
        };
    }
}
