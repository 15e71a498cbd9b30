namespace Canbao.Core.Calendar;

/// <summary>A hand-over for which a notice sets a time.</summary>
/// <param name="Code">As it is stored.</param>
/// <param name="Chinese">What has to be handed on, and to whom.</param>
/// <param name="Days">The time, in working days after the day of the event unless it is told in days of the calendar.</param>
public sealed record ClockKind(string Code, string Chinese, int Days)
{
    /// <summary>A department hands a change of its list to finance and the bureau (<c>lishi 七(二)-5days</c>).</summary>
    public static readonly ClockKind RosterChange = new("roster_change", "名单变动移交财政、医保", 5);

    /// <summary>
    /// The bureau passes flags and dues of newly listed people who are not enrolled yet to tax (<c>lishi 七(二)-5days</c>).
    /// </summary>
    public static readonly ClockKind FlagsToTax = new("flags_to_tax", "新增未参保人员标识和应缴额传税务", 5);

    /// <summary>The street reports a community's registration tables to the centre (<c>lingyuan 四(二)</c>).</summary>
    public static readonly ClockKind RegistrationReport = new("registration_report", "登记、变更表上报医保中心", 5);

    /// <summary>The centre enters what the street reported and passes it to tax (<c>lingyuan 四(二)</c>).</summary>
    public static readonly ClockKind RegistrationEntry = new("registration_entry", "登记、变更信息录入并传税务", 5);

    /// <summary>
    /// Declared and found right, so that the money goes to the tax account (<c>laishan 四(四)-village</c>). The notice names no days: three.
    /// </summary>
    public static readonly ClockKind BatchDeposit = new("batch_deposit", "核对无误的保费存入税务账户", 3);

    /// <summary>Parents pay within three days of their school's notice (<c>laishan 四(四)-schools</c>); days, not working days.</summary>
    public static readonly ClockKind SchoolNotice = new("school_notice", "家长接到学校通知后缴费", 3) { InCalendarDays = true };

    /// <summary>Paid and unpaid lists go out every Friday (<c>lishi 七(二)-friday</c>): their time begins on the Thursday.</summary>
    public static readonly ClockKind FridayLists = new("friday_lists", "已缴未缴名单送民政、乡村振兴、医保、乡镇", 1) { InCalendarDays = true };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ClockKind> All { get; } =
        [RosterChange, FlagsToTax, RegistrationReport, RegistrationEntry, BatchDeposit, SchoolNotice, FridayLists];

    /// <summary>Whether its time is told in days of the calendar.</summary>
    public bool InCalendarDays { get; init; }

    /// <summary>What its time is told in.</summary>
    public string Unit => InCalendarDays ? "天" : "个工作日";

    /// <summary>The kind of a stored code.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ClockKind Of(string code) =>
        All.FirstOrDefault(kind => kind.Code == code) ?? throw new ArgumentException($"No such clock: {code}.", nameof(code));
}
