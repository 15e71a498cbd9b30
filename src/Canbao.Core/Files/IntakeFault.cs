using Canbao.Vocabulary;

namespace Canbao.Core.Files;

/// <summary>Why a row of an upload is refused.</summary>
/// <param name="Line">The row of the sheet, or the line of the file, from 1.</param>
/// <param name="Column">The column's name.</param>
/// <param name="Code">A stable code, <c>F2xx</c> for what the table itself gets wrong.</param>
/// <param name="Value">The value, with the middle of long numbers hidden.</param>
/// <param name="Reason">What is wrong and what to do, in Chinese, without the value.</param>
public readonly record struct IntakeFault(long Line, string Column, string Code, string Value, string Reason)
{
    /// <summary>A required cell is empty.</summary>
    public const string Blank = "F221";

    /// <summary>No day that exists.</summary>
    public const string NotADay = "F222";

    /// <summary>A number of which digits are lost.</summary>
    public const string LostDigits = "F223";

    /// <summary>A cell that shows an error, or a formula without a result.</summary>
    public const string ErrorCell = "F224";

    /// <summary>Quotes that are not closed.</summary>
    public const string BrokenQuotes = "F225";

    /// <summary>More cells than the header has.</summary>
    public const string TooWide = "F226";

    /// <summary>Bytes that are no character.</summary>
    public const string Undecodable = "F227";

    /// <summary>A line that is too long to be read.</summary>
    public const string TooLong = "F228";

    const int MostShown = 40;

    /// <summary>A value as it may be shown: long numbers hidden, and not longer than a line.</summary>
    public static string Masked(string value)
    {
        var hidden = LongNumbers.Hidden(value);
        return hidden[..Math.Min(hidden.Length, MostShown)];
    }
}
