using Canbao.Core.Registry;
using Canbao.Core.Reporting;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Forms;

/// <summary>Somebody whom a number of a form counts.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">The name.</param>
/// <param name="NumberMask">The masked number.</param>
/// <param name="UnitName">The unit that the person counts for.</param>
/// <param name="Address">Where the person lives.</param>
/// <param name="Part">How far the person is.</param>
/// <param name="Category">The code of the category under which the person counts; empty for none.</param>
public sealed record FormPerson(
    long PersonId, string Name, string NumberMask, string UnitName, string Address, TallyPart Part, string Category);

/// <summary>
/// The people behind the numbers of forms (promise 7): the very people of whom the kept counts are the sums, as they count now.
/// </summary>
public static class FormPeople
{
    /// <summary>Some people of a unit, in the order of units and names: one page of them.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="where">The unit, with all below it or alone.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="slice">Whom.</param>
    /// <param name="part">Which page.</param>
    public static async Task<List<FormPerson>> ReadAsync(
        Session session, int area, (UnitRange Range, string Own) where, InsuranceYear year, PeopleSlice slice, (int Skip, int Take) part)
    {
        var (number, first, end, own) = (year.Year, where.Range.First, where.Range.End, where.Own);
        var kinds = await session.Table<TallyRow>().Where(row => row.Area == area && row.InsuranceYear == number)
            .Select(row => row.Profile).Distinct().ToListAsync();
        int[] profiles = [.. kinds.Where(code => slice.Has(TallyProfile.Of(code)))];
        string[] within = [.. slice.In], without = [.. slice.NotIn];
        bool isAny = within.Length == 0;
        if (profiles.Length == 0)
            return [];
        return await (
            from counted in session.Table<TallyPersonRow>()
            join unit in session.Table<UnitRow>() on new { counted.Area, Code = counted.Unit } equals new { unit.Area, unit.Code }
            join person in session.Table<PersonRow>()
                on new { counted.Area, counted.PersonId } equals new { person.Area, person.PersonId }
            join status in session.Table<PersonStatusRow>()
                on new { counted.Area, counted.PersonId } equals new { status.Area, status.PersonId }
            where counted.Area == area && unit.Area == area && person.Area == area && status.Area == area && status.UntilDay == null
                && counted.InsuranceYear == number && counted.Profile.In(profiles)
                && (isAny || counted.Category.In(within)) && counted.Category.NotIn(without)
                && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
                && (own == "" || unit.Code == own)
            orderby unit.Place, person.Name, person.PersonId
            select new FormPerson(
                person.PersonId, person.Name, person.NumberMask, unit.Name, status.Address, TallyProfile.Of(counted.Profile).Part,
                counted.Category)).Skip(part.Skip).Take(part.Take).ToListAsync();
    }
}
