using System.IO.Compression;
using System.Text;

namespace Canbao.Core.Files;

/// <summary>
/// Writes records of CSV into a workbook, row by row and straight into the file, so that memory does not grow with the rows. All
/// cells are text, so that nothing is turned into a number, a date or a formula. After the last row that a sheet can hold it goes on
/// to the next sheet, with the header again.
/// </summary>
public sealed class WorkbookSink : ITableSink
{
    /// <summary>Rows of answers in a sheet; one more is the header's.</summary>
    public const int RowsPerSheet = 1_048_575;

    readonly PendingFile? pending;
    readonly ZipArchive archive;
    readonly string sheetNames;
    readonly CsvRecord record = new();
    readonly byte[] header;
    readonly int rowsPerSheet;
    byte[] buffer = [];
    SheetXml? sheet;
    int sheets;
    int rows;

    /// <summary>Creates the workbook.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">The header record, without its line feed.</param>
    /// <param name="rowsPerSheet">Rows below the header of a sheet.</param>
    /// <exception cref="TableFileException">The file cannot be written.</exception>
    public WorkbookSink(string path, string header, int rowsPerSheet = RowsPerSheet)
        : this(new PendingFile(path), null, header, rowsPerSheet, "核定结果")
    {
    }

    /// <summary>Writes the workbook into a stream, which stays open.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="header">The records above the rows of each sheet, without the last one's line feed.</param>
    /// <param name="sheetNames">What the sheets are called, a number behind it.</param>
    public WorkbookSink(Stream stream, string header, string sheetNames)
        : this(null, stream, header, RowsPerSheet, sheetNames)
    {
    }

    WorkbookSink(PendingFile? pending, Stream? stream, string header, int rowsPerSheet, string sheetNames)
    {
        this.header = Encoding.UTF8.GetBytes(header + "\n");
        this.rowsPerSheet = rowsPerSheet;
        this.sheetNames = sheetNames;
        this.pending = pending;
        archive = new ZipArchive(stream ?? pending!.Stream, ZipArchiveMode.Create, leaveOpen: true);
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
            if (rows == rowsPerSheet)
                OpenSheet();
            WriteRow(buffer, start, end);
            rows++;
            start = end;
        }
    }

    /// <inheritdoc/>
    public void Commit()
    {
        sheet!.Close();
        WorkbookParts.Write(archive, [.. Enumerable.Range(1, sheets).Select(number => $"{sheetNames}{number}")]);
        archive.Dispose();
        pending?.Commit();
    }

    /// <inheritdoc/>
    /// <remarks>An archive that is not complete is left as it is: to close it would write more into a file that is to go.</remarks>
    public void Dispose() => pending?.Dispose();

    void OpenSheet()
    {
        sheet?.Close();
        sheets++;
        sheet = new SheetXml(archive.CreateEntry(WorkbookParts.Sheet(sheets), CompressionLevel.Fastest).Open());
        rows = 0;
        for (var start = 0; start < header.Length; rows++)
        {
            var end = start + CsvSyntax.RecordEnd(header.AsSpan(start), atEnd: true, out _);
            WriteRow(header, start, end);
            start = end;
        }

        // The limit counts rows below one line of header.
        rows--;
    }

    void WriteRow(byte[] data, int start, int end)
    {
        record.Split(data, start, end);
        sheet!.StartRow();
        for (var field = 0; field < record.Count; field++)
            sheet.AddCell(record[field]);
        sheet.EndRow();
    }
}
