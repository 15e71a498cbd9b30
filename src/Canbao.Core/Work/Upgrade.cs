using Canbao.Core.Registry;
using Canbao.Core.Schema;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.Storage.Migrations;

namespace Canbao.Core.Work;

/// <summary>Brings a database to what this program needs.</summary>
public static class Upgrade
{
    /// <summary>
    /// Applies the migrations that the database lacks, and fills what only the program can work out: initials of names. It may be broken
    /// off, and goes on with the next start; a database that has everything costs a query for each area.
    /// </summary>
    /// <exception cref="StorageException">As for <see cref="Migrator.MigrateAsync"/>.</exception>
    public static async Task RunAsync(Database database, CancellationToken cancel = default)
    {
        await database.MigrateAsync(CoreSchema.Migrations, cancel);
        foreach (var area in await database.ReadAsync(UnitStore.AreasAsync, cancel))
            await NameIndex.FillAsync(database, area.Code, cancel: cancel);
    }
}
