using System.Text;

namespace Canbao.Core.Files;

/// <summary>What a record of a table is.</summary>
enum RowKind
{
    /// <summary>A row of the table, good or bad.</summary>
    Data,

    /// <summary>Nothing.</summary>
    Blank,

    /// <summary>A number in front of nothing.</summary>
    Numbered,

    /// <summary>A total or signature below the table.</summary>
    Footer,

    /// <summary>A note below the table, which may go on in the next row.</summary>
    Note,
}

/// <summary>
/// One row of an upload, its cells by the place of their column in the shape. Good only until the next row is read: its buffers are reused.
/// </summary>
public sealed class IntakeRow
{
    static readonly string[] ErrorValues =
        ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", SheetFaults.NotCalculated];

    readonly RecordCursor cursor;
    readonly IntakeHeader header;
    readonly TableShape shape;
    readonly byte[]?[] changed;
    readonly DateOnly[] days;
    readonly List<IntakeFault> faults = [];

    internal IntakeRow(RecordCursor cursor, IntakeHeader header, TableShape shape)
    {
        this.cursor = cursor;
        this.header = header;
        this.shape = shape;
        changed = new byte[shape.Columns.Length][];
        days = new DateOnly[shape.Columns.Length];
    }

    /// <summary>The row of the sheet, or the line of the file, from 1.</summary>
    public long Line => cursor.Line;

    /// <summary>Whether the sheet does not show the row.</summary>
    public bool IsHidden { get; internal set; }

    /// <summary>Whether nothing is wrong with it.</summary>
    public bool IsGood => faults.Count == 0;

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<IntakeFault> Faults => faults;

    /// <summary>All cells of the table as they came, for a table of refused rows.</summary>
    public IReadOnlyList<string> Cells
    {
        get
        {
            var record = cursor.Record;
            if (!cursor.IsSplit && (cursor.Block.IsOverlong || !record.SplitAtCommas(cursor.Block.Data, cursor.Start, cursor.End)))
                return [Encoding.UTF8.GetString(cursor.Block.Data.AsSpan(cursor.Start, Math.Min(200, cursor.End - cursor.Start)))];
            return [.. Enumerable.Range(0, record.Count).Select(cell => Encoding.UTF8.GetString(record[cell]))];
        }
    }

    /// <summary>A cell's text in UTF-8; nothing where the table lacks the column.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => changed[column] is { } bytes ? bytes : Raw(column);

    /// <summary>A cell's text.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    /// <summary>The day in a column of days; null where it is empty or was refused.</summary>
    public DateOnly? Date(int column) => days[column] == default ? null : days[column];

    /// <summary>Refuses the row for a reason of the caller's own.</summary>
    /// <param name="column">The place of the column in the shape.</param>
    /// <param name="code">A stable code.</param>
    /// <param name="reason">What is wrong and what to do, without the value.</param>
    public void Refuse(int column, string code, string reason) =>
        faults.Add(new(Line, shape.Columns[column].Name, code, IntakeFault.Masked(Text(column)), reason));

    /// <summary>Takes the cursor's record.</summary>
    /// <param name="isInNote">Whether it follows a note.</param>
    internal RowKind Load(bool isInNote)
    {
        faults.Clear();
        var record = cursor.Record;
        Array.Clear(changed);
        Array.Clear(days);
        if (!cursor.IsSplit)
        {
            RefuseRecord();
            return RowKind.Data;
        }

        var first = 0;
        while (first < record.Count && (first == header.ReasonPlace || CellText.IsBlank(record[first])))
            first++;
        if (first == record.Count)
            return RowKind.Blank;
        for (var column = 0; column < changed.Length; column++)
            Take(column);
        if (faults.Count > 0 && IsOnlyNumbered(first))
            return RowKind.Numbered;
        if (faults.Count > 0 && IsFooter(first, isInNote))
            return isInNote || FooterRows.IsNote(Encoding.UTF8.GetString(record[first])) ? RowKind.Note : RowKind.Footer;
        RefuseTooWide(record);
        if (cursor.Undecodable is { } bad)
            faults.Add(new(Line, "", IntakeFault.Undecodable, "", $"文件第 {bad.FileOffset + 1} 字节不是有效文字；请重新录入该处"));
        return RowKind.Data;
    }

