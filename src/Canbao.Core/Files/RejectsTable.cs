using System.Text;

namespace Canbao.Core.Files;

/// <summary>
/// Refused rows in the layout of their upload, titles and header as they were, with the reason in a new last column: to be corrected and
/// uploaded again as it is.
/// </summary>
public sealed class RejectsTable : IDisposable
{
    readonly Intake intake;
    readonly Stream stream;
    readonly WorkbookSink? sheet;

    /// <summary>Starts the table.</summary>
    /// <param name="stream">Where it goes: CSV for CSV, a workbook for a workbook. Stays open.</param>
    /// <param name="intake">The upload.</param>
    public RejectsTable(Stream stream, Intake intake)
    {
        this.stream = stream;
        this.intake = intake;
        var rows = intake.Header.Rows;
        var lines = rows.Select((row, at) => Line(row, at == rows.Count - 1 ? TableShape.ReasonColumn : ""));
        var header = string.Join('\n', lines);
        if (intake.File.IsWorkbook)
            sheet = new WorkbookSink(stream, header, "退回");
        else
        {
            // Without the mark a spreadsheet takes the file for another encoding.
            stream.Write(Encoding.UTF8.Preamble);
            stream.Write(Encoding.UTF8.GetBytes(header + "\n"));
        }
    }

    /// <summary>How many rows were added.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds the row last read, with all that is wrong with it.</summary>
    public void Add()
    {
        var row = intake.Row;
        var reasons = row.Faults.Select(fault => fault.Column.Length > 0 ? $"{fault.Column}：{fault.Reason}" : fault.Reason);
        var line = Encoding.UTF8.GetBytes(Line(row.Cells, $"{string.Join("；", reasons)}（原第 {row.Line} 行）") + "\n");
        if (sheet is not null)
            sheet.Write(line);
        else
            stream.Write(line);
        Rows++;
    }

    /// <summary>Writes what is still to be written.</summary>
    public void Complete() => sheet?.Commit();

    /// <inheritdoc/>
    public void Dispose() => sheet?.Dispose();

    string Line(IReadOnlyList<string> cells, string last)
    {
        var kept = Enumerable.Range(0, intake.Header.Names.Length).Where(place => place != intake.Header.ReasonPlace)
            .Select(place => place < cells.Count ? cells[place] : "");
        return string.Join(',', kept.Append(last).Select(CsvText.ForeignField));
    }
}
