using System.CommandLine;
using Canbao.Policy.Cases;
using Canbao.Policy.Compare;
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
        List(), Of("show", "用文字列出一个政策包的全部规则", Show), Diff(), Of("check", "检查政策包的写法", Check), Of("prove", "对所有人、所有日期证明政策包", Prove),
        Of("cases", "逐条核对政策包旁的案例", Cases), ShadowVerb.Create(), CloneVerb.Create(),
    };

    static Command List()
    {
        var command = new Command("list", "列出可用的政策包");
        command.SetAction(_ =>
        {
            var plans = PolicyOptions.Library.Names.Select(PolicyOptions.Load).ToList();
            foreach (var pack in plans.OfType<Plan>().Select(plan => plan.Pack))
                Console.WriteLine($"{pack.Id,-16}{pack.Year.Year}年度  {TerminalText.Pad(pack.Place, 18)}{pack.Notice.Number}");
            return plans.Contains(null) ? Program.Unusable : 0;
        });
        return command;
    }

    static Command Diff()
    {
        var before = PolicyOptions.PackArgument("A");
        var after = PolicyOptions.PackArgument("B");
        var command = new Command("diff", "比较两个政策包：改了哪些规则，对谁有什么变化") { before, after };
        command.SetAction(call =>
        {
            if (PolicyOptions.Load(call.GetValue(before)!) is not { } old || PolicyOptions.Load(call.GetValue(after)!) is not { } now)
                return Program.Unusable;
            PackText.Write(Console.Out, old.Pack, now.Pack, PackDiff.Between(old, now));
            return 0;
        });
        return command;
    }

    static Command Of(string name, string description, Func<string, int> run)
    {
        var pack = PolicyOptions.PackArgument();
        var command = new Command(name, description) { pack };
        command.SetAction(call => run(call.GetValue(pack)!));
        return command;
    }

    static int Show(string name)
    {
        if (PolicyOptions.Load(name) is not { } plan)
            return Program.Unusable;
        PackText.Write(Console.Out, plan.Pack);
        return 0;
    }

    static int Check(string name)
    {
        if (PolicyOptions.Load(name) is not { } plan)
            return Program.Unusable;
        var pack = plan.Pack;
        var findings = new List<Finding>();
        if (PackLibrary.LoadSeason(pack, findings) is not { } season)
        {
            PolicyOptions.Tell(findings);
            return Program.Unusable;
        }

        Console.WriteLine($"{pack.Id}：写法无误（{pack.Clauses.Length} 条条款，{pack.Assumptions.Length} 条口径，{plan.Questions.Length} 个条件）");
        Console.WriteLine($"  标识 {pack.Hash}");
        Console.WriteLine(
            $"  工作安排：目标 {season.Rates.Length} 项，阶段 {season.Stages.Length} 个，报表 {season.Reports.Length} 种，"
            + $"通报 {season.Bulletins.Length} 种");
        Console.WriteLine($"  是否对每个人、每一天都有唯一答复，请用 canbao policy prove {name} 证明");
        PolicyOptions.Tell(pack.Unfilled);
        return pack.Unfilled.IsEmpty ? 0 : 1;
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
        if (findings.Count > 0)
            return Program.Unusable;
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
        var without = plan.Pack.Clauses.Select(clause => clause.Id).Except(cases.SelectMany(example => example.Clauses)).ToList();
        if (without.Count > 0)
            Console.WriteLine($"  没有案例的条款：{string.Join("、", without)}");
        return failed > 0 ? 1 : 0;
    }
}
