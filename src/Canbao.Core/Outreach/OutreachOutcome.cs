namespace Canbao.Core.Outreach;

/// <summary>By what a case is closed.</summary>
/// <param name="Code">As it is stored.</param>
/// <param name="Chinese">How an office says it.</param>
public sealed record OutreachOutcome(string Code, string Chinese)
{
    /// <summary>Paid, or enrolled while others bear everything: comes by itself.</summary>
    public const string Paid = "paid";

    /// <summary>The register says that the person need not be insured here any more: comes by itself.</summary>
    public const string NotDue = "not_due";

    /// <summary>Whether it takes the person out of the target.</summary>
    public bool Excludes { get; init; }

    /// <summary>Whether it needs a proof.</summary>
    public bool NeedsProof { get; init; }

    /// <summary>Whether it is a fact that the register should know.</summary>
    public bool IsOfTheRegister { get; init; }

    /// <summary>Whether it comes by itself, and goes by itself.</summary>
    public bool IsByItself { get; init; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OutreachOutcome> All { get; } =
    [
        new(Paid, "已缴费或全额资助") { IsByItself = true },
        new(NotDue, "登记显示不再应参保") { IsByItself = true },
        new("elsewhere", "已在外地参保") { Excludes = true, NeedsProof = true, IsOfTheRegister = true },
        new("employee", "已参加职工医保") { Excludes = true, NeedsProof = true, IsOfTheRegister = true },
        new("moved", "迁出") { Excludes = true, IsOfTheRegister = true },
        new("died", "死亡") { Excludes = true, IsOfTheRegister = true },
        new("soldier", "参军") { Excludes = true, IsOfTheRegister = true },
        new("custody", "被监管") { Excludes = true, IsOfTheRegister = true },
        new("refuses", "拒绝参保"),
        new("not_found", "联系不上"),
    ];

    /// <summary>The outcomes that somebody gives.</summary>
    public static IEnumerable<OutreachOutcome> Given => All.Where(outcome => !outcome.IsByItself);

    /// <summary>The codes of those that take a person out of the target.</summary>
    public static IEnumerable<string> Excluding => All.Where(outcome => outcome.Excludes).Select(outcome => outcome.Code);

    /// <summary>The outcome of a code; null where there is none.</summary>
    public static OutreachOutcome? Find(string? code) => All.FirstOrDefault(outcome => outcome.Code == code);
}

/// <summary>The words of the ledger.</summary>
public static class OutreachWords
{
    /// <summary>How people are contacted.</summary>
    public static IReadOnlyList<(string Code, string Chinese)> Ways { get; } = [("visit", "上门"), ("call", "电话"), ("message", "短信")];

    /// <summary>What comes of a contact.</summary>
    public static IReadOnlyList<(string Code, string Chinese)> Results { get; } =
    [
        ("promised", "答应参保缴费"), ("told", "已告知政策"), ("considering", "还在考虑"), ("unwilling", "不愿参保"), ("absent", "没有找到本人"),
        ("other", "其他"),
    ];

    /// <summary>What proves that somebody is insured otherwise.</summary>
    public static IReadOnlyList<(string Code, string Chinese)> Proofs { get; } =
    [
        ("certificate", "参保凭证或证明"), ("screen", "医保电子凭证截图"), ("receipt", "缴费票据"), ("pay_slip", "工资单或劳动合同"),
        ("office", "经电话或系统向经办机构核实"), ("other", "其他材料"),
    ];

    /// <summary>The word of a code; the code itself where it is not known.</summary>
    public static string Of(IEnumerable<(string Code, string Chinese)> words, string code) =>
        words.FirstOrDefault(word => word.Code == code).Chinese ?? code;

    /// <summary>A ground.</summary>
    public static string Ground(OutreachGround ground) => ground == OutreachGround.Unregistered ? "未登记" : "已登记未缴费";
}
