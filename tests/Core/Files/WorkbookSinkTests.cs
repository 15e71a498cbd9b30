using System.Text;
using Canbao.Core.Files;
using Canbao.TestKit;
using CsCheck;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Xunit;

namespace Canbao.Core.Tests.Files;

public sealed class WorkbookSinkTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rows_are_read_back_as_they_were_written()
    {
        const string Rows = "1,\"a,b\",\"say \"\"hi\"\"\"\n"
            + "2,\"two\nlines\", spaces \n3,<&>',''\n王五,320.00,2022-01-01\n000123456789012345678,1E5,\n";
        Assert.Equal("x,y,z\n" + Rows, Workbooks.Read(Written("x,y,z", Rows)));
    }

    [Fact]
    public void Any_text_is_read_back_as_it_was_written() =>
        Gen.Char["ab,\"\r\n\t\0\u000B\u001F_x05F<&>]\uFFFE\uFFFF张"].Array[1, 12].Sample(
            text =>
            {
                var line = $"k,{CsvText.Field(new string(text))}\n";
                Assert.Equal("x,y\n" + line, Workbooks.Read(Written("x,y", line)));
            }, iter: 300, threads: 1);

    [Theory]
    [InlineData("_x000D_")]
    [InlineData("__x0041_")]
    [InlineData("_x005F_x0041_")]
    [InlineData("_xZZZZ_")]
    [InlineData("\uFFFF")]
    [InlineData("\u0001")]
    [InlineData("𠮷㐀\uFF01")]
    public void Text_that_a_workbook_could_take_for_an_escape_is_read_back_as_it_was(string text) =>
        Assert.Equal($"x\n{text}\n", Workbooks.Read(Written("x", text + "\n")));

    [Fact]
    public void Text_that_looks_like_a_number_a_date_or_a_formula_stays_text()
    {
        using var document = SpreadsheetDocument.Open(Written("x", "1\n2022-01-01\n=1+1\n0012\n"), false);
        var cells = document.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Cell>().ToList();
        Assert.All(cells, cell => Assert.Equal(CellValues.InlineString, cell.DataType!.Value));
        Assert.Equal(["x", "1", "2022-01-01", "=1+1", "0012"], cells.Select(cell => cell.InnerText));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(6, 2)]
    [InlineData(7, 3)]
    public void A_full_sheet_is_followed_by_another_with_the_header_again(int rows, int sheets)
    {
        var path = folder["a.xlsx"];
        using (var sink = new WorkbookSink(path, "h", rowsPerSheet: 3))
        {
            foreach (var row in Enumerable.Range(0, rows))
                sink.Write(Encoding.UTF8.GetBytes($"r{row}\n"));
            sink.Commit();
        }

        using var document = SpreadsheetDocument.Open(path, false);
        var book = document.WorkbookPart!;
        var listed = book.Workbook!.Sheets!.Elements<Sheet>().ToList();
        Assert.Equal(Enumerable.Range(1, sheets).Select(number => $"核定结果{number}"), listed.Select(sheet => sheet.Name!.Value));
        var texts = listed.Select(sheet => ((WorksheetPart)book.GetPartById(sheet.Id!.Value!)).Worksheet!.Descendants<Row>()
            .Select(row => row.InnerText).ToList()).ToList();
        Assert.All(texts, sheet => Assert.Equal("h", sheet[0]));
        Assert.All(texts, sheet => Assert.True(sheet.Count <= 4));
        Assert.Equal(Enumerable.Range(0, rows).Select(row => $"r{row}"), texts.SelectMany(sheet => sheet.Skip(1)));
        Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(error => error.Description));
    }

    [Fact]
    public void The_validator_finds_nothing_in_a_workbook_of_odd_text()
    {
        using var document = SpreadsheetDocument.Open(Written("x,y", "\u0001\u000B,\"\r\n\"\n<&>,_x0041_\n"), false);
        Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(error => error.Description));
    }

    [Fact]
    public void The_validator_finds_an_attribute_that_does_not_belong()
    {
        var path = Workbooks.Write(folder["a.xlsx"], "<row r=\"x\"><c foo=\"1\"/></row>");
        using var document = SpreadsheetDocument.Open(path, false);
        Assert.NotEmpty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_sheet_holds_as_many_rows_as_a_spreadsheet_shows() => Assert.Equal(1_048_576 - 1, WorkbookSink.RowsPerSheet);

    [Fact]
    public void A_value_that_no_cell_holds_is_refused_and_leaves_no_file()
    {
        Assert.Equal("x\n" + new string('张', 32_767) + "\n", Workbooks.Read(Written("x", new string('张', 32_767) + "\n")));
        File.Delete(folder["a.xlsx"]);
        var fault = Assert.Throws<TableFileException>(() => Written("x", new string('张', 32_768) + "\n"));
        Assert.Equal("F109", fault.Code);
        Assert.Empty(folder.FileNames);
    }

    [Fact]
    public void A_workbook_that_is_not_committed_never_appears()
    {
        using (var sink = new WorkbookSink(folder["a.xlsx"], "x"))
            sink.Write("1\n"u8);
        Assert.Empty(folder.FileNames);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_refused() =>
        Assert.Equal("F106", Assert.Throws<TableFileException>(() => new WorkbookSink(folder["none/a.xlsx"], "x")).Code);

    string Written(string header, string rows)
    {
        using var sink = new WorkbookSink(folder["a.xlsx"], header);
        sink.Write(Encoding.UTF8.GetBytes(rows));
        sink.Commit();
        return folder["a.xlsx"];
    }
}
