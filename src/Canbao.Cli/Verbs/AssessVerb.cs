using System.CommandLine;
using Canbao.Core.Assessment.Batch;
using Canbao.Core.Files;
using Canbao.Policy;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Spectre.Console;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao assess</c>: a file of people in, what each owes and why out.</summary>
static class AssessVerb
{
    public static Command Create()
    {
        var input = new Argument<string>("INPUT") { Description = "人员表，.csv 或 .xlsx" };
        var policy = new Option<string>("--policy") { Description = "政策包名称或路径", HelpName = "PACK", Required = true };
        var output = new Option<string>("-o", "--output") { Description = "结果文件，.csv 或 .xlsx", HelpName = "OUTPUT", Required = true };
        var on = PolicyOptions.DayOption("--on", "表中没有写缴费日期的，按这一天核定");
        var explain = new Option<bool>("--explain") { Description = "每人附一句说明" };
        var threads = new Option<int>("--threads")
        {
            Description = "同时使用的处理器数，不写则用全部",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var command = new Command("assess", "核定一个文件中每个人应缴多少、谁承担其余部分、何时起享受待遇、依据哪一条")
        {
            input, policy, output, on, explain, threads,
        };
        command.SetAction((call, cancellation) => Task.FromResult(Run(
            call.GetValue(policy)!, call.GetValue(input)!, call.GetValue(output)!, call.GetValue(on), call.GetValue(explain),
            Math.Clamp(call.GetValue(threads), 1, 64), cancellation)));
        return command;
    }

    static int Run(string policy, string input, string output, DateOnly? on, bool explain, int threads, CancellationToken cancellation)
    {
        if (PolicyOptions.Load(policy) is not { } plan)
            return Program.Unusable;
        var request = new BatchRequest(plan, input, output, on ?? PersonFacts.NoDate, explain, threads);
        try
        {
            var result = AssessProgress.Show(listener => BatchAssessment.Run(request, listener, cancellation));
            Tell(result, output);
            return result.Refused == 0 ? 0 : 1;
        }
        catch (TableFileException fault)
        {
            return Refuse($"{fault.Code} {fault.Message}");
        }
        catch (PolicyGapException gap)
        {
            return Refuse($"P301 政策包对表中的某个人没有规则（{gap.Stage.Chinese()}）；请先用 canbao policy prove {policy} 证明，没有写出任何结果");
        }
        catch (OperationCanceledException)
        {
            return Refuse("已取消；没有写出任何结果");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refuse($"F108 写结果时出错（{fault.Message}）；请检查磁盘空间后重试，没有写出任何结果");
        }
    }

    static void Tell(BatchResult result, string output)
    {
        Console.Error.WriteLine(result.Refused == 0
            ? $"已核定 {result.Answered} 人，结果在 {output}"
            : $"已核定 {result.Answered} 人，结果在 {output}；退回 {result.Refused} 行，连同原因在 {result.RejectsPath}");
        var totals = result.Totals;
        foreach (var outcome in Enum.GetValues<Outcome>().Where(outcome => totals.PeopleWith(outcome) > 0))
            Console.Error.WriteLine($"  {outcome.Chinese()}：{totals.PeopleWith(outcome)} 人");
        Console.Error.WriteLine($"  个人应缴合计 {totals.PersonalDue} 元，财政补助合计 {totals.Subsidy} 元");
        foreach (var (payer, amount) in totals.Funding)
            Console.Error.WriteLine($"  {payer.Chinese}承担合计 {amount} 元");
    }

    static int Refuse(string text)
    {
        Console.Error.WriteLine($"canbao: {text}");
        return Program.Unusable;
    }
}

/// <summary>Shows a run: a bar on a terminal, refused rows line by line.</summary>
sealed class AssessProgress : IBatchListener
{
    readonly TextWriter refusals;
    readonly ProgressTask? bar;

    AssessProgress(TextWriter refusals, ProgressTask? bar)
    {
        this.refusals = refusals;
        this.bar = bar;
    }

    public static BatchResult Show(Func<IBatchListener, BatchResult> run)
    {
        if (Console.IsErrorRedirected)
        {
            using var buffered = new StreamWriter(Console.OpenStandardError(), bufferSize: 1 << 16);
            return run(new AssessProgress(buffered, null));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(progress => run(new AssessProgress(Console.Error, progress.AddTask("核定", maxValue: 1))));
    }

    public void Started(InputHeader header)
    {
        var unknown = header.Unknown.Where(column => column.Length > 0).ToList();
        if (unknown.Count > 0)
            refusals.WriteLine($"提示：不认识的列不作处理：{string.Join("、", unknown)}");
        if (header.Absent.Length > 0)
            refusals.WriteLine($"提示：表中没有这些列，一律按空处理：{string.Join("、", header.Absent)}");
    }

    public void Refused(in RefusedRow row) => refusals.WriteLine($"第 {row.Line} 行 {row.Fault.Column}：{row.Fault.Reason}");

    public void Progressed(double done) => bar?.Value(done);
}
