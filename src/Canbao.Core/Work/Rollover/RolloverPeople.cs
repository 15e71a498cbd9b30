using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Rollover;

/// <summary>Who is to be told at a year's turn.</summary>
public enum TurnOfAge
{
    /// <summary>On a family-planning list, and turns 18 in the new year: whoever keeps the list looks again (decision 29).</summary>
    ListedChild,

    /// <summary>Counts as 60 for the first time, on the day before the new year (decision 7, <c>lingyuan 四(六)-lists</c>).</summary>
    Sixty,

    /// <summary>Counts as 70 for the first time, on the day before the new year (decision 7).</summary>
    Seventy,
}

/// <summary>Somebody who is to be told.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">The name.</param>
/// <param name="NumberMask">The masked number.</param>
/// <param name="UnitName">The unit.</param>
/// <param name="BornOn">Day of birth.</param>
public sealed record TurningPerson(long PersonId, string Name, string NumberMask, string UnitName, DateOnly BornOn);

/// <summary>People for whom the new year is another age.</summary>
public static class RolloverPeople
{
    /// <summary>The family-planning lists begin so.</summary>
    const string FamilyPlanning = "fp_";

    const int Adult = 18;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TurnOfAge> All { get; } = [TurnOfAge.ListedChild, TurnOfAge.Sixty, TurnOfAge.Seventy];

    /// <summary>As an office says it.</summary>
    public static string Chinese(TurnOfAge turn, InsuranceYear year) => turn switch
    {
        TurnOfAge.ListedChild => $"计生家庭名单上、{year}年满18周岁的子女",
        TurnOfAge.Sixty => $"{year}年度起按60周岁计的老年人",
        _ => $"{year}年度起按70周岁计的老年人",
    };

    /// <summary>How many.</summary>
    public static Task<int> CountAsync(Session session, int area, UnitRange within, InsuranceYear year, TurnOfAge turn) =>
        Found(session, area, within, year, turn).CountAsync();

    /// <summary>One page of them, in the order of units and names.</summary>
    public static Task<List<TurningPerson>> PeopleAsync(
        Session session, int area, UnitRange within, (InsuranceYear Year, TurnOfAge Turn) which, (int Skip, int Take) part) =>
        Found(session, area, within, which.Year, which.Turn).OrderBy(one => one.Unit.Place).ThenBy(one => one.Person.Name)
            .ThenBy(one => one.Person.PersonId).Skip(part.Skip).Take(part.Take)
            .Select(one => new TurningPerson(
                one.Person.PersonId, one.Person.Name, one.Person.NumberMask, one.Unit.Name, one.Person.BornOn)).ToListAsync();

    /// <summary>The days of birth, both inclusive.</summary>
    public static (DateOnly From, DateOnly Until) Born(InsuranceYear year, TurnOfAge turn)
    {
        int born = turn switch
        {
            TurnOfAge.ListedChild => year.Year - Adult,
            TurnOfAge.Sixty => year.Year - 1 - 60,
            _ => year.Year - 1 - 70,
        };
        return (new(born, 1, 1), new(born, 12, 31));
    }

    static IQueryable<Turning> Found(Session session, int area, UnitRange within, InsuranceYear year, TurnOfAge turn)
    {
        var ((from, until), first, end) = (Born(year, turn), within.First, within.End);
        var found = from person in session.Table<PersonRow>()
                    join status in session.Table<PersonStatusRow>()
                        on new { person.Area, person.PersonId } equals new { status.Area, status.PersonId }
                    join unit in session.Table<UnitRow>() on new { status.Area, Code = status.Unit } equals new { unit.Area, unit.Code }
                    where person.Area == area && status.Area == area && unit.Area == area && status.UntilDay == null
                        && person.MergedInto == null && person.DiedOn == null && person.BornOn >= @from && person.BornOn <= until
                        && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
                    select new Turning { Person = person, Unit = unit };
        if (turn != TurnOfAge.ListedChild)
            return found;
        var spans = session.Table<CategorySpanRow>();
        return found.Where(one => spans.Any(span => span.Area == area && span.PersonId == one.Person.PersonId && span.VoidedBy == null
            && span.UntilDay == null && span.Category.StartsWith(FamilyPlanning)));
    }

    sealed class Turning
    {
        public required PersonRow Person { get; init; }

        public required UnitRow Unit { get; init; }
    }
}
