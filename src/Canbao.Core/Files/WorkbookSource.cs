using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;

namespace Canbao.Core.Files;

/// <summary>
/// Gives a sheet of a workbook, the first unless another is asked for, as records of CSV, so that whoever reads tables needs to know one
/// form only. A number is given only if its digits are exact; a date cell as <c>yyyy-MM-dd</c>.
/// </summary>
public sealed class WorkbookSource : ICsvBlockSource
{
    /// <summary>Stands for a number that the workbook does not hold exactly; no value of a table equals it.</summary>
    public const string LostDigits = "#数字超过15位，原值已丢失";

    /// <summary>
    /// The most that parts of a workbook may unpack to. Sheets are read row by row, other parts are held in memory whole; a large part
    /// that packs better than any table does is there to exhaust whoever opens it.
    /// </summary>
    const long MostSheetBytes = 4L << 30, MostPartBytes = 256 << 20, LargePartBytes = 64 << 20, MostPackedTimes = 200;

    readonly Stream file;
    readonly Stream besides;
    readonly ZipArchive archive;
    readonly IEnumerator<SheetFault> faults;
    readonly IExcelDataReader reader;
    readonly int rows;
    readonly ArrayBufferWriter<byte> records = new(CsvFileSource.BlockBytes);
    long number;
    int row;
    bool hasFault;

    static WorkbookSource() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Opens a workbook's first sheet.</summary>
    /// <exception cref="TableFileException">The file is no workbook, is damaged or is protected by a password.</exception>
    public WorkbookSource(string path)
        : this(TableFile.At(path), 0)
    {
    }

    /// <summary>Opens a sheet of a workbook.</summary>
    /// <param name="table">The file.</param>
    /// <param name="sheet">The sheet's place, from 0.</param>
    /// <exception cref="TableFileException">The file is no workbook, is damaged or is protected by a password.</exception>
    public WorkbookSource(TableFile table, int sheet)
    {
        file = table.Open();
        besides = table.Open();
        try
        {
            archive = Read(() => new ZipArchive(besides, ZipArchiveMode.Read));
            CheckSize(archive);
            faults = SheetFaults.Read(archive, sheet).GetEnumerator();
            hasFault = Read(faults.MoveNext);
            reader = Read(() => ExcelReaderFactory.CreateOpenXmlReader(file));
            for (var skipped = 0; skipped < sheet; skipped++)
                Read(reader.NextResult);
            rows = Read(() => reader.RowCount);
            if (Read(() => reader.FieldCount) > CsvRecord.MostFields || rows > WorkbookSink.RowsPerSheet + 1)
                throw new TableFileException("F111", $"工作表超过 {CsvRecord.MostFields} 列或 {WorkbookSink.RowsPerSheet + 1} 行；请删去多余的行列后重试");
        }
        catch (TableFileException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How many sheets the workbook has.</summary>
    public int Sheets => Read(() => reader.ResultsCount);

    /// <summary>The sheet's name.</summary>
    public string SheetName => Read(() => reader.Name);

    /// <summary>Whether the sheet is not shown to whoever opens the workbook.</summary>
    public bool IsHidden => Read(() => reader.VisibleState) is "hidden" or "veryhidden";

    /// <summary>Takes the numbers, from 1, of rows that are not shown, as they are read; null where nobody asks.</summary>
    public Action<long>? HiddenRow { get; set; }

    /// <inheritdoc/>
    public double Progress => rows == 0 ? 1 : Math.Min(1, (double)row / rows);

    /// <inheritdoc/>
    public long EstimateRecords(CsvBlock first) => rows;

    /// <inheritdoc/>
    public void Dispose()
    {
        reader?.Dispose();
        faults?.Dispose();
        archive?.Dispose();
        besides.Dispose();
        file.Dispose();
    }

    /// <inheritdoc/>
    public bool TryFill(CsvBlock block)
    {
        records.ResetWrittenCount();
        block.FileOffset = row;
        while (records.WrittenCount < CsvFileSource.BlockBytes && Read(reader.Read))
        {
            row++;
            AppendRow();
        }

        if (records.WrittenCount == 0)
            return false;
        if (block.Data.Length < records.WrittenCount)
            block.Data = new byte[records.WrittenCount];
        records.WrittenSpan.CopyTo(block.Data);
        block.Length = records.WrittenCount;
        block.Encoding = TextEncoding.Utf8;
        block.IsPrepared = false;
        block.Number = number++;
        block.IsOverlong = false;
        block.RecordsAreLines = true;
        return true;
    }

    static void CheckSize(ZipArchive archive)
    {
        // What a part is said to unpack to is a bound: the unpacker never gives more.
        foreach (var part in Read(() => archive.Entries))
        {
            var isSheet = part.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase);
            if (part.Length > (isSheet ? MostSheetBytes : MostPartBytes)
                || part.Length > LargePartBytes && part.Length / MostPackedTimes > part.CompressedLength)
                throw new TableFileException("F110",
                    $"工作簿解压后过大（{part.FullName} 有 {part.Length >> 20} MB）；请用表格软件打开后另存为 CSV，再核定该 CSV 文件");
        }
    }

    void AppendRow()
    {
        var count = reader.FieldCount;
        var isBlank = true;
        var isHidden = false;
        while (hasFault && (faults.Current.Row, faults.Current.Column).CompareTo((row - 1, SheetFault.HiddenRow)) <= 0)
        {
            isHidden |= faults.Current.Row == row - 1;
            hasFault = Read(faults.MoveNext);
        }

        var fields = new string[count];
        for (var i = 0; i < count; i++)
        {
            var column = i;
            fields[i] = Read(() => Text(reader.GetValue(column)));
            while (hasFault && faults.Current.Row == row - 1 && faults.Current.Column == i)
            {
                fields[i] = faults.Current.Text;
                hasFault = Read(faults.MoveNext);
            }

            isBlank &= fields[i].Length == 0;
        }

        if (!isBlank && isHidden)
            HiddenRow?.Invoke(row);
        if (!isBlank)
            Encoding.UTF8.GetBytes(string.Join(',', fields.Select(CsvText.Field)), records);
        records.Write("\n"u8);
    }

    static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        DateTime time when time.TimeOfDay == TimeSpan.Zero => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        // Beyond 15 digits a spreadsheet keeps no exact number: the digits shown were never there, and guessing them is not for us.
        double number when Math.Abs(number) < 1e15 => number.ToString("0.###############", CultureInfo.InvariantCulture),
        double => LostDigits,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>A damaged workbook may fail in many ways inside the reader; to the user they are all one.</summary>
    static TResult Read<TResult>(Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or TableFileException))
        {
            throw new TableFileException("F107", "工作簿打不开：文件不完整、已损坏、加了密码或不是 .xlsx；请用表格软件打开后另存为 .xlsx", fault);
        }
    }
}
