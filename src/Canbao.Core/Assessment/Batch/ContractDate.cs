using System.Runtime.CompilerServices;

namespace Canbao.Core.Assessment.Batch;

/// <summary>Dates of the contract, <c>YYYY-MM-DD</c> in ASCII, straight from bytes and into bytes.</summary>
public static class ContractDate
{
    /// <summary>Bytes of a date.</summary>
    public const int Length = 10;

    const int FirstYear = 1800;
    const int LastYear = 2199;

    /// <summary>Reads a day that exists, of the years 1800 to 2199.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateOnly day)
    {
        day = default;
        if (text.Length != Length || text[4] != '-' || text[7] != '-')
            return false;
        unchecked
        {
            int Digit(byte digit) => (uint)(digit - '0') <= 9 ? digit - '0' : -10000;
            var year = Digit(text[0]) * 1000 + Digit(text[1]) * 100 + Digit(text[2]) * 10 + Digit(text[3]);
            var month = Digit(text[5]) * 10 + Digit(text[6]);
            var dayOfMonth = Digit(text[8]) * 10 + Digit(text[9]);
            if (year is < FirstYear or > LastYear || month is < 1 or > 12)
                return false;
            if (dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
                return false;
            day = new DateOnly(year, month, dayOfMonth);
            return true;
        }
    }

    /// <summary>Writes a day's ten bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(DateOnly day, Span<byte> target)
    {
        day.Deconstruct(out var year, out var month, out var dayOfMonth);
        target[9] = (byte)('0' + dayOfMonth % 10);
        target[8] = (byte)('0' + dayOfMonth / 10);
        target[7] = (byte)'-';
        target[6] = (byte)('0' + month % 10);
        target[5] = (byte)('0' + month / 10);
        target[4] = (byte)'-';
        target[3] = (byte)('0' + year % 10);
        target[2] = (byte)('0' + year / 10 % 10);
        target[1] = (byte)('0' + year / 100 % 10);
        target[0] = (byte)('0' + year / 1000);
    }
}
