using System.Diagnostics.CodeAnalysis;

namespace Canbao.Vocabulary;

public sealed partial class CitizenNumber
{
    const int OldLength = 15;

    /// <summary>
    /// Reads a number. Blanks around it are dropped, letters put into upper case; nothing else is repaired. A birth in the future
    /// is not looked for.
    /// </summary>
    /// <param name="text">The text as it was given.</param>
    /// <param name="number">The number; null if refused.</param>
    /// <param name="refusal">Why it was refused, one of <see cref="CitizenNumberRefusals"/>; null if it was not.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out CitizenNumber? number, [NotNullWhen(false)] out Refusal? refusal) =>
        TryParse(text, DateOnly.MaxValue, out number, out refusal);

    /// <summary>Reads a number as the other overload does, and refuses a birth after a given day.</summary>
    /// <param name="text">The text as it was given.</param>
    /// <param name="today">The last day of birth, inclusive, in Asia/Shanghai; no clock is read.</param>
    /// <param name="number">The number; null if refused.</param>
    /// <param name="refusal">Why it was refused, one of <see cref="CitizenNumberRefusals"/>; null if it was not.</param>
    public static bool TryParse(
        string text, DateOnly today, [NotNullWhen(true)] out CitizenNumber? number, [NotNullWhen(false)] out Refusal? refusal)
    {
        number = null;
        var trimmed = text.AsSpan().Trim();
        refusal = Look(trimmed);
        if (refusal is not null)
            return false;
        string upper = trimmed.ToString().ToUpperInvariant();
        (number, refusal) = upper.Length == FullLength ? ReadFull(upper)
            : char.IsAsciiLetter(upper[0]) ? ReadLettered(upper)
            : ReadOld(upper);
        if (number?.Birth > today)
            (number, refusal) = (null, CitizenNumberRefusals.BirthInFuture);
        return number is not null;
    }

    /// <summary>What is wrong with the characters, before any of them is given a meaning.</summary>
    static Refusal? Look(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return CitizenNumberRefusals.Empty;
        if (text.ContainsAnyInRange('\uFF01', '\uFF5E'))
            return CitizenNumberRefusals.FullWidth;
        foreach (char c in text)
            if (char.IsWhiteSpace(c))
                return CitizenNumberRefusals.Blank;
        if (text.Contains("E+", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(text[0]))
            return CitizenNumberRefusals.Scientific;
        if (text.Length is not (OldLength or FullLength))
            return CitizenNumberRefusals.Length(text.Length);
        bool lettered = text.Length == OldLength && char.IsAsciiLetter(text[0]);
        for (int i = 0; i < text.Length; i++)
            if (!(lettered && i < 3 ? char.IsAsciiLetter(text[i]) : char.IsAsciiDigit(text[i]))
                && !(i == FullLength - 1 && text[i] is 'X' or 'x'))
                return CitizenNumberRefusals.Character(i + 1);
        return null;
    }

    static (CitizenNumber?, Refusal?) ReadFull(string text)
    {
        if (!TryReadBirth(text.AsSpan(6, 8), out var birth))
            return (null, CitizenNumberRefusals.BirthImpossible);
        if (CheckCharacter(text.AsSpan(0, FullLength - 1)) != text[^1])
            return (null, text.EndsWith("000", StringComparison.Ordinal)
                ? CitizenNumberRefusals.Rounded
                : CitizenNumberRefusals.CheckDigit);
        return (new(text, KindOf(text), birth, false), null);
    }

    static (CitizenNumber?, Refusal?) ReadOld(string text)
    {
        if (KindOf(text) != CitizenNumberKind.ResidentIdentity)
            return (null, CitizenNumberRefusals.OldPrefix);
        if (int.Parse(text.AsSpan(12)) >= 996)
            return (null, CitizenNumberRefusals.OldCentenarian);
        string digits = $"{text.AsSpan(0, 6)}19{text.AsSpan(6)}";
        return TryReadBirth(digits.AsSpan(6, 8), out var birth)
            ? (new(digits + CheckCharacter(digits), CitizenNumberKind.ResidentIdentity, birth, true), null)
            : (null, CitizenNumberRefusals.BirthImpossible);
    }

    static (CitizenNumber?, Refusal?) ReadLettered(string text)
    {
        var birth = text.AsSpan(7, 6);
        return TryReadBirth($"19{birth}", out _) || TryReadBirth($"20{birth}", out _)
            ? (new(text, CitizenNumberKind.ForeignPermanentLettered, null, false), null)
            : (null, CitizenNumberRefusals.BirthImpossible);
    }

    static CitizenNumberKind KindOf(string digits) => digits switch
    {
        ['9', ..] => CitizenNumberKind.ForeignPermanent,
        ['8', '1', '0', '0', '0', '0', ..] => CitizenNumberKind.HongKongPermit,
        ['8', '2', '0', '0', '0', '0', ..] => CitizenNumberKind.MacaoPermit,
        ['8', '3', '0', '0', '0', '0', ..] => CitizenNumberKind.TaiwanPermit,
        _ => CitizenNumberKind.ResidentIdentity,
    };

    static bool TryReadBirth(ReadOnlySpan<char> digits, out DateOnly birth)
    {
        birth = default;
        int year = int.Parse(digits[..4]), month = int.Parse(digits[4..6]), day = int.Parse(digits[6..]);
        if (year < EarliestBirth.Year || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        birth = new(year, month, day);
        return true;
    }
}
