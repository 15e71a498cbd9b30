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

    /// <summary>Whether <see cref="BlockText"/> has brought the block into UTF-8.</summary>
    public bool IsPrepared { get; set; }

    /// <summary>The bytes that were no characters, the first of each line, in order.</summary>
    public List<UndecodableByte> Undecodable { get; } = [];

    /// <summary>Each record counts as one line (a row of a sheet), whatever line feeds are in its fields.</summary>
    public bool RecordsAreLines { get; set; }

    /// <summary>The first undecodable byte of a part of the data, or null.</summary>
    public UndecodableByte? FirstUndecodable(int start, int end)
    {
        foreach (var fault in Undecodable)
            if (fault.Offset >= start && fault.Offset < end)
                return fault;
        return null;
    }
}

/// <summary>A byte that is no character.</summary>
/// <param name="Offset">Where it stands in the block's data after decoding.</param>
/// <param name="FileOffset">Where it stands in the file, from 0.</param>
public readonly record struct UndecodableByte(int Offset, long FileOffset);

/// <summary>Gives a table block by block. One caller at a time.</summary>
public interface ICsvBlockSource : IDisposable
{
    /// <summary>How much of the source has been given, 0 to 1.</summary>
    double Progress { get; }

    /// <summary>About how many records there are, told from the first block.</summary>
    long EstimateRecords(CsvBlock first);

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

    /// <summary>Where required columns are missing: the header's names that are not known, one of which may be meant.</summary>
    public IReadOnlyList<string> UnknownColumns { get; init; } = [];
}
