using Canbao.Core.Assessment.Dues;
using Canbao.Core.Secrets;
using Canbao.Storage;

namespace Canbao.Core.Work.Shadow;

/// <summary>Reads and answers one side.</summary>
sealed class ShadowAssessor
{
    readonly int area;
    readonly ShadowSide side;
    readonly AreaAssessor assessor;
    readonly DueReader reader;

    ShadowAssessor(int area, ShadowSide side, AreaAssessor assessor, DueReader reader) =>
        (this.area, this.side, this.assessor, this.reader) = (area, side, assessor, reader);

    public static async Task<ShadowAssessor> OpenAsync(
        Session session, int area, (PackShelf Shelf, Vault Vault) with, ShadowSide side, DateOnly factsOn) => new(
            area,
            side,
            side.Pack is { } pack ? AreaAssessor.Of(area, with, pack) : await AreaAssessor.ForAsync(session, area, with, side.Year),
            new(session, area, side.Year, factsOn) { AssumesRenewal = true });

    public async Task<(List<DuePerson> People, long Last)?> NextAsync(long behind, int limit)
    {
        if (await reader.NextAsync(behind, limit, withKept: false) is not var (people, last))
            return null;
        return (await PreparedAsync(people), last);
    }

    public async Task<List<DuePerson>> SomeAsync(IReadOnlyCollection<long> ids) =>
        await PreparedAsync(await reader.SomeAsync(ids, withKept: false));

    public ShadowAnswer Answer(DuePerson person) => person.Facts.BirthDate > side.On
        ? new(Verdicts.Other(area, OtherOutcomes.NotBorn), [])
        : new(assessor.Assess(person, side.Year).Verdict, assessor.Funded(person, side.Year).Parts);

    /// <summary>The people as they would pay on the side's day; whoever registered later is taken to have registered on it.</summary>
    async Task<List<DuePerson>> PreparedAsync(List<DuePerson> people)
    {
        people.RemoveAll(person => person.IsErased || person.IsMerged);
        foreach (var person in people)
            person.Facts = person.Facts with
            {
                PaidOn = side.On,
                RegisteredOn = person.Facts.RegisteredOn > side.On ? side.On : person.Facts.RegisteredOn,
            };
        await assessor.LoadCategoriesAsync(reader, people.Select(person => (person.Unit, side.On)).Distinct());
        return people;
    }
}

/// <summary>Both sides over the same people.</summary>
/// <param name="Now">As it is.</param>
/// <param name="Then">As it would be.</param>
sealed record ShadowSides(ShadowAssessor Now, ShadowAssessor Then)
{
    /// <summary>The next people of the area, and how many identifiers were looked at; null at the end.</summary>
    public async Task<(List<(DuePerson Now, DuePerson Then)> People, long Last, int Read)?> NextAsync(long behind, int limit)
    {
        // The snapshot is one, so the same range holds the same people.
        if (await Now.NextAsync(behind, limit) is not var (now, last) || await Then.NextAsync(behind, limit) is not var (then, _))
            return null;
        return (Paired(now, then), last, now.Count);
    }

    public async Task<List<(DuePerson Now, DuePerson Then)>> SomeAsync(IReadOnlyCollection<long> ids) =>
        Paired(await Now.SomeAsync(ids), await Then.SomeAsync(ids));

    static List<(DuePerson Now, DuePerson Then)> Paired(List<DuePerson> now, List<DuePerson> then)
    {
        var byId = then.ToDictionary(person => person.PersonId);
        return now.ConvertAll(person => (person, byId[person.PersonId]));
    }
}
