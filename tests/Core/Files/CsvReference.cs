namespace Canbao.Core.Tests.Files;

/// <summary>A record as the reference parser sees it.</summary>
/// <param name="Raw">Its bytes, line end included.</param>
/// <param name="Kind">How it was cut.</param>
/// <param name="Fields">The fields of a whole record; null for others.</param>
sealed record ReferenceRecord(byte[] Raw, ReferenceKind Kind, IReadOnlyList<byte[]>? Fields);

enum ReferenceKind
{
    Whole,
    Broken,
    Overlong,
}

/// <summary>
/// RFC 4180 read byte by byte with the whole file in memory: slow, plain, and with nothing in common with the code under test. A
/// record that breaks the grammar ends at the end of its first line; so does one that is longer than the longest record.
/// </summary>
static class CsvReference
{
    public static List<ReferenceRecord> Parse(byte[] file, int longest = int.MaxValue)
    {
        var records = new List<ReferenceRecord>();
        for (var at = 0; at < file.Length;)
        {
            var fields = new List<byte[]>();
            var end = ReadFields(file, at, fields);
            var lineEnd = Array.IndexOf(file, (byte)'\n', at) is >= 0 and var feed ? feed + 1 : file.Length;
            var isTooLong = (end < 0 ? lineEnd : end) - at > longest;
            if (isTooLong && lineEnd - at > longest)
            {
                records.Add(new ReferenceRecord(file[at..(at + longest)], ReferenceKind.Overlong, null));
                at = lineEnd;
            }
            else if (end < 0 || isTooLong)
            {
                records.Add(new ReferenceRecord(file[at..lineEnd], ReferenceKind.Broken, null));
                at = lineEnd;
            }
            else
            {
                records.Add(new ReferenceRecord(file[at..end], ReferenceKind.Whole, fields));
                at = end;
            }
        }

        return records;
    }

    /// <summary>Reads a record's fields; gives what is behind its line end, or -1 where it breaks the grammar.</summary>
    static int ReadFields(byte[] file, int at, List<byte[]> fields)
    {
        while (true)
        {
            var field = new List<byte>();
            if (at < file.Length && file[at] == '"')
            {
                at++;
                while (true)
                {
                    if (at == file.Length)
                        return -1;
                    if (file[at] != '"')
                        field.Add(file[at++]);
                    else if (at + 1 < file.Length && file[at + 1] == '"')
                    {
                        field.Add((byte)'"');
                        at += 2;
                    }
                    else
                        break;
                }

                at++;
            }
            else
                while (at < file.Length && file[at] is not ((byte)',' or (byte)'\n') && !IsLastReturn(file, at))
                {
                    if (file[at] == '"')
                        return -1;
                    field.Add(file[at++]);
                }

            fields.Add([.. field]);
            if (at < file.Length && IsLastReturn(file, at))
                at++;
            if (at == file.Length)
                return at;
            switch (file[at++])
            {
                case (byte)',':
                    continue;
                case (byte)'\n':
                    return at;
                default:
                    return -1;
            }
        }
    }

    /// <summary>A carriage return that belongs to a line end, or to the end of the file.</summary>
    static bool IsLastReturn(byte[] file, int at) => file[at] == '\r' && (at + 1 == file.Length || file[at + 1] == '\n');
}
