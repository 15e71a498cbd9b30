using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Work.Counting;

/// <summary>Counts everybody of an area and year by statements over sets, and keeps what differs from what was kept.</summary>
sealed class Recount(CountedPeople people, Session session, int area, InsuranceYear year)
{
    const string Differs = "(t.unit <> n.unit or t.category <> n.category or t.profile <> n.profile or t.fen <> n.fen)";

    const string Days = $"""
        insert into tally_day (area, insurance_year, day, unit, category, profile, people, fen)
        select @area, @year, @day, c.unit, c.category, c.profile, cast(sum(c.people) as bigint), cast(sum(c.fen) as bigint)
        from (
            select n.unit, n.category, n.profile, 1 as people, n.fen
            from counted_now n left join tally_person t on t.area = @area and t.insurance_year = @year and t.person_id = n.person_id
            where t.person_id is null or {Differs}
            union all
            select t.unit, t.category, t.profile, -1, -t.fen
            from tally_person t left join counted_now n on n.person_id = t.person_id
            where t.area = @area and t.insurance_year = @year and (n.person_id is null or {Differs})
        ) c
        group by c.unit, c.category, c.profile having sum(c.people) <> 0 or sum(c.fen) <> 0
        on conflict (area, insurance_year, day, unit, category, profile) do update set people = tally_day.people + excluded.people,
            fen = tally_day.fen + excluded.fen
        """;

    const string Gone = """
        delete from tally_person where area = @area and insurance_year = @year
            and not exists (select 1 from counted_now n where n.person_id = tally_person.person_id)
        """;

    const string Come = """
        insert into tally_person (area, insurance_year, person_id, unit, category, profile, fen)
        select @area, @year, n.person_id, n.unit, n.category, n.profile, n.fen from counted_now n where 1 = 1
        on conflict (area, insurance_year, person_id) do update set unit = excluded.unit, category = excluded.category,
            profile = excluded.profile, fen = excluded.fen
        where (tally_person.unit, tally_person.category, tally_person.profile, tally_person.fen)
            <> (excluded.unit, excluded.category, excluded.profile, excluded.fen)
        """;

    const string Emptied = "update tally set people = 0, fen = 0 where area = @area and insurance_year = @year and people <> 0";

    const string Filled = """
        insert into tally (area, insurance_year, unit, category, profile, people, fen)
        select @area, @year, n.unit, n.category, n.profile, count(*), cast(sum(n.fen) as bigint) from counted_now n where 1 = 1
        group by n.unit, n.category, n.profile
        on conflict (area, insurance_year, unit, category, profile) do update set people = excluded.people, fen = excluded.fen
        """;

    /// <summary>Counts; the difference counts as of a day.</summary>
    public async Task RunAsync(DateOnly day)
    {
        // PostgreSQL reads with all its cores into a table of its own, and with one where it inserts.
        await DoAsync($"create temp table counted_now as {people.Rows()}");
        await DoAsync("create index counted_now_person on counted_now (person_id)");
        await DoAsync(Days, new DataParameter("day", day, DataType.Date));
        await DoAsync(Gone);
        await DoAsync(Come);
        await DoAsync(Emptied);
        await DoAsync(Filled);
        await DoAsync("drop table counted_now");
        await session.RefreshStatisticsAsync("tally_person", "tally", "tally_day");
    }

    Task<long> DoAsync(string sql, params DataParameter[] more) => session.ExecuteBulkAsync(
        sql,
        [.. CountedPeople.Given(area, year).Concat(more).Where(one => sql.Contains($"@{one.Name}", StringComparison.Ordinal))]);
}
