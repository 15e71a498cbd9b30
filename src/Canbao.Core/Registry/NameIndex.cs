using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Registry;

/// <summary>
/// Gives people who were registered before names were searched by their initials theirs, which SQL cannot work out. It is no deed: the
/// initials say nothing that the name does not.
/// </summary>
public static class NameIndex
{
    /// <summary>Fills what is empty, some thousands in a transaction each; what was broken off goes on with the next call.</summary>
    /// <param name="database">Where.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="part">How many in a transaction.</param>
    /// <param name="cancel">Ends the work before the next transaction.</param>
    /// <returns>How many people were filled.</returns>
    public static async Task<long> FillAsync(Database database, int area, int part = 10_000, CancellationToken cancel = default)
    {
        if (!await database.ReadAsync(session => Empty(session, area, 0).AnyAsync(), cancel))
            return 0;
        long filled = 0, last = 0;
        while (await database.WriteAsync(session => FillPartAsync(session, area, last, part), cancel) is { People: > 0 } done)
            (filled, last) = (filled + done.People, done.Last);
        await database.WriteAsync(session => session.RefreshStatisticsAsync("person"), cancel);
        return filled;
    }

    static async Task<(int People, long Last)> FillPartAsync(Session session, int area, long behind, int part)
    {
        var rows = await Empty(session, area, behind).OrderBy(row => row.PersonId).Take(part).ToListAsync();
        if (rows.Count == 0)
            return default;
        // A row that is written has the initials of its name.
        await session.BulkWriteAsync(rows, OnConflict.Update);
        return (rows.Count, rows[^1].PersonId);
    }

    static IQueryable<PersonRow> Empty(Session session, int area, long behind) =>
        session.Table<PersonRow>().Where(row => row.Area == area && row.Initials == "" && row.PersonId > behind);
}
