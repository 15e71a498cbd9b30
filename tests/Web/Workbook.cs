using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Canbao.Web.Tests;

/// <summary>Reads a workbook with a library that is not our own.</summary>
static class Workbook
{
    /// <summary>The names of its sheets.</summary>
    public static IReadOnlyList<string> Names(SpreadsheetDocument document) => [.. Sheets(document).Select(sheet => sheet.Name!.Value!)];

    /// <summary>The cells of a sheet: the text, and <c>text</c> or <c>number</c> with the number of its format.</summary>
    public static IReadOnlyList<IReadOnlyList<(string Text, string Kind)>> Rows(SpreadsheetDocument document, int sheet)
    {
        var book = document.WorkbookPart!;
        var formats = book.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ToList();
        var part = (WorksheetPart)book.GetPartById(Sheets(document).ElementAt(sheet).Id!.Value!);
        return [.. part.Worksheet!.Descendants<Row>().Select(row => row.Elements<Cell>().Select(Read).ToList())];

        (string, string) Read(Cell cell) => (cell.InnerText, cell.DataType?.Value == CellValues.InlineString ? "text"
            : string.Create(CultureInfo.InvariantCulture, $"number {formats[(int)cell.StyleIndex!.Value].NumberFormatId!.Value}"));
    }

    /// <summary>The texts of a sheet that was downloaded.</summary>
    public static async Task<IReadOnlyList<string[]>> TextsAsync(HttpResponseMessage answer, int sheet = 0)
    {
        using var content = new MemoryStream(await answer.Content.ReadAsByteArrayAsync());
        using var document = SpreadsheetDocument.Open(content, false);
        return [.. Rows(document, sheet).Select(row => row.Select(cell => cell.Text).ToArray())];
    }

    static IEnumerable<Sheet> Sheets(SpreadsheetDocument document) => document.WorkbookPart!.Workbook!.Sheets!.Elements<Sheet>();
}
