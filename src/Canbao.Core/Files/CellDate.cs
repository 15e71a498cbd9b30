using System.Buffers.Text;
using System.Text;

namespace Canbao.Core.Files;

/// <summary>Days as offices write them: 2022-09-01, 2022/9/1, 2022.9.1, 20220901, 2022年9月1日; a time of 0:00 may follow.</summary>
static class CellDate
{
    const int FirstYear = 1800, LastYear = 2199;

    /// <summary>Reads a day that exists.</summary>
    public static bool TryParse(ReadOnlySpan<byte> cell, out DateOnly day)
    {
        if (cell.Length == 10 && cell[4] == '-' && cell[7] == '-')
            return TryMake(Number(cell[..4]), Number(cell[5..7]), Number(cell[8..]), out day);
        if (cell.Length == 8 && cell.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
            return TryMake(Number(cell[..4]), Number(cell[4..6]), Number(cell[6..]), out day);
        day = default;
        return cell.Length is > 7 and < 40 && TryParseWords(Encoding.UTF8.GetString(cell), out day);
    }

    static bool TryParseWords(string text, out DateOnly day)
    {
        day = default;
        var time = text.IndexOf(' ', StringComparison.Ordinal);
        if (time > 0 && text[(time + 1)..].Trim() is "0:00" or "0:00:00" or "00:00" or "00:00:00")
            text = text[..time];
        foreach (var (first, second, last) in new[] { ("-", "-", ""), ("/", "/", ""), (".", ".", ""), ("年", "月", "日"), ("年", "月", "号") })
        {
            var parts = Plain(text).Split(first, 2) is [var year, var rest] && rest.Split(second, 2) is [var month, var end]
                && end.EndsWith(last, StringComparison.Ordinal) ? (year, month, end[..^last.Length]) : default;
            if (parts is ({ Length: 4 }, { Length: 1 or 2 }, { Length: 1 or 2 }))
                return TryMake(Number(parts.year), Number(parts.month), Number(parts.Item3), out day);
        }

        return false;
    }

    /// <summary>Wide separators as narrow ones; blanks between the parts go.</summary>
    static string Plain(string text) =>
        text.Replace(" ", "", StringComparison.Ordinal).Replace('－', '-').Replace('—', '-').Replace('／', '/').Replace('．', '.')
            .Replace('。', '.');

    static int Number(string digits) => Number(Encoding.UTF8.GetBytes(digits));

    static int Number(ReadOnlySpan<byte> digits) =>
        digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && Utf8Parser.TryParse(digits, out int number, out _) ? number : -1;

    static bool TryMake(int year, int month, int dayOfMonth, out DateOnly day)
    {
        day = default;
        if (year is < FirstYear or > LastYear || month is < 1 or > 12)
            return false;
        if (dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
            return false;
        day = new DateOnly(year, month, dayOfMonth);
        return true;
    }
}
