namespace Canbao.Core.Files;

/// <summary>How a record was cut.</summary>
public enum RecordCut
{
    /// <summary>The data ends before the record does.</summary>
    Incomplete,

    /// <summary>A whole record.</summary>
    Whole,

    /// <summary>Quotes are not closed or are followed by other text; the record is cut at the end of its first line.</summary>
    BrokenQuotes,
}

/// <summary>
/// The grammar of RFC 4180 over bytes of UTF-8 or GB18030 (in both, the bytes of separators never occur inside a character). The
/// one place that says where a record and a field end, for those who cut a file into blocks and for those who read them.
/// </summary>
public static class CsvSyntax
{
    const byte Quote = (byte)'"';
    const byte Comma = (byte)',';
    const byte LineFeed = (byte)'\n';

    /// <summary>The end of the first record in the data, behind its line feed.</summary>
    /// <param name="data">Data that starts at a record.</param>
    /// <param name="atEnd">Whether the data ends with the file, so that the last record needs no line feed.</param>
    /// <param name="cut">How the record was cut.</param>
    public static int RecordEnd(ReadOnlySpan<byte> data, bool atEnd, out RecordCut cut)
    {
        var lineEnd = data.IndexOf(LineFeed);
        var line = lineEnd < 0 ? data : data[..lineEnd];
        if (!line.Contains(Quote))
            return Cut(data, lineEnd, atEnd, out cut);

        for (var at = 0; ;)
        {
            var fieldEnd = FieldEnd(data[at..], atEnd, out var isWellFormed);
            if (!isWellFormed)
            {
                var end = Cut(data, lineEnd, atEnd, out cut);
                if (cut == RecordCut.Whole)
                    cut = RecordCut.BrokenQuotes;
                return end;
            }

            if (fieldEnd < 0 || at + fieldEnd == data.Length)
                return Cut(data, -1, atEnd && fieldEnd >= 0, out cut);
            at += fieldEnd;
            if (data[at++] == LineFeed)
                return Cut(data, at - 1, atEnd, out cut);
        }
    }

    static int Cut(ReadOnlySpan<byte> data, int lineFeed, bool atEnd, out RecordCut cut)
    {
        cut = lineFeed >= 0 || atEnd ? RecordCut.Whole : RecordCut.Incomplete;
        return lineFeed >= 0 ? lineFeed + 1 : atEnd ? data.Length : -1;
    }

    /// <summary>The end of the first field: at its comma or line feed, or at the end of the data; -1 if more data is needed.</summary>
    static int FieldEnd(ReadOnlySpan<byte> data, bool atEnd, out bool isWellFormed)
    {
        isWellFormed = true;
        if (data.IsEmpty || data[0] != Quote)
        {
            var end = data.IndexOfAny(Comma, LineFeed);
            isWellFormed = !(end < 0 ? data : data[..end]).Contains(Quote);
            return end >= 0 ? end : atEnd ? data.Length : -1;
        }

        for (var at = 1; ;)
        {
            var quote = data[at..].IndexOf(Quote);
            if (quote < 0)
            {
                isWellFormed = !atEnd;
                return -1;
            }

            at += quote + 1;
            if (at == data.Length)
                return atEnd ? at : -1;
            if (data[at] == Quote)
            {
                at++;
                continue;
            }

            if (data[at] is Comma or LineFeed)
                return at;
            // A carriage return ends the field only together with a line feed or as the last byte of the file.
            if (data[at] == '\r' && at + 1 == data.Length)
                return atEnd ? data.Length : -1;
            isWellFormed = data[at] == '\r' && data[at + 1] == LineFeed;
            return isWellFormed ? at + 1 : -1;
        }
    }
}
