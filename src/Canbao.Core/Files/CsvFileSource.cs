namespace Canbao.Core.Files;

/// <summary>Cuts a CSV file into blocks of whole records and finds out its encoding on the way.</summary>
public sealed class CsvFileSource : ICsvBlockSource
{
    /// <summary>Bytes that are read at once; also the longest record.</summary>
    public const int BlockBytes = 1 << 20;

    readonly Stream file;
    readonly long fileLength;
    readonly int blockBytes;
    readonly byte[] rest;
    int restLength;
    long position;
    long number;
    bool isSkipping;
    TextEncoding encoding;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="blockBytes">Bytes that are read at once; also the longest record.</param>
    /// <exception cref="TableFileException">The file cannot be opened, or it is marked as UTF-16.</exception>
    public CsvFileSource(string path, int blockBytes = BlockBytes)
        : this(TableFile.At(path), blockBytes)
    {
    }

    /// <inheritdoc cref="CsvFileSource(string, int)"/>
    public CsvFileSource(TableFile table, int blockBytes = BlockBytes)
    {
        this.blockBytes = blockBytes;
        rest = new byte[blockBytes];
        file = table.Open();
        try
        {
            fileLength = file.Length;
            SkipMark(table.Name);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            file.Dispose();
            throw new TableFileException("F101", $"读不了文件 {table.Name}；请检查文件是否存在、是否有读取权限", fault);
        }
        catch (TableFileException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public double Progress => fileLength == 0 ? 1 : Math.Min(1, (double)position / fileLength);

    /// <inheritdoc/>
    public long EstimateRecords(CsvBlock first) =>
        fileLength / Math.Max(first.Length / Math.Max(first.Data.AsSpan(0, first.Length).Count((byte)'\n'), 1), 1);

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    /// <inheritdoc/>
    public bool TryFill(CsvBlock block)
    {
        if (block.Data.Length < blockBytes)
            block.Data = new byte[blockBytes];
        if (isSkipping)
            SkipRestOfLine(block.Data);
        var length = Fill(block);
        if (length == 0)
            return false;
        var data = block.Data.AsSpan(0, length);
        var end = EndOfWholeRecords(data, block);
        restLength = length - end;
        data[end..].CopyTo(rest);
        block.Length = end;
        DecideEncoding(block);
        block.IsPrepared = false;
        block.Number = number++;
        block.RecordsAreLines = false;
        return true;
    }

    int Fill(CsvBlock block)
    {
        block.FileOffset = position - restLength;
        rest.AsSpan(0, restLength).CopyTo(block.Data);
        var length = restLength;
        while (length < blockBytes && position < fileLength)
        {
            var read = ReadAt(position, block.Data.AsSpan(length, blockBytes - length));
            if (read == 0)
                throw new TableFileException("F102", "文件在读取过程中变短了；请确认没有其他程序正在改写它，然后重试");
            length += read;
            position += read;
        }

        return length;
    }

    int EndOfWholeRecords(Span<byte> data, CsvBlock block)
    {
        block.IsOverlong = false;
        if (position == fileLength)
            return data.Length;
        if (!data.Contains((byte)'"') && data.LastIndexOf((byte)'\n') is >= 0 and var last)
            return last + 1;
        var end = 0;
        while (CsvSyntax.RecordEnd(data[end..], atEnd: false, out _) is > 0 and var record)
            end += record;
        if (end > 0)
            return end;
        // The first record does not end within a block. Where an open quote has swallowed lines, its first line is cut off as broken.
        if (data.IndexOf((byte)'\n') is >= 0 and var first)
            return first + 1;
        block.IsOverlong = true;
        isSkipping = true;
        return data.Length;
    }

    void SkipRestOfLine(byte[] buffer)
    {
        while (position < fileLength)
        {
            var read = ReadAt(position, buffer);
            if (read == 0)
                return;
            var lineEnd = buffer.AsSpan(0, read).IndexOf((byte)'\n');
            position += lineEnd < 0 ? read : lineEnd + 1;
            if (lineEnd < 0)
                continue;
            isSkipping = false;
            return;
        }
    }

    void DecideEncoding(CsvBlock block)
    {
        if (encoding == TextEncoding.Undecided)
            encoding = TextEncodings.Decide(block.Data.AsSpan(0, block.Length));
        if (encoding == TextEncoding.Unknown)
            throw new TableFileException("F103",
                $"认不出文件的文字编码（第 {block.FileOffset + 1} 字节起的一段既不是 UTF-8 也不是 GB18030）；请另存为“CSV UTF-8”后重试");
        block.Encoding = encoding;
    }

    int ReadAt(long offset, Span<byte> target)
    {
        if (file.Position != offset)
            file.Position = offset;
        return file.Read(target);
    }

    void SkipMark(string path)
    {
        Span<byte> mark = stackalloc byte[4];
        var length = ReadAt(0, mark);
        if (mark[..length].StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            position = 3;
            encoding = TextEncoding.Utf8;
        }
        else if (mark[..length].StartsWith<byte>([0xFF, 0xFE]) || mark[..length].StartsWith<byte>([0xFE, 0xFF]))
        {
            throw new TableFileException("F104", $"文件 {path} 是 UTF-16 编码；请另存为“CSV UTF-8（逗号分隔）”后重试");
        }
        else if (mark[..length].StartsWith("PK\u0003\u0004"u8))
        {
            throw new TableFileException("F105", $"文件 {path} 的内容是 Excel 工作簿而不是 CSV；请把扩展名改为 .xlsx 后重试");
        }
        else if (mark[..length].StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]))
        {
            throw new TableFileException("F105", $"文件 {path} 是旧版 Excel 工作簿（.xls）或加了密码；请用表格软件另存为不加密码的 .xlsx 后重试");
        }
    }
}
