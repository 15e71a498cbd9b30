using System.Data.Common;
using Canbao.Policy.Facts;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Assessment.Dues;

/// <summary>Somebody who is to be assessed, with the facts of a day and what was answered last.</summary>
sealed record DuePerson
{
    public required long PersonId { get; init; }

    public required string Unit { get; init; }

    /// <summary>The facts but for the categories.</summary>
    public required PersonFacts Facts { get; init; }

    public required byte[] Salt { get; init; }

    public required DateOnly? DiedOn { get; init; }

    public required bool IsMerged { get; init; }

    /// <summary>What was answered last; null for whoever was never assessed.</summary>
    public required DueRow? Kept { get; init; }
}

/// <summary>Reads the facts that decide what people owe: one query for one person and for everybody.</summary>
static class DueReader
{
    const string People = """
        select p.person_id, p.born_on, p.died_on, p.merged_into, p.salt, s.unit, s.residence, s.employment, s.employee_cover_ended,
            s.student, s.school_entry, s.scope_status, s.other_cover, e.registered_on, e.tier,
            case when exists (select 1 from enrolment h where h.area = @area and h.person_id = p.person_id
                and h.insurance_year < @year) then 0 else 1 end,
            d.verdict_id, d.unit, d.cover_from, d.cover_until, d.facts_hash, d.as_of, d.act_id
        from person p
        join person_status s on s.area = p.area and s.person_id = p.person_id and s.area = @area
        left join enrolment e on e.area = p.area and e.insurance_year = @year and e.person_id = p.person_id and e.ended_on is null
            and e.area = @area
        left join due d on d.area = p.area and d.insurance_year = @year and d.person_id = p.person_id and d.area = @area
        where p.area = @area and s.from_day <= @day and (s.until_day is null or s.until_day >= @day)
        """;

    /// <summary>Some people; whoever has no status on the day is left out.</summary>
    public static async Task<List<DuePerson>> SomeAsync(
        Session session, int area, InsuranceYear year, DateOnly day, IEnumerable<long> ids)
    {
        var people = new List<DuePerson>();
        await using var reader = await session.Data.ExecuteReaderAsync($"{People} and p.{OneOf(ids)}", Given(area, year, day));
        while (await reader.Reader!.ReadAsync())
            people.Add(Read(reader.Reader, area, year, day));
        return people;
    }

    /// <summary>The next people in the order of their identifiers, behind one, up to a limit.</summary>
    public static async Task<List<DuePerson>> NextAsync(
        Session session, int area, InsuranceYear year, DateOnly day, (long Behind, int Limit) part)
    {
        var given = Given(area, year, day).Append(new DataParameter("behind", part.Behind, DataType.Int64))
            .Append(new DataParameter("most", part.Limit, DataType.Int32)).ToArray();
        var people = new List<DuePerson>();
        await using var reader = await session.Data.ExecuteReaderAsync(
            $"{People} and p.person_id > @behind order by p.person_id limit @most", given);
        while (await reader.Reader!.ReadAsync())
            people.Add(Read(reader.Reader, area, year, day));
        return people;
    }

    /// <summary>The categories that people hold on a day; marks that the catalogue does not know are no grounds.</summary>
    public static async Task<Dictionary<long, ulong>> CategoriesAsync(
        Session session, int area, DateOnly day, CategoryCatalogue catalogue, IEnumerable<long>? people = null)
    {
        const string Held = """
            select person_id, category from category_span
            where area = @area and voided_by is null and from_day <= @day and (until_day is null or until_day >= @day)
            """;
        var some = people is null ? "" : $" and {OneOf(people)}";
        var held = new Dictionary<long, ulong>();
        await using var reader = await session.Data.ExecuteReaderAsync(
            Held + some,
            new DataParameter("area", area, DataType.Int32),
            new DataParameter("day", day, DataType.Date));
        while (await reader.Reader!.ReadAsync())
        {
            int index = catalogue.IndexOf(reader.Reader.GetString(1));
            if (index < 0)
                continue;
            long holder = reader.Reader.GetInt64(0);
            held[holder] = held.GetValueOrDefault(holder) | 1UL << index;
        }

        return held;
    }

    // Numbers of the program's own, so they may stand in the statement; none at all is a condition that nobody meets.
    static string OneOf(IEnumerable<long> ids) => FormattableString.Invariant($"person_id in ({string.Join(',', ids.DefaultIfEmpty(0))})");

    static DataParameter[] Given(int area, InsuranceYear year, DateOnly day) =>
    [
        new("area", area, DataType.Int32), new("year", year.Year, DataType.Int32), new("day", day, DataType.Date),
    ];

    static DuePerson Read(DbDataReader row, int area, InsuranceYear year, DateOnly day) => new()
    {
        PersonId = row.GetInt64(0),
        DiedOn = row.OptionalDay(2),
        IsMerged = !row.IsDBNull(3),
        Salt = row.GetFieldValue<byte[]>(4),
        Unit = row.GetString(5),
        Facts = new PersonFacts
        {
            PaidOn = day,
            BirthDate = row.Day(1),
            Residence = (Residence)row.GetInt32(6),
            Employment = (Employment)row.GetInt32(7),
            EmployeeCoverEnded = Day(row, 8),
            Student = (Student)row.GetInt32(9),
            SchoolEntryDate = Day(row, 10),
            ScopeStatus = (ScopeStatus)row.GetInt32(11),
            OtherCover = (OtherCover)row.GetInt32(12),
            RegisteredOn = Day(row, 13),
            Tier = row.IsDBNull(14) ? (byte)0 : (byte)row.GetInt32(14),
            FirstTime = row.GetInt32(15) == 1,
        },
        Kept = row.IsDBNull(16) ? null : new DueRow
        {
            Area = area,
            InsuranceYear = year.Year,
            PersonId = row.GetInt64(0),
            VerdictId = row.GetInt64(16),
            Unit = row.GetString(17),
            CoverFrom = row.OptionalDay(18),
            CoverUntil = row.OptionalDay(19),
            FactsHash = row.GetFieldValue<byte[]>(20),
            AsOf = row.Day(21),
            ActId = row.GetInt64(22),
        },
    };

    static DateOnly Day(DbDataReader row, int column) => row.OptionalDay(column) ?? PersonFacts.NoDate;
}
