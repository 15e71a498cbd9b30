using Canbao.Core.Files;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>A row of what was before this system: an enrolment, and what was paid for it.</summary>
sealed record HistoryDraft
{
    public required CitizenNumber Number { get; init; }

    public required string Name { get; init; }

    public required InsuranceYear Year { get; init; }

    public required DateOnly RegisteredOn { get; init; }

    public required int Tier { get; init; }

    /// <summary>The day from which it was paid for, by the person or by others; null where it was not.</summary>
    public required DateOnly? PaidOn { get; init; }

    /// <summary>What the person paid.</summary>
    public required Money Amount { get; init; }

    /// <summary>The channel in the file's own words.</summary>
    public required string Channel { get; init; }

    public required string Receipt { get; init; }

    /// <summary>First and last day of cover, as far as the file can tell; null where it was not paid for.</summary>
    public (DateOnly From, DateOnly Until)? Cover =>
        PaidOn is not { } day || day > Year.LastDay ? null : (day > Year.FirstDay ? day : Year.FirstDay, Year.LastDay);
}

/// <summary>The columns of a history file, and how a row is read and checked.</summary>
/// <param name="intake">The file.</param>
/// <param name="latest">The latest year that can be history.</param>
sealed class HistoryFile(Intake intake, InsuranceYear latest)
{
    public static readonly TableShape Shape = new(
        new("证件号码", ColumnKind.Digits, true, "身份证号", "身份证号码", "公民身份号码"),
        new("姓名", ColumnKind.Text, true),
        new("年度", ColumnKind.Digits, true, "参保年度", "保险年度"),
        new("登记日期", ColumnKind.Date, false, "参保登记日期"),
        new("档次", ColumnKind.Text, false, "缴费档次"),
        new("缴费日期", ColumnKind.Date, false),
        new("缴费金额", ColumnKind.Digits, false, "金额"),
        new("渠道", ColumnKind.Text, false, "缴费渠道"),
        new("票据号", ColumnKind.Digits, false, "票号", "收据号"));

    const int Number = 0, Name = 1, Year = 2, Registered = 3, Tier = 4, Paid = 5, Amount = 6, Channel = 7, Receipt = 8;

    /// <summary>Reads the row that the intake stands on; null where something is wrong, which the row tells.</summary>
    public HistoryDraft? Read()
    {
        var row = intake.Row;
        if (!row.IsGood)
            return null;
        if (!CitizenNumber.TryParse(row.Text(Number), out var number, out var wrong))
            row.Refuse(Number, "R201", wrong.Text);
        if (!PersonName.TryParse(row.Text(Name), out var name, out var unnamed))
            row.Refuse(Name, "R205", unnamed.Text);
        if (!InsuranceYear.TryParse(row.Text(Year), out var year) || year > latest)
            row.Refuse(Year, "R211", $"年度应为四位数字，且不晚于{latest}；请核对");
        var (tier, amount, paid) = (ReadTier(row), ReadAmount(row), row.Date(Paid));
        if (paid is null && amount > Money.Zero)
            row.Refuse(Paid, "R212", "有缴费金额而没有缴费日期；请补填");
        return row.IsGood
            ? new()
            {
                Number = number!,
                Name = name!.Text,
                Year = year,
                RegisteredOn = row.Date(Registered) ?? paid ?? year.FirstDay,
                Tier = tier,
                PaidOn = paid,
                Amount = amount,
                Channel = row.Text(Channel),
                Receipt = row.Text(Receipt),
            }
            : null;
    }

    static int ReadTier(IntakeRow row)
    {
        switch (row.Text(Tier))
        {
            case "" or "0":
                return 0;
            case "1" or "一档":
                return 1;
            case "2" or "二档":
                return 2;
            default:
                row.Refuse(Tier, "R204", "不认识这个写法；可写：一档、二档，不分档的留空");
                return 0;
        }
    }

    static Money ReadAmount(IntakeRow row)
    {
        var text = row.Text(Amount);
        if (text.Length == 0)
            return Money.Zero;
        // Offices write 320 as well as 320.00; more than two decimals are no amount.
        if (Money.TryParseYuan(text.Contains('.', StringComparison.Ordinal) ? text : text + ".00", out var amount) && amount >= Money.Zero)
            return amount;
        row.Refuse(Amount, "R212", "缴费金额应为元，如 320.00，不能为负；请核对");
        return Money.Zero;
    }
}
