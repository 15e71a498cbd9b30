namespace Canbao.Core.Files;

/// <summary>
/// Reads an upload row by row, whatever it looks like: CSV in UTF-8 or GB18030 or a workbook, with titles above the header, a header of
/// two rows, further sheets, hidden rows, and notes, totals and signatures below. Memory does not grow with the rows. For one thread.
/// </summary>
public sealed class Intake : IDisposable
{
    /// <summary>Sheets of a workbook; each is opened to look for the header.</summary>
    const int MostSheets = 64;

    readonly ICsvBlockSource source;
    readonly RecordCursor cursor;
    readonly TableShape shape;
    readonly HashSet<long> hidden = [];
    readonly List<long> footers = [];
    readonly List<string> sheetNotes = [];
    long numbered;
    bool isInNote;

    Intake(TableFile file, ICsvBlockSource source, TableShape shape, IReadOnlyDictionary<string, string>? learnt)
    {
        File = file;
        this.source = source;
        this.shape = shape;
        cursor = new RecordCursor(source);
        if (source is WorkbookSource workbook)
            workbook.HiddenRow = row => hidden.Add(row);
        Header = IntakeHeader.Find(cursor, shape, learnt);
        Row = new IntakeRow(cursor, Header, shape);
    }

    /// <summary>The file.</summary>
    public TableFile File { get; }

    /// <summary>The row last read.</summary>
    public IntakeRow Row { get; }

    /// <summary>How many rows were read.</summary>
    public long Rows { get; private set; }

    /// <summary>How many of them the sheet does not show.</summary>
    public long HiddenRows { get; private set; }

    /// <summary>How much was read, 0 to 1.</summary>
    public double Progress => source.Progress;

    /// <summary>Names in the header that the shape does not know, to be passed over or learnt.</summary>
    public IReadOnlyList<string> Unknown =>
        [.. Header.Names.Where((name, place) => place != Header.ReasonPlace && !Enumerable.Range(0, shape.Columns.Length)
            .Any(column => Header[column] == place)).Select(name => CellText.Clean(name, ColumnKind.Text)).Where(name => name.Length > 0)];

