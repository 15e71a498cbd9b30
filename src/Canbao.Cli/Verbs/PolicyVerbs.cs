using System.CommandLine;
using Canbao.Policy.Cases;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Policy.Prove;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao policy</c>: what a policy officer does with packs.</summary>
static class PolicyVerbs
{
    public static Command Create() => new("policy", "查看、检查、证明和比较政策包")
    {
        List(), Of("check", "检查政策包的写法", Check), Of("prove", "对所有人、所有日期证明政策包", Prove),
        Of("cases", "逐条核对政策包旁的案例", Cases),
    };

    static Command List()
    {
        var command = new Command("list", "列出可用的政策包");
        command.SetAction(_ =>
        {
            var isComplete = true;
            foreach (var name in PolicyOptions.Library.Names)
            {
                isComplete &= PolicyOptions.Load(name) is { } plan && Print(plan);
            }

            return isComplete ? 0 : Program.Unusable;
        });
        return command;

        static bool Print(Plan plan)
        {
            Console.WriteLine($"{plan.Pack.Id,-16}{plan.Pack.Year.Year}年度  {plan.Pack.Place}  {plan.Pack.Notice.Number}");
            return true;
        }
    }

    static Command Of(string name, string description, Func<string, int> run)
    {
        var pack = PolicyOptions.PackArgument();
        var command = new Command(name, description) { pack };
        command.SetAction(call => run(call.GetValue(pack)!));
        return command;
    }

    static int Check(string name)
    {
        if (PolicyOptions.Load(name) is not { } plan)
            return Program.Unusable;
        Console.WriteLine($"{plan.Pack.Id}：写法无误（{plan.Pack.Clauses.Length} 条条款，{plan.Pack.Assumptions.Length} 条口径，{plan.Questions.Length} 个条件）");
        Console.WriteLine($"  标识 {plan.Pack.Hash}");
        Console.WriteLine($"  是否对每个人、每一天都有唯一答复，请用 canbao policy prove {name} 证明");
        return 0;
    }

    static int Prove(string name)
    {
        if (PolicyOptions.Load(name) is not { } plan)
            return Program.Unusable;
        var report = Prover.Prove(plan);
        ProofText.Write(Console.Out, plan, report);
        return report.IsProved ? 0 : 1;
    }

    static int Cases(string name)
    {
        if (PolicyOptions.Load(name) is not { } plan)
            return Program.Unusable;
        var file = Path.Combine(Path.GetDirectoryName(plan.Pack.File)!, CaseReader.CaseFile);
        if (!File.Exists(file))
        {
            Console.Error.WriteLine($"canbao: 没有案例文件 {file}；请写几条案例，格式可参照其他政策包");
            return Program.Unusable;
        }

        var findings = new List<Finding>();
        var cases = CaseReader.Read(File.ReadAllText(file), file, plan.Pack.Catalogue, findings);
        PolicyOptions.Tell(findings);
        var failed = 0;
        foreach (var example in cases)
        {
            if (example.Differences(plan).ToList() is not { Count: > 0 } differences)
                continue;
            failed++;
            Console.WriteLine($"{file}:{example.At.Line}: {example.Says}：{string.Join("；", differences)}");
            Console.WriteLine($"  canbao explain --policy {name} {FactsText.Options(example.Facts, plan.Pack.Catalogue)}");
        }

        Console.WriteLine($"{plan.Pack.Id}：案例 {cases.Length} 条，不符 {failed} 条");
        return findings.Count > 0 ? Program.Unusable : failed > 0 ? 1 : 0;
    }
}
