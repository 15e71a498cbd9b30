using System.Text;

namespace Canbao.Vocabulary;

/// <summary>
/// The Chinese characters that GBK and older editions of GB 18030 kept at private-use code points, U+E815 to U+E864 (bytes FE50 to
/// FEA0), and the standard code points that they have now. GB 18030-2000 moved most of them (U+E863 became U+4DAE 䶮);
/// GB 18030-2005 still left 14 of them private; GB 18030-2022 moved 8 of these (to U+9FB4–U+9FBB) and tells that the other 6 are to
/// be written as U+20087, U+20089, U+200CC, U+215D7, U+2298F and U+241FE. Its other 10 moves, U+E78D–U+E796, are punctuation for
/// vertical text, which names do not have. The radicals in the block (such as U+E815, U+2E81) are left out for the same reason.
/// </summary>
public static class PrivateUseHan
{
    const int First = 0xE815;

    /// <summary>From U+E815 on; 0 where the character is a radical.</summary>
    static ReadOnlySpan<int> Standard =>
    [
        0x00000, 0x20087, 0x20089, 0x200CC, 0x00000, 0x03473, 0x03447, 0x00000, 0x00000, 0x09FB4, // U+E815
        0x0359E, 0x0361A, 0x0360E, 0x00000, 0x00000, 0x0396E, 0x03918, 0x09FB5, 0x039CF, 0x039DF, // U+E81F
        0x03A73, 0x039D0, 0x09FB6, 0x09FB7, 0x03B4E, 0x03C6E, 0x03CE0, 0x00000, 0x215D7, 0x09FB8, // U+E829
        0x00000, 0x04056, 0x0415F, 0x00000, 0x04337, 0x00000, 0x00000, 0x00000, 0x2298F, 0x043B1, // U+E833
        0x043AC, 0x00000, 0x043DD, 0x044D6, 0x04661, 0x0464C, 0x09FB9, 0x04723, 0x04729, 0x0477C, // U+E83D
        0x0478D, 0x00000, 0x04947, 0x0497A, 0x0497D, 0x04982, 0x04983, 0x04985, 0x04986, 0x0499F, // U+E847
        0x0499B, 0x049B7, 0x049B6, 0x09FBA, 0x241FE, 0x04CA3, 0x04C9F, 0x04CA0, 0x04CA1, 0x04C77, // U+E851
        0x04CA2, 0x04D13, 0x04D14, 0x04D15, 0x04D16, 0x04D17, 0x04D18, 0x04D19, 0x04DAE, 0x09FBB, // U+E85B
    ];

    /// <summary>The standard code point for a private-use one, or the code point itself if it has none here.</summary>
    public static int ToStandard(int codePoint)
    {
        int index = codePoint - First;
        return index >= 0 && index < Standard.Length && Standard[index] != 0 ? Standard[index] : codePoint;
    }

    /// <summary>A text with every private-use code point of the table replaced by its standard one.</summary>
    public static string Standardise(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange((char)First, (char)(First + Standard.Length - 1)))
            return text;
        return string.Concat(text.EnumerateRunes().Select(rune => new Rune(ToStandard(rune.Value)).ToString()));
    }
}
