using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Canbao.Vocabulary;

/// <summary>
/// A person's name, as 民委发〔2016〕33号 asks of government systems: characters of all of GB 18030 (each counted once, those beyond
/// U+FFFF too), the separator <c>·</c> (U+00B7), and more room than the 50 bytes it demands. Exists only if it is well formed.
/// <para>What is put right silently, because no other reading exists:</para>
/// <list type="bullet">
/// <item>blanks of any width around the name, and around a separator;</item>
/// <item>blanks inside a name of two Chinese characters, which lists put there for alignment (张　三);</item>
/// <item>the middle-dot look-alikes • ‧ ・ ･ ∙ ⋅ · (U+0387) ⸱ to <c>·</c>; dots on the line (. ． ․ 。) are refused, since they
/// may be full stops or slips;</item>
/// <item>Chinese characters at the private-use code points of GBK and GB 18030-2000/2005 to those of GB 18030-2022;</item>
/// <item>runs of blanks in a name of Latin letters to one, and ’ to '.</item>
/// </list>
/// A blank inside a longer Chinese name is refused, since removing it may join two parts of a name. Everything else is kept as it
/// is: no case folding, no simplifying, no Unicode normalisation (it would change registered variants).
/// </summary>
public sealed record PersonName
{
    /// <summary>The longest name, in characters (Unicode scalar values), separators and blanks counted, inclusive.</summary>
    public const int MaxLength = 50;

    const int Separator = 0x00B7;
    const string Lookalikes = "\u2022\u2027\u30FB\uFF65\u2219\u22C5\u0387\u2E31";
    const string Placeholders = "?\uFF1F\u25A1*\uFF0A\u00D7\uFFFD";
    const string LatinMarks = " '-.,";
    const string LineDots = ".\uFF0E\u2024\u3002";

    PersonName(string text) => Text = text;

    /// <summary>The name, normalised. Personal data.</summary>
    public string Text { get; }

    /// <summary>How many characters the name has (Unicode scalar values), 1 to <see cref="MaxLength"/>.</summary>
    public int Length => Count(Text);

    /// <summary>
    /// The name for public posting (张榜公布): of its letters the first is shown, and the last too if there are three or more; each
    /// other becomes <c>*</c>; separators and marks stay. 张三: 张*; 王小明: 王*明; 欧阳娜娜: 欧**娜; a single character: *. No list
    /// of compound surnames is used.
    /// </summary>
    public string Masked
    {
        get
        {
            int letters = 0, seen = 0;
            foreach (var rune in Text.EnumerateRunes())
                letters += IsLetter(rune) ? 1 : 0;
            var masked = new StringBuilder(Text.Length);
            foreach (var rune in Text.EnumerateRunes())
            {
                bool letter = IsLetter(rune);
                seen += letter ? 1 : 0;
                bool shown = !letter || (letters > 1 && seen == 1) || (letters > 2 && seen == letters);
                masked.Append(shown ? rune.ToString() : "*");
            }
            return masked.ToString();
        }
    }

    /// <summary>Reads a name and normalises it as described above.</summary>
    /// <param name="text">The text as it was given.</param>
    /// <param name="name">The name; null if refused.</param>
    /// <param name="refusal">Why it was refused, one of <see cref="PersonNameRefusals"/>; null if it was not.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out PersonName? name, [NotNullWhen(false)] out Refusal? refusal)
    {
        name = null;
        var runes = new List<Rune>(text.Length);
        foreach (var rune in text.AsSpan().Trim().EnumerateRunes())
            runes.Add(Standardise(rune));
        refusal = Look(runes);
        if (refusal is not null)
            return false;
        refusal = Arrange(runes);
        if (refusal is null && runes.Count > MaxLength)
            refusal = PersonNameRefusals.Length(runes.Count);
        if (refusal is not null)
            return false;
        name = new(string.Concat(runes));
        return true;
    }

    /// <summary>The whole name.</summary>
    public override string ToString() => Text;

    static Rune Standardise(Rune rune) => rune.Value switch
    {
        0x2019 => new('\''),
        _ when IsOneOf(Lookalikes, rune) => new(Separator),
        _ when Category(rune) == UnicodeCategory.SpaceSeparator => new(' '),
        _ => new(PrivateUseHan.ToStandard(rune.Value)),
    };

    /// <summary>The first reason why one of the characters cannot stand in a name; the reasons come in their own order.</summary>
    static Refusal? Look(List<Rune> runes)
    {
        if (runes.Count == 0)
            return PersonNameRefusals.Empty;
        if (runes.Exists(rune => Category(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            return PersonNameRefusals.Invisible;
        if (runes.Exists(IsDigit))
            return PersonNameRefusals.Digit;
        if (runes.Exists(rune => IsOneOf(Placeholders, rune)))
            return PersonNameRefusals.Placeholder;
        if (runes.Exists(rune => Category(rune) == UnicodeCategory.PrivateUse))
            return PersonNameRefusals.PrivateUse;
        bool chinese = runes.Exists(IsChinese);
        for (int i = 0; i < runes.Count; i++)
        {
            bool mark = runes[i].Value is ' ' or Separator || IsOneOf(chinese ? LineDots : LatinMarks, runes[i]);
            if (!IsLetter(runes[i]) && !mark)
                return PersonNameRefusals.Character(i + 1);
        }
        return null;
    }

    /// <summary>Puts blanks right where only one reading exists, and refuses misplaced separators and blanks.</summary>
    static Refusal? Arrange(List<Rune> runes)
    {
        for (int i = runes.Count - 1; i >= 0; i--)
            if (runes[i].Value == ' ' && (IsBeside(runes, i, Separator) || runes[i - 1].Value == ' '))
                runes.RemoveAt(i);

        bool chinese = runes.Exists(IsChinese);
        for (int i = 0; i < runes.Count; i++)
            if (runes[i].Value == Separator && (i == 0 || i == runes.Count - 1 || runes[i - 1].Value == Separator))
                return PersonNameRefusals.Separator;
        if (!runes.Exists(IsLetter) || (chinese && runes.Exists(rune => IsOneOf(LineDots, rune))))
            return PersonNameRefusals.Separator;
        if (chinese && runes.Contains(new(' ')))
        {
            if (runes.Count(IsLetter) != 2 || !runes.TrueForAll(rune => rune.Value == ' ' || IsChinese(rune)))
                return PersonNameRefusals.Blank;
            runes.RemoveAll(rune => rune.Value == ' ');
        }
        return null;
    }

    /// <summary>Whether a value stands directly before or after a place that is inside the list.</summary>
    static bool IsBeside(List<Rune> runes, int at, int value) =>
        (at > 0 && runes[at - 1].Value == value) || (at < runes.Count - 1 && runes[at + 1].Value == value);

    static int Count(string text)
    {
        int count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }

    static bool IsOneOf(string characters, Rune rune) => rune.IsBmp && characters.Contains((char)rune.Value);

    static UnicodeCategory Category(Rune rune) => Rune.GetUnicodeCategory(rune);

    static bool IsDigit(Rune rune) => !IsChinese(rune)
        && Category(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    /// <summary>
    /// Letters of any script, but for full-width Latin ones. Planes 2 and 3 are all Chinese characters, whether or not the runtime's
    /// Unicode tables already know them.
    /// </summary>
    static bool IsLetter(Rune rune) => IsChinese(rune) || (Rune.IsLetter(rune) && rune.Value is not (>= 0xFF21 and <= 0xFF5A));

    static bool IsChinese(Rune rune) => rune.Value is 0x3007 or >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF
        or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFD;
}
