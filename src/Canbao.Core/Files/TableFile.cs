using Canbao.Vocabulary;

namespace Canbao.Core.Files;

/// <summary>A file that holds a table, wherever it lies: on disk, or sealed in the database.</summary>
/// <param name="name">Its name, by whose ending its kind is told.</param>
/// <param name="open">Opens it anew for reading; the stream can be positioned.</param>
public sealed class TableFile(string name, Func<Stream> open)
{
    /// <summary>Its name, or path; long numbers in it are hidden, since it is told and kept.</summary>
    public string Name { get; } = LongNumbers.Hidden(name);

    /// <summary>Whether it is a workbook; else it is CSV.</summary>
    public bool IsWorkbook => Path.GetExtension(name).Equals(".xlsx", StringComparison.OrdinalIgnoreCase);

    /// <summary>A file on disk.</summary>
    public static TableFile At(string path) => new(path, () => new FileStream(
        path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan));

    /// <summary>Opens it anew for reading.</summary>
    /// <exception cref="TableFileException">F101: it cannot be opened.</exception>
    public Stream Open()
    {
        try
        {
            return open();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new TableFileException("F101", $"读不了文件 {Name}；请检查文件是否存在、是否有读取权限", fault);
        }
    }
}
