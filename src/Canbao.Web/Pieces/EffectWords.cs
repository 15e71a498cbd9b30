using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Work.Changes;
using Canbao.Vocabulary;

namespace Canbao.Web.Pieces;

/// <summary>How an office says what a change does to one person.</summary>
public static class EffectWords
{
    /// <summary>What is owed before and after, and who bears the rest where that changes.</summary>
    public static IEnumerable<string> Due(PersonEffect one)
    {
        if (DueEffect.AreSame(one.Before, one.After))
            yield return $"不变（{Owed(one.After)}）";
        else
            yield return $"{Owed(one.Before)} → {Owed(one.After)}";
        if (one.IsEnrolled.Before != one.IsEnrolled.After)
            yield return one.IsEnrolled.After ? "登记参保" : "注销参保登记";
    }

    /// <summary>What becomes of money that was paid.</summary>
    public static string Payment(PaymentEffect? paid)
    {
        if (paid is null)
            return "—";
        var words = $"已缴 {paid.Amount} 元，";
        if (paid.Lacking > Money.Zero)
            return $"{words}缴费当日应缴 {paid.OwedAfter} 元，少缴 {paid.Lacking} 元";
        if (paid.Reason.Length == 0)
            return $"{words}不变";
        if (paid.Answer.Basis is not { } basis)
            return $"{words}不退：{paid.Answer.Refusal}";
        var why = basis.Basis == Refunds.ByRule ? $"{basis.Rule}（{basis.Clause}）" : "文件没有规定，由领导决定";
        return $"{words}{(paid.MayRequest ? "可申请退费" : "须由经办机构申请退费，或已经申请")}：{Refunds.Reason(paid.Reason)}；{why}";
    }

    /// <summary>What becomes of a span of cover.</summary>
    public static string Cover(CoverEffect span) => span.Fate switch
    {
        CoverFate.Opens => $"开通 {span.From:yyyy-MM-dd} 至 {span.Until:yyyy-MM-dd}",
        CoverFate.Shortened => $"{span.From:yyyy-MM-dd} 起的待遇提前到 {span.Until:yyyy-MM-dd} 结束（原至 {span.Before:yyyy-MM-dd}）",
        _ => $"收回 {span.From:yyyy-MM-dd} 至 {span.Until:yyyy-MM-dd}",
    };

    static string Owed(DueEffect? due) => due is null ? "未核定"
        : due.Personal is { } amount ? $"应缴 {amount} 元" : DueText.Outcome(due.Outcome);
}
