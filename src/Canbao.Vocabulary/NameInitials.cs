using System.Globalization;
using System.Text;

namespace Canbao.Vocabulary;

/// <summary>
/// The first letters of how a name is read, as people type them to find somebody: 王小明 is <c>wxm</c>. One letter for each Chinese
/// character and for each word of Latin letters; blanks and marks give none.
/// <para>A character has one letter: that of its first Mandarin reading by Unihan, but for surnames at the beginning of a name (单 is
/// <c>s</c>, 尉迟 <c>yc</c>) and a few characters that names read otherwise (长 is <c>c</c>). Names with the separator <c>·</c> have no
/// Chinese surname. Who reads a character of the own name otherwise is found by the name itself.</para>
/// </summary>
public static class NameInitials
{
    /// <summary>Stands for a character whose reading is not known, and for a word of letters that are neither Chinese nor Latin.</summary>
    public const char Unknown = '?';

    /// <summary>The fewest letters that a search takes; one alone would mean a twentieth of everybody.</summary>
    public const int Fewest = 2;

    const int First = 0x3007, End = 0x33480, MostOnStack = 128;

    static readonly Lazy<(byte[] Readings, Dictionary<string, string> Surnames)> Tables = new(Load);

    /// <summary>The letters of a name, in lower case; empty only for an empty name.</summary>
    public static string Of(string name)
    {
        var (readings, surnames) = Tables.Value;
        Span<char> letters = name.Length <= MostOnStack ? stackalloc char[MostOnStack] : new char[name.Length];
        int at = 0, written = 0;
        if (!name.Contains('·', StringComparison.Ordinal))
            (at, written) = Surname(name, surnames, letters);
        var inWord = false;
        foreach (var rune in name.AsSpan(at).EnumerateRunes())
        {
            var letter = Letter(rune, readings);
            if (letter != default && !(inWord && !IsChinese(rune)))
                letters[written++] = letter;
            inWord = letter != default && !IsChinese(rune);
        }

        return written == 0 && name.Length > 0 ? $"{Unknown}" : new(letters[..written]);
    }

    /// <summary>Reads what was typed as initials: two or more Latin letters and nothing else.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="letters">The letters in lower case; empty where it is something else.</param>
    public static bool TryRead(string text, out string letters)
    {
        letters = text.Length >= Fewest && text.All(char.IsAsciiLetter) ? text.ToLowerInvariant() : "";
        return letters.Length > 0;
    }

    /// <summary>Writes the letters of the surname that a name begins with.</summary>
    /// <returns>How many places of the name they stand for, and how many letters were written; none where it is read as ever.</returns>
    static (int At, int Written) Surname(string name, Dictionary<string, string> surnames, Span<char> letters)
    {
        var known = surnames.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int length = Math.Min(2, name.Length); length > 0; length--)
            if (known.TryGetValue(name.AsSpan(0, length), out var read))
            {
                read.CopyTo(letters);
                return (length, read.Length);
            }

        return (0, 0);
    }

    static char Letter(Rune rune, byte[] readings)
    {
        if (IsChinese(rune))
            return readings[rune.Value - First] is > 0 and var letter ? (char)letter : Unknown;
        if (rune.IsAscii)
            return char.IsAsciiLetter((char)rune.Value) ? char.ToLowerInvariant((char)rune.Value) : default;
        // What stands above or below a letter belongs to its word.
        return Rune.IsLetter(rune) || rune.Value >= End
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark ? Unknown : default;
    }

    static bool IsChinese(Rune rune) => rune.Value is First or >= 0x3400 and < 0xA000 or >= 0xF900 and < 0xFB00 or >= 0x20000 and < End;

    static (byte[], Dictionary<string, string>) Load()
    {
        var (readings, surnames) = (new byte[End - First], new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var line in Lines("readings.txt"))
            Read(line[0], line[2..]);
        foreach (var line in Lines("names.txt"))
            if (line.Split(' ') is ["surname", var letters, .. var written])
                foreach (var name in written)
                    surnames.Add(name, letters);
            else if (line.Split(' ') is ["given", [var letter], .. var characters])
                Read(letter, string.Concat(characters));
            else
                throw new InvalidDataException($"names.txt: {line}");
        return (readings, surnames);

        void Read(char letter, string characters)
        {
            foreach (var rune in characters.EnumerateRunes())
                if (IsChinese(rune))
                    readings[rune.Value - First] = (byte)letter;
        }
    }

    /// <summary>The lines of a part of the program that say something.</summary>
    static IEnumerable<string> Lines(string name)
    {
        using var part = typeof(NameInitials).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[part.Length];
        part.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes).Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#'));
    }
}
