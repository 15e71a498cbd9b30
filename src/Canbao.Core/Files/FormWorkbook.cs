using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Canbao.Core.Files;

/// <summary>A column of a form.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Width">Its width on paper, in characters of a figure's width.</param>
public readonly record struct FormColumn(string Name, int Width);

/// <summary>
/// A form as offices print and sign it: titles across the sheet, a header that each page repeats, ruled rows, notes below, in landscape and
/// as wide as the paper. All cells are text. For forms of some thousand rows; whole registers go through <see cref="WorkbookSink"/>.
/// </summary>
/// <param name="name">The sheet's name.</param>
/// <param name="columns">The columns.</param>
public sealed class FormWorkbook(string name, params ImmutableArray<FormColumn> columns)
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Package = "http://schemas.openxmlformats.org/package/2006";
    const string SheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    const int Plain = 0, Title = 1, Heading = 2, Ruled = 3;

    readonly List<(int Style, IReadOnlyList<string> Cells)> rows = [];
    int header;

    /// <summary>Adds a line across the sheet: a title in the middle before the rows, else at the left.</summary>
    public void AddLine(string text, bool isTitle = false) => rows.Add((isTitle ? Title : Plain, [text]));

    /// <summary>Adds the header.</summary>
    public void AddHeader()
    {
        rows.Add((Heading, [.. columns.Select(column => column.Name)]));
        header = rows.Count;
    }

    /// <summary>Adds a row.</summary>
    public void AddRow(IReadOnlyList<string> cells) => rows.Add((Ruled, cells));

    /// <summary>Writes the workbook; the stream stays open.</summary>
    public void Write(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        WriteText(archive, "[Content_Types].xml", $"""
            <Types xmlns="{Package}/content-types">
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="{SheetType}.sheet.main+xml"/>
            <Override PartName="/xl/styles.xml" ContentType="{SheetType}.styles+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SheetType}.worksheet+xml"/>
            </Types>
            """);
        WriteText(archive, "_rels/.rels", Relations(("officeDocument", "xl/workbook.xml")));
        WriteText(archive, "xl/_rels/workbook.xml.rels", Relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")));
        WriteText(archive, "xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets>
            <definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'{name}'!${header}:${header}</definedName></definedNames>
            </workbook>
            """);
        WriteText(archive, "xl/styles.xml", Styles);
        using var sheet = archive.CreateEntry("xl/worksheets/sheet1.xml").Open();
        using var xml = XmlWriter.Create(sheet, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        WriteSheet(xml);
    }

    void WriteSheet(XmlWriter xml)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><cols>");
        foreach (var (place, column) in columns.Index())
            xml.WriteRaw(FormattableString.Invariant(
                $"<col min=\"{place + 1}\" max=\"{place + 1}\" width=\"{column.Width}\" customWidth=\"1\"/>"));
        xml.WriteRaw("</cols>");
        xml.WriteStartElement("sheetData", Main);
        foreach (var (place, row) in rows.Index())
            WriteRow(xml, place + 1, row.Style, row.Cells);
        xml.WriteEndElement();
        var across = rows.Index().Where(row => row.Item.Style is Plain or Title).Select(row => row.Index + 1).ToList();
        var last = (char)('A' + columns.Length - 1);
        xml.WriteRaw(FormattableString.Invariant($"<mergeCells count=\"{across.Count}\">"));
        foreach (var row in across)
            xml.WriteRaw(FormattableString.Invariant($"<mergeCell ref=\"A{row}:{last}{row}\"/>"));
        xml.WriteRaw("</mergeCells><printOptions horizontalCentered=\"1\"/>"
            + "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
            + "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>"
            + "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>");
        xml.WriteEndElement();
    }

    static void WriteRow(XmlWriter xml, int number, int style, IReadOnlyList<string> cells)
    {
        xml.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", FormattableString.Invariant($"{number}"));
        // Rows of the table are as high as their text.
        if (style != Ruled)
        {
            xml.WriteAttributeString("ht", style == Plain ? "20" : "30");
            xml.WriteAttributeString("customHeight", "1");
        }

        foreach (var cell in cells)
        {
            xml.WriteStartElement("c", Main);
            xml.WriteAttributeString("s", FormattableString.Invariant($"{style}"));
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is", Main);
            // What XML cannot hold is no text that an office typed.
            var text = cell.Where(letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter));
            xml.WriteElementString("t", Main, new string([.. text]));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    static string Relations(params (string Type, string Target)[] parts) =>
        $"<Relationships xmlns=\"{Package}/relationships\">" + string.Concat(parts.Select((part, place) => FormattableString.Invariant(
            $"<Relationship Id=\"r{place + 1}\" Type=\"{Office}/{part.Type}\" Target=\"{part.Target}\"/>"))) + "</Relationships>";

    static void WriteText(ZipArchive archive, string part, string xml)
    {
        using var stream = archive.CreateEntry(part).Open();
        stream.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml));
    }

    // Number format 49 is text, so that what is typed into the form stays as it was typed.
    const string Styles = $"""
        <styleSheet xmlns="{Main}">
        <fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="宋体"/></font>
        <font><b/><sz val="11"/><name val="宋体"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="2"><border/>
        <border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>
        <cellStyleXfs count="1"><xf/></cellStyleXfs>
        <cellXfs count="4">
        <xf numFmtId="49" fontId="0" borderId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="center"/></xf>
        <xf numFmtId="49" fontId="1" borderId="0" applyFont="1" applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf>
        <xf numFmtId="49" fontId="2" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1">
        <alignment horizontal="center" vertical="center" wrapText="1"/></xf>
        <xf numFmtId="49" fontId="0" borderId="1" applyNumberFormat="1" applyBorder="1" applyAlignment="1">
        <alignment vertical="center" wrapText="1"/></xf>
        </cellXfs>
        </styleSheet>
        """;
}
