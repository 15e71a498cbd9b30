using Canbao.Core.Files;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Core.Tests.Files;

/// <summary>Tables saved by LibreOffice; Fixtures/make has what an office typed.</summary>
public class IntakeSavedTests
{
    const string Second = "李 四|999101199001010026|13800000002|新增|2022-09-02|脱贫户";

    [Fact]
    public void A_workbook_with_titles_a_header_of_two_rows_a_second_sheet_and_notes_is_read()
    {
        using var intake = Intake.Open(IntakeFiles.Saved("roster.xlsx"), IntakeFiles.Roster);
        Assert.Equal(
            [
                "5: 张三|999101199001010018|13800000001|新增|2022-09-01|农村低保",
                "6: " + Second,
                $"7: 王五|{WorkbookSource.LostDigits}|13800000003|退出|2022-09-03|孤儿 F223 身份证号码",
                "8 hidden: 赵六|999101199001010042||退出|2022-09-04|孤儿",
                "9: 陈七|99910119900101005X||退出|下月初| F222 动态调整时间 F221 人员类别",
            ],
            IntakeFiles.Rows(intake, IntakeFiles.Roster));
        Assert.Equal(
            [
                "读的是工作表“名单”",
                "含 1 行隐藏行，与其他行一样处理；请确认不是误留的旧数据",
                "表下的说明、合计、签名没有作为数据：第 11、12、13、14 行",
            ],
            intake.Notes);
        Assert.Equal((5, 1), (intake.Rows, intake.HiddenRows));
        Assert.Equal(["序号", "乡镇、街道", "村、社区"], intake.Unknown);
    }

    [Theory]
    [InlineData("roster.csv")]
    [InlineData("roster-gb18030.csv")]
    public void CSV_in_either_encoding_says_the_same(string name)
    {
        using var intake = Intake.Open(IntakeFiles.Saved(name), IntakeFiles.Roster);
        Assert.Equal(
            [
                "5: 张三|999101199001010018|13800000001|新增|2022-09-01|农村低保",
                "6: " + Second,
                "7: 王五|9.9910119900101E+017|13800000003|退出|2022-09-03|孤儿 F223 身份证号码",
                "8: 赵六|999101199001010042||退出|2022-09-04|孤儿",
                "9: 陈七|99910119900101005X||退出|下月初| F222 动态调整时间 F221 人员类别",
            ],
            IntakeFiles.Rows(intake, IntakeFiles.Roster));
        Assert.Equal(["表下的说明、合计、签名没有作为数据：第 11、12、13、14 行"], intake.Notes);
    }

    [Fact]
    public void Two_sheets_that_both_fit_are_refused_by_name()
    {
        var fault = Assert.Throws<TableFileException>(() => Intake.Open(IntakeFiles.Saved("two-lists.xlsx"), IntakeFiles.Roster));
        Assert.Equal("F212", fault.Code);
        Assert.Contains("民政、乡村振兴", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hidden_sheet_is_not_taken_and_told_where_it_fits()
    {
        using var intake = Intake.Open(IntakeFiles.Saved("hidden-list.xlsx"), IntakeFiles.Roster);
        Assert.Equal(["2: 张三|999101199001010018||新增||孤儿"], IntakeFiles.Rows(intake, IntakeFiles.Roster));
        Assert.Equal(["隐藏的工作表没有读：去年"], intake.Notes);
    }

    [Theory]
    [InlineData("roster.xlsx")]
    [InlineData("roster.csv")]
    [InlineData("roster-gb18030.csv")]
    public void Refused_rows_come_back_in_the_same_layout_and_can_be_given_again(string name)
    {
        using var folder = new TempFolder();
        var rejects = TableFile.At(folder["rejects" + Path.GetExtension(name)]);
        var first = Reject(IntakeFiles.Saved(name), rejects);
        Assert.Equal(2, first.Count);
        using var again = Intake.Open(rejects, IntakeFiles.Roster);
        Assert.Equal(["序号", "乡镇、街道", "村、社区"], again.Unknown);
        Assert.Equal(first, IntakeFiles.Rows(again, IntakeFiles.Roster).Select(WithoutLine));
        // Given back once more, the reasons stand in one column still.
        var second = TableFile.At(folder["second" + Path.GetExtension(name)]);
        Assert.Equal(first, Reject(rejects, second));
        Assert.Equal(Cells(rejects, 0), Cells(second, 0));
        Assert.Equal("动态调整时间：不是日期；请写成 2022-09-01 的样子；人员类别：不能为空；请补填（原第 9 行）", Cells(rejects, 1)[^1]);
    }

    static List<string> Reject(TableFile from, TableFile to)
    {
        using var intake = Intake.Open(from, IntakeFiles.Roster);
        using var stream = File.Create(to.Name);
        using var table = new RejectsTable(stream, intake);
        var rows = new List<string>();
        while (intake.Read())
        {
            if (intake.Row.IsGood)
                continue;
            table.Add();
            rows.Add(WithoutLine(IntakeFiles.Told(intake.Row, IntakeFiles.Roster)));
        }

        table.Complete();
        return rows;
    }

    static string WithoutLine(string row) => row[(row.IndexOf(": ", StringComparison.Ordinal) + 2)..];

    static IReadOnlyList<string> Cells(TableFile file, int row)
    {
        using var intake = Intake.Open(file, IntakeFiles.Roster);
        for (var read = 0; read <= row; read++)
            Assert.True(intake.Read());
        return [.. intake.Row.Cells.SkipLast(row == 0 ? 1 : 0)];
    }
}
