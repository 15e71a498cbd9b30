namespace Canbao.Core.Files;

/// <summary>Takes rows of a table as CSV in UTF-8 and writes them as the file's kind wants.</summary>
public interface ITableSink : IDisposable
{
    /// <summary>Writes whole records.</summary>
    void Write(ReadOnlySpan<byte> records);

    /// <summary>Completes the file and gives it its name.</summary>
    void Commit();
}

/// <summary>Opens table files by their kind.</summary>
public static class TableFiles
{
    /// <summary>Opens a table for reading: a workbook for <c>.xlsx</c>, else CSV.</summary>
    /// <exception cref="TableFileException">The file cannot be read.</exception>
    public static ICsvBlockSource OpenSource(string path) =>
        TableFile.At(path) is { IsWorkbook: true } table ? new WorkbookSource(table, 0) : new CsvFileSource(path);

    /// <summary>Creates a table with a header record: a workbook for <c>.xlsx</c>, else CSV.</summary>
    /// <exception cref="TableFileException">The file cannot be written.</exception>
    public static ITableSink CreateSink(string path, string header) =>
        TableFile.At(path).IsWorkbook ? new WorkbookSink(path, header) : new CsvSink(path, header);

    /// <summary>The file that a path means, whatever links lead to it.</summary>
    public static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }
}

/// <summary>Writes CSV as it comes.</summary>
sealed class CsvSink : ITableSink
{
    readonly PendingFile pending;

    public CsvSink(string path, string header)
    {
        pending = new PendingFile(path);
        pending.Stream.Write(System.Text.Encoding.UTF8.GetBytes(header + "\n"));
    }

    public void Write(ReadOnlySpan<byte> records) => pending.Stream.Write(records);

    public void Commit() => pending.Commit();

    public void Dispose() => pending.Dispose();
}
