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
        var counts = await (
            from found in Within(session, area, within, year)
            group found by found.Verdict.Outcome into same
            select new { Outcome = same.Key, People = same.Count() }).ToListAsync();
        return counts.ToDictionary(one => one.Outcome, one => one.People, StringComparer.Ordinal);
    }

    /// <summary>The people of a unit or below it who got an outcome, in the order of units and names: one page of them.</summary>
    public static Task<List<AssessedPerson>> PeopleAsync(
        Session session, int area, UnitRange within, InsuranceYear year, (string Outcome, int Skip, int Take) part) => (
            from found in Within(session, area, within, year)
            where found.Verdict.Outcome == part.Outcome
            orderby found.Unit.Place, found.Person.Name, found.Person.PersonId
            select new AssessedPerson(found.Person, found.Unit.Name, found.Due.AsOf, found.Verdict))
            .Skip(part.Skip).Take(part.Take).ToListAsync();

    static IQueryable<Assessed> Within(Session session, int area, UnitRange within, InsuranceYear year)
    {
        var (first, end, number) = (within.First, within.End, year.Year);
        return from due in session.Table<DueRow>()
               join verdict in session.Table<DueVerdictRow>()
                   on new { due.Area, due.VerdictId } equals new { verdict.Area, verdict.VerdictId }
               join person in session.Table<PersonRow>() on new { due.Area, due.PersonId } equals new { person.Area, person.PersonId }
               join unit in session.Table<UnitRow>() on new { due.Area, Code = due.Unit } equals new { unit.Area, unit.Code }
               where due.Area == area && verdict.Area == area && person.Area == area && unit.Area == area
                   && due.InsuranceYear == number && person.MergedInto == null
                   && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
               select new Assessed { Due = due, Verdict = verdict, Person = person, Unit = unit };
    }

    sealed class Assessed
    {
        public required DueRow Due { get; init; }

        public required DueVerdictRow Verdict { get; init; }

        public required PersonRow Person { get; init; }

        public required UnitRow Unit { get; init; }
    }
}
