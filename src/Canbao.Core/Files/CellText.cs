using System.Buffers;
using System.Globalization;
using System.Text;
using Canbao.Vocabulary;

namespace Canbao.Core.Files;

/// <summary>Brings a cell into the one form in which its column is read, whatever an office typed around the value.</summary>
static class CellText
{
    /// <summary>Bytes with which something may begin that is not in that form; most cells have none and are used as they are.</summary>
    static readonly SearchValues<byte> Doubtful = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(value => (byte)value), .. "+\"'"u8, 0x7F, 0xC2, 0xE1, 0xE2, 0xE3, 0xEE, 0xEF]);

    /// <summary>Whether a cell is in its form already.</summary>
    public static bool IsClean(ReadOnlySpan<byte> cell, ColumnKind kind)
    {
        if (cell.IsEmpty)
            return true;
        if (cell.IndexOfAny(Doubtful) >= 0 || cell[0] is (byte)' ' or (byte)'#' || cell[^1] == ' ')
            return false;
        return kind != ColumnKind.Digits || cell.IndexOfAny((byte)' ', (byte)'.') < 0;
    }

    /// <summary>Whether a cell has nothing to be seen.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> cell) => cell.IsEmpty
        || cell[0] is <= (byte)' ' or (byte)'\'' or (byte)'`' or (byte)'"' or 0x7F or 0xC2 or 0xE1 or 0xE2 or 0xE3 or 0xEF
            && Clean(Encoding.UTF8.GetString(cell), ColumnKind.Text).Length == 0;

    /// <summary>
    /// Full-width letters, digits and blanks become narrow, private-use characters standard ones; blanks, quotes and invisible characters
    /// around the value go, and in a column of digits the blanks inside too.
    /// </summary>
    public static string Clean(string cell, ColumnKind kind)
    {
        var clean = new StringBuilder(cell.Length);
        foreach (var letter in PrivateUseHan.Standardise(cell))
            if (Narrow(letter) is not '\0' and var narrow && (narrow != ' ' || kind != ColumnKind.Digits))
                clean.Append(narrow);
        var text = clean.ToString().TrimEnd(' ').TrimStart(' ', '\'', '‘', '’', '`');
        if (text.Length >= 2 && (text[0], text[^1]) is ('"', '"') or ('“', '”'))
            text = text[1..^1].Trim(' ');
        return kind == ColumnKind.Digits ? WithoutZeroFraction(text) : text;
    }

    /// <summary>
    /// A number in scientific notation, as spreadsheets write long ones into CSV: its digits where all of them are there, else null. Other
    /// texts are given back as they are.
    /// </summary>
    public static string? Exact(string text)
    {
        var mark = text.AsSpan().IndexOfAny('E', 'e');
        if (mark <= 0 || mark + 1 >= text.Length || text[mark + 1] != '+')
            return text;
        if (!int.TryParse(text.AsSpan(mark + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var exponent))
            return text;
        var mantissa = text[..mark].Split('.');
        if (mantissa.Length > 2 || mantissa.Any(part => part.Length == 0 || part.Any(digit => !char.IsAsciiDigit(digit))))
            return text;
        var fraction = mantissa.Length == 2 ? mantissa[1] : "";
        // Digits that are not shown may have been anything; beyond 15 a spreadsheet has none to show.
        var isWhole = exponent <= 14 && fraction.Length == exponent && mantissa[0].Length == 1;
        return isWhole ? mantissa[0] + fraction : null;
    }

    static char Narrow(char letter) => letter switch
    {
        >= '０' and <= '９' or >= 'Ａ' and <= 'Ｚ' or >= 'ａ' and <= 'ｚ' => (char)(letter - '０' + '0'),
        // Tab and line feed part words; other controls and what has no width part nothing.
        '\t' or '\n' or '\r' => ' ',
        '\u00AD' or '\uFEFF' => '\0',
        _ when char.IsWhiteSpace(letter) => ' ',
        _ when char.IsControl(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format => '\0',
        _ => letter,
    };

    static string WithoutZeroFraction(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var isZeroFraction = point > 0 && point + 1 < text.Length && text.AsSpan(point + 1).IndexOfAnyExcept('0') < 0
            && text.AsSpan(0, point).IndexOfAnyExceptInRange('0', '9') < 0;
        return isZeroFraction ? text[..point] : text;
    }
}
