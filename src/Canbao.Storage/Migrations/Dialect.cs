using System.Text.RegularExpressions;
using Canbao.Storage.Faults;

namespace Canbao.Storage.Migrations;

/// <summary>
/// The few words that the engines spell differently: a STRICT table of SQLite has five types, and PostgreSQL's <c>integer</c> is too
/// narrow for fen. Everything else in a migration is SQL that both take.
/// </summary>
public static partial class Dialect
{
    static readonly Dictionary<string, (string Sqlite, string Postgres)> Words = new()
    {
        ["long"] = ("integer", "bigint"),
        ["bool"] = ("integer", "boolean"),
        // By code point on both, whatever the database's own collation.
        ["text"] = ("text", "text collate \"C\""),
        ["date"] = ("text", "date"),
        ["instant"] = ("text", "timestamptz"),
        ["bytes"] = ("blob", "bytea"),
        ["strict"] = ("strict", ""),
    };

    /// <summary>The placeholders, without braces.</summary>
    public static IReadOnlyCollection<string> Placeholders => Words.Keys;

    /// <summary>Puts an engine's words in the place of placeholders.</summary>
    internal static string Render(string sql, Engine engine, string migration) => Placeholder().Replace(sql, match =>
        Words.TryGetValue(match.Groups[1].Value, out var word)
            ? engine == Engine.Sqlite ? word.Sqlite : word.Postgres
            : throw new StorageException(StorageCodes.MigrationFiles, $"数据库升级脚本 {migration} 中有不认识的占位符 {match.Value}。", null));

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();
}
