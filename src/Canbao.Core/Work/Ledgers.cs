using System.Data.Common;
using System.Globalization;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Work;

/// <summary>Which people of lists are asked for.</summary>
/// <param name="Within">The units.</param>
/// <param name="Day">Who stands on a list on this day.</param>
/// <param name="Year">The year whose enrolment and payment are told.</param>
public sealed record LedgerSearch(UnitRange Within, DateOnly Day, InsuranceYear Year)
{
    /// <summary>Whether pupils count for their school instead of for where they live.</summary>
    public bool BySchool { get; init; }

    /// <summary>By whose list; empty for all.</summary>
    public string Department { get; init; } = "";

    /// <summary>The category's code; empty for all.</summary>
    public string Category { get; init; } = "";

    /// <summary>How far they are; <see cref="ProgressGroup.Expected"/> for all.</summary>
    public ProgressGroup Group { get; init; }
}

/// <summary>A category of a department, and how far its people are.</summary>
/// <param name="Department">The department.</param>
/// <param name="Category">The category's code, or a mark's.</param>
/// <param name="People">Who holds it, the dead left out.</param>
/// <param name="NotEnrolled">Of them not enrolled.</param>
/// <param name="NotPaid">Enrolled, and neither paid nor free of payment.</param>
/// <param name="Settled">Paid, or others pay everything.</param>
public sealed record LedgerLine(string Department, string Category, long People, long NotEnrolled, long NotPaid, long Settled);

/// <summary>Somebody on a list.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">The name.</param>
/// <param name="NumberMask">The number as screens show it.</param>
/// <param name="UnitName">The unit.</param>
/// <param name="Group">How far: left out, paid, free, owing or unclear.</param>
public sealed record LedgerPerson(long PersonId, string Name, string NumberMask, string UnitName, ProgressGroup Group)
{
    /// <summary>The categories that the person holds on the day, of the department that was asked for.</summary>
    public IReadOnlyList<CategorySpanRow> Held { get; init; } = [];
}

/// <summary>
/// The ledgers of assisted people by category (<c>lishi 七(一)</c>), for whoever answers for them: a department for those of its lists
/// (<c>lishi 六(十)-(十一)</c>), a village or street for those who live there, a school for its pupils.
/// </summary>
public static class Ledgers
{
    const string Part = """
        case when e.person_id is null then 1 when y.person_id is not null then 3
            when v.outcome = 'due' and v.personal = 0 then 4 when v.outcome = 'due' and v.personal > 0 then 5 else 6 end
        """;

    const string Joined = """
        join person_status s on s.area = @area and s.area = p.area and s.person_id = p.person_id and s.until_day is null
        join unit u on u.area = @area and u.code = case when @school = 1 then coalesce(s.school_unit, s.unit) else s.unit end
        left join enrolment e on e.area = @area and e.area = p.area and e.insurance_year = @year and e.person_id = p.person_id
            and e.ended_on is null
        left join payment y on y.area = @area and y.area = p.area and y.insurance_year = @year and y.person_id = p.person_id
            and y.reversed_by is null
        left join due d on d.area = @area and d.area = p.area and d.insurance_year = @year and d.person_id = p.person_id
        left join due_verdict v on v.area = @area and v.area = d.area and v.verdict_id = d.verdict_id
        where p.area = @area and p.merged_into is null and p.died_on is null and u.path >= @first and u.path < @end
        """;

    const string Held = """
        c.area = @area and c.voided_by is null and c.from_day <= @day and (c.until_day is null or c.until_day >= @day)
            and (@department = '' or c.department = @department) and (@category = '' or c.category = @category)
        """;

    const string Counts = $"""
        select q.department, q.category, q.part, count(*) from (
            select c.department, c.category, {Part} as part from category_span c
            join person p on p.area = @area and p.area = c.area and p.person_id = c.person_id
            {Joined} and {Held}
        ) q group by q.department, q.category, q.part order by q.department, q.category
        """;

    const string People = $"""
        select q.person_id, q.name, q.number_mask, q.unit, q.part from (
            select p.person_id, p.name, p.number_mask, u.name as unit, u.place, {Part} as part from person p
            {Joined} and p.person_id in (select c.person_id from category_span c where {Held})
        ) q
        """;

