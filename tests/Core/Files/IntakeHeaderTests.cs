using Canbao.Core.Files;
using Canbao.TestKit;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Xunit;

namespace Canbao.Core.Tests.Files;

public class IntakeHeaderTests
{
    const string Row = "张三,999101199001010018,新增,孤儿";
    const string Read = ": 张三|999101199001010018||新增||孤儿";

    [Theory]
    [InlineData(IntakeFiles.Header, 2)]
    [InlineData("\uFEFF姓名,身份证号码,动态调整类型,人员类别", 2)]
    [InlineData("标题\n\n单位名称（盖章）：,,,\n" + IntakeFiles.Header, 5)]
    [InlineData("1,,,\n2,,,\n3,,,\n4,,,\n5,,,\n6,,,\n7,,,\n8,,,\n9,,,\n" + IntakeFiles.Header, 11)]
    [InlineData("姓　名*,证件号码（必填）,\"动态调整\n类型\",人员类别：,,,", 2)]
    [InlineData("姓名,身份证号,动态调整,人员类别\n,,类型,", 3)]
    [InlineData("姓名,基本信息,,\n,身份证号码,动态调整类型,人员类别", 3)]
    [InlineData("名单,,,\n姓名,基本信息,,\n,身份证号码,动态调整类型,人员类别", 4)]
    public void A_header_is_found_wherever_and_however_it_stands(string above, int line) =>
        Assert.Equal([line + (above.Contains('"') ? 1 : 0) + Read], IntakeFiles.Rows(IntakeFiles.Csv($"{above}\n{Row}\n")));

    [Theory]
    [InlineData("联系人,,姓名\n姓名,电话,", "2", "1")]
    [InlineData("户主,,姓名\n姓名,电话,", "2", "")]
    public void A_name_below_another_word_is_taken_only_where_no_column_is_it(string header, string name, string head)
    {
        var shape = new TableShape(new("姓名", ColumnKind.Text, true), new("联系人姓名", ColumnKind.Text, false));
        Assert.Equal([$"3: {name}|{head}"], IntakeFiles.Rows(IntakeFiles.Csv($"{header}\n1,x,2\n"), shape));
    }

    [Fact]
    public void Columns_that_are_merged_over_both_rows_are_kept_where_the_second_row_has_all_that_is_needed()
    {
        var shape = new TableShape(new("姓名", ColumnKind.Text, true), new("备注", ColumnKind.Text, false));
        Assert.Equal(["3: a|b"], IntakeFiles.Rows(IntakeFiles.Csv("备注,基本信息,\n,姓名,电话\nb,a,1\n"), shape));
    }

    [Fact]
    public void A_first_row_without_a_name_is_no_part_of_the_header() =>
        Assert.Equal(["2: |999101199001010018||新增||孤儿 F221 姓名"], IntakeFiles.Rows(IntakeFiles.Csv($"{IntakeFiles.Header}\n{Row[2..]}\n")));

    [Theory]
    [InlineData("F210", "", "姓名、身份证号码")]
    [InlineData("F210", "张三,1\n李四,2\n", "姓名、身份证号码")]
    [InlineData("F210", "姓名;身份证号码;动态调整类型;人员类别\n", "分号")]
    [InlineData("F211", "姓名,证件号,动态调整类型,人员类别\n", "缺少列：身份证号码")]
    [InlineData("F213", "姓名,身份证号码,动态调整类型,人员类别,姓名\n", "第 1 列和第 5 列")]
    [InlineData("F213", "姓名,身份证号码,动态调整类型,人员类别,证件号码\n", "第 2 列和第 5 列")]
    [InlineData("F210", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n姓名,身份证号码,动态调整类型,人员类别\n", "前 10 行")]
    public void A_file_without_a_header_is_refused(string code, string text, string told)
    {
        var fault = Assert.Throws<TableFileException>(() => Intake.Open(IntakeFiles.Csv(text), IntakeFiles.Roster));
        Assert.Equal(code, fault.Code);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_an_office_uses_is_learnt()
    {
        var file = IntakeFiles.Csv($"姓名,公民 号码,动态调整类型,人员类别\n{Row}\n");
        var learnt = new Dictionary<string, string> { [TableShape.Plain("公民号码")] = "身份证号码" };
        using var intake = Intake.Open(file, IntakeFiles.Roster, learnt);
        Assert.Equal(["2" + Read], IntakeFiles.Rows(intake, IntakeFiles.Roster));
        Assert.Throws<TableFileException>(() => Intake.Open(file, IntakeFiles.Roster));
    }

    [Theory]
    [InlineData(64, "F210")]
    [InlineData(65, "F111")]
    public void A_workbook_of_very_many_sheets_is_refused(int sheets, string code)
    {
        using var folder = new TempFolder();
        using (var book = SpreadsheetDocument.Create(folder["a.xlsx"], SpreadsheetDocumentType.Workbook))
        {
            var part = book.AddWorkbookPart();
            part.Workbook = new Workbook(new Sheets());
            for (var number = 1u; number <= sheets; number++)
            {
                var sheet = part.AddNewPart<WorksheetPart>();
                sheet.Worksheet = new Worksheet(new SheetData());
                part.Workbook.Sheets!.Append(new Sheet { Id = part.GetIdOfPart(sheet), SheetId = number, Name = $"{number}" });
            }
        }

        var fault = Assert.Throws<TableFileException>(() => Intake.Open(TableFile.At(folder["a.xlsx"]), IntakeFiles.Roster));
        Assert.Equal(code, fault.Code);
    }

    [Fact]
    public void A_shape_may_not_use_one_name_for_two_columns() => Assert.Throws<ArgumentException>(() =>
        new TableShape(new("姓名", ColumnKind.Text, true), new("户主", ColumnKind.Text, false, "姓 名")));
}
