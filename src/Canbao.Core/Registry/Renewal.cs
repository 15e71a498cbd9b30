namespace Canbao.Core.Registry;

/// <summary>Why somebody who was enrolled the year before is not renewed by default.</summary>
public enum RenewalObstacle
{
    /// <summary>Cancelled for the year already, which default renewal leaves alone.</summary>
    Cancelled = 1,

    /// <summary>Dead.</summary>
    Dead = 2,

    /// <summary>In employee insurance.</summary>
    Employee = 3,

    /// <summary>Insured elsewhere.</summary>
    Elsewhere = 4,

    /// <summary>Claimed by another area of the installation.</summary>
    Claimed = 5,
}

/// <summary>The set statements of renewal by default.</summary>
static class RenewalSql
{
    const string Renewable = """
        from enrolment e
        join person p on p.area = e.area and p.person_id = e.person_id
        join person_status s on s.area = e.area and s.person_id = e.person_id
        left join enrolment n on n.area = e.area and n.insurance_year = @year and n.person_id = e.person_id
        where e.area = @area and p.area = @area and s.area = @area and e.insurance_year = @before and e.ended_on is null
            and p.died_on is null and p.merged_into is null and s.until_day is null and s.employment <> 1 and s.other_cover = 0
            and n.person_id is null
        """;

    /// <summary>Claims of everyone with a number; those of others stay.</summary>
    public const string Claims = $"""
        insert into enrolment_claim (insurance_year, person_hash, area, person_id)
        select @year, p.number_hash, e.area, e.person_id {Renewable} and p.number_hash is not null
        on conflict (insurance_year, person_hash) do nothing
        """;

    /// <summary>How many would be renewed.</summary>
    public const string Waiting = $"""
        select count(*) {Renewable} and not exists (select 1 from enrolment_claim c
            where c.insurance_year = @year and c.person_hash = p.number_hash and (c.area <> e.area or c.person_id <> e.person_id))
        """;

    /// <summary>How many were not renewed, by obstacle; the first that fits counts.</summary>
    public const string Obstacles = """
        select q.obstacle, cast(count(*) as integer) from (
            select case when n.person_id is not null then 1 when p.died_on is not null then 2 when s.employment = 1 then 3
                when s.other_cover <> 0 then 4 else 5 end as obstacle
            from enrolment e
            join person p on p.area = e.area and p.area = @area and p.person_id = e.person_id and p.merged_into is null
            join person_status s on s.area = e.area and s.area = @area and s.person_id = e.person_id and s.until_day is null
            left join enrolment n on n.area = e.area and n.area = @area and n.insurance_year = @year and n.person_id = e.person_id
            where e.area = @area and e.insurance_year = @before and e.ended_on is null
                and (n.person_id is null or n.ended_on is not null)
        ) q group by q.obstacle order by q.obstacle
        """;

    /// <summary>Enrolments of everyone whose claim is ours.</summary>
    public const string Enrolments = $"""
        insert into enrolment (area, insurance_year, person_id, unit, kind, registered_on, tier, ended_on, end_reason, act_id)
        select e.area, @year, e.person_id, s.unit, 'renewed', @registered, e.tier, null, '', @act {Renewable}
            and exists (select 1 from enrolment_claim c
                where c.insurance_year = @year and c.area = e.area and c.person_id = e.person_id)
        """;
}
