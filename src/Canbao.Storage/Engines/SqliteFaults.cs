using System.Text.RegularExpressions;
using Canbao.Storage.Faults;
using Microsoft.Data.Sqlite;

namespace Canbao.Storage.Engines;

/// <summary>Tells what a fault of SQLite means.</summary>
static partial class SqliteFaults
{
    const int Wrong = 1, Busy = 5, Locked = 6, ReadOnly = 8, Interrupted = 9, InputOutput = 10, Full = 13, CannotOpen = 14, TooBig = 18;
    const int Constraint = 19, Mismatch = 20, NoDatabase = 26;
    const int Check = 275, Reference = 787, NotNull = 1299, PrimaryKey = 1555, Unique = 2067, RowId = 2579, WrongType = 3091;

    /// <param name="fault">The fault.</param>
    /// <param name="committing">Whether it came from the commit.</param>
    /// <param name="tableSql">The statements that made a table and its indexes.</param>
    public static StorageException Translate(SqliteException fault, bool committing, Func<string, IEnumerable<string>> tableSql) =>
        fault.SqliteErrorCode switch
        {
            Constraint => Broken(fault, tableSql),
            Busy or Locked => StorageCodes.Fault(StorageCodes.Busy, fault),
            _ when committing => StorageCodes.Fault(StorageCodes.OutcomeUnknown, fault),
            CannotOpen or NoDatabase => StorageCodes.Fault(StorageCodes.Unreachable, fault),
            Full or ReadOnly or InputOutput => StorageCodes.Fault(StorageCodes.NotWritable, fault),
            TooBig or Mismatch => StorageCodes.Fault(StorageCodes.UnfitValue, fault),
            Interrupted => StorageCodes.Fault(StorageCodes.TooSlow, fault),
            // SQLite has no code of its own for it.
            Wrong when fault.Message.Contains("no such table", StringComparison.Ordinal) =>
                StorageCodes.Fault(StorageCodes.NoTables, fault),
            _ => StorageCodes.Fault(StorageCodes.Other, fault),
        };

    static StorageException Broken(SqliteException fault, Func<string, IEnumerable<string>> tableSql)
    {
        // SQLite Error 19: 'UNIQUE constraint failed: person.area, person.id'.
        var told = Told().Match(fault.Message).Groups["what"].Value;
        return fault.SqliteExtendedErrorCode switch
        {
            Check => StorageCodes.Broken(ConstraintKind.Check, told, fault),
            Reference => StorageCodes.Broken(ConstraintKind.Reference, null, fault),
            NotNull => StorageCodes.Broken(ConstraintKind.NotNull, told, fault),
            PrimaryKey or Unique or RowId => StorageCodes.Broken(ConstraintKind.Unique, UniqueName(told, tableSql), fault),
            WrongType => StorageCodes.Fault(StorageCodes.UnfitValue, fault),
            _ => StorageCodes.Fault(StorageCodes.Other, fault),
        };
    }

    /// <summary>The name of the unique rule over such columns; SQLite tells the columns, the schema has the name.</summary>
    static string? UniqueName(string columns, Func<string, IEnumerable<string>> tableSql)
    {
        if (IndexName().Match(columns) is { Success: true } index)
            return index.Groups["name"].Value;
        var parts = columns.Split(", ");
        var table = parts[0].Split('.')[0];
        var sought = string.Join(',', parts.Select(part => part[(part.IndexOf('.', StringComparison.Ordinal) + 1)..]));
        return (from sql in tableSql(table)
                from Match rule in UniqueRule().Matches(sql)
                where string.Join(',', rule.Groups["columns"].Value.Split(',', StringSplitOptions.TrimEntries)) == sought
                select rule.Groups["name"].Value).FirstOrDefault();
    }

    [GeneratedRegex(@"constraint failed: (?<what>.*?)'?\.?$", RegexOptions.Singleline)]
    private static partial Regex Told();

    [GeneratedRegex("^index '(?<name>[^']+)'")]
    private static partial Regex IndexName();

    [GeneratedRegex(
        @"(constraint\s+(?<name>\w+)\s+(primary\s+key|unique)\s*|unique\s+index\s+(if\s+not\s+exists\s+)?(?<name>\w+)\s+on\s+\w+\s*)"
        + @"\((?<columns>[^)]*)\)",
        RegexOptions.IgnoreCase)]
    private static partial Regex UniqueRule();
}
