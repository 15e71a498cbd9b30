using System.Diagnostics.CodeAnalysis;

namespace Canbao.Vocabulary;

/// <summary>
/// A 12-digit statistical division code (统计用区划代码, 国家统计局): province 2, city 2, county 2 (together GB/T 2260), town 3
/// (GB/T 10114), village 3; parts below the division's own level are zeros. Exists only if it is well formed; whether the division
/// exists is not looked up. A town may stand directly below a city (东莞, 中山: county part 00).
/// </summary>
public sealed record DivisionCode : IComparable<DivisionCode>
{
    const int FullLength = 12;

    static readonly int[] LengthOf = [2, 4, 6, 9, 12];

    DivisionCode(string text)
    {
        Text = text;
        Level = (DivisionLevel)Array.FindIndex(LengthOf, length => !text.AsSpan(length).ContainsAnyExcept('0'));
    }

    /// <summary>12 digits.</summary>
    public string Text { get; }

    /// <summary>The level, by the lowest part that is not all zeros.</summary>
    public DivisionLevel Level { get; }

    /// <summary>
    /// The division that this one stands below, or null for a province. A town whose county part is 00 stands below its city.
    /// </summary>
    public DivisionCode? Parent
    {
        get
        {
            if (Level == DivisionLevel.Province)
                return null;
            return Pad(Text.AsSpan(0, LengthOf[(int)Level - 1]));
        }
    }

    /// <summary>
    /// The tenant that the division belongs to: its first 6 digits, padded with zeros. A city or province, and a town directly below
    /// a city, belong to an area of the city's or province's own.
    /// </summary>
    public DivisionCode Area => Pad(Text.AsSpan(0, 6));

    /// <summary>Whether the other division is this one or lies in it.</summary>
    public bool Contains(DivisionCode other) =>
        other.Text.AsSpan().StartsWith(Text.AsSpan(0, LengthOf[(int)Level]), StringComparison.Ordinal);

    /// <summary>Orders by the digits, so that a division comes directly before those in it.</summary>
    public int CompareTo(DivisionCode? other) => string.CompareOrdinal(Text, other?.Text);

    /// <summary>Whether the left code sorts first.</summary>
    public static bool operator <(DivisionCode left, DivisionCode right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left code sorts first or is the same.</summary>
    public static bool operator <=(DivisionCode left, DivisionCode right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left code sorts last.</summary>
    public static bool operator >(DivisionCode left, DivisionCode right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left code sorts last or is the same.</summary>
    public static bool operator >=(DivisionCode left, DivisionCode right) => left.CompareTo(right) >= 0;

    /// <summary>Reads a code of exactly 12 ASCII digits.</summary>
    /// <param name="text">The text, all of it; blanks are not dropped.</param>
    /// <param name="code">The code; null if refused.</param>
    /// <param name="refusal">Why it was refused, one of <see cref="DivisionCodeRefusals"/>; null if it was not.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out DivisionCode? code, [NotNullWhen(false)] out Refusal? refusal) =>
        TryParse(text, allowShort: false, out code, out refusal);

    /// <summary>Reads a code of 12 ASCII digits or, if asked, of 6 or 9, which are padded with zeros.</summary>
    /// <param name="text">The text, all of it; blanks are not dropped.</param>
    /// <param name="allowShort">Whether 6 digits (GB/T 2260) and 9 digits (with GB/T 10114) are codes too.</param>
    /// <param name="code">The code; null if refused.</param>
    /// <param name="refusal">Why it was refused, one of <see cref="DivisionCodeRefusals"/>; null if it was not.</param>
    public static bool TryParse(
        string text, bool allowShort, [NotNullWhen(true)] out DivisionCode? code, [NotNullWhen(false)] out Refusal? refusal)
    {
        int wrong = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        refusal = text.Length == 0 ? DivisionCodeRefusals.Empty
            : wrong >= 0 ? DivisionCodeRefusals.Character(wrong + 1)
            : text.Length != FullLength && !(allowShort && text.Length is 6 or 9) ? DivisionCodeRefusals.Length(text.Length, allowShort)
            : text.StartsWith("00", StringComparison.Ordinal) ? DivisionCodeRefusals.Province
            : null;
        code = null;
        if (refusal is not null)
            return false;
        string full = text.PadRight(FullLength, '0');
        bool gap = (full.AsSpan(2, 2) is "00" && full.AsSpan(4).ContainsAnyExcept('0'))
            || (full.AsSpan(6, 3) is "000" && full.AsSpan(9) is not "000");
        if (gap)
        {
            refusal = DivisionCodeRefusals.Gap;
            return false;
        }
        code = new(full);
        return true;
    }

    /// <summary>12 digits.</summary>
    public override string ToString() => Text;

    static DivisionCode Pad(ReadOnlySpan<char> prefix) => new(prefix.ToString().PadRight(FullLength, '0'));
}
