using System.Text.RegularExpressions;

namespace Canbao.TestKit.Databases;

/// <summary>
/// Holds statements to the rule that whatever touches a table of the tenant says which area: each such table in a FROM, JOIN, UPDATE or
/// DELETE has its <c>area</c> compared, at least one of them with a value, an INSERT gives it, and no UPDATE changes it. And to the
/// rule that days and instants are computed by the program: linq2db turns <c>new DateOnly(…)</c> or <c>AddDays</c> within a query into
/// functions whose texts SQLite compares wrongly with ours, without a word.
/// </summary>
public sealed partial class StatementLaw
{
    static readonly HashSet<string> NoAlias =
    [
        "where", "on", "join", "inner", "left", "right", "full", "cross", "natural", "order", "group", "having", "limit", "offset", "set",
        "using", "union", "except", "intersect", "values", "select", "returning", "window", "for", "default",
    ];

    readonly HashSet<string> tables;
    readonly Regex mention;

    /// <param name="tables">The tables that have an area.</param>
    public StatementLaw(IReadOnlyCollection<string> tables)
    {
        this.tables = [.. tables];
        mention = new($@"\b({string.Join('|', tables)})\b", RegexOptions.IgnoreCase);
    }

    /// <summary>Throws for a statement that breaks the rule.</summary>
    /// <exception cref="StatementLawException">It does; the message names the table.</exception>
    public void Require(string sql)
    {
        if (Fault(sql) is { } fault)
            throw new StatementLawException($"{fault}: {sql}");
    }

    /// <summary>What is wrong with a text of one or more statements; null where nothing is.</summary>
    public string? Fault(string sql)
    {
        if (DateFunction().IsMatch(sql))
            return "a day or an instant is computed by the engine";
        // The statements of a bulk write are long and name no such table.
        if (!mention.IsMatch(sql))
            return null;
        var faults = from words in SqlWords.Statements(sql) select Fault([.. words.Select(word => word.Text)]);
        return faults.FirstOrDefault(fault => fault is not null);
    }

    string? Fault(string[] words)
    {
        // What changes the schema, or asks for no rows to copy the columns, leaves none out.
        if (words[0] is "create" or "drop" or "alter" && !words.Contains("select") || words is [.., "where", "1", "=", "0"])
            return null;
        var fixedAreas = false;
        var reads = false;
        foreach (int at in Enumerable.Range(0, words.Length).Where(at => IsTable(words, at)))
        {
            if (words[at - 1] == "into")
            {
                if (!GetsArea(words, at))
                    return $"{words[at]} gets no area";
                continue;
            }

            var others = Comparisons(words, Alias(words, at)).ToList();
            if (others.Count == 0)
                return $"{words[at]} is read without its area";
            reads = true;
            fixedAreas |= others.Any(other => other != "area");
        }

        if (reads && !fixedAreas)
            return "areas are compared with each other only";
        return Array.IndexOf(words, "set") is > 0 and var set && IsAssigned(words, set) ? "area is changed" : null;
    }

    bool IsTable(string[] words, int at) =>
        at > 0 && tables.Contains(words[at]) && words.ElementAtOrDefault(at + 1) != "."
        && (words[at - 1] is "from" or "join" or "into" or "update" || words[at - 1] == "," && IsInFrom(words, at));

    static bool IsInFrom(string[] words, int at)
    {
        int depth = 0;
        for (int back = at - 1; back >= 0 && depth >= 0; back--)
        {
            depth += words[back] == ")" ? 1 : words[back] == "(" ? -1 : 0;
            if (depth == 0 && words[back] is "from" or "select" or "where" or "set" or "by")
                return words[back] == "from";
        }

        return false;
    }

    static bool GetsArea(string[] words, int at)
    {
        int list = words.ElementAtOrDefault(at + 1) == "as" ? at + 3 : at + 1;
        return words.ElementAtOrDefault(list) == "(" && words.Skip(list + 1).TakeWhile(word => word != ")").Contains("area");
    }

    static string Alias(string[] words, int at)
    {
        int next = words.ElementAtOrDefault(at + 1) == "as" ? at + 2 : at + 1;
        return words.ElementAtOrDefault(next) is { } word && char.IsAsciiLetter(word[0]) && !NoAlias.Contains(word) ? word : words[at];
    }

    /// <summary>What the area of an alias is compared with: "area" for that of another table, else something else.</summary>
    static IEnumerable<string> Comparisons(string[] words, string alias)
    {
        for (int at = 0; at < words.Length; at++)
        {
            bool qualified = at > 1 && words[at - 1] == ".";
            if (words[at] != "area" || qualified && words[at - 2] != alias)
                continue;
            int before = qualified ? at - 3 : at - 1;
            if (words.ElementAtOrDefault(at + 1) is "=" or "in")
                yield return words.ElementAtOrDefault(words.ElementAtOrDefault(at + 3) == "." ? at + 4 : at + 2) ?? "";
            else if (before > 0 && words[before] == "=")
                yield return words[before - 1];
        }
    }

    [GeneratedRegex(@"\b(strftime|julianday|unixepoch|make_timestamp|make_date|date_part|interval)\b|\b(date|datetime|time)\s*\(",
        RegexOptions.IgnoreCase)]
    private static partial Regex DateFunction();

    /// <summary>Whether the list after SET, as far as it goes, names the area on a left side.</summary>
    static bool IsAssigned(string[] words, int set)
    {
        bool left = true;
        int depth = 0;
        for (int at = set + 1; at < words.Length && !(depth == 0 && words[at] is "where" or "from" or "returning"); at++)
        {
            depth += words[at] == "(" ? 1 : words[at] == ")" ? -1 : 0;
            if (left && words[at] == "area")
                return true;
            left = depth == 0 && words[at] == "," || left && words[at] != "=";
        }

        return false;
    }
}

/// <summary>A statement that leaves the area open.</summary>
public sealed class StatementLawException(string message) : Exception(message);
