using Canbao.Vocabulary;

namespace Canbao.Core.Reporting;

/// <summary>How far somebody is with an insurance year. Nobody is in two parts.</summary>
public enum TallyPart
{
    /// <summary>未登记: should be enrolled and is not.</summary>
    LeftOut = 1,

    /// <summary>已缴费: enrolled and paid.</summary>
    Paid = 3,

    /// <summary>个人不缴: enrolled, and others bear everything.</summary>
    Free = 4,

    /// <summary>待缴费: enrolled and owes an amount, as assessed last.</summary>
    Owing = 5,

    /// <summary>暂不能缴: enrolled and not assessed yet, not open, or to be decided.</summary>
    Unclear = 6,

    /// <summary>不属应参保: not enrolled, in employee insurance or insured elsewhere.</summary>
    Outside = 7,
}

/// <summary>The kind of person that is counted together.</summary>
/// <param name="Part">How far.</param>
public readonly record struct TallyProfile(TallyPart Part)
{
    /// <summary>Where at home.</summary>
    public Residence Residence { get; init; }

    /// <summary>How somebody works.</summary>
    public Employment Employment { get; init; }

    /// <summary>Insurance elsewhere.</summary>
    public OtherCover OtherCover { get; init; }

    /// <summary>The kind of school.</summary>
    public Student Student { get; init; }

    /// <summary>Whether others bear a part of the personal standard or all of it.</summary>
    public bool IsAided { get; init; }

    /// <summary>Whether newly enrolled for the year: neither renewed nor taken over.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether cover stands for somebody in the year, whenever it begins or ended.</summary>
    public bool IsCovered { get; init; }

    /// <summary>Paid, or paid for: what forms count as insured.</summary>
    public bool IsSettled => Part is TallyPart.Paid or TallyPart.Free;

    /// <summary>Enrolled, settled or not.</summary>
    public bool IsEnrolled => Part is not (TallyPart.LeftOut or TallyPart.Outside);

    /// <summary>Counted among those who should be insured as residents.</summary>
    public bool IsExpected => Part != TallyPart.Outside;

    /// <summary>As it is stored; <see cref="Sql"/> makes the same.</summary>
    public int Code => (int)Residence | (int)Employment << 2 | (int)OtherCover << 4 | (int)Student << 6 | (IsAided ? 1 << 9 : 0)
        | (IsNew ? 1 << 10 : 0) | (int)Part << 11 | (IsCovered ? 1 << 14 : 0);

    /// <summary>The same from columns of a query.</summary>
    internal const string Sql =
        "q.residence + 4 * q.employment + 16 * q.other_cover + 64 * q.student + 512 * q.aided + 1024 * q.is_new + 2048 * q.part "
        + "+ 16384 * q.covered";

    /// <summary>The part of a row <c>t</c> that holds a profile.</summary>
    internal const string PartSql = "(t.profile / 2048 % 8)";

    /// <summary>Reads what is stored.</summary>
    public static TallyProfile Of(int code) => new((TallyPart)(code >> 11 & 7))
    {
        Residence = (Residence)(code & 3),
        Employment = (Employment)(code >> 2 & 3),
        OtherCover = (OtherCover)(code >> 4 & 3),
        Student = (Student)(code >> 6 & 7),
        IsAided = (code >> 9 & 1) == 1,
        IsNew = (code >> 10 & 1) == 1,
        IsCovered = (code >> 14 & 1) == 1,
    };
}
