using System.Globalization;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Canbao.Core.Reporting.Forms;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Xunit;

namespace Canbao.Core.Tests.Reporting;

/// <summary>Forms as another program reads them.</summary>
static class Sheets
{
    /// <summary>The form as it must be, cell for cell.</summary>
    public static string Expected(string form, [CallerFilePath] string testFile = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(testFile)!, "Expected", $"{form}.csv"));

    public static byte[] Write(FormGrid grid)
    {
        using var stream = new MemoryStream();
        GridWorkbook.Write(grid, stream);
        return stream.ToArray();
    }

    /// <summary>All cells of the only sheet as they show, one row a line.</summary>
    public static string Csv(byte[] workbook)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(workbook), false);
        var book = document.WorkbookPart!;
        var styles = book.WorkbookStylesPart!.Stylesheet!;
        var own = styles.NumberingFormats?.Elements<NumberingFormat>()
            .ToDictionary(format => format.NumberFormatId!.Value, format => format.FormatCode!.Value!) ?? [];
        string[] formats =
        [
            .. styles.CellFormats!.Elements<CellFormat>().Select(format => format.NumberFormatId?.Value ?? 0)
                .Select(id => own.GetValueOrDefault(id) ?? id switch { 10 => "0.00%", 2 => "0.00", _ => "" }),
        ];
        var texts = book.SharedStringTablePart?.SharedStringTable?.Elements<SharedStringItem>()
            .Select(item => item.InnerText).ToArray();
        var rows = Assert.Single(book.WorksheetParts).Worksheet!.Descendants<Row>().Select(row =>
            row.Elements<Cell>().ToDictionary(cell => Column(cell.CellReference!), cell => Shown(cell, formats, texts))).ToList();
        int width = rows.Max(row => row.Keys.Max()) + 1;
        return string.Concat(rows.Select(row =>
            string.Join(',', Enumerable.Range(0, width).Select(column => row.GetValueOrDefault(column, ""))) + "\n"));
    }

    /// <summary>Requires a workbook in which the validator of the Open XML SDK finds nothing.</summary>
    public static void AssertValid(byte[] workbook)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(workbook), false);
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document)
            .Select(fault => $"{fault.Path?.XPath} {fault.Description}"));
    }

    /// <summary>The same workbook without the numbers that are kept beside its formulas.</summary>
    public static byte[] WithoutResults(byte[] workbook)
    {
        using var stream = new MemoryStream();
        stream.Write(workbook);
        using (var document = SpreadsheetDocument.Open(stream, true))
        {
            foreach (var cell in document.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Cell>())
                if (cell.CellFormula is not null)
                    (cell.CellValue, cell.DataType) = (null, null);
        }

        return stream.ToArray();
    }

    /// <summary>The merged ranges, such as <c>A4:A6</c>.</summary>
    public static string[] Merged(byte[] workbook)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(workbook), false);
        return
        [
            .. document.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<MergeCell>().Select(cell => cell.Reference!.Value!),
        ];
    }

    /// <summary>The formula of a cell, or null.</summary>
    public static string? Formula(byte[] workbook, string place)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(workbook), false);
        return document.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Cell>()
            .Single(cell => cell.CellReference == place).CellFormula?.Text;
    }

    /// <summary>An element of a part, as it was written.</summary>
    public static XElement Xml(byte[] workbook, string name)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(workbook), false);
        var parts = document.WorkbookPart!.WorksheetParts.Select(part => part.Worksheet!.OuterXml)
            .Append(document.WorkbookPart.Workbook!.OuterXml);
        return parts.SelectMany(xml => XElement.Parse(xml).Descendants()).First(element => element.Name.LocalName == name);
    }

    static string Shown(Cell cell, string[] formats, string[]? texts)
    {
        var text = cell.DataType?.Value == CellValues.SharedString
            ? texts![int.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture)]
            : cell.CellValue?.Text ?? cell.InlineString?.InnerText ?? "";
        bool isNumber = text.Length > 0 && (cell.DataType is null || cell.DataType.Value == CellValues.Number);
        if (!isNumber)
            return text;
        var number = double.Parse(text, CultureInfo.InvariantCulture);
        return formats[cell.StyleIndex!.Value] switch
        {
            "0.00%" => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(number * 100, 2, MidpointRounding.AwayFromZero):0.00}%"),
            "0.00" => number.ToString("0.00", CultureInfo.InvariantCulture),
            _ => number.ToString("0.################", CultureInfo.InvariantCulture),
        };
    }

    static int Column(string place) => place.TakeWhile(char.IsAsciiLetter).Aggregate(0, (sum, letter) => sum * 26 + letter - 'A' + 1) - 1;
}
