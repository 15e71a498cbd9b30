using Canbao.Core.Assessment.Dues;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Shadow;

/// <summary>Somebody behind a number of a shadow run.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">The name.</param>
/// <param name="NumberMask">The masked number.</param>
/// <param name="UnitName">The unit.</param>
/// <param name="Now">The answer as it is.</param>
/// <param name="Then">The answer as it would be.</param>
public sealed record ShadowPerson(
    long PersonId, string Name, string NumberMask, string UnitName, DueVerdictRow Now, DueVerdictRow Then);

/// <summary>
/// What another pack would mean for the people of an area: who pays more or less, whose outcome changes, and what each funder would bear
/// (<c>lingyuan 七</c>, <c>baogou 二(二)-budget</c>). Stores nothing.
/// </summary>
/// <param name="shelf">The packs, drafts by their folders.</param>
/// <param name="vault">Knows who was erased.</param>
public sealed class ShadowRun(PackShelf shelf, Vault vault)
{
    /// <summary>For more people than so many, pages name the command instead of running for minutes.</summary>
    public const int MostInPage = 50_000;

    const int ChunkPeople = 20_000, ChunkNamed = 5000;

    /// <summary>How many people would be read.</summary>
    public static Task<int> CountAsync(Session session, int area, UnitRange within, DateOnly on) =>
        Ids(session, area, within, on).CountAsync();

    /// <summary>Compares two sides.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="order">What is compared, and for whom.</param>
    /// <param name="progress">Told how many of how many people are done.</param>
    /// <exception cref="RefusedException">A101: there is no such pack, or it has faults.</exception>
    public async Task<ShadowTotals> RunAsync(
        Session session, int area, ShadowOrder order, IProgress<(long Done, long All)>? progress = null)
    {
        var sides = await SidesAsync(session, area, order);
        var totals = new ShadowTotals();
        long done = 0;
        if (order.Within is { } within)
        {
            var ids = await Ids(session, area, within, order.FactsOn).OrderBy(id => id).ToListAsync();
            foreach (var part in ids.Chunk(ChunkNamed))
            {
                Take(totals, sides, await sides.SomeAsync(part));
                progress?.Report((done += part.Length, ids.Count));
            }

            return totals;
        }

        long all = progress is null ? 0 : await session.Table<PersonRow>().LongCountAsync(row => row.Area == area);
        for (long behind = 0; await sides.NextAsync(behind, ChunkPeople) is var (people, last, read); behind = last)
        {
            Take(totals, sides, people);
            progress?.Report((done += read, all));
        }

        return totals;
    }

    /// <summary>
    /// The people of the order's unit whose answers are wanted, in the order of units and names: one page of them, by running again until
    /// it is full.
    /// </summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="order">What was compared, and for which unit.</param>
    /// <param name="wanted">Tells whether a pair of answers is.</param>
    /// <param name="part">How many to pass over, and how many to take.</param>
    public async Task<List<ShadowPerson>> PeopleAsync(
        Session session, int area, ShadowOrder order, Func<DueVerdictRow, DueVerdictRow, bool> wanted, (int Skip, int Take) part)
    {
        var within = order.Within ?? new UnitRange((await UnitStore.ReadAsync(session, area)) is var tree ? tree.PathOf(tree.Root) : "");
        var sides = await SidesAsync(session, area, order);
        var found = new List<(long Id, DueVerdictRow Now, DueVerdictRow Then)>();
        foreach (var ids in (await Sorted(session, area, within, order.FactsOn).ToListAsync()).Chunk(ChunkNamed))
        {
            var answers = (await sides.SomeAsync(ids)).ToDictionary(
                pair => pair.Now.PersonId, pair => (Now: sides.Now.Answer(pair.Now), Then: sides.Then.Answer(pair.Then)));
            found.AddRange(
                from id in ids
                where answers.ContainsKey(id)
                let answer = answers[id]
                where wanted(answer.Now.Verdict, answer.Then.Verdict)
                select (id, answer.Now.Verdict, answer.Then.Verdict));
            if (found.Count >= part.Skip + part.Take)
                break;
        }

        return await NamedAsync(session, area, order.FactsOn, [.. found.Skip(part.Skip).Take(part.Take)]);
    }

    static async Task<List<ShadowPerson>> NamedAsync(
        Session session, int area, DateOnly on, List<(long Id, DueVerdictRow Now, DueVerdictRow Then)> page)
    {
        var ids = page.ConvertAll(one => one.Id);
        var named = await (
            from person in session.Table<PersonRow>()
            join status in session.Table<PersonStatusRow>()
                on new { person.Area, person.PersonId } equals new { status.Area, status.PersonId }
            join unit in session.Table<UnitRow>() on new { status.Area, Code = status.Unit } equals new { unit.Area, unit.Code }
            where person.Area == area && status.Area == area && unit.Area == area && ids.Contains(person.PersonId)
                && status.FromDay <= @on && (status.UntilDay == null || status.UntilDay >= @on)
            select new { person.PersonId, person.Name, person.NumberMask, Unit = unit.Name }).ToDictionaryAsync(row => row.PersonId);
        return page.ConvertAll(one => named[one.Id] is var row
            ? new ShadowPerson(one.Id, row.Name, row.NumberMask, row.Unit, one.Now, one.Then) : null!);
    }

    static IQueryable<long> Ids(Session session, int area, UnitRange within, DateOnly on)
    {
        var (first, end) = (within.First, within.End);
        return from status in session.Table<PersonStatusRow>()
               join unit in session.Table<UnitRow>() on new { status.Area, Code = status.Unit } equals new { unit.Area, unit.Code }
               where status.Area == area && unit.Area == area
                   && status.FromDay <= @on && (status.UntilDay == null || status.UntilDay >= @on)
                   && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
               select status.PersonId;
    }

    static IQueryable<long> Sorted(Session session, int area, UnitRange within, DateOnly on)
    {
        var (first, end) = (within.First, within.End);
        return from status in session.Table<PersonStatusRow>()
               join unit in session.Table<UnitRow>() on new { status.Area, Code = status.Unit } equals new { unit.Area, unit.Code }
               join person in session.Table<PersonRow>()
                   on new { status.Area, status.PersonId } equals new { person.Area, person.PersonId }
               where status.Area == area && unit.Area == area && person.Area == area
                   && status.FromDay <= @on && (status.UntilDay == null || status.UntilDay >= @on)
                   && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
               orderby unit.Place, person.Name, person.PersonId
               select person.PersonId;
    }

    static void Take(ShadowTotals totals, ShadowSides sides, List<(DuePerson Now, DuePerson Then)> people)
    {
        foreach (var (now, then) in people)
            totals.Add(now.Unit, sides.Now.Answer(now), sides.Then.Answer(then));
    }

    async Task<ShadowSides> SidesAsync(Session session, int area, ShadowOrder order) => new(
        await ShadowAssessor.OpenAsync(session, area, (shelf, vault), order.Now, order.FactsOn),
        await ShadowAssessor.OpenAsync(session, area, (shelf, vault), order.Then, order.FactsOn));
}
