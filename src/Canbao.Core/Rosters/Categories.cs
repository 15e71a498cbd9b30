using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Canbao.Core.Rosters;

/// <summary>Somebody who holds a category.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">The name.</param>
/// <param name="Mask">The number as screens show it.</param>
/// <param name="Unit">The code of the unit, now.</param>
/// <param name="Category">The category's code.</param>
/// <param name="Department">The department whose list says so.</param>
/// <param name="IsEnrolled">Whether the person is enrolled for the year that was asked about.</param>
public sealed record CategoryHolder(
    long PersonId, string Name, string Mask, string Unit, string Category, string Department, bool IsEnrolled);

/// <summary>How many hold a category of a department, and how many of them are enrolled.</summary>
/// <param name="Department">The department.</param>
/// <param name="Category">The category's code.</param>
/// <param name="People">People who hold it.</param>
/// <param name="Enrolled">People of them who are enrolled.</param>
public sealed record CategoryProgress(string Department, string Category, int People, int Enrolled);

/// <summary>Who holds which category on which day, by the lists of all departments.</summary>
public static class Categories
{
    const string Holders = """
        select c.person_id, p.name, p.number_mask, s.unit, c.category, c.department, case when e.person_id is null then 0 else 1 end
        from category_span c
        join person p on p.area = c.area and p.area = @area and p.person_id = c.person_id
        left join person_status s on s.area = c.area and s.area = @area and s.person_id = c.person_id and s.until_day is null
        left join enrolment e on e.area = c.area and e.area = @area and e.person_id = c.person_id and e.insurance_year = @year
            and e.ended_on is null
        where c.area = @area and c.voided_by is null and c.from_day <= @day and (c.until_day is null or c.until_day >= @day)
        """;

    /// <summary>The categories that a person holds on a day, with the departments that say so.</summary>
    public static Task<List<CategorySpanRow>> HeldAsync(Session session, int area, long person, DateOnly day) =>
        session.Table<CategorySpanRow>().Where(row => row.Area == area && row.PersonId == person && row.VoidedBy == null
            && row.FromDay <= day && (row.UntilDay == null || row.UntilDay >= day))
            .OrderBy(row => row.Category).ThenBy(row => row.Department).ToListAsync();

    /// <summary>The categories that some people hold on a day, by person.</summary>
    /// <param name="session">Where.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="people">Whom; some hundreds at most.</param>
    /// <param name="day">The day.</param>
    /// <param name="department">By whose list; empty for all.</param>
    public static async Task<ILookup<long, CategorySpanRow>> HeldByAsync(
        Session session, int area, IReadOnlyCollection<long> people, DateOnly day, string department) =>
        (people.Count == 0 ? [] : await session.Table<CategorySpanRow>()
            .Where(row => row.Area == area && people.Contains(row.PersonId) && row.VoidedBy == null && row.FromDay <= day
                && (row.UntilDay == null || row.UntilDay >= day) && (department == "" || row.Department == department))
            .OrderBy(row => row.Category).ThenBy(row => row.Department).ToListAsync()).ToLookup(row => row.PersonId);

    /// <summary>Gives one record's spans to another that goes on for the same person; where both have one, each keeps its own.</summary>
    public static Task<int> TakeOverAsync(Session session, int area, long from, long to) => session.Data.ExecuteAsync(
        """
        update category_span set person_id = @to
        where area = @area and person_id = @from and voided_by is null and not exists (
            select 1 from category_span k where k.area = @area and k.person_id = @to and k.category = category_span.category
                and k.department = category_span.department and k.voided_by is null
                and (k.until_day is null or k.until_day >= category_span.from_day)
                and (category_span.until_day is null or category_span.until_day >= k.from_day))
        """,
        new DataParameter("area", area, DataType.Int32), new DataParameter("from", from, DataType.Int64),
        new DataParameter("to", to, DataType.Int64));

