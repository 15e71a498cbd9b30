using System.Text;
using Canbao.Core.Files;
using Canbao.Core.Tests.Files;
using Xunit;

namespace Canbao.Core.Tests.Assessment;

/// <summary>The file of refused rows: <c>OUTPUT.rejects.csv</c>.</summary>
public class RejectsTests
{
    const string Small = "person_id,note,birth_date,residence,employment,student,other_cover,paid_on\n";

    [Fact]
    public void Refused_rows_stand_in_the_inputs_layout_with_line_column_and_reason_behind()
    {
        using var run = Run.Of(Small + "a,好,1985-03-20,local_hukou,none,none,none,2021-11-05\n\n"
            + "b,\"坏,\"\"行\"\"\n二\",2021-02-29,local_hukou,none,none,none,2021-11-05\n");
        Assert.Equal(Small.TrimEnd() + ",line,column,reason\n"
            + "b,\"坏,\"\"行\"\"\n二\",2021-02-29,local_hukou,none,none,none,2021-11-05,4,birth_date,"
            + "“2021-02-29”不是有效日期；请写成 2021-11-01 的形式，并核对年月日是否存在\n", run.Rejects);
        Assert.Equal(run.Folder["out.rejects.csv"], run.Result.RejectsPath);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\"=\"\"x\"\",\"", "\"'=\"\"x\"\",\"")]
    public void A_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(string cell, string escaped)
    {
        using var run = Run.Of(Small + $"{cell},{cell},1985-03-20,local_hukou,none,none,none,2021-11-05\n");
        Assert.Contains($"\n{escaped},{escaped},1985-03-20,", run.Rejects, StringComparison.Ordinal);
        Assert.StartsWith("2 person_id：", Assert.Single(run.Refusals), StringComparison.Ordinal);
    }

    [Fact]
    public void Reasons_are_quoted_where_the_value_needs_it()
    {
        using var run = Run.Of(Small + "a,,\"1,\"\"2\",local_hukou,none,none,none,2021-11-05\n");
        Assert.EndsWith("2,birth_date,\"“1,\"\"2”不是有效日期；请写成 2021-11-01 的形式，并核对年月日是否存在\"\n", run.Rejects, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_with_too_few_or_too_many_columns_keeps_the_reason_in_its_column()
    {
        using var run = Run.Of(Small + "a,b\n1,2,3,4,5,6,7,8,9\n");
        Assert.Equal(Small.TrimEnd() + ",line,column,reason\n"
            + "a,b,,,,,,,2,birth_date,表头有 8 列，这一行有 2 列；请核对逗号和引号\n"
            + "1,2,3,4,5,6,7,8,3,paid_on,表头有 8 列，这一行有 9 列；请核对逗号和引号\n", run.Rejects);
    }

    [Fact]
    public void A_row_with_broken_quotes_keeps_all_its_text()
    {
        const string Reason = "引号没有配对，或引号后还有文字；请把含引号的内容整个用引号括起来，内容中的引号写两遍";
        using var run = Run.Of(Small + "a,\"坏\"行,1985-03-20,local_hukou,none,none,none,2021-11-05\nb,\"开,1985-03-20\n"
            + "c,好,1985-03-20,local_hukou,none,none,none,2021-11-05\n");
        Assert.Equal(Small.TrimEnd() + ",line,column,reason\n"
            + $"a,\"\"\"坏\"\"行\",1985-03-20,local_hukou,none,none,none,2021-11-05,2,person_id,{Reason}\n"
            + $"b,\"\"\"开\",1985-03-20,,,,,,3,person_id,{Reason}\n", run.Rejects);
        Assert.Equal(Baogou.OutputHeader + "c" + Baogou.AdultsAnswer, run.Output);
    }

    [Fact]
    public void An_overlong_row_and_one_of_too_many_columns_are_refused_and_the_next_is_answered()
    {
        using var run = Run.Of(Small + new string('x', 3 * CsvFileSource.BlockBytes) + "\n" + new string(',', 5000) + "\n"
            + "c,好,1985-03-20,local_hukou,none,none,none,2021-11-05\n");
        Assert.Equal(["2 person_id", "3 paid_on"], run.Refusals.Select(text => text.Split('：')[0]));
        Assert.Equal(Baogou.OutputHeader + "c" + Baogou.AdultsAnswer, run.Output);
        Assert.True(new FileInfo(run.Folder["out.rejects.csv"]).Length < 2000);
    }

    [Fact]
    public void A_corrected_file_of_refused_rows_can_be_given_back()
    {
        using var run = Run.Of(Small + "a,=x,bad,local_hukou,none,none,none,2021-11-05\n");
        run.Folder.Write("again.csv", run.Rejects!.Replace("bad", "1985-03-20", StringComparison.Ordinal));
        run.Assess("again.csv");
        Assert.Equal(Baogou.OutputHeader + "a" + Baogou.AdultsAnswer, run.Output);
        Assert.Equal(["note"], run.Seen!.Unknown);
        Assert.Null(run.Rejects);
    }

    [Fact]
    public void A_file_refused_twice_has_line_column_and_reason_once()
    {
        using var run = Run.Of(Small + "x,,1985-03-20,local_hukou,none,none,none,2021-11-05\n"
            + "a,=x,bad,local_hukou,none,none,none,2021-11-05\n");
        run.Folder.Write("again.csv", run.Rejects!);
        run.Assess("again.csv", "second.csv");
        Assert.Equal(run.Rejects!.Replace(",3,birth_date", ",2,birth_date", StringComparison.Ordinal),
            File.ReadAllText(run.Folder["second.rejects.csv"]));
    }

    [Fact]
    public void A_file_of_refused_rows_is_never_its_own_input()
    {
        using var run = Run.Of(Small + "a,,bad,local_hukou,none,none,none,2021-11-05\n");
        var corrected = run.Rejects!.Replace("bad", "1985-03-20", StringComparison.Ordinal);
        var output = run.Output;
        run.Folder.Write("out.rejects.csv", corrected);
        Assert.Equal("F206", Assert.Throws<TableFileException>(() => run.Assess("out.rejects.csv")).Code);
        Assert.Equal((corrected, output), (run.Rejects, run.Output));
        Assert.Equal("F206", Assert.Throws<TableFileException>(() => run.Assess("out.csv")).Code);
    }

    [Fact]
    public void Rejects_of_an_earlier_run_are_removed_when_all_rows_are_good()
    {
        using var run = Run.Of(Baogou.Header + "x,bad,,,,,,,,,,,,\n");
        Assert.NotNull(run.Rejects);
        run.Folder.Write("in.csv", Baogou.Header + Baogou.Adult("a"));
        run.Assess("in.csv");
        Assert.Equal(["in.csv", "out.csv"], run.Folder.FileNames);
    }

    [Fact]
    public void Rows_of_a_workbook_are_refused_with_the_number_of_their_sheet_row()
    {
        using var run = new Run();
        Workbooks.Write(run.Folder["in.xlsx"], Workbooks.TextRow(Small.TrimEnd().Split(','))
            + "<row r=\"7\"><c><v>370781199001011234</v></c><c t=\"inlineStr\"><is><t>a\nb</t></is></c></row>"
            + Workbooks.TextRow("b", "", "x", "local_hukou", "none", "none", "none", "2021-11-05"));
        run.Assess("in.xlsx", "out.xlsx");
        Assert.Equal(["7 person_id：单元格是超过15位的数字，后面的数位已丢失；请把该列设为文本后重新录入", "8 birth_date"],
            [run.Refusals[0], run.Refusals[1].Split('：')[0]]);
        Assert.NotNull(run.Rejects);
    }

    [Fact]
    public void Line_numbers_count_lines_of_the_file_over_blocks_and_quoted_line_breaks()
    {
        var text = new StringBuilder(Small);
        var expected = new List<string>();
        for (int i = 0, line = 2; i < 40_000; i++)
        {
            var isBad = i % 9_973 == 5;
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"{i},\"两\n行\",{(isBad ? "bad" : "1985-03-20")},local_hukou,none,none,none,2021-11-05\n");
            if (isBad)
                expected.Add($"{line} birth_date");
            line += 2;
        }

        using var run = Run.Of(text.ToString(), threads: 3);
        Assert.Equal(expected, run.Refusals.Select(refusal => refusal.Split('：')[0]));
    }
}
