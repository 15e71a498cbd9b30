using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Canbao.Core.Files;

/// <summary>
/// The fields of one record, without copying those that are not quoted. Reused for every record of a thread. A record is whole, as
/// <see cref="CsvSyntax.RecordEnd"/> cuts it.
/// </summary>
public sealed class CsvRecord
{
    readonly int[] starts = new int[MostFields];
    readonly int[] lengths = new int[MostFields];
    byte[] unquoted = [];
    byte[] data = [];

    /// <summary>More fields than any office's table has; a wider record is refused.</summary>
    public const int MostFields = 1024;

    /// <summary>The number of fields.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no field was quoted, so that fields can be copied into another CSV file as they are.</summary>
    public bool IsPlain { get; private set; }

    /// <summary>The bytes of a field, unquoted.</summary>
    public ReadOnlySpan<byte> this[int field] =>
        (IsPlain ? data : unquoted).AsSpan(starts[field], lengths[field]);

    /// <summary>Whether a byte of the data belongs to a field of a plain record.</summary>
    public bool Covers(int field, int offset) => offset >= starts[field] && offset < starts[field] + lengths[field];

    /// <summary>Splits a record into its fields; false where it has more than <see cref="MostFields"/>.</summary>
    /// <param name="buffer">The bytes.</param>
    /// <param name="start">The record's first byte.</param>
    /// <param name="end">Behind its last byte; a line end belongs to the record.</param>
    /// <param name="mayHaveQuotes">False where the caller knows that there are none.</param>
    public bool Split(byte[] buffer, int start, int end, bool mayHaveQuotes = true)
    {
        end = Begin(buffer, start, end);
        IsPlain = !mayHaveQuotes || !buffer.AsSpan(start, end - start).Contains((byte)'"');
        return IsPlain ? SplitPlain(start, end) : SplitQuoted(start, end);
    }

    /// <summary>Splits a record with broken quotes at every comma; quotes stay in the text, so that nothing of it is lost.</summary>
    /// <inheritdoc cref="Split"/>
    public bool SplitAtCommas(byte[] buffer, int start, int end)
    {
        end = Begin(buffer, start, end);
        IsPlain = true;
        return SplitPlain(start, end);
    }

    int Begin(byte[] buffer, int start, int end)
    {
        data = buffer;
        Count = 0;
        if (end > start && buffer[end - 1] == '\n')
            end--;
        return end > start && buffer[end - 1] == '\r' ? end - 1 : end;
    }

    bool SplitPlain(int start, int end)
    {
        var field = start;
        var at = start;
        // Fields are a few bytes long: all commas of 32 bytes are found at once instead of one search for each field.
        for (; at < end && at + Vector256<byte>.Count <= data.Length; at += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(data), (nuint)at);
            for (var commas = Vector256.Equals(bytes, Vector256.Create((byte)','))
                .ExtractMostSignificantBits(); commas != 0; commas &= commas - 1)
            {
                var comma = at + BitOperations.TrailingZeroCount(commas);
                if (comma >= end)
                    return Add(field, end);
                if (!Add(field, comma))
                    return false;
                field = comma + 1;
            }
        }

        for (; at < end; at++)
        {
            if (data[at] != ',')
                continue;
            if (!Add(field, at))
                return false;
            field = at + 1;
        }

        return Add(field, end);
    }

    bool Add(int start, int end)
    {
        if (Count == MostFields)
            return false;
        starts[Count] = start;
        lengths[Count++] = end - start;
        return true;
    }

    bool SplitQuoted(int start, int end)
    {
        // Unquoted text is never longer than the quoted, so one buffer of the record's length holds every field.
        if (unquoted.Length < end - start)
            unquoted = new byte[Math.Max(end - start, 2 * unquoted.Length)];
        var used = 0;
        for (var at = start; ;)
        {
            if (Count == MostFields)
                return false;
            starts[Count] = used;
            if (at < end && data[at] == '"')
                at = Unquote(at + 1, end, ref used);
            else
            {
                var comma = data.AsSpan(at, end - at).IndexOf((byte)',');
                var length = comma < 0 ? end - at : comma;
                data.AsSpan(at, length).CopyTo(unquoted.AsSpan(used));
                used += length;
                at += length;
            }

            lengths[Count] = used - starts[Count];
            Count++;
            if (at >= end)
                return true;
            at++;
        }
    }

    int Unquote(int at, int end, ref int used)
    {
        while (true)
        {
            var quote = data.AsSpan(at, end - at).IndexOf((byte)'"');
            var length = quote < 0 ? end - at : quote;
            data.AsSpan(at, length).CopyTo(unquoted.AsSpan(used));
            used += length;
            at += length + 1;
            if (at >= end || data[at] != '"')
                return at;
            unquoted[used++] = (byte)'"';
            at++;
        }
    }
}
