using System.CommandLine;
using Canbao.Policy.Explain;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao explain</c>: one person, given by options, with all reasons.</summary>
static class ExplainVerb
{
    public static Command Create()
    {
        var policy = new Option<string>("--policy") { Description = "政策包名称或路径", HelpName = "PACK", Required = true };
        var birth = PolicyOptions.DayOption("--birth-date", "出生日期");
        var paid = PolicyOptions.DayOption("--paid-on", "缴费日期");
        birth.Required = paid.Required = true;
        var registered = PolicyOptions.DayOption("--registered-on", "参保登记日期");
        var ended = PolicyOptions.DayOption("--employee-cover-ended", "职工医保最后一日");
        var entered = PolicyOptions.DayOption("--school-entry-date", "入学日期");
        var categories = new Option<string>("--categories")
        {
            Description = "人员类别代码，多个以分号分隔",
            HelpName = "代码",
            DefaultValueFactory = _ => "",
        };
        var coded = CodeSet.All.Select(CodeOption).ToArray();
        var command = new Command("explain", "说明一个人应缴多少、为什么、什么会使金额改变") { policy, birth, paid, registered, ended, entered, categories };
        foreach (var option in coded)
            command.Add(option);
        command.SetAction(call =>
        {
            if (PolicyOptions.Load(call.GetValue(policy)!) is not { } plan)
                return Program.Unusable;
            if (ReadCategories(call.GetValue(categories)!, plan.Pack.Catalogue) is not { } set)
                return Program.Unusable;
            var codes = coded.Select(option => call.GetValue(option)).ToArray();
            var facts = new PersonFacts
            {
                BirthDate = call.GetValue(birth)!.Value,
                PaidOn = call.GetValue(paid)!.Value,
                RegisteredOn = call.GetValue(registered) ?? PersonFacts.NoDate,
                EmployeeCoverEnded = call.GetValue(ended) ?? PersonFacts.NoDate,
                SchoolEntryDate = call.GetValue(entered) ?? PersonFacts.NoDate,
                Residence = (Residence)codes[0],
                Employment = (Employment)codes[1],
                Student = (Student)codes[2],
                ScopeStatus = (ScopeStatus)codes[3],
                Tier = (byte)codes[4],
                OtherCover = (OtherCover)codes[5],
                FirstTime = codes[6] == 1,
                Categories = set,
            };
            if (facts.FindContradiction() is { } contradiction)
            {
                Console.Error.WriteLine($"canbao: --{contradiction.Column.Replace('_', '-')}：{contradiction.Reason}");
                return Program.Unusable;
            }

            return Write(plan, facts);
        });
        return command;
    }

    static int Write(Plan plan, in PersonFacts facts)
    {
        try
        {
            ExplanationText.Write(Console.Out, plan, Explainer.Explain(plan, facts));
            return 0;
        }
        catch (PolicyGapException gap)
        {
            Console.Error.WriteLine($"canbao: P301 政策包对这个人没有规则（{gap.Stage.Chinese()}）；请用 canbao policy prove 证明");
            return Program.Unusable;
        }
    }

    static Option<int> CodeOption(CodeSet codes)
    {
        var known = string.Join("、", codes.Values.Select((code, i) => $"{codes.PackText(i)} {code.Chinese}"));
        return new Option<int>($"--{codes.Column.Replace('_', '-')}")
        {
            Description = $"{codes.Chinese}：{known}",
            HelpName = "代码",
            DefaultValueFactory = _ => 0,
            CustomParser = result =>
            {
                var index = codes.IndexInPack(result.Tokens.Count == 1 ? result.Tokens[0].Value : "?");
                if (index < 0)
                    result.AddError($"--{codes.Column.Replace('_', '-')} 可写：{known}");
                return Math.Max(index, 0);
            },
        };
    }

    static ulong? ReadCategories(string text, CategoryCatalogue catalogue)
    {
        var set = 0UL;
        foreach (var code in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var index = catalogue.IndexOf(code);
            if (index < 0)
            {
                var known = string.Join("、", catalogue.Categories.Select(category => category.Code));
                Console.Error.WriteLine($"canbao: 不认识人员类别“{code}”；可写：{known}");
                return null;
            }

            set |= 1UL << index;
        }

        return set;
    }
}
