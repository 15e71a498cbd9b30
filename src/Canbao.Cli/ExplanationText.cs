using Canbao.Policy;
using Canbao.Policy.Explain;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Vocabulary;

namespace Canbao.Cli;

/// <summary>An explanation as text for a terminal.</summary>
static class ExplanationText
{
    public static void Write(TextWriter output, Plan plan, Explanation explanation)
    {
        var pack = plan.Pack;
        output.WriteLine($"{pack.Place} {pack.Year.Year}年度  依据 {pack.Notice.Number}");
        output.WriteLine($"  {FactsText.Chinese(explanation.Facts, pack.Catalogue)}");
        output.WriteLine();
        output.WriteLine(explanation.Sentence);
        output.WriteLine();
        WriteAnswer(output, plan, explanation.Answer);
        WriteTrace(output, plan, explanation);
        WriteAlternatives(output, "什么时候缴费，结果会不同", explanation.ByDay);
        WriteAlternatives(output, "列入哪个名单，结果会不同", explanation.ByList);
        if (explanation.Answer.Verdict.Assumptions is { IsEmpty: false } assumptions)
        {
            output.WriteLine("所依据的口径");
            foreach (var assumption in pack.Assumptions.Where(assumption => assumptions.Contains(assumption.Number)))
                output.WriteLine($"  {assumption.Number,3}  {assumption.Says}");
        }
    }

    static void WriteAnswer(TextWriter output, Plan plan, in Answer answer)
    {
        var verdict = answer.Verdict;
        output.WriteLine(verdict.Needs is { } needs
            ? $"  结果      暂不能核定，缺少 {needs}"
            : $"  结果      {verdict.Outcome.Chinese()}（{verdict.Outcome.Code()}）");
        if (verdict.Outcome == Outcome.Due && verdict.Needs is null)
        {
            output.WriteLine($"  个人应缴  {verdict.PersonalDue} 元（个人缴费标准 {verdict.PersonalStandard} 元）");
            foreach (var part in verdict.Funding)
                output.WriteLine($"  资助      {part.Payer.Chinese} {part.Amount} 元");
            output.WriteLine($"  财政补助  {verdict.Subsidy} 元");
            output.WriteLine(answer.CoverFrom == PersonFacts.NoDate
                ? "  待遇期    本年度没有"
                : $"  待遇期    {AnswerText.Day(answer.CoverFrom)} 至 {AnswerText.Day(answer.CoverTo)}");
            if (verdict.RefundableUntil is { } until)
                output.WriteLine($"  可退费至  {AnswerText.Day(until)}");
        }

        output.WriteLine($"  依据条款  {string.Join("；", verdict.Clauses)}");
        foreach (var clause in plan.Pack.Clauses.Where(clause => verdict.Clauses.Contains(plan.Pack.Cite(clause.Id))))
            output.WriteLine($"            {clause.Id}  {clause.Gist}");
        output.WriteLine();
    }

    static void WriteTrace(TextWriter output, Plan plan, Explanation explanation)
    {
        output.WriteLine("核定过程（✓ 采用  · 也适用  × 不适用）");
        StageName? stage = null;
        foreach (var step in explanation.Trace)
        {
            if (stage != step.Stage)
                output.WriteLine($"  {step.Stage.Chinese()}");
            stage = step.Stage;
            var mark = step.Chosen ? "✓" : step.Missing.IsEmpty ? "·" : "×";
            var missing = step.Missing.Select(question => question.Chinese(plan.Pack.Catalogue));
            var why = step.Missing.IsEmpty ? "" : $"——不符合：{string.Join('；', missing)}";
            output.WriteLine($"    {mark} {step.Rule.Says}〔{step.Rule.Clause}〕{why}");
        }

        output.WriteLine();
    }

    static void WriteAlternatives(TextWriter output, string title, IReadOnlyCollection<Alternative> alternatives)
    {
        if (alternatives.Count == 0)
            return;
        output.WriteLine(title);
        foreach (var alternative in alternatives)
            output.WriteLine($"  {alternative.Says}：{AnswerInWords(alternative.Answer)}");
        output.WriteLine();
    }

    static string AnswerInWords(in Answer answer)
    {
        var verdict = answer.Verdict;
        if (verdict.Needs is not null || verdict.Outcome != Outcome.Due)
            return verdict.Outcome.Chinese();
        var cover = answer.CoverFrom == PersonFacts.NoDate ? "本年度没有待遇" : $"待遇自 {AnswerText.Day(answer.CoverFrom)} 起";
        return verdict.PersonalDue == Money.Zero ? $"本人不用缴，{cover}" : $"应缴 {verdict.PersonalDue} 元，{cover}";
    }
}
