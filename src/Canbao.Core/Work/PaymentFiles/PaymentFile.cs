using Canbao.Core.Files;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.PaymentFiles;

/// <summary>The columns of a channel's file of payments, and how a line is read and checked.</summary>
/// <param name="intake">The file.</param>
sealed class PaymentFile(Intake intake)
{
    /// <summary>What is not sound in a line, so that it is not posted but comes back.</summary>
    public const string Unsound = "C116";

    /// <summary>The column that a refusal by the channel's number is told under, and that of the time of payment.</summary>
    public const int Reference = 0, Time = 5;

    const int Number = 1, Name = 2, Year = 3, Amount = 4, State = 6;

    // Number and name may be empty in a line: the money is there all the same, and waits until somebody finds out whose it is.
    static readonly TableShape Shape = new(
        new("流水号", ColumnKind.Digits, true, "交易流水号", "银行流水号", "支付流水号", "平台流水号", "交易单号", "商户订单号", "订单号",
            "交易订单号", "参考号"),
        new("证件号码", ColumnKind.Digits, false, "身份证号", "身份证号码", "公民身份号码", "参保人证件号码", "身份证件号码"),
        new("姓名", ColumnKind.Text, false, "参保人", "参保人姓名"),
        new("年度", ColumnKind.Digits, true, "参保年度", "保险年度", "缴费年度"),
        new("金额", ColumnKind.Text, true, "交易金额", "缴费金额", "支付金额", "订单金额", "入账金额", "金额(元)", "交易金额(元)", "发生额"),
        new("缴费时间", ColumnKind.Text, true, "交易时间", "支付时间", "交易日期", "缴费日期", "支付日期", "记账时间", "完成时间", "入账时间"),
        new("状态", ColumnKind.Text, false, "交易状态", "支付状态", "订单状态", "缴费状态"));

    /// <summary>Opens a file.</summary>
    /// <exception cref="TableFileException">It cannot be read. F211: columns are missing.</exception>
    public static Intake Open(TableFile file)
    {
        var intake = Intake.Open(file, Shape);
        if (intake.Header[Number] >= 0 && intake.Header[Name] >= 0)
            return intake;
        intake.Dispose();
        throw new TableFileException("F211", "文件的表头缺少列：证件号码、姓名；请补上，否则款项不知是为谁缴的");
    }

    /// <summary>Reads on, over lines of sums.</summary>
    public bool Next()
    {
        bool isThere = intake.Read();
        while (isThere && ChannelCells.IsTotal(intake.Row.Text(Reference)))
            isThere = intake.Read();
        return isThere;
    }

    /// <summary>The amount of the line, whatever else is wrong with it; nothing where it cannot be read.</summary>
    public Money Yuan() => ChannelCells.TryYuan(intake.Row.Text(Amount), out var amount) ? amount : Money.Zero;

    /// <summary>The line as a notice of money that has moved; null where something is wrong, which the row tells.</summary>
    public ChannelMessage? Read()
    {
        var row = intake.Row;
        if (!row.IsGood)
            return null;
        var reference = row.Text(Reference);
        if (reference.Length > ChannelCells.MostReference)
            row.Refuse(Reference, Unsound, $"流水号超过{ChannelCells.MostReference}个字符；请核对");
        if (!InsuranceYear.TryParse(row.Text(Year), out var year))
            row.Refuse(Year, Unsound, "年度应为四位数字，如 2022；请核对");
        if (!ChannelCells.TryYuan(row.Text(Amount), out var amount) || amount < Money.Zero)
            row.Refuse(Amount, Unsound, "不是以元为单位、大于零、最多两位小数的金额；撤销、退款请按撤销或退费办理");
        if (!ChannelCells.TryTime(row.Text(Time), out var time))
            row.Refuse(Time, Unsound, "不是时间；请写成 2021-11-05 09:30:00 的样子");
        if (!ChannelCells.Moved.Contains(row.Text(State)))
            row.Refuse(State, Unsound, "不是缴费成功的款项，没有入账；请核对状态，撤销、退款请按撤销或退费办理");
        return row.IsGood
            ? new(reference, year, amount, time) { Number = row.Text(Number), Name = row.Text(Name), HasMoved = true }
            : null;
    }
}
