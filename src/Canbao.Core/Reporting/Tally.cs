using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Reporting;

/// <summary>How many people of one kind a unit has, without those below it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Category">The category under which they count, the narrowest that they are listed in; empty for none.</param>
/// <param name="Profile">The kind.</param>
/// <param name="People">How many.</param>
/// <param name="Fen">What they paid or owe together, fen.</param>
public readonly record struct TallyLine(string Unit, string Category, TallyProfile Profile, long People, long Fen);

/// <summary>A line of a day: by how much it changed.</summary>
/// <param name="Day">The business day.</param>
/// <param name="Change">The change; people and fen may be negative.</param>
public readonly record struct TallyDayLine(DateOnly Day, TallyLine Change);

/// <summary>Reads what is kept of the counting; nothing is counted here.</summary>
public static class Tally
{
    /// <summary>How far the counting of a year has come; null where it has not begun.</summary>
    public static Task<TallyYearRow?> YearAsync(Session session, int area, InsuranceYear year)
    {
        int number = year.Year;
        return session.Table<TallyYearRow>().FirstOrDefaultAsync(row => row.Area == area && row.InsuranceYear == number);
    }

    /// <summary>The figures of now of all units of a range.</summary>
    public static async Task<IReadOnlyList<TallyLine>> ReadAsync(Session session, int area, UnitRange within, InsuranceYear year)
    {
        int number = year.Year;
        return await (
            from row in session.Table<TallyRow>()
            join unit in Within(session, area, within) on new { row.Area, Code = row.Unit } equals new { unit.Area, unit.Code }
            where row.Area == area && row.InsuranceYear == number && row.People != 0
            select new TallyLine(row.Unit, row.Category, TallyProfile.Of(row.Profile), row.People, row.Fen)).ToListAsync();
    }

    /// <summary>The figures at the end of a day, which later acts do not change any more. Units stand where they stand now.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="within">Which units.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="day">The day, inclusive.</param>
    public static async Task<IReadOnlyList<TallyLine>> ReadAsync(
        Session session, int area, UnitRange within, InsuranceYear year, DateOnly day)
    {
        int number = year.Year;
        return await (
            from row in session.Table<TallyDayRow>()
            join unit in Within(session, area, within) on new { row.Area, Code = row.Unit } equals new { unit.Area, unit.Code }
            where row.Area == area && row.InsuranceYear == number && row.Day <= day
            group row by new { row.Unit, row.Category, row.Profile } into same
            where same.Sum(row => row.People) != 0
            select new TallyLine(
                same.Key.Unit, same.Key.Category, TallyProfile.Of(same.Key.Profile), same.Sum(row => row.People),
                same.Sum(row => row.Fen))).ToListAsync();
    }

    /// <summary>What each day changed, for a trend; the units of the range together.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="within">Which units.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="days">Which days, both inclusive; null for all.</param>
    public static async Task<IReadOnlyList<TallyDayLine>> DaysAsync(
        Session session, int area, UnitRange within, InsuranceYear year, (DateOnly From, DateOnly Until)? days = null)
    {
        int number = year.Year;
        var rows = session.Table<TallyDayRow>();
        var some = days is (var from, var until) ? rows.Where(row => row.Day >= from && row.Day <= until) : rows;
        return await (
            from row in some
            join unit in Within(session, area, within) on new { row.Area, Code = row.Unit } equals new { unit.Area, unit.Code }
            where row.Area == area && row.InsuranceYear == number
            group row by new { row.Day, row.Category, row.Profile } into same
            orderby same.Key.Day
            select new TallyDayLine(same.Key.Day, new TallyLine(
                "", same.Key.Category, TallyProfile.Of(same.Key.Profile), same.Sum(row => row.People), same.Sum(row => row.Fen))))
            .ToListAsync();
    }

    static IQueryable<UnitRow> Within(Session session, int area, UnitRange within)
    {
        var (first, end) = (within.First, within.End);
        return session.Table<UnitRow>().Where(row => row.Area == area && row.Path.CompareTo(first) >= 0 && row.Path.CompareTo(end) < 0);
    }
}
