namespace Canbao.Core.Files;

/// <summary>A run of whole records of a table, in UTF-8. Its buffers are reused.</summary>
public sealed class CsvBlock
{
    /// <summary>The bytes; only the first <see cref="Length"/> belong to the block.</summary>
    public byte[] Data { get; set; } = [];

    /// <summary>Bytes in use.</summary>
    public int Length { get; set; }

    /// <summary>Position in the sequence of blocks, from 0.</summary>
    public long Number { get; set; }

    /// <summary>Where the block starts in the file, in bytes.</summary>
    public long FileOffset { get; set; }

    /// <summary>The block's one record is the beginning of a line that is too long to be read.</summary>
    public bool IsOverlong { get; set; }

    /// <summary>The encoding of the bytes.</summary>
    public TextEncoding Encoding { get; set; }

    /// <summary>Each record counts as one line (a row of a sheet), whatever line feeds are in its fields.</summary>
    public bool RecordsAreLines { get; set; }
}

/// <summary>Gives a table block by block. One caller at a time.</summary>
public interface ICsvBlockSource : IDisposable
{
    /// <summary>How much of the source has been given, 0 to 1.</summary>
    double Progress { get; }

    /// <summary>Fills a block with the next records; false at the end.</summary>
    /// <exception cref="TableFileException">The file cannot be read further.</exception>
    bool TryFill(CsvBlock block);
}

/// <summary>A table file that cannot be read or written as a whole.</summary>
/// <param name="code">A stable code.</param>
/// <param name="message">What is wrong and what to do, in Chinese.</param>
/// <param name="inner">The cause.</param>
public sealed class TableFileException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>A stable code, such as <c>F101</c>.</summary>
    public string Code { get; } = code;
}
