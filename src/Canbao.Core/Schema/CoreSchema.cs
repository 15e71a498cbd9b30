using Canbao.Storage.Migrations;

namespace Canbao.Core.Schema;

/// <summary>The tables of all rooms. Each room owns its own; the numbers are in the order in which the rooms came to be.</summary>
public static class CoreSchema
{
    /// <summary>What brings a database to the tables of this program.</summary>
    public static MigrationSet Migrations { get; } = MigrationSet.In(typeof(CoreSchema).Assembly, "schema/");
}
