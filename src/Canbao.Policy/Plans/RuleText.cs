
namespace Canbao.Policy.Plans;

/// <summary>Names stages and rules for people.</summary>
public static class RuleText
{
    /// <summary>The name of a list of rules, with its key in the pack.</summary>
    public static string Chinese(this StageName stage) => stage switch
    {
        StageName.Scope => "参保范围（scope）",
        StageName.Registration => "参保登记（registration）",
        StageName.Periods => "缴费期（periods）",
        StageName.PersonalStandard => "个人缴费标准（personal_standard）",
        StageName.Payment => "缴费方式（payment）",
        StageName.Assistance => "资助参保（assistance）",
        StageName.Cover => "待遇享受期（cover）",
        _ => "退费（refunds）",
    };

    /// <summary>What the last rule says that led to a verdict other than due.</summary>
    internal static string? Deciding(Plan plan, Verdict verdict)
    {
        if (verdict.Outcome == Outcome.Due)
            return null;
        foreach (var stage in Enum.GetValues<StageName>().Reverse())
            if (verdict.RuleOf(stage) is >= 0 and var rule)
                return plan.Rule(stage, rule).Says;
        return null;
    }
}
