using Canbao.TestKit.Databases;

namespace Canbao.Tidy.Tests;

/// <summary>A column of a CREATE TABLE or ALTER TABLE ADD: its words after the name.</summary>
sealed record SqlColumn(string Table, string Name, string[] Words, int Line);

/// <summary>A primary key, unique rule, unique index, foreign key or check.</summary>
/// <param name="Table">The table that has it.</param>
/// <param name="Name">Its name; null where it has none.</param>
/// <param name="Kind">"primary", "unique", "foreign" or "check".</param>
/// <param name="Columns">The columns it is over.</param>
/// <param name="Target">The table that a foreign key points to.</param>
/// <param name="TargetColumns">The columns it points to; none where they are left out.</param>
/// <param name="Line">Where it stands.</param>
sealed record SqlConstraint(string Table, string? Name, string Kind, string[] Columns, string? Target, string[] TargetColumns, int Line);

/// <summary>A CREATE TABLE with what follows the closing parenthesis.</summary>
sealed record SqlTable(string Name, string[] Tail, int Line);

/// <summary>What a script of migrations makes.</summary>
sealed class SqlTables
{
    static readonly string[] ConstraintWords = ["constraint", "primary", "unique", "foreign", "check"];

    SqlTables()
    {
    }

    public List<SqlTable> Tables { get; } = [];

    public List<SqlColumn> Columns { get; } = [];

    public List<SqlConstraint> Constraints { get; } = [];

    public static SqlTables In(SourceFile file)
    {
        var found = new SqlTables();
        foreach (var statement in SqlWords.Statements(file.Text))
            found.Read([.. statement]);
        return found;
    }

    void Read(SqlWord[] words)
    {
        var text = words.Select(word => word.Text).ToArray();
        int at = Array.FindIndex(text, word => word is "table" or "index");
        if (at < 1 || text[0] is not ("create" or "alter"))
            return;
        if (text[(at + 1)..] is ["if", "not", "exists", ..])
            at += 3;
        if (text[0] == "alter" && Array.IndexOf(text, "add") is > 0 and var add)
            Element(text[at + 1], words[(text[add + 1] == "column" ? add + 2 : add + 1)..]);
        else if (text[0] == "create" && text.Contains("unique") && text.Contains("on"))
        {
            int on = Array.IndexOf(text, "on");
            Constraints.Add(new(text[on + 1], text[at + 1], "unique", Names(text, on), null, [], words[0].Line));
        }
        else if (text[0] == "create" && text.Take(at + 1).Contains("table"))
            Table(text[at + 1], words);
    }

    void Table(string name, SqlWord[] words)
    {
        int open = Array.FindIndex(words, word => word.Text == "(");
        int depth = 0, from = open + 1;
        for (int at = open; at < words.Length && open > 0; at++)
        {
            depth += words[at].Text == "(" ? 1 : words[at].Text == ")" ? -1 : 0;
            if (depth == 0 || depth == 1 && words[at].Text == ",")
            {
                Element(name, words[from..at]);
                from = at + 1;
            }

            if (depth == 0)
                break;
        }

        Tables.Add(new(name, [.. words[from..].Select(word => word.Text)], words[0].Line));
    }

    void Element(string table, SqlWord[] words)
    {
        var text = words.Select(word => word.Text).ToArray();
        if (!ConstraintWords.Contains(text[0]))
        {
            Columns.Add(new(table, text[0], text[1..], words[0].Line));
            OfColumn(table, text, words[0].Line);
            return;
        }

        var name = text[0] == "constraint" ? text[1] : null;
        int kind = name is null ? 0 : 2;
        int target = Array.IndexOf(text, "references");
        var (pointsTo, columns) = target < 0 ? (null, []) : (text[target + 1], Names(text, target));
        Constraints.Add(new(table, name, text[kind], Names(text, kind), pointsTo, columns, words[0].Line));
    }

    /// <summary>Constraints that stand behind a column.</summary>
    void OfColumn(string table, string[] text, int line)
    {
        for (int at = 1; at < text.Length; at++)
        {
            if (text[at] is not ("primary" or "unique" or "references" or "check"))
                continue;
            var name = text[at - 2] == "constraint" ? text[at - 1] : null;
            bool points = text[at] == "references";
            Constraints.Add(new(
                table, name, points ? "foreign" : text[at], [text[0]], points ? text[at + 1] : null, points ? Names(text, at) : [], line));
        }
    }

    /// <summary>The names within the first parentheses at or after a place; none where something else comes first.</summary>
    static string[] Names(string[] text, int at)
    {
        int open = Array.IndexOf(text, "(", at);
        return open < 0 || open - at > 3 ? [] : [.. text[(open + 1)..].TakeWhile(word => word != ")").Where(word => word != ",")];
    }
}
