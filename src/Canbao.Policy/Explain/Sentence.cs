using System.Text;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Vocabulary;

namespace Canbao.Policy.Explain;

/// <summary>An answer in one plain Chinese sentence: what is owed, why, who bears the rest, from when, and what would change it.</summary>
public static class Sentence
{
    /// <summary>The sentence for one person and day.</summary>
    public static string Of(Plan plan, in PersonFacts facts, in Answer answer)
    {
        var verdict = answer.Verdict;
        var text = new StringBuilder();
        var decides = DecidingRule(plan, verdict).Says;
        if (verdict.Needs is not null)
            text.Append($"暂不能核定：{decides}");
        else if (verdict.Outcome != Outcome.Due)
            text.Append(verdict.Outcome.Chinese() == decides ? decides : $"{verdict.Outcome.Chinese()}：{decides}");
        else
            AddAmount(text, plan, facts, answer);
        AddNextChange(text, plan, facts, answer);
        if (!verdict.Assumptions.IsEmpty)
            text.Append($"（按口径{string.Join('、', verdict.Assumptions)}办理）");
        return text.Append('。').ToString();
    }

    /// <summary>The rule that gave a verdict its outcome: the last one chosen.</summary>
    public static RuleHead DecidingRule(Plan plan, Verdict verdict)
    {
        var stage = Enum.GetValues<StageName>().Last(stage => verdict.RuleOf(stage) >= 0);
        return plan.Rule(stage, verdict.RuleOf(stage));
    }

    static void AddAmount(StringBuilder text, Plan plan, in PersonFacts facts, in Answer answer)
    {
        var verdict = answer.Verdict;
        var standard = plan.Stages.PersonalStandard.Rules[verdict.RuleOf(StageName.PersonalStandard)].Result.Standard!;
        text.Append($"应缴{verdict.PersonalDue}元：{standard.Says}{verdict.PersonalStandard}元");
        if (verdict.RuleOf(StageName.Assistance) is >= 0 and var ground)
        {
            var parts = verdict.Funding.Select(part => $"{part.Payer.Chinese}承担{part.Amount}元");
            text.Append($"，因属于{Ground(plan, plan.Rule(StageName.Assistance, ground), facts)}，{string.Join('、', parts)}");
        }

        if (verdict.Subsidy > Money.Zero)
            text.Append($"，财政另补助{verdict.Subsidy}元");
        else
        {
            var period = plan.Rule(StageName.Periods, verdict.RuleOf(StageName.Periods)).Says;
            var pays = plan.Rule(StageName.Payment, verdict.RuleOf(StageName.Payment)).Says;
            text.Append($"，{period}缴费的{pays}，含财政补助部分{plan.Pack.Subsidy}元");
        }

        text.Append(answer.CoverFrom == PersonFacts.NoDate
            ? "；等待期满已超过本保险年度，缴费后本年度不能享受待遇"
            : $"；待遇享受期为{ChineseDates.Range(new DateRange(answer.CoverFrom, answer.CoverTo))}");
        if (verdict.RefundableUntil is { } until && verdict.PersonalDue > Money.Zero)
            text.Append($"；{ChineseDates.Day(until)}前（含当日）可以申请退费");
    }

    /// <summary>A ground that lists categories is told by those that the person holds.</summary>
    static string Ground(Plan plan, RuleHead rule, in PersonFacts facts) => rule.When is [Question.HoldsCategory listed]
        ? plan.Pack.Catalogue.NamesOf(listed.Set & facts.Categories)
        : rule.Says;

    static void AddNextChange(StringBuilder text, Plan plan, in PersonFacts facts, in Answer answer)
    {
        if (Explainer.NextChange(plan, facts, answer) is not var (day, then))
            return;
        text.Append($"；{ChineseDates.Day(day)}起");
        if (then.Verdict.Needs is not null)
            text.Append("可以缴费，但须先补齐信息");
        else if (then.Verdict.Outcome != Outcome.Due)
            text.Append(then.Verdict.Outcome.Chinese());
        else if (then.Verdict.PersonalDue != answer.Verdict.PersonalDue || answer.Verdict.Outcome != Outcome.Due)
            text.Append($"缴费，应缴{then.Verdict.PersonalDue}元{(then.CoverFrom == PersonFacts.NoDate ? "，且本年度不能享受待遇" : "")}");
        else
            text.Append(then.CoverFrom == PersonFacts.NoDate
                ? "缴费，金额不变，但本年度不能享受待遇"
                : $"缴费，金额不变，{CoverRule(plan, then)}享受待遇");
    }

    static string CoverRule(Plan plan, in Answer answer) => plan.Rule(StageName.Cover, answer.Verdict.RuleOf(StageName.Cover)).Says;
}
