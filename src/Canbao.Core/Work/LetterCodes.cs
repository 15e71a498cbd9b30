using System.Security.Cryptography;

namespace Canbao.Core.Work;

/// <summary>Codes that people read off paper and type.</summary>
static class LetterCodes
{
    /// <summary>Without what is mistaken for another: 0 and O, 1 and I.</summary>
    public const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    const int CheckLength = 8, ChanceLength = 12;

    /// <summary>A code by chance, 60 bits.</summary>
    public static string ByChance() => RandomNumberGenerator.GetString(Letters, ChanceLength);

    /// <summary>The first 40 bits of a hash, two groups of four.</summary>
    public static string Check(ReadOnlySpan<byte> hash)
    {
        Span<char> code = stackalloc char[CheckLength];
        for (int at = 0; at < CheckLength; at++)
            code[at] = Letters[hash[at] & 31];
        return $"{code[..4]}-{code[4..]}";
    }

    /// <summary>Whether somebody typed a code, with or without blanks and hyphens, in whatever case; takes the same time for any.</summary>
    public static bool IsSame(string code, string typed)
    {
        return CryptographicOperations.FixedTimeEquals(Bytes(code), Bytes(typed));

        static byte[] Bytes(string text) => [.. Plain(text).Select(letter => (byte)letter)];
    }

    /// <summary>What was typed without what does not belong to a code.</summary>
    public static string Plain(string typed) =>
        string.Concat(typed.ToUpperInvariant().Where(letter => Letters.Contains(letter, StringComparison.Ordinal)));
}
