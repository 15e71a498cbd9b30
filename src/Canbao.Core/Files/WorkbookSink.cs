using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Canbao.Core.Files;

/// <summary>
/// Writes records of CSV into a workbook, row by row, all cells as text so that nothing is turned into a number, a date or a
/// formula. After the last row that a sheet can hold it goes on to the next sheet, with the header again.
/// </summary>
public sealed class WorkbookSink : ITableSink
{
    /// <summary>Rows of answers in a sheet; one more is the header's.</summary>
    public const int RowsPerSheet = 1_048_575;

    readonly PendingFile pending;
    readonly SpreadsheetDocument document;
    readonly Sheets sheets = new();
    readonly CsvRecord record = new();
    readonly byte[] header;
    byte[] buffer = [];
    OpenXmlWriter? sheet;
    int rows;

    /// <summary>Creates the workbook.</summary>
    /// <exception cref="TableFileException">The file cannot be written.</exception>
    public WorkbookSink(string path, string header)
    {
        pending = new PendingFile(path);
        this.header = Encoding.UTF8.GetBytes(header + "\n");
        document = SpreadsheetDocument.Create(pending.Stream, SpreadsheetDocumentType.Workbook);
        document.AddWorkbookPart().Workbook = new Workbook(sheets);
        OpenSheet();
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> records)
    {
        if (buffer.Length < records.Length)
            buffer = new byte[records.Length];
        records.CopyTo(buffer);
        for (var start = 0; start < records.Length;)
        {
            var end = start + CsvSyntax.RecordEnd(buffer.AsSpan(start, records.Length - start), atEnd: true, out _);
            if (rows == RowsPerSheet)
                OpenSheet();
            WriteRow(buffer, start, end);
            rows++;
            start = end;
        }
    }

    /// <inheritdoc/>
    public void Commit()
    {
        CloseSheet();
        document.WorkbookPart!.Workbook!.Save();
        document.Dispose();
        pending.Commit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sheet?.Dispose();
        document.Dispose();
        pending.Dispose();
    }

    void OpenSheet()
    {
        CloseSheet();
        var part = document.WorkbookPart!.AddNewPart<WorksheetPart>();
        var count = (uint)sheets.ChildElements.Count + 1;
        sheets.AppendChild(new Sheet { Id = document.WorkbookPart.GetIdOfPart(part), SheetId = count, Name = $"核定结果{count}" });
        sheet = OpenXmlWriter.Create(part);
        sheet.WriteStartElement(new Worksheet());
        sheet.WriteStartElement(new SheetData());
        WriteRow(header, 0, header.Length);
        rows = 0;
    }

    void CloseSheet()
    {
        if (sheet is null)
            return;
        sheet.WriteEndElement();
        sheet.WriteEndElement();
        sheet.Dispose();
        sheet = null;
    }

    void WriteRow(byte[] data, int start, int end)
    {
        record.Split(data, start, end);
        sheet!.WriteStartElement(new Row());
        for (var field = 0; field < record.Count; field++)
        {
            sheet.WriteStartElement(new Cell { DataType = CellValues.InlineString });
            sheet.WriteStartElement(new InlineString());
            sheet.WriteElement(new Text(Encoding.UTF8.GetString(record[field])) { Space = SpaceProcessingModeValues.Preserve });
            sheet.WriteEndElement();
            sheet.WriteEndElement();
        }

        sheet.WriteEndElement();
    }
}
