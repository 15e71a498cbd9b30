using Canbao.Core.Collection;
using Canbao.Core.Files;
using Canbao.Core.Secrets;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Reconciliation;

/// <summary>The columns of a channel's statement, by the names that banks give them, and how a line is read and checked.</summary>
static class StatementFile
{
    public static readonly TableShape Shape = new(
        new("流水号", ColumnKind.Digits, true, "交易流水号", "银行流水号", "支付流水号", "平台流水号", "交易单号", "商户订单号", "订单号",
            "交易订单号", "参考号"),
        new("金额", ColumnKind.Text, true, "交易金额", "缴费金额", "支付金额", "订单金额", "入账金额", "金额(元)", "交易金额(元)", "发生额"),
        new("缴费时间", ColumnKind.Text, true, "交易时间", "支付时间", "交易日期", "缴费日期", "支付日期", "记账时间", "完成时间", "入账时间"),
        new("状态", ColumnKind.Text, false, "交易状态", "支付状态", "订单状态", "缴费状态"),
        new("类型", ColumnKind.Text, false, "交易类型", "业务类型"),
        new("姓名", ColumnKind.Text, false, "参保人", "参保人姓名", "缴费人", "缴费人姓名"),
        new("证件号码", ColumnKind.Digits, false, "身份证号", "身份证号码", "公民身份号码", "参保人证件号码", "身份证件号码"));

    const int Reference = 0, Amount = 1, Time = 2, State = 3, Type = 4, Name = 5, Number = 6, MostFaults = 5;

    /// <summary>Reads all lines of a day; each reference's first line counts.</summary>
    /// <exception cref="RefusedException">C152: rows are faulty. C153: a line is of another day.</exception>
    /// <exception cref="TableFileException">The file cannot be read.</exception>
    public static List<StatementLineRow> Read(TableFile file, StatementRow statement, Vault vault)
    {
        using var intake = Intake.Open(file, Shape);
        using var sealer = vault.For(statement.Salt);
        var (lines, faults) = (new List<StatementLineRow>(), new List<IntakeFault>());
        while (intake.Read() && faults.Count < MostFaults)
            if (ChannelCells.IsTotal(intake.Row.Text(Reference)))
                continue;
            else if (Line(intake.Row, statement, sealer) is { } line)
                lines.Add(line);
            else
                faults.AddRange(intake.Row.Faults);
        if (faults.Count > 0)
        {
            var told = faults.Select(fault => $"第{fault.Line}行{fault.Column}：{fault.Reason}").Take(MostFaults);
            throw new RefusedException("C152", $"对账单有错误，整份没有导入。{string.Join("；", told)}");
        }

        return Counted(lines);
    }

    /// <summary>What each line counts as, now that all lines of its number are known.</summary>
    static List<StatementLineRow> Counted(List<StatementLineRow> lines)
    {
        var back = lines.Where(line => line.Role == Statements.Reversed).Select(line => line.Reference).ToHashSet(StringComparer.Ordinal);
        var firsts = new Dictionary<string, (long Amount, int Count)>(lines.Count, StringComparer.Ordinal);
        for (int at = 0; at < lines.Count; at++)
        {
            var line = lines[at];
            var first = firsts.GetValueOrDefault(line.Reference, (line.Amount, Count: 0));
            firsts[line.Reference] = first with { Count = first.Count + 1 };
            lines[at] = line with
            {
                Occurrence = first.Count + 1,
                Role = back.Contains(line.Reference) ? Statements.Reversed
                    : first.Count == 0 ? Statements.Money
                    : first.Amount == line.Amount ? Statements.Copy : Statements.Odd,
            };
        }

        return lines;
    }

    static StatementLineRow? Line(IntakeRow row, StatementRow statement, RowSealer sealer)
    {
        var reference = row.Text(Reference);
        if (reference.Length > ChannelCells.MostReference)
            row.Refuse(Reference, "C152", $"流水号超过{ChannelCells.MostReference}个字符；请核对");
        if (!ChannelCells.TryYuan(row.Text(Amount), out var amount) && row.IsGood)
            row.Refuse(Amount, "C152", "不是以元为单位、最多两位小数的金额；请核对");
        if (!ChannelCells.TryTime(row.Text(Time), out var time) && row.IsGood)
            row.Refuse(Time, "C152", "不是时间；请写成 2021-11-05 09:30:00 的样子");
        bool isBack = Math.Sign(amount.Fen) < 0;
        foreach (int column in new[] { State, Type })
        {
            var word = row.Text(column);
            isBack |= ChannelCells.Back.Contains(word);
            if (!ChannelCells.Moved.Contains(word) && !ChannelCells.Back.Contains(word))
            {
                var known = ChannelCells.Moved.Concat(ChannelCells.Back).Where(one => one.Length > 0);
                row.Refuse(column, "C152", $"不认识这个写法；可写：{string.Join("、", known)}");
            }
        }

        if (!row.IsGood)
            return null;
        if (Math.Abs(BusinessDay.Of(time).DayNumber - statement.Day.DayNumber) > 1)
            throw new RefusedException("C153", $"第{row.Line}行不是{statement.Day:yyyy-MM-dd}（及前后一日）的款项；请核对对账单的日期");
        var told = row.Bytes(Name).IsEmpty && row.Bytes(Number).IsEmpty ? null
            : sealer.Seal(Statements.ToldPurpose, $"{row.Text(Name)}\n{row.Text(Number)}");
        return new()
        {
            Area = statement.Area,
            StatementId = statement.StatementId,
            Reference = reference,
            LineNo = row.Line,
            Role = isBack ? Statements.Reversed : Statements.Money,
            Amount = Math.Abs(amount.Fen),
            PaidAt = time,
            Told = told,
        };
    }
}
