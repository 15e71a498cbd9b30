using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Assessment.Dues;

/// <summary>Somebody with what was answered last.</summary>
/// <param name="Person">The person.</param>
/// <param name="UnitName">The unit that the person belonged to then.</param>
/// <param name="AsOf">The payment day that was assumed.</param>
/// <param name="Verdict">The answer.</param>
public sealed record AssessedPerson(PersonRow Person, string UnitName, DateOnly AsOf, DueVerdictRow Verdict);

/// <summary>What was assessed last, by answer: above all those whom a desk or the bureau has to decide.</summary>
public static class DueLists
{
    /// <summary>How many people of a unit or below it got which outcome for a year.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> CountsAsync(Session session, int area, UnitRange within, InsuranceYear year)
    {
        var dues = Within(session, area, within, year);
        var counts = await Counted(dues).ToListAsync();
        var merged = (await Counted(OfMerged(session, area, dues)).ToListAsync()).ToDictionary(one => one.Verdict, one => one.People);
        var outcomes = await session.Table<DueVerdictRow>().Where(row => row.Area == area)
            .ToDictionaryAsync(row => row.VerdictId, row => row.Outcome);
        return (
            from one in counts
            let people = one.People - merged.GetValueOrDefault(one.Verdict)
            where people > 0
            group people by outcomes[one.Verdict]).ToDictionary(same => same.Key, same => same.Sum(), StringComparer.Ordinal);
    }

    /// <summary>The people of a unit or below it who got an outcome, in the order of units and names: one page of them.</summary>
    public static async Task<List<AssessedPerson>> PeopleAsync(
        Session session, int area, UnitRange within, InsuranceYear year, (string Outcome, int Skip, int Take) part)
    {
        var verdicts = await session.Table<DueVerdictRow>().Where(row => row.Area == area && row.Outcome == part.Outcome)
            .ToDictionaryAsync(row => row.VerdictId);
        if (verdicts.Count == 0)
            return [];
        var ids = verdicts.Keys.ToList();
        var dues = Within(session, area, within, year).Where(row => ids.Contains(row.VerdictId));
        var page = UnitPages.Find(await OfUnitsAsync(session, area, within, dues), part.Skip, part.Take);
        if (page.Units.Count == 0)
            return [];
        var found = await (
            from due in dues
            join person in session.Table<PersonRow>() on new { due.Area, due.PersonId } equals new { person.Area, person.PersonId }
            join unit in session.Table<UnitRow>() on new { due.Area, Code = due.Unit } equals new { unit.Area, unit.Code }
            where person.Area == area && unit.Area == area && person.MergedInto == null && page.Units.Contains(due.Unit)
            orderby unit.Place, person.Name, person.PersonId
            select new { person, unit.Name, due.AsOf, due.VerdictId }).Skip(page.Skip).Take(part.Take).ToListAsync();
        return found.ConvertAll(one => new AssessedPerson(one.person, one.Name, one.AsOf, verdicts[one.VerdictId]));
    }

    /// <summary>How many people each unit has, in the order of units.</summary>
    static async Task<IEnumerable<(string Unit, int People)>> OfUnitsAsync(
        Session session, int area, UnitRange within, IQueryable<DueRow> dues)
    {
        var (first, end) = (within.First, within.End);
        var counts = await CountedByUnit(dues).ToListAsync();
        var merged = (await CountedByUnit(OfMerged(session, area, dues)).ToListAsync())
            .ToDictionary(one => one.Unit, one => one.People, StringComparer.Ordinal);
        var places = await session.Table<UnitRow>()
            .Where(row => row.Area == area && string.CompareOrdinal(row.Path, first) >= 0 && string.CompareOrdinal(row.Path, end) < 0)
            .ToDictionaryAsync(row => row.Code, row => row.Place);
        return from one in counts
               orderby places[one.Unit]
               select (one.Unit, one.People - merged.GetValueOrDefault(one.Unit));
    }

    static IQueryable<(long Verdict, int People)> Counted(IQueryable<DueRow> dues) =>
        from due in dues group due by due.VerdictId into same select ValueTuple.Create(same.Key, same.Count());

    static IQueryable<(string Unit, int People)> CountedByUnit(IQueryable<DueRow> dues) =>
        from due in dues group due by due.Unit into same select ValueTuple.Create(same.Key, same.Count());

    /// <summary>Those of records that go on under another: few, so they are taken off what an index alone counts.</summary>
    static IQueryable<DueRow> OfMerged(Session session, int area, IQueryable<DueRow> dues) =>
        from due in dues
        join person in session.Table<PersonRow>() on new { due.Area, due.PersonId } equals new { person.Area, person.PersonId }
        where person.Area == area && person.MergedInto != null
        select due;

    static IQueryable<DueRow> Within(Session session, int area, UnitRange within, InsuranceYear year)
    {
        var (first, end, number) = (within.First, within.End, year.Year);
        var dues = session.Table<DueRow>().Where(row => row.Area == area && row.InsuranceYear == number);
        return within.IsWholeArea ? dues :
            from due in dues
            join unit in session.Table<UnitRow>() on new { due.Area, Code = due.Unit } equals new { unit.Area, unit.Code }
            where unit.Area == area && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
            select due;
    }
}
