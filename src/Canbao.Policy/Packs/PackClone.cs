using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Canbao.Policy.Packs;

/// <summary>A pack's files as they are to be for the next year.</summary>
/// <param name="Files">Texts by file name.</param>
/// <param name="Notes">Dates that somebody has to look at, in Chinese.</param>
public sealed record ClonedPack(ImmutableSortedDictionary<string, string> Files, ImmutableArray<string> Notes);

/// <summary>
/// Makes next year's pack from this year's: each date and each year that is written out goes one year on, comments stay, and the notice
/// is left to be filled in. What the new notice changes besides is for whoever writes the pack.
/// </summary>
public static partial class PackClone
{
    /// <summary>Stands where somebody has to write.</summary>
    public const string Unfilled = "待填";

    /// <summary>Days that lie no further apart may be meant by how many days are between them.</summary>
    const int CountedDays = 100;

    /// <summary>Makes the files.</summary>
    /// <param name="files">The texts of the pack's files by name.</param>
    /// <param name="oldId">The pack's name.</param>
    /// <param name="newId">The clone's name.</param>
    public static ClonedPack Of(IReadOnlyDictionary<string, string> files, string oldId, string newId) =>
        Shifted(files, 1, text => Headed(
            WithoutNotice(text), newId, 1, $"# 由 {oldId} 复制，日期顺延一年；以下说明是原文件的。请按新文件核对每一条，填好“{Unfilled}”之处。"));

    /// <summary>The same notice as if it had been published some years before or after, to practise with; never for real use.</summary>
    /// <param name="files">The texts of the pack's files by name.</param>
    /// <param name="oldId">The pack's name.</param>
    /// <param name="newId">The name for practice.</param>
    /// <param name="years">How many years later; negative: earlier.</param>
    public static ClonedPack ForPractice(IReadOnlyDictionary<string, string> files, string oldId, string newId, int years) =>
        Shifted(files, years, text => Headed(text, newId, years, $"# 练习用：由 {oldId} 改换年度而成，不是任何地方的文件。"));

    static ClonedPack Shifted(IReadOnlyDictionary<string, string> files, int years, Func<string, string> head)
    {
        var notes = new List<string>();
        var shifted = files.OrderBy(file => file.Key, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                file => file.Key,
                file => Shifted(file.Key, file.Key == PackLibrary.PackFile ? head(file.Value) : file.Value, years, notes),
                StringComparer.Ordinal);
        return new(shifted, [.. notes]);
    }

    static string Shifted(string file, string text, int years, List<string> notes)
    {
        var lines = text.Split('\n');
        for (int at = 0; at < lines.Length; at++)
        {
            int number = at + 1;
            var (written, comment) = Parted(lines[at]);
            TellDistances(written, years, $"{file} 第 {number} 行", notes);
            lines[at] = ChineseYear().Replace(IsoDay().Replace(written, Shift), match => OtherChineseYear(match, years)) + comment;

            string Shift(Match match) => Other(match, years, $"{file} 第 {number} 行", notes);
        }

        return string.Join('\n', lines);
    }

    /// <summary>Tells of days of one line that come to lie further apart or nearer, with a 29 February between them.</summary>
    static void TellDistances(string written, int years, string where, List<string> notes)
    {
        var days = IsoDay().Matches(written)
            .Select(match => DateOnly.TryParseExact(
                match.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : DateOnly.MaxValue)
            .Where(day => CanShift(day, years)).ToList();
        foreach (var (one, next) in days.Zip(days.Skip(1)))
        {
            int before = next.DayNumber - one.DayNumber, after = next.AddYears(years).DayNumber - one.AddYears(years).DayNumber;
            if (before != after && Math.Abs(before) <= CountedDays)
                notes.Add($"{where}：两个日期原来相隔 {Math.Abs(before)} 天，改后相隔 {Math.Abs(after)} 天（跨 2 月 29 日）；请核对");
        }
    }

    /// <summary>A line's part that says something and its comment, which stays as it is.</summary>
    static (string Written, string Comment) Parted(string line)
    {
        if (line.TrimStart().StartsWith('#'))
            return ("", line);
        int at = line.IndexOf(" #", StringComparison.Ordinal);
        return at < 0 ? (line, "") : (line[..at], line[at..]);
    }

    static bool CanShift(DateOnly day, int years) => day.Year + years is > 0 and <= 9999 && day != DateOnly.MaxValue;

    /// <summary>The same day of the other year; what is no day stays for the reader to find.</summary>
    static string Other(Match match, int years, string where, List<string> notes)
    {
        if (!DateOnly.TryParseExact(match.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || !CanShift(day, years))
            return match.Value;
        var other = day.AddYears(years);
        if (other.Day != day.Day)
            notes.Add($"{where}：{day:yyyy-MM-dd} 在 {other.Year} 年没有同一天，改为 {other:yyyy-MM-dd}；请核对");
        else if (day is { Month: 2, Day: 28 } && DateTime.IsLeapYear(other.Year))
            notes.Add($"{where}：{other:yyyy-MM-dd} 不是当月最后一天（{other.Year} 年 2 月有 29 日）；请核对");
        return other.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    static string OtherChineseYear(Match match, int years)
    {
        int year = int.Parse(match.Groups["year"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) + years;
        var rest = match.Groups["rest"].Value;
        return FormattableString.Invariant($"{year}年{(rest.EndsWith("29日", StringComparison.Ordinal) ? "2月28日" : rest)}");
    }

    /// <summary>The notice is another one, which nobody has seen yet; what stood there helps to find it.</summary>
    static string WithoutNotice(string text) => NoticeBlock().Replace(
        text,
        notice => NoticeLine().Replace(notice.Value, line => line.Groups[2].Value.StartsWith(Unfilled, StringComparison.Ordinal)
            ? line.Value : $"{line.Groups[1].Value}{Unfilled} # 原为 {line.Groups[2].Value}"),
        1);

    /// <summary>The pack's own file with its name and year, and where it comes from.</summary>
    static string Headed(string text, string newId, int years, string remark)
    {
        text = YearLine().Replace(PolicyLine().Replace(text, $"policy: {newId}", 1), match =>
        {
            int year = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) + years;
            return FormattableString.Invariant($"insurance_year: {year}");
        }, 1);
        var lines = text.Split('\n').ToList();
        int head = lines.FindIndex(line => !line.StartsWith("# yaml-language-server", StringComparison.Ordinal));
        lines.Insert(Math.Max(head, 0), remark);
        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")]
    private static partial Regex IsoDay();

    [GeneratedRegex(@"(?<![\d〔])(?<year>(?:19|20|21)\d{2})年(?<rest>(?:2月29日)?)")]
    private static partial Regex ChineseYear();

    [GeneratedRegex(@"^policy:[^\r\n]*", RegexOptions.Multiline)]
    private static partial Regex PolicyLine();

    [GeneratedRegex(@"^insurance_year: *(\d{4})", RegexOptions.Multiline)]
    private static partial Regex YearLine();

    [GeneratedRegex(@"^notice:[ \t]*\r?\n(?:[ \t]+[^\r\n]*(?:\r?\n|$))+", RegexOptions.Multiline)]
    private static partial Regex NoticeBlock();

    [GeneratedRegex(@"^([ \t]+(?:number|title|issuer):[ \t]*)([^\r\n]*)", RegexOptions.Multiline)]
    private static partial Regex NoticeLine();
}
