namespace Canbao.Policy;

/// <summary>What a policy answers. Where several apply, the smallest value after <see cref="Due"/> is given.</summary>
public enum Outcome : byte
{
    /// <summary>An amount is due (it may be 0.00).</summary>
    Due,

    /// <summary>Insured elsewhere for the same year.</summary>
    DuplicateCover,

    /// <summary>The scheme is not for this person.</summary>
    OutOfScope,

    /// <summary>Enrolment has to be registered first.</summary>
    NotRegistered,

    /// <summary>The day lies before a period, or on a day without payment.</summary>
    NotOpen,

    /// <summary>The time for paying is over.</summary>
    Closed,

    /// <summary>The rule for this case is not known yet; the office decides.</summary>
    PolicyPending,
}

/// <summary>The names of outcomes in files and for people.</summary>
public static class OutcomeNames
{
    static readonly string[] Codes =
        ["due", "duplicate_cover", "out_of_scope", "not_registered", "not_open", "closed", "policy_pending"];

    static readonly string[] ChineseNames =
        ["应缴", "重复参保，不能缴费", "不属于参保范围", "须先办理参保登记", "尚未开放缴费", "已停止缴费", "待主管部门确定"];

    /// <summary>The contract's code of an outcome.</summary>
    public static string Code(this Outcome outcome) => Codes[(int)outcome];

    /// <summary>How an office says it.</summary>
    public static string Chinese(this Outcome outcome) => ChineseNames[(int)outcome];

    /// <summary>Reads a contract code.</summary>
    public static bool TryParse(string text, out Outcome outcome)
    {
        var index = Array.IndexOf(Codes, text);
        outcome = index < 0 ? default : (Outcome)index;
        return index >= 0;
    }
}
