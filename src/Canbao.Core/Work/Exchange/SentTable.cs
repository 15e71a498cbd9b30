using Canbao.Core.Exchange;
using Canbao.Core.Files;

namespace Canbao.Core.Work.Exchange;

/// <summary>A table for a receiver, written row by row into sealed pieces: only the columns that the receiver may see.</summary>
sealed class SentTable : IDisposable
{
    readonly WorkbookSink? sheet;
    readonly string[] cells;

    /// <summary>Begins a table.</summary>
    /// <param name="spool">Where it goes; this owns it.</param>
    /// <param name="columns">The columns of <see cref="ReceiverColumns"/>.</param>
    /// <param name="isWorkbook">Whether it is a workbook; else CSV with the mark by which spreadsheets know its encoding.</param>
    public SentTable(UploadStream spool, IReadOnlyList<SentColumn> columns, bool isWorkbook)
    {
        (Spool, Columns) = (spool, columns);
        cells = new string[columns.Count];
        var header = columns.Select(column => column.Chinese());
        if (isWorkbook)
        {
            sheet = new WorkbookSink(spool, string.Join(',', header), "名单");
        }
        else
        {
            spool.Write(System.Text.Encoding.UTF8.Preamble);
            spool.Write(CsvText.ForeignLine(header));
        }
    }

    /// <summary>The file.</summary>
    public UploadStream Spool { get; }

    /// <summary>Its columns.</summary>
    public IReadOnlyList<SentColumn> Columns { get; }

    /// <summary>How many rows it has.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="value">What stands in a column.</param>
    public void Add(Func<SentColumn, string> value)
    {
        for (int at = 0; at < cells.Length; at++)
            cells[at] = value(Columns[at]);
        var line = CsvText.ForeignLine(cells);
        if (sheet is not null)
            sheet.Write(line);
        else
            Spool.Write(line);
        Rows++;
    }

    /// <summary>Ends it.</summary>
    public void Complete()
    {
        sheet?.Commit();
        Spool.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sheet?.Dispose();
        Spool.Dispose();
    }
}