    /// <summary>The people of a category on a day, by unit and name.</summary>
    /// <param name="session">Where.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="category">The category's code, or a mark's.</param>
    /// <param name="day">The day.</param>
    /// <param name="year">The year whose enrolment is told.</param>
    public static Task<List<CategoryHolder>> PeopleAsync(Session session, int area, string category, DateOnly day, InsuranceYear year) =>
        ReadAsync(session, area, (" and c.category = @category", category), day, year);

    /// <summary>
    /// The people of a category or mark who are not enrolled for a year, for whoever follows them (<c>lishi 六(九)-chronic</c>); the dead
    /// are left out.
    /// </summary>
    public static Task<List<CategoryHolder>> NotEnrolledAsync(
        Session session, int area, string category, DateOnly day, InsuranceYear year) =>
        ReadAsync(session, area, (" and c.category = @category and e.person_id is null and p.died_on is null", category), day, year);

    /// <summary>
    /// The lists of all departments as one, checked and merged: the basis of the funding settlement (<c>baogou 二(五)2</c>). Marks
    /// give no assistance and are left out. Each person's grounds follow each other.
    /// </summary>
    public static async Task<List<CategoryHolder>> MergedAsync(Session session, int area, DateOnly day, InsuranceYear year) =>
        (await ReadAsync(session, area, ("", ""), day, year)).FindAll(holder => !CategoryNames.IsMark(holder.Category));

    /// <summary>How far each department's people are enrolled, category by category (<c>lishi 六(十)-(十一)</c>).</summary>
    /// <param name="session">Where.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="department">The department; empty for all.</param>
    /// <param name="day">Who stands on the lists on this day.</param>
    /// <param name="year">The year.</param>
    public static async Task<List<CategoryProgress>> ProgressAsync(
        Session session, int area, string department, DateOnly day, InsuranceYear year)
    {
        var progress = new List<CategoryProgress>();
        await using var rows = await session.Data.ExecuteReaderAsync(
            """
            select c.department, c.category, count(*), count(e.person_id) from category_span c
            left join enrolment e on e.area = c.area and e.area = @area and e.person_id = c.person_id and e.insurance_year = @year
                and e.ended_on is null
            where c.area = @area and c.voided_by is null and c.from_day <= @day and (c.until_day is null or c.until_day >= @day)
                and (@department = '' or c.department = @department)
            group by c.department, c.category order by c.department, c.category
            """,
            [.. Given(area, day, year), new DataParameter("department", department, DataType.NVarChar)]);
        while (await rows.Reader!.ReadAsync())
            progress.Add(new(
                rows.Reader.GetString(0), rows.Reader.GetString(1), (int)rows.Reader.GetInt64(2), (int)rows.Reader.GetInt64(3)));
        return progress;
    }

    static async Task<List<CategoryHolder>> ReadAsync(
        Session session, int area, (string Sql, string Category) which, DateOnly day, InsuranceYear year)
    {
        var holders = new List<CategoryHolder>();
        await using var rows = await session.Data.ExecuteReaderAsync(
            $"{Holders}{which.Sql} order by s.unit, p.name, c.person_id, c.department, c.category",
            [.. Given(area, day, year), new DataParameter("category", which.Category, DataType.NVarChar)]);
        while (await rows.Reader!.ReadAsync())
            holders.Add(new(
                rows.Reader.GetInt64(0), rows.Reader.GetString(1), rows.Reader.GetString(2),
                rows.Reader.IsDBNull(3) ? "" : rows.Reader.GetString(3), rows.Reader.GetString(4), rows.Reader.GetString(5),
                rows.Reader.GetInt32(6) == 1));
        return holders;
    }

    static DataParameter[] Given(int area, DateOnly day, InsuranceYear year) =>
    [
        new("area", area, DataType.Int32), new("day", day, DataType.Date), new("year", year.Year, DataType.Int32),
    ];
}
