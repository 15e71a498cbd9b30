using Canbao.Core.Access;

namespace Canbao.Core.Exchange;

/// <summary>A kind of message, and which offices send or get it. What is not in this table neither comes in nor leaves.</summary>
/// <param name="Code">As it is stored and told.</param>
/// <param name="Chinese">What it is.</param>
/// <param name="Direction"><see cref="Messages.In"/> or <see cref="Messages.Out"/>.</param>
/// <param name="Offices">The codes of roles and departments at the other end.</param>
public sealed record ExchangeKind(string Code, string Chinese, string Direction, params IReadOnlyList<string> Offices)
{
    /// <summary>Registrations, identity flags and dues (<c>lishi 五(六)</c>, <c>lishi 六(十三)</c>, <c>lingyuan 四(六)-lists</c>).</summary>
    public static readonly ExchangeKind Registrations = new("registrations", "参保登记、身份标识和应缴", Messages.Out, "tax");

    /// <summary>Who has paid and who has not, every Friday (<c>lishi 七(二)-friday</c>, <c>lishi 六(二)</c>).</summary>
    public static readonly ExchangeKind Friday =
        new("friday", "已缴未缴名单", Messages.Out, "civil_affairs", "rural_revitalisation", "bureau", "street");

    /// <summary>A claim of what funders owe (<c>lingyuan 六(二)</c>).</summary>
    public static readonly ExchangeKind FundRequest = new("fund_request", "资金申请", Messages.Out, "finance");

    /// <summary>What was paid (<c>baogou 三(四)</c>, <c>lingyuan 六(二)</c>).</summary>
    public static readonly ExchangeKind Payments = new("payments", "缴费结果", Messages.In, "tax");

    /// <summary>Who holds a category.</summary>
    public static readonly ExchangeKind Roster = new("roster", "全量名单", Messages.In, ListOwners);

    /// <summary>Who comes on a list or leaves it.</summary>
    public static readonly ExchangeKind RosterAdjustment = new("roster_adjustment", "名单动态调整", Messages.In, ListOwners);

    /// <summary>All of them; those that are compared with the register have the codes of its comparisons.</summary>
    public static IReadOnlyList<ExchangeKind> All { get; } =
    [
        Registrations, Friday, FundRequest, Payments, Roster, RosterAdjustment,
        new("deaths", "死亡信息", Messages.In, "health", "civil_affairs"),
        new("police", "公安户籍", Messages.In, "police"),
        new("inmates", "被监管人员", Messages.In, "police"),
        new("schools", "学籍", Messages.In, "education"),
        new("employee", "职工医保", Messages.In, "human_resources"),
        new("elsewhere", "外地参保", Messages.In, "bureau"),
    ];

    static IReadOnlyList<string> ListOwners =>
        [.. Departments.All.Select(department => department.Code).Where(code => code is not ("community" or "school"))];

    /// <summary>The kind of a code and direction; null where there is none.</summary>
    public static ExchangeKind? Find(string code, string direction) =>
        All.FirstOrDefault(kind => kind.Code == code && kind.Direction == direction);

    /// <summary>How an office says a kind; the code itself where there is none.</summary>
    public static string Name(string code) => All.FirstOrDefault(kind => kind.Code == code)?.Chinese ?? code;

    /// <summary>Whether there is anything to exchange with an office.</summary>
    public static bool IsOffice(string office) => All.Any(kind => kind.Offices.Contains(office));
}
