using System.IO.Compression;
using System.Text;
using Canbao.Core.Files;

namespace Canbao.Core.Tests.Files;

/// <summary>Workbooks written part by part, as other programs write them, and read back as text.</summary>
static class Workbooks
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>The name of the only sheet's part.</summary>
    public const string SheetPart = "xl/worksheets/sheet1.xml";

    /// <summary>Writes a workbook of one sheet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The XML of its rows.</param>
    /// <param name="sharedStrings">The XML of its shared strings.</param>
    public static string Write(string path, string rows, string sharedStrings = "") => Write(path,
        stream => stream.Write(Encoding.UTF8.GetBytes($"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>")),
        stream => stream.Write(Encoding.UTF8.GetBytes($"<sst xmlns=\"{Main}\">{sharedStrings}</sst>")));

    /// <summary>Writes a workbook of one sheet, its larger parts by the caller.</summary>
    public static string Write(string path, Action<Stream> sheet, Action<Stream> sharedStrings)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        Part(archive, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Spreadsheet}.sheet.main+xml\"/>"
            + $"<Override PartName=\"/{SheetPart}\" ContentType=\"{Spreadsheet}.worksheet+xml\"/>"
            + $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Spreadsheet}.styles+xml\"/>"
            + $"<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{Spreadsheet}.sharedStrings+xml\"/></Types>");
        Part(archive, "_rels/.rels", Links(("w", "officeDocument", "xl/workbook.xml")));
        Part(archive, "xl/workbook.xml",
            $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>"
            + "<sheet name=\"人员\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>");
        Part(archive, "xl/_rels/workbook.xml.rels", Links(("s", "worksheet", "worksheets/sheet1.xml"), ("t", "styles", "styles.xml"),
            ("h", "sharedStrings", "sharedStrings.xml")));
        // Style 1 shows a day, style 2 a day and a time, style 3 a day in Chinese.
        Part(archive, "xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"1\">"
            + "<numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/></numFmts>"
            + "<cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"170\"/></cellXfs>"
            + "</styleSheet>");
        using (var part = archive.CreateEntry("xl/sharedStrings.xml").Open())
            sharedStrings(part);
        using (var part = archive.CreateEntry(SheetPart).Open())
            sheet(part);
        return path;
    }

    /// <summary>A row of text cells.</summary>
    public static string TextRow(params string[] cells) =>
        $"<row>{string.Concat(cells.Select(cell => $"<c t=\"inlineStr\"><is><t>{cell}</t></is></c>"))}</row>";

    /// <summary>All records of a workbook's first sheet, as the program reads them.</summary>
    public static string Read(string path)
    {
        using var source = new WorkbookSource(path);
        var block = new CsvBlock();
        var text = new StringBuilder();
        while (source.TryFill(block))
            text.Append(Encoding.UTF8.GetString(block.Data, 0, block.Length));
        return text.ToString();
    }

    static string Links(params (string Id, string Kind, string Target)[] links) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + string.Concat(links.Select(link =>
            $"<Relationship Id=\"{link.Id}\" Type=\"{Relations}/{link.Kind}\" Target=\"{link.Target}\"/>")) + "</Relationships>";

    static void Part(ZipArchive archive, string name, string xml)
    {
        using var part = archive.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(xml));
    }
}
