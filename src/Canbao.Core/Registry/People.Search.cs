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
    /// The people of a unit or below it who have some numbers, or had them, in a few statements however many they are. Whoever is elsewhere
    /// is left out like whoever is nowhere.
    /// </summary>
    public async Task<IReadOnlyDictionary<CitizenNumber, PersonInUnit>> FindManyWithinAsync(
        Session session, int area, UnitRange within, IEnumerable<CitizenNumber> numbers)
    {
        var hashes = numbers.Distinct().ToDictionary(number => number, number => ListedPeople.Key(vault.Hash(number.Full)));
        var holders = await ListedPeople.HoldersAsync(session, area, hashes.Values);
        var found = new Dictionary<long, PersonInUnit>();
        foreach (var part in holders.Values.Select(holder => holder.PersonId).Distinct().Chunk(ListedPeople.MostInList))
            foreach (var one in await Within(session, area, within).Where(one => part.Contains(one.Person.PersonId)).ToListAsync())
                found.Add(one.Person.PersonId, one);
        return (
            from pair in hashes
            where holders.ContainsKey(pair.Value) && found.ContainsKey(holders[pair.Value].PersonId)
            select (pair.Key, found[holders[pair.Value].PersonId])).ToDictionary();
    }

    /// <summary>
    /// The people of a unit or below it whom a text names: an identity number, a phone number, a household's number, the beginning of a
    /// name, or of its initials (<see cref="NameInitials"/>); names first, then by record.
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
        var named = await found.OrderBy(one => one.Person.Name).ThenBy(one => one.Person.PersonId).Take(limit).ToListAsync();
        if (members is not null || named.Count == limit || !NameInitials.TryRead(text, out var letters))
            return named;
        // Names in Latin letters are found by both.
        var initialled = await OfInitialsAsync(all, letters, limit);
        return [.. named.Concat(initialled).DistinctBy(one => one.Person.PersonId).Take(limit)];
    }

    /// <summary>
    /// Exactly these initials before longer ones: in the order of their index, so that no plan walks through all names for the first few.
    /// </summary>
    static Task<List<PersonInUnit>> OfInitialsAsync(IQueryable<PersonInUnit> all, string letters, int limit)
    {
        var behind = letters + "\uFFFF";
        return all
            .Where(one => string.CompareOrdinal(one.Person.Initials, letters) >= 0
                && string.CompareOrdinal(one.Person.Initials, behind) < 0)
            .OrderBy(one => one.Person.Initials).ThenBy(one => one.Person.Name).ThenBy(one => one.Person.PersonId)
            .Take(limit).ToListAsync();
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
