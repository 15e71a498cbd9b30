namespace Canbao.Core.Calendar;

/// <summary>A hand-over for which a notice sets a time.</summary>
/// <param name="Code">As it is stored.</param>
/// <param name="Chinese">What has to be handed on, and to whom.</param>
/// <param name="WorkingDays">The time, in working days after the day of the event.</param>
public sealed record ClockKind(string Code, string Chinese, int WorkingDays)
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

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ClockKind> All { get; } = [RosterChange, FlagsToTax, RegistrationReport, RegistrationEntry];

    /// <summary>The kind of a stored code.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ClockKind Of(string code) =>
        All.FirstOrDefault(kind => kind.Code == code) ?? throw new ArgumentException($"No such clock: {code}.", nameof(code));
}
