using System.Text;
using Canbao.Core.Files;

namespace Canbao.Core.Tests.Fuzz;

/// <summary>Damages a row as files are damaged in life and as somebody would do it on purpose.</summary>
sealed class Mutator(Random random)
{
    static readonly byte[][] Fragments =
    [
        [0], [(byte)'\n'], [(byte)'\r'], [(byte)'\r', (byte)'\n'], [0xD5], [0xFF], [0x81, 0x30], [0xEF, 0xBB, 0xBF], [0xED, 0xA0, 0x80],
        [0xEF, 0xBF, 0xBF], [0x0B], [0x1B, (byte)'[', (byte)'2', (byte)'J'], TextEncodings.StrictGb18030.GetBytes("张𠮷"),
        Encoding.UTF8.GetBytes("，；“”"), [(byte)'=', (byte)'1'], [(byte)'"', (byte)'"'], [(byte)'"', (byte)','], [(byte)',', (byte)'"'],
    ];

    static readonly byte[] Separators = ",\";\n\r"u8.ToArray();

    /// <summary>A row with one to three damages.</summary>
    public byte[] Damaged(byte[] row)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
            row = Once(row);
        return row;
    }

    /// <summary>A row, or any bytes, with one damage.</summary>
    public byte[] Once(byte[] row)
    {
        var at = random.Next(row.Length + 1);
        var place = Math.Min(at, Math.Max(row.Length - 1, 0));
        switch (random.Next(16))
        {
            case 0 when row.Length > 0:
                return [.. row[..place], (byte)(row[place] ^ (1 << random.Next(8))), .. row[(place + 1)..]];
            case 1 when row.Length > 0:
                return [.. row[..place], (byte)random.Next(256), .. row[(place + 1)..]];
            case 2 when row.Length > 0:
                return [.. row[..place], .. row[(place + 1)..]];
            case 3 when row.Length > 0:
                return [.. row[..place], row[place], .. row[place..]];
            case 4:
                return Insert(row, at, [Separators[random.Next(Separators.Length)]]);
            case 5 when Array.IndexOf(row, (byte)',', place) is >= 0 and var comma:
                return [.. row[..comma], .. row[(comma + 1)..]];
            case 6 when Array.IndexOf(row, (byte)'"') is >= 0 and var quote:
                return [.. row[..quote], .. row[(quote + 1)..]];
            case 7:
                return row[..at];
            case 8:
                return Swap(row);
            case 9:
                return Insert(row, 0, ["=+-@\"\t"u8[random.Next(6)]]);
            case 10:
                return [.. row, (byte)'\n', .. row];
            case 11 when random.Next(200) == 0:
                var length = random.Next(4) == 0 ? CsvFileSource.BlockBytes + random.Next(9) : 40_000;
                return Insert(row, at, [.. Enumerable.Repeat((byte)'x', length)]);
            case 12 when random.Next(50) == 0:
                return Insert(row, at, Enumerable.Repeat((byte)',', 3_000).ToArray());
            default:
                return Insert(row, at, Fragments[random.Next(Fragments.Length)]);
        }
    }

    byte[] Swap(byte[] row)
    {
        var fields = Encoding.Latin1.GetString(row).Split(',');
        var (one, other) = (random.Next(fields.Length), random.Next(fields.Length));
        (fields[one], fields[other]) = (fields[other], fields[one]);
        return Encoding.Latin1.GetBytes(string.Join(',', fields));
    }

    static byte[] Insert(byte[] row, int at, byte[] fragment) => [.. row[..at], .. fragment, .. row[at..]];
}
