using System.Text;
using Canbao.Core.Files;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Core.Tests.Files;

public sealed class IntakeRowTests : IDisposable
{
    static readonly TableShape One = new(
        new("值", ColumnKind.Text, true), new("号", ColumnKind.Digits, false), new("日", ColumnKind.Date, false));

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("张三", "张三")]
    [InlineData(" 张三　", "张三")]
    [InlineData("张\u00A0三", "张 三")]
    [InlineData("'张三", "张三")]
    [InlineData("“张三”", "张三")]
    [InlineData("\u200B张\uFEFF三\u202C", "张三")]
    [InlineData("ＡＢ１２号", "AB12号")]
    [InlineData("\"a\nb\"", "a b")]
    [InlineData("买买提·艾力", "买买提·艾力")]
    [InlineData("\uE863", "\u4DAE")]
    [InlineData("#3楼", "#3楼")]
    [InlineData("C+E", "C+E")]
    public void Words_are_cleaned(string cell, string text) =>
        Assert.Equal([$"2: {text}||"], IntakeFiles.Rows(IntakeFiles.Csv($"值\n{cell}\n"), One));

    [Theory]
    [InlineData("99910119900101005X", "99910119900101005X")]
    [InlineData("'999101 19900101 0018", "999101199001010018")]
    [InlineData("９９９１０１１９９００１０１００１８", "999101199001010018")]
    [InlineData("13800000002.0", "13800000002")]
    [InlineData("1.3800000002E+10", "13800000002")]
    [InlineData("1.3800000002E+010", "13800000002")]
    [InlineData("1.38E+10", "1.38E+10 F223 号")]
    [InlineData("9.99101199001010018E+17", "9.99101199001010018E+17 F223 号")]
    [InlineData("#N/A", "#N/A F224 号")]
    [InlineData("#公式没有计算结果", "#公式没有计算结果 F224 号")]
    public void Numbers_are_recovered_only_where_that_is_exact(string cell, string text)
    {
        var (value, fault) = text.Split(' ', 2) is [var only] ? (only, "") : (text.Split(' ')[0], " " + text.Split(' ', 2)[1]);
        Assert.Equal([$"2: a|{value}|{fault}"], IntakeFiles.Rows(IntakeFiles.Csv($"值,号\na,{cell}\n"), One));
    }

    [Theory]
    [InlineData("2022-09-01")]
    [InlineData("2022-9-1")]
    [InlineData("2022/9/1")]
    [InlineData("2022/09/01 0:00")]
    [InlineData("2022.9.1")]
    [InlineData("20220901")]
    [InlineData("2022年9月1日")]
    [InlineData("2022 年 9 月 1 日")]
    [InlineData("２０２２－０９－０１")]
    [InlineData("2022-09-01 00:00:00")]
    public void A_day_is_read_however_it_is_written(string cell) =>
        Assert.Equal(["2: a||2022-09-01"], IntakeFiles.Rows(IntakeFiles.Csv($"值,日\na,{cell}\n"), One));

    [Theory]
    [InlineData("2022-02-30")]
    [InlineData("20221301")]
    [InlineData("2022-9")]
    [InlineData("22-09-01")]
    [InlineData("9/1/2022")]
    [InlineData("2022年9月")]
    [InlineData("2022-09-01 12:30:00")]
    [InlineData("44805")]
    [InlineData("1022-09-01")]
    [InlineData("2022-0x-01")]
    [InlineData("下月初")]
    public void What_is_no_day_is_refused(string cell) =>
        Assert.Equal([$"2: a||{cell} F222 日"], IntakeFiles.Rows(IntakeFiles.Csv($"值,日\na,{cell}\n"), One));

    [Theory]
    [InlineData("a\"b,1", "F225 ")]
    [InlineData("\"a,1", "F225 ")]
    [InlineData("a,1,2022-09-01,x", "F226 第 4 列")]
    public void A_row_that_does_not_fit_is_refused_and_the_next_is_read(string row, string fault)
    {
        var rows = IntakeFiles.Rows(IntakeFiles.Csv($"值,号,日\n{row}\nb,2,\n"), One);
        Assert.EndsWith(" " + fault, rows[0], StringComparison.Ordinal);
        Assert.Equal("3: b|2|", rows[^1]);
    }

    [Fact]
    public void Short_rows_blank_rows_and_blanks_behind_the_header_are_no_faults() =>
        Assert.Equal(["2: a||", "5: b|1|"], IntakeFiles.Rows(IntakeFiles.Csv("值,号,日,,\na\n,,,\n　,\u00A0,' ,\nb,1,,,,,,\n,,\n\n"), One));

    [Fact]
    public void A_byte_that_is_no_character_costs_its_row()
    {
        byte[] file = [.. "值,号\n张三,1\n李"u8, 0xFF, .. ",2\n王五,3\n"u8];
        var rows = IntakeFiles.Rows(IntakeFiles.Csv(file), One);
        Assert.Equal(["2: 张三|1|", "4: 王五|3|"], [rows[0], rows[2]]);
        Assert.EndsWith(" F227 ", rows[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("注：本表一式两份")]
    [InlineData("合计")]
    [InlineData(",合计")]
    [InlineData("填表说明：\n1. 甲\n2. 乙")]
    [InlineData("审核：赵六,填报人：钱七")]
    [InlineData("总 计,2")]
    public void What_stands_below_the_table_is_left_out_with_a_note(string footer)
    {
        var shape = new TableShape(new("姓名", ColumnKind.Text, true), new("号", ColumnKind.Digits, true), new("类", ColumnKind.Text, true));
        using var intake = Intake.Open(IntakeFiles.Csv($"姓名,号,类\n张三,1,x\n\n{footer}\n"), shape);
        Assert.Equal(["2: 张三|1|x"], IntakeFiles.Rows(intake, shape));
        Assert.StartsWith("表下的说明、合计、签名没有作为数据：第 4", Assert.Single(intake.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_were_numbered_beforehand_and_never_filled_in_are_left_out_with_a_note()
    {
        using var intake = Intake.Open(IntakeFiles.Csv("序号,值,号\n1,a,\n2,,\n3,,\n4,,5\n"), One);
        Assert.Equal(["2: a||", "5: |5| F221 值"], IntakeFiles.Rows(intake, One));
        Assert.Equal(["有 2 行只有序号，没有内容，没有作为数据"], intake.Notes);
    }

    [Theory]
    [InlineData("注小红,,x")]
    [InlineData("日期明,,x")]
    [InlineData("合计,13800000002,x")]
    [InlineData(",1,x")]
    public void A_person_with_a_gap_is_refused_and_not_left_out(string row)
    {
        var shape = new TableShape(new("姓名", ColumnKind.Text, true), new("号", ColumnKind.Digits, true), new("类", ColumnKind.Text, true),
            new("电话", ColumnKind.Digits, true));
        using var intake = Intake.Open(IntakeFiles.Csv($"姓名,号,类,电话\n{row}\n"), shape);
        Assert.Contains("F221", Assert.Single(IntakeFiles.Rows(intake, shape)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("999101199001010018", "999*************18")]
    [InlineData("电话13800000002转1", "电话138******02转1")]
    [InlineData("99910119900101005X", "999*************5X")]
    [InlineData("张三 2022-09-01", "张三 2022-09-01")]
    public void Long_numbers_are_hidden_in_faults(string value, string masked)
    {
        Assert.Equal(masked, IntakeFault.Masked(value));
        using var intake = Intake.Open(IntakeFiles.Csv($"值,日\na,{value}\n"), One);
        Assert.True(intake.Read());
        Assert.Equal(masked, Assert.Single(intake.Row.Faults).Value);
        intake.Row.Refuse(0, "R101", "查无此人");
        Assert.Equal(("值", "R101"), (intake.Row.Faults[1].Column, intake.Row.Faults[1].Code));
    }

    [Fact]
    public void Cells_of_a_workbook_are_read_as_they_are_meant()
    {
        var path = Workbooks.Write(folder["a.xlsx"], Workbooks.TextRow("值", "号", "日")
            + "<row><c t=\"inlineStr\"><is><t>a</t></is></c><c><v>13800000002</v></c><c s=\"3\"><v>44805</v></c></row>"
            + "<row><c t=\"inlineStr\"><is><t>b</t></is></c><c><v>9.9910119900101E+17</v></c><c s=\"2\"><v>44805.5</v></c></row>"
            + "<row hidden=\"1\"><c t=\"e\"><v>#REF!</v></c><c><f>A1</f></c></row>");
        Assert.Equal(
            [
                "2: a|13800000002|2022-09-01",
                $"3: b|{WorkbookSource.LostDigits}|2022-09-01 12:00:00 F223 号 F222 日",
                "4 hidden: #REF!|#公式没有计算结果| F224 值 F224 号",
            ],
            IntakeFiles.Rows(TableFile.At(path), One));
    }

    [Fact]
    public void A_line_that_is_too_long_costs_itself_only()
    {
        var text = new StringBuilder("值\n").Append('x', CsvFileSource.BlockBytes + 5).Append("\nb\n").ToString();
        var rows = IntakeFiles.Rows(IntakeFiles.Csv(text), One);
        Assert.Equal(2, rows.Count);
        Assert.EndsWith(" F228 ", rows[0], StringComparison.Ordinal);
        Assert.Equal("3: b||", rows[1]);
    }
}
