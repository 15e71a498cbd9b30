using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Registrations;

/// <summary>Somebody of the register whom a row means.</summary>
/// <param name="Person">The person.</param>
/// <param name="Status">What is so now.</param>
/// <param name="Path">The path of the unit that the person belongs to.</param>
/// <param name="Enrolments">The enrolments of all years that are active.</param>
/// <param name="Paid">The years that are paid.</param>
sealed record KnownPerson(
    PersonRow Person, PersonStatusRow Status, string Path, IReadOnlyList<EnrolmentRow> Enrolments, IReadOnlyList<int> Paid);

/// <summary>What the register knows of the people and households of some rows, read for many of them at once.</summary>
/// <param name="session">Where.</param>
/// <param name="area">The tenant.</param>
sealed class RegistrationKnown(Session session, int area)
{
    readonly Dictionary<UInt128, long> byNumber = [];
    readonly Dictionary<(string Name, DateOnly Born, string Unit), KnownPerson> named = [];
    readonly Dictionary<long, KnownPerson> people = [];
    readonly HashSet<(UInt128 Number, int Year)> elsewhere = [];

    /// <summary>Households that the rows name, by number.</summary>
    public Dictionary<string, HouseholdRow> Households { get; } = new(StringComparer.Ordinal);

    /// <summary>Those of them that have a head.</summary>
    public HashSet<long> Headed { get; } = [];

    /// <summary>Reads what is known of some rows.</summary>
    public async Task AddAsync(IReadOnlyCollection<RegistrationDraft> drafts)
    {
        if (drafts.Count == 0)
            return;
        byte[][] hashes = [.. drafts.Select(draft => draft.NumberHash).OfType<byte[]>()];
        string[] numberless = [.. drafts.Where(draft => draft.NumberHash is null).Select(draft => draft.Name.Text).Distinct()];
        string[] names = [.. drafts.Select(draft => draft.Name.Text).Distinct()];
        foreach (var (hash, person) in await ListedPeople.ByNumberAsync(session, area, hashes.Select(hash => ListedPeople.Key(hash))))
            byNumber[hash] = person.PersonId;
        var alike = await session.Table<PersonRow>().Where(row => row.Area == area && row.MergedInto == null && names.Contains(row.Name)
            && (row.NumberHash == null || numberless.Contains(row.Name))).OrderBy(row => row.PersonId)
            .Select(row => row.PersonId).ToListAsync();
        await AddPeopleAsync([.. byNumber.Values.Concat(alike).Distinct().Where(id => !people.ContainsKey(id))]);
        foreach (var person in alike.Select(people.GetValueOrDefault).OfType<KnownPerson>())
            named.TryAdd((person.Person.Name, person.Person.BornOn, person.Status.Unit), person);
        if (hashes.Length > 0)
            foreach (var claim in await session.Table<EnrolmentClaimRow>()
                .Where(row => row.Area != area && hashes.Contains(row.PersonHash)).ToListAsync())
                elsewhere.Add((ListedPeople.Key(claim.PersonHash), claim.InsuranceYear));
        await AddHouseholdsAsync([.. drafts.Select(draft => draft.Household).Where(number => number.Length > 0).Distinct()]);
    }

    /// <summary>
    /// The person whom a row means; null for whoever is new. Where a row or the register has no number, it is whoever has the name and the
    /// birth in the unit that the row names.
    /// </summary>
    public KnownPerson? Find(RegistrationDraft draft)
    {
        if (draft.NumberHash is { } hash && byNumber.TryGetValue(ListedPeople.Key(hash), out var id))
            return people.GetValueOrDefault(id);
        var alike = draft.BornOn is { } born ? named.GetValueOrDefault((draft.Name.Text, born, draft.Status.Unit)) : null;
        return draft.NumberHash is null || alike?.Person.NumberHash is null ? alike : null;
    }

    /// <summary>Whether another area of this installation enrolled the number for a year.</summary>
    public bool IsElsewhere(RegistrationDraft draft, InsuranceYear year) =>
        draft.NumberHash is { } hash && elsewhere.Contains((ListedPeople.Key(hash), year.Year));

    async Task AddPeopleAsync(long[] ids)
    {
        if (ids.Length == 0)
            return;
        var rows = await (
            from person in session.Table<PersonRow>()
            join status in session.Table<PersonStatusRow>()
                on new { person.Area, person.PersonId } equals new { status.Area, status.PersonId }
            join unit in session.Table<UnitRow>() on new { status.Area, Code = status.Unit } equals new { unit.Area, unit.Code }
            where person.Area == area && status.Area == area && unit.Area == area && ids.Contains(person.PersonId)
                && status.UntilDay == null
            select new { person, status, unit.Path }).ToListAsync();
        var enrolments = await session.Table<EnrolmentRow>()
            .Where(row => row.Area == area && ids.Contains(row.PersonId) && row.EndedOn == null).ToListAsync();
        int[] years = [.. enrolments.Select(row => row.InsuranceYear).Distinct()];
        var payments = (years.Length == 0 ? [] : await Payments.OfAsync(session, area, years, ids))
            .ToLookup(row => row.PersonId, row => row.InsuranceYear);
        var enrolled = enrolments.ToLookup(row => row.PersonId);
        foreach (var row in rows)
            people[row.person.PersonId] = new(
                row.person, row.status, row.Path, [.. enrolled[row.person.PersonId]],
                [.. payments[row.person.PersonId]]);
    }

    async Task AddHouseholdsAsync(string[] numbers)
    {
        if (numbers.Length == 0)
            return;
        foreach (var row in await session.Table<HouseholdRow>()
            .Where(row => row.Area == area && numbers.Contains(row.Number)).ToListAsync())
            Households[row.Number] = row;
        long?[] ids = [.. Households.Values.Select(row => (long?)row.HouseholdId)];
        if (ids.Length == 0)
            return;
        Headed.UnionWith(
            from head in await session.Table<PersonStatusRow>().Where(row => row.Area == area && ids.Contains(row.HouseholdId)
                && row.UntilDay == null && row.Relation == Relation.Head).ToListAsync()
            select head.HouseholdId!.Value);
    }
}
