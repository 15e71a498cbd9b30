using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>A number of a column that somebody pasted.</summary>
/// <param name="Line">The line of the column, from 1, empty ones counted: the row beside it in a spreadsheet.</param>
/// <param name="Shown">As screens show it.</param>
public sealed record PastedNumber(int Line, string Shown)
{
    /// <summary>The number; null where it is none.</summary>
    public CitizenNumber? Number { get; init; }

    /// <summary>Why it is none, and what to do; empty where it is one.</summary>
    public string Fault { get; init; } = "";

    /// <summary>The line that has the same number before; null for the first.</summary>
    public int? SameAs { get; init; }
}

/// <summary>
/// Reads a column of numbers as it is copied from a spreadsheet or a text. Put right is what is of the copying: full-width characters,
/// quotation marks and blanks around or within a number, letters in lower case, other columns beside it, a heading. Nothing else is.
/// </summary>
public static class PastedNumbers
{
    /// <summary>The most numbers at once.</summary>
    public const int Most = 2000;

    const int LongestNumber = 18, ShortestNumber = 15, FewestDigits = 8, MostShown = 24;

    const string Marks = "'\"`‘’“”\uFEFF\u200B\u200C\u200D\u200E\u200F\u202A\u202C\u202D";

    static readonly char[] BetweenCells = ['\t', ',', ';', '、'];

    /// <summary>The numbers in their order.</summary>
    /// <param name="text">What was pasted.</param>
    /// <param name="today">The last day of birth.</param>
    /// <exception cref="RefusedException">R321: too many. R322: none.</exception>
    public static IReadOnlyList<PastedNumber> Read(string text, DateOnly today)
    {
        var cells = new List<(int Line, string Text)>();
        foreach (var (index, line) in HalfWidth(text).ReplaceLineEndings("\n").Split('\n').Index())
        {
            var found = Cells(line);
            // A heading above the first number.
            if (cells.Count > 0 || found.Any(cell => cell.Any(char.IsAsciiDigit)))
                cells.AddRange(found.Select(cell => (index + 1, cell)));
        }

        if (cells.Count == 0)
            throw new RefusedException("R322", "没有证件号码；请从表格复制一列号码粘贴进来，一行一个");
        if (cells.Count > Most)
            throw new RefusedException("R321", $"一次最多查 {Most} 个号码，粘贴的有 {cells.Count} 个；请分几次查");
        var first = new Dictionary<CitizenNumber, int>();
        return cells.ConvertAll(cell => One(cell.Line, cell.Text, today, first));
    }

    static PastedNumber One(int line, string text, DateOnly today, Dictionary<CitizenNumber, int> first)
    {
        if (!CitizenNumber.TryParse(text, today, out var number, out var refusal))
            return new(line, LongNumbers.Hidden(text.Length > MostShown ? $"{text[..MostShown]}…" : text)) { Fault = refusal.Text };
        return first.TryAdd(number, line)
            ? new(line, number.Masked) { Number = number }
            : new(line, number.Masked) { Number = number, SameAs = first[number] };
    }

    /// <summary>The numbers of a line: what is long enough for one, or else the line as it is; none for an empty line.</summary>
    static List<string> Cells(string line)
    {
        var parts = line.Split(BetweenCells).SelectMany(Parts).ToList();
        if (parts.Count <= 1)
            return parts;
        var numbers = parts.FindAll(part => part.Length >= ShortestNumber && part.Count(char.IsAsciiDigit) >= FewestDigits);
        return numbers.Count > 0 ? numbers : [string.Join(' ', parts)];
    }

    /// <summary>
    /// A cell without marks; blanks within stand between numbers, or within one where all of it is no longer than a number.
    /// </summary>
    static IEnumerable<string> Parts(string cell)
    {
        var parts = string.Concat(cell.Where(letter => !Marks.Contains(letter, StringComparison.Ordinal)))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var whole = string.Concat(parts);
        return parts.Length > 1 && whole.Length <= LongestNumber && whole.Any(char.IsAsciiDigit) ? [whole] : parts;
    }

    static string HalfWidth(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (int at = 0; at < to.Length; at++)
            to[at] = from[at] is >= '\uFF01' and <= '\uFF5E' and var wide ? (char)(wide - 0xFEE0) : from[at];
    });
}
