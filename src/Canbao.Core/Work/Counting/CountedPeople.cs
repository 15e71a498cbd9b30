using System.Globalization;
using Canbao.Core.Reporting;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Work.Counting;

/// <summary>
/// As what each person of the register counts in a year: the one place that decides it, for counts, their check and the lists behind
/// them. A person counts for the unit of the enrolment; whoever has none, for the unit of now.
/// </summary>
/// <param name="names">The categories, in the catalogue's order.</param>
public sealed class CountedPeople(CategoryNames names)
{
    /// <summary>
    /// Categories that hold people of narrower ones, or that lists keep beside them. Somebody in several counts under the narrowest, which
    /// is also the one that mostly gives the aid.
    /// </summary>
    static readonly string[] Wide =
    [
        "minimum_living_marginal", "low_income_family", "registered_poor", "monitored_household", "poverty_alleviated", "stable_alleviated",
    ];

    /// <summary>
    /// Everybody who counts, each once, without the category: <c>person_id, name, number_mask, household_id, address, unit, residence,
    /// employment, other_cover, student, aided, is_new, covered, part, fen</c>. Ends in its conditions, so that others can be added.
    /// </summary>
    internal const string Everyone = """
        select p.person_id, p.name, p.number_mask, s.household_id, s.address, coalesce(e.unit, s.unit) as unit, s.residence,
            s.employment, s.other_cover, s.student, case when v.personal < v.standard then 1 else 0 end as aided,
            case when e.kind in ('new', 'moved_in', 'newborn') then 1 else 0 end as is_new,
            case when exists (select 1 from cover_span c where c.area = @area and c.area = p.area and c.insurance_year = @year
                and c.person_id = p.person_id and c.voided_by is null) then 1 else 0 end as covered,
            case when e.person_id is null then case when s.employment = 1 or s.other_cover <> 0 then 7 else 1 end
                when y.person_id is not null then 3 when v.outcome = 'due' and v.personal = 0 then 4
                when v.outcome = 'due' and v.personal > 0 then 5 else 6 end as part,
            case when y.person_id is not null then y.amount when e.person_id is not null and v.outcome = 'due' then v.personal
                else 0 end as fen
        from person p
        join person_status s on s.area = @area and s.area = p.area and s.person_id = p.person_id and s.until_day is null
        left join enrolment e on e.area = @area and e.area = p.area and e.insurance_year = @year and e.person_id = p.person_id
            and e.ended_on is null
        left join payment y on y.area = @area and y.area = p.area and y.insurance_year = @year and y.person_id = p.person_id
            and y.reversed_by is null
        left join due d on d.area = @area and d.area = p.area and d.insurance_year = @year and d.person_id = p.person_id
        left join due_verdict v on v.area = @area and v.area = d.area and v.verdict_id = d.verdict_id
        where p.area = @area and p.merged_into is null and (e.person_id is not null or p.died_on is null)
        """;

    /// <summary>Those of them who should be insured as residents.</summary>
    internal const string Expected = $"{Everyone} and (e.person_id is not null or s.employment <> 1 and s.other_cover = 0)";

    readonly string category = $"""
        coalesce((select substr(min(case c.category {Ranks(names)} end), 3)
            from category_span c where c.area = @area and c.person_id = p.person_id and c.until_day is null and c.voided_by is null), '')
        """;

    /// <summary>Columns of a person as counted: person_id, unit, category, profile, fen.</summary>
    /// <param name="which">A further condition on the person <c>p</c>, or nothing.</param>
    public string Rows(string which = "") =>
        $"select q.person_id, q.unit, q.category, {TallyProfile.Sql} as profile, q.fen from {Everybody(which)} q";

    /// <summary>Everybody who counts with category and what pages show of them, as a table in brackets.</summary>
    /// <param name="which">A further condition on the person <c>p</c>, or nothing.</param>
    public string Everybody(string which = "") => $"(select p.*, {category} as category from ({Everyone} {which}) p)";

    /// <summary>Some people as they count now; whoever does not count has no row.</summary>
    public async Task<List<TallyPersonRow>> SomeAsync(Session session, int area, InsuranceYear year, IEnumerable<long> people)
    {
        const int MostNamed = 1000;
        var rows = new List<TallyPersonRow>();
        foreach (var part in people.Chunk(MostNamed))
        {
            var named = string.Join(',', part.Select(id => id.ToString(CultureInfo.InvariantCulture)));
            await using var reader = await session.Data.ExecuteReaderAsync(Rows($"and p.person_id in ({named})"), Given(area, year));
            while (await reader.Reader!.ReadAsync())
                rows.Add(new()
                {
                    Area = area,
                    InsuranceYear = year.Year,
                    PersonId = reader.Reader.GetInt64(0),
                    Unit = reader.Reader.GetString(1),
                    Category = reader.Reader.GetString(2),
                    Profile = reader.Reader.GetInt32(3),
                    Fen = reader.Reader.GetInt64(4),
                });
        }

        return rows;
    }

    /// <summary>What statements about an area and year are given.</summary>
    internal static DataParameter[] Given(int area, InsuranceYear year) =>
        [new("area", area, DataType.Int32), new("year", year.Year, DataType.Int32)];

    // The order goes before the code, so that the least is the narrowest.
    static string Ranks(CategoryNames names) => string.Concat(
        names.All.Where(name => !CategoryNames.IsMark(name.Code)).OrderBy(name => Wide.Contains(name.Code) ? 1 : 0)
            .Select((name, at) => string.Create(CultureInfo.InvariantCulture, $"when '{name.Code}' then '{at:00}{name.Code}' ")));
}