    ReadOnlySpan<byte> Raw(int column)
    {
        var place = header[column];
        return place >= 0 && cursor.IsSplit && place < cursor.Record.Count ? cursor.Record[place] : default;
    }

    void Take(int column)
    {
        var kept = shape.Columns[column];
        var cell = Raw(column);
        if (!CellText.IsClean(cell, kept.Kind))
            cell = Change(column, cell, kept.Kind);
        if (cell.IsEmpty)
        {
            if (kept.IsRequired)
                Refuse(column, IntakeFault.Blank, "不能为空；请补填");
            return;
        }

        if (kept.Kind != ColumnKind.Date)
            return;
        if (CellDate.TryParse(cell, out var day))
            days[column] = day;
        else if (faults.Count == 0 || faults[^1].Column != kept.Name)
            Refuse(column, IntakeFault.NotADay, "不是日期；请写成 2022-09-01 的样子");
    }

    byte[] Change(int column, ReadOnlySpan<byte> cell, ColumnKind kind)
    {
        var text = CellText.Clean(Encoding.UTF8.GetString(cell), kind);
        var exact = CellText.Exact(text);
        var bytes = changed[column] = Encoding.UTF8.GetBytes(exact ?? text);
        if (exact is null || text == WorkbookSource.LostDigits)
            Refuse(column, IntakeFault.LostDigits, "号码被表格软件存成了数字，末尾几位已经丢失；请把该列设为“文本”格式后重新录入");
        else if (ErrorValues.Contains(text))
            Refuse(column, IntakeFault.ErrorCell, "单元格显示的是错误值，或公式没有算出结果；请改成内容本身");
        return bytes;
    }

    /// <summary>A row below the table: it begins like one, and what stands in required columns is of the same kind.</summary>
    bool IsFooter(int first, bool isInNote)
    {
        var begin = CellText.Clean(Encoding.UTF8.GetString(cursor.Record[first]), ColumnKind.Text);
        if (!FooterRows.Begins(begin) && !(isInNote && IsAlone(first)))
            return false;
        for (var column = 0; column < changed.Length; column++)
            if (shape.Columns[column].IsRequired && header[column] != first && !FooterRows.MayHold(begin, Text(column)))
                return false;
        return true;
    }

    /// <summary>A row of a form that was numbered beforehand and never filled in.</summary>
    bool IsOnlyNumbered(int first) => first < header.Names.Length && TableShape.Plain(header.Names[first]) is "序号" or "编号" or "行号"
        && cursor.Record[first].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && IsAlone(first);

    bool IsAlone(int first)
    {
        for (var cell = first + 1; cell < cursor.Record.Count; cell++)
            if (!CellText.IsBlank(cursor.Record[cell]))
                return false;
        return true;
    }

    void RefuseTooWide(CsvRecord record)
    {
        var width = header.Names.Length;
        for (var cell = width; cell < record.Count; cell++)
            if (!CellText.IsBlank(record[cell]))
            {
                faults.Add(new(Line, $"第 {cell + 1} 列", IntakeFault.TooWide, IntakeFault.Masked(Encoding.UTF8.GetString(record[cell])),
                    $"表头只有 {width} 列，这一行更多；请核对逗号和引号，或给该列写上列名"));
                return;
            }
    }

    void RefuseRecord()
    {
        var (code, reason) = cursor.Block.IsOverlong
            ? (IntakeFault.TooLong, $"这一行超过 {CsvFileSource.BlockBytes / 1024 / 1024} MB；请核对是否缺少换行")
            : cursor.Cut == RecordCut.BrokenQuotes
                ? (IntakeFault.BrokenQuotes, "引号没有配对，或引号后还有文字；请把含引号的内容整个用引号括起来，内容中的引号写两遍")
                : (IntakeFault.TooWide, $"列数超过 {CsvRecord.MostFields}；请核对分隔符");
        faults.Add(new(Line, "", code, "", reason));
    }
}
