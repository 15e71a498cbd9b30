using System.IO.Compression;
using System.Text;
using Canbao.Vocabulary;

namespace Canbao.Core.Files;

/// <summary>What a cell of a <see cref="ListSheet"/> holds.</summary>
public enum ListCellKind
{
    /// <summary>Text, which stays as it is: no zero in front is lost, and no digit behind.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>An amount in yuan with two decimals.</summary>
    Amount,
}

/// <summary>A cell of a <see cref="ListSheet"/>.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct ListCell(string Text, ListCellKind Kind = ListCellKind.Text)
{
    /// <summary>Beyond so many characters a spreadsheet would round a number.</summary>
    const int MostDigits = 15;

    /// <summary>A number where the text is one that a spreadsheet keeps exactly, else text.</summary>
    public static ListCell Number(string text) => new(
        text,
        text.Length > MostDigits || !Money.TryParseYuan(text, out _) ? ListCellKind.Text
        : text.Contains('.', StringComparison.Ordinal) ? ListCellKind.Amount : ListCellKind.Count);
}

/// <summary>A sheet of a <see cref="ListWorkbook"/>.</summary>
/// <param name="Name">What it is called; as much of it as a spreadsheet takes is kept.</param>
/// <param name="HeaderRows">How many of the rows are its header.</param>
/// <param name="Rows">The rows.</param>
public sealed record ListSheet(string Name, int HeaderRows, IReadOnlyList<IReadOnlyList<ListCell>> Rows);

/// <summary>
/// Lists to look through, sort and add up: a sheet for each, whose header stays in sight. Forms that are printed and signed are a
/// <see cref="FormWorkbook"/>; whole registers go through <see cref="WorkbookSink"/>.
/// </summary>
public static class ListWorkbook
{
    const int Text = 0, Header = 1, Count = 2, Amount = 3;
    const int LongestName = 31, Narrowest = 8, Widest = 48;

    // Number format 49 is text, 1 a whole number, 2 one with two decimals.
    const string Styles = $"""
        <styleSheet xmlns="{WorkbookParts.Main}">
        <fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border/></borders>
        <cellStyleXfs count="1"><xf/></cellStyleXfs>
        <cellXfs count="4">
        <xf numFmtId="49" fontId="0" applyNumberFormat="1"/>
        <xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/>
        <xf numFmtId="1" fontId="0" applyNumberFormat="1"/>
        <xf numFmtId="2" fontId="0" applyNumberFormat="1"/>
        </cellXfs>
        </styleSheet>
        """;

    /// <summary>Writes the workbook; the stream stays open.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="sheets">At least one.</param>
    public static void Write(Stream stream, IReadOnlyList<ListSheet> sheets)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var names = new List<string>();
        foreach (var (place, sheet) in sheets.Index())
        {
            Write(sheet, archive.CreateEntry(WorkbookParts.Sheet(place + 1), CompressionLevel.Fastest).Open());
            names.Add(FreeName(sheet.Name, names));
        }

        WorkbookParts.Write(archive, names, Styles);
    }

    static void Write(ListSheet sheet, Stream stream)
    {
        var xml = new SheetXml(stream, View(sheet) + Columns(sheet));
        foreach (var (place, row) in sheet.Rows.Index())
        {
            xml.StartRow();
            foreach (var cell in row)
            {
                var text = Encoding.UTF8.GetBytes(cell.Text);
                if (cell.Kind == ListCellKind.Text)
                    xml.AddCell(text, place < sheet.HeaderRows ? Header : Text);
                else
                    xml.AddNumber(text, cell.Kind == ListCellKind.Count ? Count : Amount);
            }

            xml.EndRow();
        }

        xml.Close();
    }

    static string View(ListSheet sheet) => sheet.HeaderRows == 0 ? "" : FormattableString.Invariant(
        $"<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{sheet.HeaderRows}\" topLeftCell=\"A{sheet.HeaderRows + 1}\" ")
        + "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>";

    static string Columns(ListSheet sheet)
    {
        var widths = new int[sheet.Rows.Max(row => row.Count)];
        foreach (var row in sheet.Rows)
            foreach (var (place, cell) in row.Index())
                // A Chinese character is as wide as two figures.
                widths[place] = Math.Max(widths[place], cell.Text.Sum(letter => letter < 0x1100 ? 1 : 2));
        return "<cols>" + string.Concat(widths.Select((width, place) => FormattableString.Invariant(
            $"<col min=\"{place + 1}\" max=\"{place + 1}\" width=\"{Math.Clamp(width + 2, Narrowest, Widest)}\" customWidth=\"1\"/>")))
            + "</cols>";
    }

    /// <summary>A name that a spreadsheet takes and no sheet before it has.</summary>
    static string FreeName(string name, List<string> taken)
    {
        var kept = name.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter) && !"[]:*?/\\'".Contains(letter));
        var plain = new string([.. kept]).Trim();
        if (plain.Length == 0)
            plain = "表";
        for (var number = 1; ; number++)
        {
            var end = number == 1 ? "" : FormattableString.Invariant($" {number}");
            var free = plain[..Math.Min(plain.Length, LongestName - end.Length)] + end;
            if (!taken.Contains(free, StringComparer.OrdinalIgnoreCase))
                return free;
        }
    }
}
