using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Registry;

/// <summary>A person with what is so now and the unit.</summary>
/// <param name="Person">The person.</param>
/// <param name="Status">The open span.</param>
/// <param name="Unit">The unit that the person belongs to.</param>
public sealed record PersonInUnit(PersonRow Person, PersonStatusRow Status, UnitRow Unit);

public sealed partial class People
{
    const int ShortestPhone = 7, LongestPhone = 12;

    /// <summary>Whether a text is written as phone numbers are: 7 to 12 digits.</summary>
    public static bool IsPhone(string text) => text.Length is >= ShortestPhone and <= LongestPhone && text.All(char.IsAsciiDigit);

    /// <summary>
    /// A person who belongs to a unit or below it; whoever was merged leads to the record that goes on. Null where none does.
    /// </summary>
    public static async Task<PersonInUnit?> FindWithinAsync(Session session, int area, UnitRange within, long id) =>
        await FindAsync(session, area, id) is { } person
            ? await Within(session, area, within).Where(found => found.Person.PersonId == person.PersonId).FirstOrDefaultAsync()
            : null;

    /// <summary>
    /// The people of a unit or below it whom a text names: an identity number, a phone number, a household's number, or the beginning of
    /// a name; names first, then by record.
    /// </summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="within">The unit.</param>
    /// <param name="text">What was typed; not empty.</param>
    /// <param name="limit">How many at most.</param>
    public async Task<List<PersonInUnit>> SearchAsync(Session session, int area, UnitRange within, string text, int limit)
    {
        var all = Within(session, area, within);
        if (CitizenNumber.TryParse(text, out var number, out _))
        {
            var person = await FindByNumberAsync(session, area, number);
            return person is null ? [] : await all.Where(found => found.Person.PersonId == person.PersonId).ToListAsync();
        }

        var household = await Households.FindByNumberAsync(session, area, within, text);
        long? members = household?.HouseholdId;
        var found = members is not null
            ? all.Where(one => one.Status.HouseholdId == members)
            : IsPhone(text) ? OfPhone(all, vault.Hash(text)) : OfName(all, text);
        return await found.OrderBy(one => one.Person.Name).ThenBy(one => one.Person.PersonId).Take(limit).ToListAsync();
    }

    static IQueryable<PersonInUnit> OfPhone(IQueryable<PersonInUnit> all, byte[] hash) =>
        all.Where(one => one.Status.PhoneHash == hash);

    static IQueryable<PersonInUnit> OfName(IQueryable<PersonInUnit> all, string text)
    {
        var behind = text + "\uFFFF";
        return all.Where(one => string.CompareOrdinal(one.Person.Name, text) >= 0 && string.CompareOrdinal(one.Person.Name, behind) < 0);
    }

    static IQueryable<PersonInUnit> Within(Session session, int area, UnitRange within)
    {
        var (first, end) = (within.First, within.End);
        return from person in session.Table<PersonRow>()
               join status in session.Table<PersonStatusRow>()
                   on new { person.Area, person.PersonId } equals new { status.Area, status.PersonId }
               join unit in session.Table<UnitRow>() on new { status.Area, Code = status.Unit } equals new { unit.Area, unit.Code }
               where person.Area == area && status.Area == area && unit.Area == area && status.UntilDay == null
                   && person.MergedInto == null && string.CompareOrdinal(unit.Path, first) >= 0
                   && string.CompareOrdinal(unit.Path, end) < 0
               select new PersonInUnit(person, status, unit);
    }
}