    /// <summary>Category by category, in the order of departments.</summary>
    public static async Task<List<LedgerLine>> LinesAsync(Session session, int area, LedgerSearch search)
    {
        var found = new List<(string Department, string Category, ProgressGroup Group, long People)>();
        await using var reader = await session.Data.ExecuteReaderAsync(Counts, Given(area, search));
        while (await reader.Reader!.ReadAsync())
            found.Add((reader.Reader.GetString(0), reader.Reader.GetString(1), (ProgressGroup)reader.Reader.GetInt32(2),
                reader.Reader.GetInt64(3)));
        return
        [
            .. from one in found
               group one by (one.Department, one.Category) into line
               select new LedgerLine(
                   line.Key.Department,
                   line.Key.Category,
                   line.Sum(part => part.People),
                   Sum(line, ProgressGroup.LeftOut),
                   Sum(line, ProgressGroup.Owing) + Sum(line, ProgressGroup.Unclear),
                   Sum(line, ProgressGroup.Paid) + Sum(line, ProgressGroup.Free)),
        ];

        static long Sum(IEnumerable<(string, string, ProgressGroup Group, long People)> line, ProgressGroup group) =>
            line.Where(part => part.Group == group).Sum(part => part.People);
    }

    /// <summary>All people of the search as one line: whoever stands on several lists counts once.</summary>
    public static async Task<LedgerLine> TotalAsync(Session session, int area, LedgerSearch search)
    {
        var parts = new Dictionary<ProgressGroup, long>();
        await using var reader = await session.Data.ExecuteReaderAsync(
            $"select r.part, count(*) from ({People}) r group by r.part", Given(area, search));
        while (await reader.Reader!.ReadAsync())
            parts.Add((ProgressGroup)reader.Reader.GetInt32(0), reader.Reader.GetInt64(1));
        long Of(ProgressGroup group) => parts.GetValueOrDefault(group);
        return new("", "", parts.Values.Sum(), Of(ProgressGroup.LeftOut), Of(ProgressGroup.Owing) + Of(ProgressGroup.Unclear),
            Of(ProgressGroup.Paid) + Of(ProgressGroup.Free));
    }

    /// <summary>The people behind a number, each once with all that they hold, by unit and name: one page of them.</summary>
    public static async Task<List<LedgerPerson>> PeopleAsync(Session session, int area, LedgerSearch search, (int Skip, int Take) part)
    {
        var which = search.Group switch
        {
            ProgressGroup.Expected => "",
            ProgressGroup.Enrolled => " where q.part <> 1",
            // Whoever has not paid yet, for whatever reason.
            ProgressGroup.Owing => " where q.part in (5, 6)",
            ProgressGroup.Paid => " where q.part in (3, 4)",
            var one => string.Create(CultureInfo.InvariantCulture, $" where q.part = {(int)one}"),
        };
        var people = new List<LedgerPerson>();
        await using (var reader = await session.Data.ExecuteReaderAsync(
            $"{People}{which} order by q.place, q.name, q.person_id limit @take offset @skip",
            [.. Given(area, search), new("take", part.Take, DataType.Int32), new("skip", part.Skip, DataType.Int32)]))
        {
            while (await reader.Reader!.ReadAsync())
                people.Add(Read(reader.Reader));
        }

        var held = await Categories.HeldByAsync(
            session, area, [.. people.Select(person => person.PersonId)], search.Day, search.Department);
        return [.. people.Select(person => person with { Held = [.. held[person.PersonId]] })];
    }

    /// <summary>One person on a list, within the search; null where the person is on none.</summary>
    public static async Task<LedgerPerson?> FindAsync(Session session, int area, LedgerSearch search, long person)
    {
        await using var reader = await session.Data.ExecuteReaderAsync(
            $"{People} where q.person_id = @person", [.. Given(area, search), new("person", person, DataType.Int64)]);
        if (!await reader.Reader!.ReadAsync())
            return null;
        var found = Read(reader.Reader);
        await reader.DisposeAsync();
        var held = await Categories.HeldByAsync(session, area, [person], search.Day, "");
        return found with { Held = [.. held[person]] };
    }

    static LedgerPerson Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), (ProgressGroup)row.GetInt32(4));

    static DataParameter[] Given(int area, LedgerSearch search) =>
    [
        new("area", area, DataType.Int32), new("day", search.Day, DataType.Date), new("year", search.Year.Year, DataType.Int32),
        new("first", search.Within.First, DataType.Text), new("end", search.Within.End, DataType.Text),
        new("school", search.BySchool ? 1 : 0, DataType.Int32), new("department", search.Department, DataType.Text),
        new("category", search.Category, DataType.Text),
    ];
}
