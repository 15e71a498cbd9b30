using Canbao.Core.Events;
using Canbao.Core.Reporting;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Counting;

/// <summary>
/// Keeps the counts of an area up with what is done there: it follows the acts behind their seals, looks at the people whom each
/// names, and moves those who count otherwise than before. Acts that name nobody, such as a run of dues, make it look at everybody once. It
/// may be stopped and started anywhere: who looks twice finds nothing to move.
/// </summary>
/// <param name="people">As what people count.</param>
/// <param name="vault">Holds the key of the seals.</param>
public sealed class Counter(CountedPeople people, Vault vault)
{
    const int ActsAtOnce = 500;

    /// <summary>Subjects of acts that changed people without naming them.</summary>
    static readonly string[] Bulk = ["enrolments", "dues", "people"];

    readonly AuditChain chain = new(vault);

    /// <summary>Counts what was done since it counted last; the first time, everybody.</summary>
    /// <param name="database">Where.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="years">The insurance years to count.</param>
    /// <param name="cancel">Ends it early; what is counted up to then stays.</param>
    public async Task FollowAsync(Database database, int area, IReadOnlyCollection<InsuranceYear> years, CancellationToken cancel = default)
    {
        await chain.SealNewAsync(database, area, cancel);
        foreach (var year in years)
            while (await StepAsync(database, area, year, cancel))
                cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Counts what some acts changed.</summary>
    /// <returns>Whether there may be more.</returns>
    async Task<bool> StepAsync(Database database, int area, InsuranceYear year, CancellationToken cancel)
    {
        // Read apart from the write, so that posting payments never has to give way to counting them.
        var step = await database.ReadAsync(session => LoadAsync(session, area, year), cancel);
        if (step is null)
            return false;
        await database.WriteAsync(
            async session =>
            {
                if (!await MoveOnAsync(session, area, year, step))
                    return;
                if (step.Now is null)
                    await new Recount(people, session, area, year).RunAsync(step.Day);
                else
                    await WriteAsync(session, area, year, step.Day, (step.Touched, step.Now));
            },
            cancel);
        return true;
    }

    /// <summary>What the next acts of one business day touched; null where there are none.</summary>
    async Task<Step?> LoadAsync(Session session, int area, InsuranceYear year)
    {
        var begun = await Tally.YearAsync(session, area, year);
        if (begun is null)
        {
            long last = (await AuditChain.HeadAsync(session, area)).SealNo;
            return new(null, last, BusinessDay.Of(session.Now));
        }

        var acts = await AuditChain.BehindAsync(session, area, begun.SealNo, ActsAtOnce);
        if (acts.Count == 0)
            return null;
        var day = BusinessDay.Of(acts[0].Act.At);
        acts = [.. acts.TakeWhile(one => BusinessDay.Of(one.Act.At) == day)];
        var (touched, isBulk) = await TouchedAsync(session, area, [.. acts.Select(one => one.Act.ActId)]);
        return new(begun.SealNo, acts[^1].SealNo, day)
        {
            Touched = touched,
            Now = isBulk ? null : await people.SomeAsync(session, area, year, touched),
        };
    }

    static async Task<(HashSet<long> People, bool IsBulk)> TouchedAsync(Session session, int area, long[] acts)
    {
        var subjects = await (
            from change in session.Table<ActChangeRow>()
            where change.Area == area && acts.Contains(change.ActId) && (change.Subject == "person" || Bulk.Contains(change.Subject))
            select new { change.Subject, Id = change.Subject == "person" ? change.SubjectId : "" }).Distinct().ToListAsync();
        return ([.. subjects.Where(one => one.Id.Length > 0).Select(one => long.Parse(one.Id, null))],
            subjects.Exists(one => one.Id.Length == 0));
    }

    /// <summary>Notes that the step is done; false where another follower was faster.</summary>
    static async Task<bool> MoveOnAsync(Session session, int area, InsuranceYear year, Step step)
    {
        var row = new TallyYearRow { Area = area, InsuranceYear = year.Year, SealNo = step.Until, CountedAt = session.Now };
        if (step.Behind is not { } behind)
            return await session.BulkWriteAsync([row], OnConflict.Keep) == 1;
        return await session.Table<TallyYearRow>()
            .Where(one => one.Area == row.Area && one.InsuranceYear == row.InsuranceYear && one.SealNo == behind)
            .Set(one => one.SealNo, row.SealNo).Set(one => one.CountedAt, row.CountedAt).UpdateAsync() == 1;
    }

    static async Task WriteAsync(
        Session session, int area, InsuranceYear year, DateOnly day, (HashSet<long> Touched, List<TallyPersonRow> Now) people)
    {
        int number = year.Year;
        var before = new List<TallyPersonRow>();
        foreach (var part in people.Touched.Chunk(ActsAtOnce))
            before.AddRange(await session.Table<TallyPersonRow>()
                .Where(row => row.Area == area && row.InsuranceYear == number && part.Contains(row.PersonId)).ToListAsync());
        var same = before.Intersect(people.Now).ToHashSet();
        var (gone, come) = (before.FindAll(row => !same.Contains(row)), people.Now.FindAll(row => !same.Contains(row)));
        if (gone.Count + come.Count == 0)
            return;
        var kept = come.Select(row => row.PersonId).ToHashSet();
        foreach (var part in gone.Select(row => row.PersonId).Where(id => !kept.Contains(id)).Chunk(ActsAtOnce))
            await session.Table<TallyPersonRow>()
                .Where(row => row.Area == area && row.InsuranceYear == number && part.Contains(row.PersonId)).DeleteAsync();
        await session.BulkWriteAsync(come, OnConflict.Update);
        var changes = come.Select(row => (Row: row, Sign: 1)).Concat(gone.Select(row => (Row: row, Sign: -1)))
            .GroupBy(one => (one.Row.Unit, one.Row.Category, one.Row.Profile))
            .Select(one => (one.Key, People: one.Sum(each => each.Sign), Fen: one.Sum(each => checked(each.Sign * each.Row.Fen))))
            .Where(one => one.People != 0 || one.Fen != 0).ToList();
        await AddAsync(session, area, year, day, changes);
    }

    static async Task AddAsync(
        Session session, int area, InsuranceYear year, DateOnly day,
        IReadOnlyCollection<((string Unit, string Category, int Profile) Key, int People, long Fen)> changes)
    {
        int number = year.Year;
        string[] units = [.. changes.Select(one => one.Key.Unit).Distinct()];
        var now = await session.Table<TallyRow>().Where(row => row.Area == area && row.InsuranceYear == number && units.Contains(row.Unit))
            .ToDictionaryAsync(row => (row.Unit, row.Category, row.Profile));
        var days = await session.Table<TallyDayRow>()
            .Where(row => row.Area == area && row.InsuranceYear == number && row.Day == day && units.Contains(row.Unit))
            .ToDictionaryAsync(row => (row.Unit, row.Category, row.Profile));
        await session.BulkWriteAsync(changes.Select(one => new TallyRow
        {
            Area = area,
            InsuranceYear = number,
            Unit = one.Key.Unit,
            Category = one.Key.Category,
            Profile = one.Key.Profile,
            People = (now.GetValueOrDefault(one.Key)?.People ?? 0) + one.People,
            Fen = checked((now.GetValueOrDefault(one.Key)?.Fen ?? 0) + one.Fen),
        }), OnConflict.Update);
        await session.BulkWriteAsync(changes.Select(one => new TallyDayRow
        {
            Area = area,
            InsuranceYear = number,
            Day = day,
            Unit = one.Key.Unit,
            Category = one.Key.Category,
            Profile = one.Key.Profile,
            People = (days.GetValueOrDefault(one.Key)?.People ?? 0) + one.People,
            Fen = checked((days.GetValueOrDefault(one.Key)?.Fen ?? 0) + one.Fen),
        }), OnConflict.Update);
    }

    /// <summary>Acts to count.</summary>
    /// <param name="Behind">The seal up to which all is counted; null where counting begins.</param>
    /// <param name="Until">The last seal of the acts.</param>
    /// <param name="Day">Their business day.</param>
    sealed record Step(long? Behind, long Until, DateOnly Day)
    {
        public HashSet<long> Touched { get; init; } = [];

        /// <summary>The people as they count now; null: look at everybody.</summary>
        public List<TallyPersonRow>? Now { get; init; }
    }
}
