using Canbao.Core.Assessment.Batch;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Core.Tests.Assessment;

/// <summary>The packs that the tests assess with, and rows for them.</summary>
static class Baogou
{
    /// <summary>All columns of the contract, in its order.</summary>
    public const string Header = "person_id,birth_date,residence,employment,student,school_entry_date,scope_status,categories,tier,"
        + "employee_cover_ended,other_cover,first_time,registered_on,paid_on\n";

    public const string OutputHeader =
        "person_id,outcome,personal_due,funding,subsidy,coverage_from,coverage_to,refundable_until,clauses\n";

    /// <summary>What follows the key of <see cref="Adult"/>.</summary>
    public const string AdultsAnswer = ",due,320.00,,580.00,2022-01-01,2022-12-31,,baogou 二(四)-scope;baogou 二(一);baogou 二(三)\n";

    static readonly Lazy<Plan> Loaded = new(() => Load("baogou-2022"));

    public static Plan Plan => Loaded.Value;

    public static Plan Load(string name)
    {
        var findings = new List<Finding>();
        return new PackLibrary(Repository.Path("policies")).Load(name, findings)
            ?? throw new InvalidDataException(string.Join('\n', findings));
    }

    /// <summary>A row of somebody who owes the full personal part.</summary>
    public static string Adult(string id) => $"{id},1985-03-20,local_hukou,none,none,,,,,,none,,,2021-11-05\n";
}

/// <summary>One run in a folder of its own.</summary>
sealed class Run : IBatchListener, IDisposable
{
    public TempFolder Folder { get; } = new();

    public List<string> Refusals { get; } = [];

    public InputHeader? Seen { get; private set; }

    public BatchResult Result { get; private set; }

    public string Output => File.ReadAllText(Folder["out.csv"]);

    public string? Rejects => File.Exists(Folder["out.rejects.csv"]) ? File.ReadAllText(Folder["out.rejects.csv"]) : null;

    public static Run Of(string input, int threads = 1, bool explain = false, DateOnly? on = null, Plan? plan = null)
    {
        var run = new Run();
        run.Folder.Write("in.csv", input);
        run.Assess("in.csv", "out.csv", threads, explain, on, plan);
        return run;
    }

    public Run Assess(string input, string output = "out.csv", int threads = 1, bool explain = false, DateOnly? on = null,
        Plan? plan = null)
    {
        Refusals.Clear();
        Result = BatchAssessment.Run(new BatchRequest(plan ?? Baogou.Plan, Folder[input], Folder[output], on ?? PersonFacts.NoDate,
            explain, threads), this, TestContext.Current.CancellationToken);
        return this;
    }

    public void Started(InputHeader header) => Seen = header;

    public void Refused(in RefusedRow row) => Refusals.Add($"{row.Line} {row.Fault.Column}：{row.Fault.Reason}");

    public void Progressed(double done)
    {
    }

    public void Dispose() => Folder.Dispose();
}
