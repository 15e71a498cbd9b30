using System.IO.Compression;
using System.Security;
using System.Text;

namespace Canbao.Core.Files;

/// <summary>The parts of a workbook beside its sheets.</summary>
static class WorkbookParts
{
    /// <summary>The namespace of sheets.</summary>
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    const string OfficeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    const string SpreadsheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Where a sheet goes.</summary>
    /// <param name="number">From 1.</param>
    public static string Sheet(int number) => $"xl/worksheets/sheet{number}.xml";

    /// <summary>Writes them, after the sheets.</summary>
    /// <param name="archive">The workbook.</param>
    /// <param name="sheets">What the sheets are called, in their order.</param>
    /// <param name="styles">The part with the styles; none where null.</param>
    public static void Write(ZipArchive archive, IReadOnlyList<string> sheets, string? styles = null)
    {
        var all = sheets.Select((name, place) => (Number: place + 1, Name: SecurityElement.Escape(name))).ToList();
        Write(archive, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{OfficeRelations}\"><sheets>{string.Concat(all.Select(
            sheet => $"<sheet name=\"{sheet.Name}\" sheetId=\"{sheet.Number}\" r:id=\"s{sheet.Number}\"/>"))}</sheets></workbook>");
        var relations = all.Select(sheet =>
            $"<Relationship Id=\"s{sheet.Number}\" Type=\"{OfficeRelations}/worksheet\" Target=\"worksheets/sheet{sheet.Number}.xml\"/>");
        if (styles is not null)
        {
            Write(archive, "xl/styles.xml", styles);
            relations = relations.Append($"<Relationship Id=\"styles\" Type=\"{OfficeRelations}/styles\" Target=\"styles.xml\"/>");
        }

        Write(archive, "xl/_rels/workbook.xml.rels", Relations(relations));
        Write(archive, "_rels/.rels", Relations(
            [$"<Relationship Id=\"w\" Type=\"{OfficeRelations}/officeDocument\" Target=\"xl/workbook.xml\"/>"]));
        Write(archive, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{SpreadsheetType}.sheet.main+xml\"/>"
            + (styles is null ? "" : $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{SpreadsheetType}.styles+xml\"/>")
            + string.Concat(all.Select(sheet =>
                $"<Override PartName=\"/{Sheet(sheet.Number)}\" ContentType=\"{SpreadsheetType}.worksheet+xml\"/>"))
            + "</Types>");
    }

    static void Write(ZipArchive archive, string name, string xml)
    {
        using var part = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        part.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml));
    }

    static string Relations(IEnumerable<string> relations) =>
        $"<Relationships xmlns=\"{PackageRelations}\">{string.Concat(relations)}</Relationships>";
}
