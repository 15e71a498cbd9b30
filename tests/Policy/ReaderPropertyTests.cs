using System.Text.RegularExpressions;
using Canbao.Policy.Packs;
using Xunit;

namespace Canbao.Policy.Tests;

/// <summary>
/// Whatever a slip of the hand makes of a pack's text, the reader answers with findings in their place, never with an exception.
/// </summary>
public partial class ReaderPropertyTests
{
    const int Slips = 700;

    /// <summary>Letters of words, of dates, of YAML, and some that no file should hold.</summary>
    const string Letters = "abz019 .,;:-_%#&*!|>'\"@`{}[]?\t\0\\保险\uFEFF\u3000";

    public static TheoryData<string> PackNames() => [.. Packs.Names];

    [Theory]
    [MemberData(nameof(PackNames))]
    public void A_slip_of_the_hand_is_a_finding_or_harmless(string pack)
    {
        var text = Packs.Text(pack);
        var random = new Random(41);
        var (harmless, found) = (0, new HashSet<string>());
        for (var i = 0; i < Slips; i++)
        {
            var (slipped, what) = Slip(text, random);
            var findings = new List<Finding>();
            var read = Record.Exception(() => Packs.Compile(slipped, pack, findings));
            Assert.True(read is null, $"{what}: {read}");
            harmless += findings.Count == 0 ? 1 : 0;
            found.UnionWith(findings.Select(finding => finding.Code));
            var lines = slipped.Count(letter => letter == '\n') + 1;
            Assert.All(findings, finding => AssertReadable(finding, lines, what));
        }

        Assert.True(harmless > Slips / 20, $"{harmless} harmless");
        Assert.True(found.Count >= 10, string.Join(' ', found.Order()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("# 只有注释\n")]
    [InlineData("一句话\n")]
    [InlineData("- 列表\n")]
    [InlineData("---\n---\n")]
    [InlineData("? {a: 1}\n: b\n")]
    [InlineData("policy: &a [*a]\n")]
    [InlineData("policy: *a\n")]
    [InlineData("? \n: 空键\n")]
    [InlineData("policy: !!int 一\nscope: !!set {a, b}\n")]
    public void A_text_that_is_no_pack_is_refused(string text)
    {
        var findings = new List<Finding>();
        Assert.Null(Packs.Compile(text, "baogou-2022", findings));
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => AssertReadable(finding, text.Count(letter => letter == '\n') + 1, text));
    }

    [GeneratedRegex("^P[12][0-9]{2}$")]
    private static partial Regex StableCode();

    [GeneratedRegex("[\u4e00-\u9fff]{2}")]
    private static partial Regex ChineseWords();

    static void AssertReadable(Finding finding, int lines, string what)
    {
        Assert.True(finding.At.Line >= 1 && finding.At.Line <= lines && finding.At.Column >= 1, $"{what}: {finding} of {lines} lines");
        Assert.Matches(StableCode(), finding.Code);
        Assert.Matches(ChineseWords(), finding.Text);
    }

    static (string Text, string What) Slip(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var line = random.Next(lines.Count - 1);
        var at = random.Next(text.Length);
        var letter = Letters[random.Next(Letters.Length)];
        switch (random.Next(6))
        {
            case 0:
                lines.RemoveAt(line);
                return (string.Join('\n', lines), $"line {line + 1} left out");
            case 1:
                lines.Insert(line, lines[line]);
                return (string.Join('\n', lines), $"line {line + 1} twice");
            case 2:
                (lines[line], lines[line + 1]) = (lines[line + 1], lines[line]);
                return (string.Join('\n', lines), $"line {line + 1} after the next");
            case 3:
                return (string.Concat(text.AsSpan(0, at), letter.ToString(), text.AsSpan(at + 1)), $"'{letter}' at {at}");
            case 4:
                return (text.Remove(at, 1), $"{at} left out");
            default:
                return (text[..at], $"cut at {at}");
        }
    }
}
