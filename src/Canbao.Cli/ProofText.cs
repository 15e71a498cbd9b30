using Canbao.Policy;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Policy.Prove;

namespace Canbao.Cli;

/// <summary>A proof's result as text for a terminal.</summary>
static class ProofText
{
    /// <summary>What is proved, in the order of the findings' codes.</summary>
    static readonly (string Says, string[] Codes)[] Proofs =
    [
        ("每个人、每一天都有答复，缴费期没有空档", ["P301"]),
        ("答复只有一个，规则之间没有矛盾", ["P302"]),
        ("个人应缴与各方承担之和等于缴费标准，不差一分", ["P303"]),
        ("没有负数金额", ["P304"]),
        ("多一个人员类别不会使人多缴", ["P305"]),
        ("每条规则都用得到", ["P306"]),
        ("待遇期不早于出生，缴费期不超过保险年度", ["P307", "P308", "P309"]),
        ("退费截止日不早于缴费日", ["P310"]),
        ("每条规则都注明了条款依据", ["P204"]),
    ];

    public static void Write(TextWriter output, Plan plan, ProofReport report)
    {
        output.WriteLine($"{plan.Pack.Id}：缴费日 {report.FirstDay:yyyy-MM-dd} 至 {report.LastDay:yyyy-MM-dd} 逐日、出生日逐日，"
            + $"共 {report.Situations} 种不同情形，{report.Rules} 条规则");
        foreach (var (says, codes) in Proofs)
            output.WriteLine($"  {(report.Failures.Any(failure => codes.Contains(failure.Finding.Code)) ? "✗" : "✓")} {says}");
        foreach (var change in report.OutcomeChanges)
        {
            var category = plan.Pack.Catalogue.Categories[change.Category].Chinese;
            output.WriteLine($"  注意：增加类别可使答复由“{change.From.Chinese()}”变为“{change.To.Chinese()}”（{change.Rule}）；"
                + $"例：{FactsText.Chinese(change.Witness, plan.Pack.Catalogue)}，增加{category}");
        }

        foreach (var failure in report.Failures)
        {
            output.WriteLine(failure.Finding);
            if (failure.Witness is { } person)
                output.WriteLine($"    canbao explain --policy {plan.Pack.Id} {FactsText.Options(person, plan.Pack.Catalogue)}");
        }

        output.WriteLine(report.IsProved ? $"{plan.Pack.Id}：证明通过" : $"{plan.Pack.Id}：未通过，{report.Failures.Length} 处");
    }
}
