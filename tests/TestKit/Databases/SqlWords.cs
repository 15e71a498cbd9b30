using System.Text.RegularExpressions;

namespace Canbao.TestKit.Databases;

/// <summary>Cuts SQL into words: names and keywords in lower case without quotes, literals as <c>'</c>, numbers, signs.</summary>
public static partial class SqlWords
{
    /// <summary>The words with the lines they stand on, from 1; comments are left out.</summary>
    public static IReadOnlyList<SqlWord> Of(string sql)
    {
        var words = new List<SqlWord>();
        int line = 1;
        foreach (Match match in Word().Matches(sql))
        {
            var text = match.Value;
            if (match.Groups["literal"].Success)
                words.Add(new("'", line));
            else if (match.Groups["quoted"].Success)
                words.Add(new(text[1..^1].ToLowerInvariant(), line));
            else if (!match.Groups["space"].Success)
                words.Add(new(text.ToLowerInvariant(), line));
            line += text.Count(letter => letter == '\n');
        }

        return words;
    }

    /// <summary>The statements of a script, each without its semicolon.</summary>
    public static IEnumerable<IReadOnlyList<SqlWord>> Statements(string sql)
    {
        var statement = new List<SqlWord>();
        foreach (var word in Of(sql).Append(new(";", 0)))
            if (word.Text != ";")
                statement.Add(word);
            else if (statement.Count > 0)
            {
                yield return statement;
                statement = [];
            }
    }

    [GeneratedRegex(
        """
        (?<space>\s+|--[^\n]*|/\*.*?\*/)|(?<literal>'(?:[^']|'')*')|(?<quoted>"[^"]*"|\[[^\]]*\])|\{\w+\}|[\w@:$]+|<>|<=|>=|!=|.
        """,
        RegexOptions.Singleline)]
    private static partial Regex Word();
}

/// <summary>One word and its line.</summary>
public readonly record struct SqlWord(string Text, int Line)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