    /// <summary>What whoever uploads should know of the rows read up to now, in Chinese.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. sheetNotes,
        .. HiddenRows > 0 ? [$"含 {HiddenRows} 行隐藏行，与其他行一样处理；请确认不是误留的旧数据"] : Array.Empty<string>(),
        .. footers.Count > 0 ? [$"表下的说明、合计、签名没有作为数据：第 {string.Join("、", footers.Take(5))} 行{(footers.Count > 5 ? "等" : "")}"]
            : Array.Empty<string>(),
        .. numbered > 0 ? [$"有 {numbered} 行只有序号，没有内容，没有作为数据"] : Array.Empty<string>(),
    ];

    internal IntakeHeader Header { get; }

    /// <summary>Opens a file and finds its header.</summary>
    /// <param name="file">The file.</param>
    /// <param name="shape">The columns it should have.</param>
    /// <param name="learnt">
    /// Names that this office uses, each as <see cref="TableShape.Plain"/> gives it, with the column's name; may be null.
    /// </param>
    /// <exception cref="TableFileException">
    /// F210: no header among the first rows. F211: required columns are missing. F212: several sheets have the header. F213: a column
    /// is there twice. Others where the file cannot be read.
    /// </exception>
    public static Intake Open(TableFile file, TableShape shape, IReadOnlyDictionary<string, string>? learnt = null)
    {
        if (!file.IsWorkbook)
            return Whole(Make(file, new CsvFileSource(file), shape, learnt), "");
        var sheets = new List<Sheet>();
        try
        {
            for (int place = 0, count = 1; place < count; place++)
            {
                var source = new WorkbookSource(file, place);
                count = source.Sheets;
                if (count > MostSheets)
                {
                    source.Dispose();
                    throw new TableFileException("F111", $"工作簿有 {count} 张工作表，最多 {MostSheets} 张；请把要上传的一张另存为单独的文件");
                }

                var intake = Make(file, source, shape, learnt);
                sheets.Add(new(intake, source.SheetName, source.IsHidden));
                // A workbook may have many sheets; only those that may be meant stay open.
                if (!intake.Header.IsWhole(shape))
                    intake.Dispose();
            }

            var chosen = Choose(sheets, shape);
            sheets.RemoveAll(sheet => sheet.Intake == chosen);
            return chosen;
        }
        finally
        {
            foreach (var sheet in sheets)
                sheet.Intake.Dispose();
        }
    }

    /// <summary>Reads the next row of data; false at the end.</summary>
    /// <exception cref="TableFileException">The file cannot be read further.</exception>
    public bool Read()
    {
        while (cursor.Next())
        {
            var kind = Row.Load(isInNote);
            Row.IsHidden = hidden.Count > 0 && hidden.Remove(cursor.Line);
            if (kind == RowKind.Numbered)
                numbered++;
            if (kind is RowKind.Footer or RowKind.Note)
                footers.Add(cursor.Line);
            isInNote = kind == RowKind.Note || isInNote && kind == RowKind.Blank;
            if (kind != RowKind.Data)
                continue;
            Rows++;
            HiddenRows += Row.IsHidden ? 1 : 0;
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    static Intake Make(TableFile file, ICsvBlockSource source, TableShape shape, IReadOnlyDictionary<string, string>? learnt)
    {
        try
        {
            return new Intake(file, source, shape, learnt);
        }
        catch (TableFileException)
        {
            source.Dispose();
            throw;
        }
    }

    static Intake Choose(List<Sheet> sheets, TableShape shape)
    {
        var all = sheets.Where(sheet => sheet.Intake.Header.IsWhole(shape)).ToList();
        // Hidden sheets are mostly lists for drop-downs, or last year's; they are never taken in place of one that is shown.
        var shown = all.Where(sheet => !sheet.IsHidden).ToList();
        if (shown.Count > 1)
            throw new TableFileException("F212",
                $"工作簿中有 {shown.Count} 张工作表的表头都符合：{string.Join("、", shown.Select(sheet => sheet.Name))}；请只留一张后再上传");
        if (shown is not [var chosen])
        {
            var near = sheets.Where(sheet => !sheet.IsHidden).DefaultIfEmpty(sheets[0]).MaxBy(sheet => sheet.Intake.Header.Known)!;
            throw Lacking(near.Intake, near.Name, all.Count > 0 ? $"；隐藏的工作表“{all[0].Name}”符合，如要上传请先取消隐藏" : "");
        }

        if (sheets.Count(sheet => !sheet.IsHidden) > 1)
            chosen.Intake.sheetNotes.Add($"读的是工作表“{chosen.Name}”");
        if (all.Count > 1)
            chosen.Intake.sheetNotes.Add($"隐藏的工作表没有读：{string.Join("、", all.Where(sheet => sheet.IsHidden).Select(sheet => sheet.Name))}");
        return chosen.Intake;
    }

    static Intake Whole(Intake intake, string sheet)
    {
        if (intake.Header.IsWhole(intake.shape))
            return intake;
        intake.Dispose();
        throw Lacking(intake, sheet, "");
    }

    static TableFileException Lacking(Intake intake, string sheet, string more)
    {
        var missing = string.Join("、", intake.Header.Missing(intake.shape));
        var where = sheet.Length > 0 ? $"工作表“{sheet}”" : "文件";
        if (intake.Header.Known > 0)
            return new TableFileException("F211", $"{where}的表头缺少列：{missing}；请补上，或指明哪一列是它{more}")
            {
                UnknownColumns = intake.Unknown,
            };
        var separator = intake.Header.Names is [var only]
            ? only.Contains(';') ? "；似乎以分号分隔，请改为逗号" : only.Contains('\t') ? "；似乎以制表符分隔，请改为逗号" : "" : "";
        return new TableFileException("F210", $"{where}的前 10 行中找不到表头，应有的列是：{missing}{separator}{more}");
    }

    sealed record Sheet(Intake Intake, string Name, bool IsHidden);
}
