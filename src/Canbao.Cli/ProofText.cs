using Canbao.Policy;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Policy.Prove;

namespace Canbao.Cli;

/// <summary>A proof's result as text for a terminal.</summary>
static class ProofText
{
    public static void Write(TextWriter output, Plan plan, ProofReport report)
    {
        output.WriteLine($"{plan.Pack.Id}：缴费日 {report.FirstDay:yyyy-MM-dd} 至 {report.LastDay:yyyy-MM-dd} 逐日、出生日逐日，"
            + $"共 {report.Situations} 种不同情形，{report.Rules} 条规则");
        foreach (var (says, holds) in report.Claims)
            output.WriteLine($"  {(holds ? "✓" : "✗")} {says}");
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
