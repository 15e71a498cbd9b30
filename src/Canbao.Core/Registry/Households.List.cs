using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Registry;

/// <summary>Which households are looked for.</summary>
/// <param name="Within">The unit that they belong to, with all below it.</param>
/// <param name="Year">The insurance year whose enrolments are shown.</param>
public sealed record HouseholdSearch(UnitRange Within, InsuranceYear Year)
{
    /// <summary>
    /// A household's number, the beginning of a member's name or of its initials, or a part of the address; empty for all.
    /// </summary>
    public string Text { get; init; } = "";

    /// <summary>Only those that leave members out (<see cref="HouseholdView.LeftOut"/>).</summary>
    public bool OnlyIncomplete { get; init; }
}

public static partial class Households
{
    // Behind every Chinese character that a name may begin with.
    const string NameEnd = "\uFFFF";

    /// <summary>The households that are looked for, with their members, in the order of units and numbers: one page of them.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="search">Which.</param>
    /// <param name="part">How many to leave out, and how many at most.</param>
    public static async Task<List<HouseholdView>> ListAsync(
        Session session, int area, HouseholdSearch search, (int Skip, int Take) part)
    {
        var found = Matching(session, area, search);
        if (search is { Text: "", OnlyIncomplete: false })
        {
            var page = UnitPages.Find(await OfUnitsAsync(session, area, search.Within), part.Skip, part.Take);
            if (page.Units.Count == 0)
                return [];
            (found, part) = (found.Where(one => page.Units.Contains(one.Household.Unit)), (page.Skip, part.Take));
        }

        var ids = await (
            from one in found
            orderby one.Unit.Place, one.Household.Number, one.Household.HouseholdId
            select one.Household.HouseholdId).Skip(part.Skip).Take(part.Take).ToListAsync();
        var views = await ViewsAsync(session, area, search.Year, row => ids.Contains(row.HouseholdId));
        return [.. from id in ids join view in views on id equals view.Household.HouseholdId select view];
    }

    /// <summary>The household of a number within a unit; null where there is none that goes on.</summary>
    public static Task<HouseholdRow?> FindByNumberAsync(Session session, int area, UnitRange within, string number)
    {
        var (first, end) = (within.First, within.End);
        return (
            from household in session.Table<HouseholdRow>()
            join unit in session.Table<UnitRow>() on new { household.Area, Code = household.Unit } equals new { unit.Area, unit.Code }
            where household.Area == area && unit.Area == area && household.Number == number && household.EndedOn == null
                && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
            select household).FirstOrDefaultAsync();
    }

    /// <summary>How many households each unit has, in the order of units.</summary>
    static async Task<IEnumerable<(string Unit, int Households)>> OfUnitsAsync(Session session, int area, UnitRange within)
    {
        var (first, end) = (within.First, within.End);
        var counts = await (
            from household in session.Table<HouseholdRow>()
            join unit in session.Table<UnitRow>() on new { household.Area, Code = household.Unit } equals new { unit.Area, unit.Code }
            where household.Area == area && unit.Area == area && household.EndedOn == null
                && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
            group unit by new { unit.Place, unit.Code } into same
            orderby same.Key.Place
            select new { same.Key.Code, Households = same.Count() }).ToListAsync();
        return counts.Select(one => (one.Code, one.Households));
    }

    static IQueryable<Found> Matching(Session session, int area, HouseholdSearch search)
    {
        var (first, end, text, number) = (search.Within.First, search.Within.End, search.Text, search.Year.Year);
        var found =
            from household in session.Table<HouseholdRow>()
            join unit in session.Table<UnitRow>() on new { household.Area, Code = household.Unit } equals new { unit.Area, unit.Code }
            where household.Area == area && unit.Area == area && household.EndedOn == null
                && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
            select new Found { Household = household, Unit = unit };
        if (text.Length > 0)
        {
            var behind = text + NameEnd;
            // Without letters nobody's are asked for: initials are in lower case.
            var letters = NameInitials.TryRead(text, out var read) ? read : NameEnd;
            var behindLetters = letters + NameEnd;
            found = found.Where(one => one.Household.Number == text || one.Household.Address.Contains(text) || (
                from status in session.Table<PersonStatusRow>()
                join person in session.Table<PersonRow>()
                    on new { status.Area, status.PersonId } equals new { person.Area, person.PersonId }
                where status.Area == area && person.Area == area && status.HouseholdId == one.Household.HouseholdId
                    && status.UntilDay == null && person.MergedInto == null
                    && (string.CompareOrdinal(person.Name, text) >= 0 && string.CompareOrdinal(person.Name, behind) < 0
                        || string.CompareOrdinal(person.Initials, letters) >= 0
                        && string.CompareOrdinal(person.Initials, behindLetters) < 0)
                select person.PersonId).Any());
        }

        if (search.OnlyIncomplete)
            found = found.Where(one => (
                from status in session.Table<PersonStatusRow>()
                join person in session.Table<PersonRow>()
                    on new { status.Area, status.PersonId } equals new { person.Area, person.PersonId }
                where status.Area == area && person.Area == area && status.HouseholdId == one.Household.HouseholdId
                    && status.UntilDay == null && person.MergedInto == null && person.DiedOn == null
                    && status.Employment != Employment.Employee && status.OtherCover == OtherCover.None
                    && !session.Table<EnrolmentRow>().Any(enrolment => enrolment.Area == area && enrolment.InsuranceYear == number
                        && enrolment.PersonId == person.PersonId && enrolment.EndedOn == null)
                select person.PersonId).Any());
        return found;
    }

    sealed class Found
    {
        public required HouseholdRow Household { get; init; }

        public required UnitRow Unit { get; init; }
    }
}
