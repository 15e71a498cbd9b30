using System.CommandLine;
using System.Text;
using Canbao.Core.Assessment.Batch;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;

namespace Canbao.Cli;

/// <summary>What verbs have in common: finding packs and reading dates.</summary>
static class PolicyOptions
{
    /// <summary>The packs: a folder named by <c>CANBAO_POLICIES</c>, else the one that ships with the program.</summary>
    public static PackLibrary Library { get; } =
        new(Environment.GetEnvironmentVariable("CANBAO_POLICIES") ?? Path.Combine(AppContext.BaseDirectory, "policies"));

    /// <summary>An argument that names a pack.</summary>
    public static Argument<string> PackArgument(string name = "PACK") => new(name) { Description = "政策包名称（见 canbao policy list）或其文件夹路径" };

    /// <summary>Loads a pack; null after telling what is wrong with it.</summary>
    public static Plan? Load(string nameOrPath)
    {
        var findings = new List<Finding>();
        var plan = Library.Load(nameOrPath, findings);
        Tell(findings);
        return plan;
    }

    /// <summary>Prints findings to standard error.</summary>
    public static void Tell(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
            Console.Error.WriteLine(finding);
    }

    /// <summary>An option whose value is a day.</summary>
    public static Option<DateOnly?> DayOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "日期",
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (ContractDate.TryParse(Encoding.UTF8.GetBytes(text), out var day))
                return day;
            result.AddError($"{name} 的日期“{text}”不存在或写法不对；应写成 2021-11-01");
            return null;
        },
    };
}
