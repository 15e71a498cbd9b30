using Canbao.Vocabulary;

namespace Canbao.Policy.Packs;

/// <summary>A rule as a policy officer reads it beside the notice.</summary>
/// <param name="List">The name of its list.</param>
/// <param name="Head">What all rules have.</param>
/// <param name="Who">Its conditions in words; empty for everybody.</param>
/// <param name="Result">What it decides, in words.</param>
public sealed record RuleInWords(string List, RuleHead Head, string Who, string Result);

/// <summary>Puts a pack's rules into Chinese words.</summary>
public static class RuleWords
{
    /// <summary>Every rule of a pack, list by list in the order in which they decide.</summary>
    public static IEnumerable<RuleInWords> Of(Pack pack)
    {
        foreach (var rule in pack.Scope)
            yield return Words("参保范围", rule, rule.Result is { } refused ? refused.Chinese() : "可以参保");
        foreach (var rule in pack.Registration)
            yield return Words("参保登记", rule, rule.Result.Chinese());
        foreach (var rule in pack.Periods)
            yield return Words("缴费期", rule, Period(rule.Result));
        foreach (var rule in pack.PersonalStandard)
            yield return Words("个人缴费标准", rule, rule.Result.Standard is { } standard ? $"{standard.Amount} 元" : "须先补齐信息");
        foreach (var rule in pack.Payment)
            yield return Words("缴费方式", rule, Payment(pack, rule.Result));
        foreach (var rule in pack.Assistance)
            yield return Words("资助参保", rule, Assistance(pack, rule.Result));
        foreach (var rule in pack.Cover)
            yield return Words("待遇享受期", rule, Cover(pack, rule.Result));
        foreach (var rule in pack.Refunds)
            yield return Words("退费", rule, $"{ChineseDates.Day(rule.Result)}前（含当日）可以申请退费");
        if (pack.NewlyExempt is { } exempt)
            yield return new("退费", exempt.Source, $"{exempt.Listed} 生效的减免名单", "已缴费的办理退费");

        RuleInWords Words<TResult>(string list, Rule<TResult> rule, string result) => new(list, rule.Head, Who(pack, rule.Head), result);
    }

    /// <summary>When cover begins, in words.</summary>
    public static string Cover(Pack pack, CoverResult cover)
    {
        var from = cover.From switch
        {
            CoverStart.YearStart => ChineseDates.Day(pack.Year.FirstDay),
            CoverStart.PaymentDay => cover.WaitingDays is { } wait ? $"缴费满{wait}日后" : "缴费之日",
            CoverStart.Birth => "出生之日",
            _ => "参保登记之日（未登记的为入学之日）",
        };
        return $"自{from}起享受待遇，至{ChineseDates.Day(pack.Year.LastDay)}{(cover.NotBeforeYear ? "（不早于保险年度首日）" : "")}";
    }

    static string Who(Pack pack, RuleHead head)
    {
        var conditions = head.When.Select(question => question.Chinese(pack.Catalogue));
        var during = head.During.IsEmpty
            ? []
            : new[] { $"在{string.Join('、', head.During.Select(id => pack.Periods.First(period => period.Head.Id == id).Head.Says))}" };
        return string.Join('，', during.Concat(conditions));
    }

    static string Period(PeriodResult period) =>
        $"{ChineseDates.Range(period.Days)}：{(period.Answer == Outcome.Due ? "可以缴费" : period.Answer.Chinese())}";

    static string Payment(Pack pack, PaymentResult payment)
    {
        if (payment.IsPending)
            return Outcome.PolicyPending.Chinese();
        var pays = payment.ResidentPaysSubsidy ? $"本人缴个人缴费部分和财政补助部分 {pack.Subsidy} 元" : "本人缴个人缴费部分";
        return payment.AssistanceApplies ? pays : $"{pays}，不享受资助";
    }

    static string Assistance(Pack pack, AssistanceResult ground)
    {
        if (ground.Resident is not { } resident)
            return Outcome.PolicyPending.Chinese();
        var part = resident.Kind switch
        {
            ResidentPartKind.FixedPay when resident.Amount == Money.Zero => "本人不缴，全额资助",
            ResidentPartKind.FixedPay => $"本人缴 {resident.Amount} 元，其余资助",
            ResidentPartKind.Share => $"本人缴 {resident.Percent}%，其余资助",
            _ => $"资助 {resident.Amount} 元，其余本人缴",
        };
        var funders = ground.Funders.Select(funder =>
            pack.Payers[funder.Payer].Chinese + (ground.Funders.Length > 1 ? $" {funder.Percent}%" : ""));
        return $"{part}（{string.Join('、', funders)}承担）";
    }
}
