using Canbao.Core.Registry;
using Canbao.Core.Registry.Comparison;

namespace Canbao.Core.Work.Quality;

/// <summary>What is wrong with somebody's records (<c>lishi 七(五)</c>).</summary>
public enum QualityIssue
{
    /// <summary>No identity number.</summary>
    NoNumber,

    /// <summary>Nobody of the household can be reached by phone.</summary>
    NoPhone,

    /// <summary>The household has no living head.</summary>
    NoHead,

    /// <summary>
    /// Facts contradict each other: enrolled and dead, in employee insurance or insured elsewhere; employee insurance that ended.
    /// </summary>
    Contradictory,

    /// <summary>Enrolled and never assessed, so that tax knows no amount.</summary>
    Unassessed,

    /// <summary>Another record has the same name and day of birth.</summary>
    DoubleRecord,

    /// <summary>Tax has the payment, the insurance register no enrolment.</summary>
    PaidNotEnrolled,

    /// <summary>The payment counts for another unit than the enrolment.</summary>
    OtherUnit,
}

/// <summary>Words and conditions of issues.</summary>
public static class QualityIssues
{
    static readonly (QualityIssue Issue, string Code, string Chinese, string What)[] Words =
    [
        (QualityIssue.NoNumber, "no_number", "无证件号码", "没有证件号码的登记"),
        (QualityIssue.NoPhone, "no_phone", "无联系电话", "本人和同户的人都没有电话"),
        (QualityIssue.NoHead, "no_head", "户中无户主", "所在户没有在世的户主"),
        (QualityIssue.Contradictory, "contradictory", "信息矛盾", "已参保而登记为死亡、职工医保或在外地参保；职工医保已停仍登记为职工"),
        (QualityIssue.Unassessed, "unassessed", "参保未核定", "已参保而没有核定应缴，税务无从收款"),
        (QualityIssue.DoubleRecord, "double", "疑似重复登记", "另一条登记同名、同日出生"),
        (QualityIssue.PaidNotEnrolled, "paid_not_enrolled", "缴费未参保", "税务有缴费，医保没有参保登记"),
        (QualityIssue.OtherUnit, "other_unit", "单位不一致", "缴费所记的单位与参保登记的单位不同"),
    ];

    /// <summary>All of them, in the order in which they are told.</summary>
    public static IReadOnlyList<QualityIssue> All { get; } = [.. Words.Select(word => word.Issue)];

    /// <summary>As files name it.</summary>
    public static string Code(this QualityIssue issue) => Words[(int)issue].Code;

    /// <summary>How an office says it.</summary>
    public static string Chinese(this QualityIssue issue) => Words[(int)issue].Chinese;

    /// <summary>What exactly is meant.</summary>
    public static string What(this QualityIssue issue) => Words[(int)issue].What;

    /// <summary>The condition on a person <c>p</c>, status <c>s</c>, enrolment <c>e</c>, payment <c>y</c>, due <c>d</c>.</summary>
    internal static string Condition(this QualityIssue issue) => issue switch
    {
        QualityIssue.NoNumber => "p.died_on is null and p.number_hash is null",
        QualityIssue.NoPhone => """
            p.died_on is null and s.phone_sealed is null and not exists (select 1 from person_status h where h.area = @area
                and h.household_id = s.household_id and h.until_day is null and h.phone_sealed is not null)
            """,
        QualityIssue.NoHead => $"""
            p.died_on is null and s.household_id is not null and not exists (select 1 from person_status h
                join person o on o.area = @area and o.person_id = h.person_id and o.died_on is null and o.merged_into is null
                where h.area = @area and h.household_id = s.household_id and h.until_day is null and h.relation = {(int)Relation.Head})
            """,
        QualityIssue.Contradictory => $"""
            ({RegisterComparison.Condition(RegisterDifference.DuplicateCover)}
                or {RegisterComparison.Condition(RegisterDifference.Dead)}
                or p.died_on is null and s.employment = 1 and s.employee_cover_ended < @today)
            """,
        QualityIssue.Unassessed => "p.died_on is null and e.person_id is not null and d.person_id is null",
        QualityIssue.DoubleRecord => RegisterComparison.Condition(RegisterDifference.DoubleRecord),
        QualityIssue.PaidNotEnrolled => "y.person_id is not null and e.person_id is null",
        _ => "y.person_id is not null and e.person_id is not null and y.unit <> e.unit",
    };
}
