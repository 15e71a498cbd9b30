using Canbao.Policy;

namespace Canbao.Core.Assessment.Dues;

/// <summary>How an office says what was answered.</summary>
public static class DueText
{
    /// <summary>An outcome of a pack, or one of <see cref="OtherOutcomes"/>.</summary>
    public static string Outcome(string code) => code switch
    {
        OtherOutcomes.Dead => "年度前已死亡",
        OtherOutcomes.Merged => "已并入他人记录",
        OtherOutcomes.Contradictory => "登记信息自相矛盾，须更正",
        OtherOutcomes.Incomplete => "缺少必要信息，须补登",
        OtherOutcomes.NotBorn => "缴费日尚未出生",
        OtherOutcomes.NoPolicy => "没有适用的政策包",
        _ => OutcomeNames.TryParse(code, out var outcome) ? outcome.Chinese() : code,
    };
}
