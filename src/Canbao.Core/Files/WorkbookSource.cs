using System.Buffers;
using System.Globalization;
using System.Text;
using ExcelDataReader;

namespace Canbao.Core.Files;

/// <summary>
/// Gives the first sheet of a workbook as records of CSV, so that whoever reads tables needs to know one form only. A number is
/// given only if its digits are exact; a date cell as <c>yyyy-MM-dd</c>.
/// </summary>
public sealed class WorkbookSource : ICsvBlockSource
{
    /// <summary>Stands for a number that the workbook does not hold exactly; no value of a table equals it.</summary>
    public const string LostDigits = "#数字超过15位，原值已丢失";

    readonly FileStream file;
    readonly IExcelDataReader reader;
    readonly int rows;
    readonly ArrayBufferWriter<byte> records = new(CsvFileSource.BlockBytes);
    long number;
    int row;

    static WorkbookSource() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Opens a workbook.</summary>
    /// <exception cref="TableFileException">The file is no workbook, is damaged or is protected by a password.</exception>
    public WorkbookSource(string path)
    {
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new TableFileException("F101", $"读不了文件 {path}；请检查文件是否存在、是否有读取权限", fault);
        }

        try
        {
            reader = Read(() => ExcelReaderFactory.CreateOpenXmlReader(file));
            rows = Read(() => reader.RowCount);
        }
        catch (TableFileException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public double Progress => rows == 0 ? 1 : Math.Min(1, (double)row / rows);

    /// <inheritdoc/>
    public long EstimateRecords(CsvBlock first) => rows;

    /// <inheritdoc/>
    public void Dispose()
    {
        reader.Dispose();
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

    void AppendRow()
    {
        var count = reader.FieldCount;
        var isBlank = true;
        var fields = new string[count];
        for (var i = 0; i < count; i++)
        {
            var column = i;
            fields[i] = Read(() => Text(reader.GetValue(column)));
            isBlank &= fields[i].Length == 0;
        }

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
