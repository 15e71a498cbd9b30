using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Quality;

/// <summary>Counts of units with the moment that they are of.</summary>
/// <param name="Units">The counts of each unit that has people of its own, by code.</param>
/// <param name="CountedAt">When they were counted and kept; null where they were counted just now.</param>
public sealed record QualityView(IReadOnlyDictionary<string, QualityCounts> Units, DateTimeOffset? CountedAt);

/// <summary>
/// Quality of everybody's records, counted behind the pages and kept: to look at everybody of a city takes most of a minute. A unit without
/// units below it is counted whenever it is looked at, so that whoever mends records there sees it at once.
/// </summary>
public static class KeptQuality
{
    /// <summary>How long kept counts stand, though something has happened since.</summary>
    public static readonly TimeSpan Stands = TimeSpan.FromMinutes(15);

    /// <summary>The counts of a unit and all below it: kept ones where there are, except of a unit at the bottom.</summary>
    public static async Task<QualityView> ReadAsync(
        Session session, int area, (UnitTree Tree, Unit Unit) of, (InsuranceYear Year, DateOnly Today) when)
    {
        var within = new UnitRange(of.Tree.PathOf(of.Unit));
        int number = when.Year.Year;
        var kept = of.Tree.ChildrenOf(of.Unit).Any()
            ? await session.Table<QualityYearRow>().FirstOrDefaultAsync(row => row.Area == area && row.InsuranceYear == number)
            : null;
        if (kept?.CountedAt is null)
            return new(await RecordQuality.CountAsync(session, area, within, when), null);
        var rows = await session.Table<QualityCountRow>().Where(row => row.Area == area && row.InsuranceYear == number).ToListAsync();
        return new(
            rows.Where(row => of.Tree.Find(row.Unit) is { } unit && within.Contains(of.Tree.PathOf(unit)))
                .ToDictionary(row => row.Unit, row => row.Counts(), StringComparer.Ordinal),
            kept.CountedAt);
    }

    /// <summary>
    /// Counts everybody and keeps it, where the counts no longer stand and something was sealed since, or the day is another. Servers may
    /// do it at the same time: one of them counts.
    /// </summary>
    /// <returns>Whether this call counted.</returns>
    public static async Task<bool> CatchUpAsync(
        Database database, int area, InsuranceYear year, DateOnly today, CancellationToken cancel = default)
    {
        if (await database.WriteAsync(session => BeginAsync(session, area, year, today), cancel) is not { } begun)
            return false;
        var tree = await database.ReadAsync(session => UnitStore.ReadAsync(session, area), cancel);
        // Part by part, so that no statement takes long: below the topmost units, then the topmost's own people.
        var found = new Dictionary<string, QualityCounts>(StringComparer.Ordinal);
        foreach (var part in tree.ChildrenOf(tree.Root))
            foreach (var (unit, counts) in await CountAsync(new(tree.PathOf(part))))
                found[unit] = counts;
        foreach (var (unit, counts) in await CountAsync(UnitRange.Only(tree.PathOf(tree.Root))))
            found[unit] = counts;
        await database.WriteAsync(
            async session =>
            {
                await session.Table<QualityCountRow>().Where(row => row.Area == area && row.InsuranceYear == year.Year).DeleteAsync();
                await session.BulkWriteAsync(
                    found.Select(one => QualityCountRow.Of(area, year.Year, one.Key, one.Value)), OnConflict.Refuse);
                return await session.Data.UpdateAsync(begun with { CountedAt = begun.BegunAt });
            },
            cancel);
        return true;

        Task<IReadOnlyDictionary<string, QualityCounts>> CountAsync(UnitRange within) =>
            database.ReadAsync(session => RecordQuality.CountAsync(session, area, within, (year, today)), cancel);
    }

    static async Task<QualityYearRow?> BeginAsync(Session session, int area, InsuranceYear year, DateOnly today)
    {
        var (number, now) = (year.Year, session.Now);
        long seal = (await AuditChain.HeadAsync(session, area)).SealNo;
        var kept = await session.Table<QualityYearRow>().FirstOrDefaultAsync(row => row.Area == area && row.InsuranceYear == number);
        if (kept is not null && (now - kept.BegunAt < Stands
            || (kept.CountedAt == kept.BegunAt && kept.SealNo == seal && BusinessDay.Of(kept.BegunAt) == today)))
            return null;
        var begun = new QualityYearRow
        {
            Area = area,
            InsuranceYear = number,
            SealNo = seal,
            BegunAt = now,
            CountedAt = kept?.CountedAt,
        };
        await session.Data.InsertOrReplaceAsync(begun);
        return begun;
    }
}
