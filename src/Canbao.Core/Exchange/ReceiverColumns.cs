namespace Canbao.Core.Exchange;

/// <summary>A column of a file that leaves.</summary>
public enum SentColumn
{
    /// <summary>The name of the unit.</summary>
    Unit,

    /// <summary>The person's name.</summary>
    Name,

    /// <summary>The identity number in full.</summary>
    Number,

    /// <summary>The identity number as screens show it.</summary>
    MaskedNumber,

    /// <summary>The insurance year.</summary>
    Year,

    /// <summary>Day of registration.</summary>
    RegisteredOn,

    /// <summary>Registered, cancelled or not.</summary>
    Registration,

    /// <summary>The categories that the person holds; a department gets those of its own lists.</summary>
    Categories,

    /// <summary>Paid, free of payment, owing or not registered.</summary>
    Standing,

    /// <summary>What the resident owes, yuan.</summary>
    Due,

    /// <summary>Day of payment.</summary>
    PaidOn,

    /// <summary>What was paid, yuan.</summary>
    Paid,

    /// <summary>Who bears it.</summary>
    Payer,

    /// <summary>For what.</summary>
    Ground,

    /// <summary>The share, yuan.</summary>
    Share,

    /// <summary>The day of the share.</summary>
    SharedOn,
}

/// <summary>
/// Which columns a receiver gets: one fixed table. An office that knows people by their numbers gets them in full, since it could not tell
/// them apart otherwise; for the others a mask does.
/// </summary>
public static class ReceiverColumns
{
    static readonly SentColumn[] OwnList =
        [SentColumn.Unit, SentColumn.Name, SentColumn.Number, SentColumn.Categories, SentColumn.Standing, SentColumn.PaidOn];

    static readonly Dictionary<(string Kind, string Office), SentColumn[]> Table = new()
    {
        [("registrations", "tax")] =
        [
            SentColumn.Number, SentColumn.Name, SentColumn.Unit, SentColumn.Year, SentColumn.Registration, SentColumn.RegisteredOn,
            SentColumn.Categories, SentColumn.Standing, SentColumn.Due,
        ],
        [("friday", "civil_affairs")] = OwnList,
        [("friday", "rural_revitalisation")] = OwnList,
        [("friday", "bureau")] =
        [
            SentColumn.Unit, SentColumn.Name, SentColumn.Number, SentColumn.Categories, SentColumn.Standing, SentColumn.Due,
            SentColumn.PaidOn, SentColumn.Paid,
        ],
        [("friday", "street")] =
            [SentColumn.Unit, SentColumn.Name, SentColumn.MaskedNumber, SentColumn.Standing, SentColumn.Due, SentColumn.PaidOn],
        [("fund_request", "finance")] =
        [
            SentColumn.Payer, SentColumn.Ground, SentColumn.Unit, SentColumn.Name, SentColumn.MaskedNumber, SentColumn.Share,
            SentColumn.SharedOn,
        ],
    };

    /// <summary>The columns of a kind for an office, in their order; empty where it gets nothing.</summary>
    public static IReadOnlyList<SentColumn> Of(string kind, string office) => Table.GetValueOrDefault((kind, office), []);

    /// <summary>The name of a column.</summary>
    public static string Chinese(this SentColumn column) => column switch
    {
        SentColumn.Unit => "单位",
        SentColumn.Name => "姓名",
        SentColumn.Number or SentColumn.MaskedNumber => "证件号码",
        SentColumn.Year => "年度",
        SentColumn.RegisteredOn => "登记日期",
        SentColumn.Registration => "登记情况",
        SentColumn.Categories => "人员类别",
        SentColumn.Standing => "缴费情况",
        SentColumn.Due => "应缴金额",
        SentColumn.PaidOn => "缴费日期",
        SentColumn.Paid => "缴费金额",
        SentColumn.Payer => "承担方",
        SentColumn.Ground => "资助对象",
        SentColumn.Share => "金额",
        _ => "日期",
    };
}
