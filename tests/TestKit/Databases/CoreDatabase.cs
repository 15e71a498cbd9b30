using System.Text.RegularExpressions;
using Canbao.Core.Schema;
using Canbao.Storage;

namespace Canbao.TestKit.Databases;

/// <summary>Fresh databases with the tables of all rooms.</summary>
public static partial class CoreDatabase
{
    /// <summary>The tables that have an area.</summary>
    public static IReadOnlyCollection<string> TenantTables { get; } = [.. ReadTenantTables()];

    /// <summary>A database by a clock that stands still until it is set.</summary>
    public static Task<TestDatabase> CreateAsync(Engine engine, TimeProvider? clock = null) =>
        TestDatabase.WithAsync(engine, CoreSchema.Migrations, TenantTables, null, clock);

    static IEnumerable<string> ReadTenantTables() =>
        from file in Directory.GetFiles(Repository.Path("src", "Canbao.Core", "Schema"), "*.sql")
        from Match match in TenantTable().Matches(File.ReadAllText(file))
        select match.Groups["name"].Value;

    [GeneratedRegex(@"create table (?<name>\w+) \(\s+area integer")]
    private static partial Regex TenantTable();
}
