using System.Collections.Immutable;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Vocabulary;

namespace Canbao.Policy.Prove;

/// <summary>Collects what a proof finds, each fault of a rule once, in words that say what to change.</summary>
sealed class Failures(Plan plan)
{
    readonly Dictionary<(string Code, string Subject), ProofFailure> found = [];

    public ImmutableArray<ProofFailure> ToImmutable() =>
        [.. found.Values.OrderBy(failure => failure.Finding.At.Line).ThenBy(failure => failure.Finding.Code, StringComparer.Ordinal)];

    public void Gap(StageName stage, PersonFacts person) => Add("P301", stage.ToString(), FirstOf(stage),
        $"{stage.Chinese()}没有一条规则适用；请补写规则或放宽条件", person);

    public void Overlap(StageName stage, RuleHead head, RuleHead other, PersonFacts person) => Add(
        "P302", $"{stage} {head.Id} {other.Id}", head,
        $"{stage.Chinese()}的“{head.Id}”与“{other.Id}”同时适用而结果不同；请改条件使其不重叠，或在“{head.Id}”写 over: [{other.Id}]", person);

    public void PartsDoNotAddUp(Verdict verdict, Money parts, PersonFacts person) => Add("P303", Deciding(verdict).Id, Deciding(verdict),
        $"个人应缴与各方承担之和为 {parts} 元，不等于个人缴费标准 {verdict.PersonalStandard} 元；请核对规则“{Deciding(verdict).Id}”的金额", person);

    public void NegativeAmount(Verdict verdict, PersonFacts person) => Add("P304", Deciding(verdict).Id, Deciding(verdict),
        $"出现负数：个人应缴 {verdict.PersonalDue} 元，承担方 {AnswerText.Funding(verdict)}；请核对规则“{Deciding(verdict).Id}”的金额", person);

    public void CategoryCostsMore(Verdict without, Verdict with, PersonFacts person, int category) => Add(
        "P305", Deciding(with).Id, Deciding(with),
        $"增加人员类别“{plan.Pack.Catalogue.Categories[category].Chinese}”后，应缴由 {without.PersonalDue} 元变为 {with.PersonalDue} 元，反而多缴；"
        + $"请核对规则“{Deciding(with).Id}”", person);

    public void Unreachable(StageName stage, RuleHead head) => Add("P306", $"{stage} {head.Id}", head,
        $"{stage.Chinese()}的规则“{head.Id}”对任何人、任何一天都用不到；请删去，或改条件、改次序", null);

    public void NoCover(Verdict verdict, PersonFacts person) => Add("P307", CoverOf(verdict).Id, CoverOf(verdict),
        $"规则“{CoverOf(verdict).Id}”没有写等待期，却得不出待遇享受期；请核对 from", person);

    public void CoverBeforeBirth(Verdict verdict, PersonFacts person) => Add("P308", CoverOf(verdict).Id, CoverOf(verdict),
        $"按规则“{CoverOf(verdict).Id}”，待遇在出生之前开始；请为当年出生的人另写规则", person);

    public void OpenAfterYear(RuleHead head, DateRange days) => Add("P309", head.Id, head,
        $"缴费期“{head.Id}”（{days}）到保险年度 {plan.Pack.Year} 结束之后仍可缴费；请把截止日改到 {plan.Pack.Year.LastDay:yyyy-MM-dd} 以前", null);

    public void RefundBeforePayment(Verdict verdict, PersonFacts person)
    {
        var rule = plan.Rule(StageName.Refunds, verdict.RuleOf(StageName.Refunds));
        Add("P310", rule.Id, rule, $"规则“{rule.Id}”的退费截止日 {verdict.RefundableUntil:yyyy-MM-dd} 早于缴费日；请核对 until 或 during", person);
    }

    RuleHead FirstOf(StageName stage) => plan.Rule(stage, 0);

    RuleHead Deciding(Verdict verdict)
    {
        var stage = verdict.RuleOf(StageName.Assistance) >= 0 ? StageName.Assistance : StageName.PersonalStandard;
        return plan.Rule(stage, verdict.RuleOf(stage));
    }

    RuleHead CoverOf(Verdict verdict) => plan.Rule(StageName.Cover, verdict.RuleOf(StageName.Cover));

    void Add(string code, string subject, RuleHead at, string text, PersonFacts? witness)
    {
        if (found.ContainsKey((code, subject)))
            return;
        var example = witness is { } person ? $"。例：{FactsText.Chinese(person, plan.Pack.Catalogue)}" : "";
        found.Add((code, subject), new ProofFailure(new Finding(code, plan.Pack.File, at.At, text + example), witness));
    }
}
