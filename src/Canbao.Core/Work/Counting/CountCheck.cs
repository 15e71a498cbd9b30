using System.Data.Common;
using System.Globalization;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB.Data;

namespace Canbao.Core.Work.Counting;

/// <summary>Something that is counted otherwise than a recount says.</summary>
/// <param name="Code">
/// Stable: <c>T101</c> a person counted otherwise, <c>T102</c> a unit's figure is not the sum of its people, <c>T103</c> nor that of its
/// days.
/// </param>
/// <param name="Text">What differs, in Chinese, without names.</param>
public sealed record CountFault(string Code, string Text);

/// <summary>Counts everybody anew and holds the kept counts against that (<c>canbao progress verify</c>).</summary>
/// <param name="people">As what people count.</param>
public sealed class CountCheck(CountedPeople people)
{
    const string Units = """
        select k.unit, k.category, k.profile, cast(sum(k.kept) as bigint), cast(sum(k.people) as bigint) from (
            select unit, category, profile, people as kept, 0 as people, fen as kept_fen, 0 as fen from tally
            where area = @area and insurance_year = @year
            union all
            select unit, category, profile, 0, 1, 0, fen from tally_person where area = @area and insurance_year = @year
        ) k group by k.unit, k.category, k.profile having sum(k.kept) <> sum(k.people) or sum(k.kept_fen) <> sum(k.fen)
        order by k.unit, k.category, k.profile limit @limit
        """;

    const string Days = """
        select k.unit, k.category, k.profile, cast(sum(k.kept) as bigint), cast(sum(k.people) as bigint) from (
            select unit, category, profile, people as kept, 0 as people, fen as kept_fen, 0 as fen from tally
            where area = @area and insurance_year = @year
            union all
            select unit, category, profile, 0, people, 0, fen from tally_day where area = @area and insurance_year = @year
        ) k group by k.unit, k.category, k.profile having sum(k.kept) <> sum(k.people) or sum(k.kept_fen) <> sum(k.fen)
        order by k.unit, k.category, k.profile limit @limit
        """;

    /// <summary>What differs, at most so many of each kind; nothing where all is as a recount says.</summary>
    /// <param name="session">A read, with nothing left to follow.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="limit">How many of each kind at most.</param>
    public async Task<IReadOnlyList<CountFault>> RunAsync(Session session, int area, InsuranceYear year, int limit)
    {
        DataParameter[] given = [.. CountedPeople.Given(area, year), new("limit", limit)];
        return
        [
            .. await ReadAsync(session, Persons, given, row => new(
                "T101", string.Create(CultureInfo.InvariantCulture, $"人员 {row.GetInt64(0)} 记为“{row.GetString(1)}”，应为“{row.GetString(2)}”"))),
            .. await ReadAsync(session, Units, given, row => new("T102", $"{Place(row)}记 {row.GetInt64(3)} 人，名下 {row.GetInt64(4)} 人，或金额不符")),
            .. await ReadAsync(session, Days, given, row => new("T103", $"{Place(row)}记 {row.GetInt64(3)} 人，逐日合计 {row.GetInt64(4)} 人，或金额不符")),
        ];
    }

    string Persons
    {
        get
        {
            const string Kept = "coalesce(t.unit || '/' || t.category || '/' || t.profile || '/' || t.fen, '')";
            const string Now = "coalesce(n.unit || '/' || n.category || '/' || n.profile || '/' || n.fen, '')";
            return $"""
                select f.person_id, f.kept, f.now from (
                    select n.person_id, {Kept} as kept, {Now} as now
                    from ({people.Rows()}) n
                    left join tally_person t on t.area = @area and t.insurance_year = @year and t.person_id = n.person_id
                    union all
                    select t.person_id, {Kept}, ''
                    from tally_person t
                    where t.area = @area and t.insurance_year = @year and not exists (
                        select 1 from ({people.Rows("and p.person_id = t.person_id")}) n)
                ) f where f.kept <> f.now order by f.person_id limit @limit
                """;
        }
    }

    static async Task<List<CountFault>> ReadAsync(
        Session session, string sql, DataParameter[] given, Func<DbDataReader, CountFault> fault)
    {
        var faults = new List<CountFault>();
        await using var reader = await session.Data.ExecuteReaderAsync(sql, given);
        while (await reader.Reader!.ReadAsync())
            faults.Add(fault(reader.Reader));
        return faults;
    }

    static string Place(DbDataReader row) => string.Create(
        CultureInfo.InvariantCulture, $"单位 {row.GetString(0)}、类别“{row.GetString(1)}”、情形 {row.GetInt32(2)}：");
}
