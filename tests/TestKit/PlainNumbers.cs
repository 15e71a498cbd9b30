using System.Text;
using System.Text.RegularExpressions;

namespace Canbao.TestKit;

/// <summary>Finds identity and phone numbers that stand somewhere in plain, whatever surrounds them.</summary>
/// <param name="numbers">The numbers of a test's people.</param>
public sealed partial class PlainNumbers(IEnumerable<string> numbers)
{
    readonly HashSet<string> known = new(numbers, StringComparer.Ordinal);

    /// <summary>How many numbers are looked for.</summary>
    public int Count => known.Count;

    /// <summary>Those that stand in bytes: as ASCII or UTF-8, as UTF-16, or in the hexadecimal digits of a PostgreSQL dump.</summary>
    public IReadOnlyList<string> In(byte[] bytes)
    {
        var plain = Encoding.Latin1.GetString(bytes);
        var wide = plain.Replace("\0", "", StringComparison.Ordinal);
        var sealedBytes = string.Join(' ', Hexadecimal().Matches(plain).Select(match => Encoding.Latin1.GetString(
            Convert.FromHexString(match.Groups["digits"].Value))));
        return [.. new[] { plain, wide, sealedBytes }.SelectMany(Found).Distinct()];
    }

    /// <summary>Those that stand in a text.</summary>
    public IReadOnlyList<string> In(string text) => In(Encoding.UTF8.GetBytes(text));

    IEnumerable<string> Found(string text)
    {
        foreach (Match run in Digits().Matches(text))
            foreach (var length in new[] { 11, 15, 18 })
                for (int start = 0; start + length <= run.Length; start++)
                    if (known.Contains(run.Value.Substring(start, length)))
                        yield return run.Value.Substring(start, length);
    }

    [GeneratedRegex("[0-9]{10,}[0-9X]")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\\x(?<digits>([0-9a-f]{2})+)")]
    private static partial Regex Hexadecimal();
}
