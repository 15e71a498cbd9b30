using System.Data.Common;
using Canbao.Core.Secrets;
using Canbao.Policy.Facts;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Assessment.Dues;

/// <summary>Somebody who is to be assessed, with the facts of a day and what was answered last.</summary>
sealed class DuePerson
{
    public required long PersonId { get; init; }

    public string Unit { get; set; } = "";

    /// <summary>The facts but for the categories.</summary>
    public required PersonFacts Facts { get; set; }

    public required byte[] Salt { get; init; }

    /// <summary>Whether the salt was destroyed: nothing can be sealed or opened for such a person.</summary>
    public bool IsErased => Vault.IsDestroyed(Salt);

    public required DateOnly? DiedOn { get; init; }

    public required bool IsMerged { get; init; }

    /// <summary>What was answered last; null for whoever was never assessed.</summary>
    public DueRow? Kept { get; set; }
}

/// <summary>
/// Reads the facts that decide what people owe, in the same statements for one person and for a part of everybody. Each statement reads
/// one table in the order of its key; for very many people that is several times faster than looking each of them up in a join.
/// </summary>
/// <param name="session">Where.</param>
/// <param name="area">The tenant.</param>
/// <param name="year">The insurance year.</param>
/// <param name="day">The payment day.</param>
sealed class DueReader(Session session, int area, InsuranceYear year, DateOnly day)
{
    const string People = "select person_id, born_on, died_on, merged_into, salt from person where area = @area and ";

    // The codes, which are below ten, as the digits of one number: half of what reading costs is asking for one value after another.
    const string Statuses = """
        select person_id, unit, residence * 10000 + employment * 1000 + student * 100 + scope_status * 10 + other_cover,
            employee_cover_ended, school_entry
        from person_status where area = @area and from_day <= @day and (until_day is null or until_day >= @day) and
        """;

    const string Registered = """
        select person_id, registered_on, tier from enrolment
        where area = @area and insurance_year = @year and ended_on is null and
        """;

    const string RenewedByDefault = """
        select e.person_id, e.tier from enrolment e
        where e.area = @area and e.insurance_year = @year - 1 and e.ended_on is null
            and not exists (select 1 from enrolment n where n.area = @area and n.insurance_year = @year and n.person_id = e.person_id) and
        """;

    const string Earlier = "select distinct person_id from enrolment where area = @area and insurance_year < @year and ";

    const string Kept = """
        select person_id, unit, verdict_id, as_of, cover_from, cover_until, facts, act_id from due
        where area = @area and insurance_year = @year and
        """;

    const string Held = """
        select person_id, category from category_span
        where area = @area and voided_by is null and from_day <= @day and (until_day is null or until_day >= @day)
        """;

    const string Bound = "select unit, from_day, pack from pack_binding where area = @area and insurance_year = @year";

    const string Paths = """
        select code, path from unit where area = @area and code in (
            select unit from person_status where area = @area and from_day <= @day and (until_day is null or until_day >= @day) and
        """;

    /// <summary>
    /// Whether those who are enrolled for the year before, and neither enrolled nor cancelled for the year, count as renewed by default on
    /// the day, with the tier that they have (<c>lingyuan 四(一)</c>).
    /// </summary>
    public bool AssumesRenewal { get; init; }

    /// <summary>Some people, in one round trip; whoever has no status on the day is left out.</summary>
    /// <param name="ids">Whom.</param>
    /// <param name="withKept">Whether it is asked what was answered last.</param>
    public async Task<List<DuePerson>> SomeAsync(IReadOnlyCollection<long> ids, bool withKept)
    {
        var people = new Dictionary<long, DuePerson>();
        var (some, given) = session.OneOf("person_id", "p", ids);
        await ReadAsync([.. Facts(people, some, withKept)], given);
        return Here(people);
    }

    /// <summary>The same with what decides by which packs they are assessed, in the same round trip.</summary>
    /// <param name="ids">Whom.</param>
    /// <param name="withKept">Whether it is asked what was answered last.</param>
    /// <returns>The people, the packs that are bound above them, and which categories they hold on the day.</returns>
    public async Task<(List<DuePerson> People, PackBindings Bindings, List<(long Person, string Category)> Held)> WithPacksAsync(
        IReadOnlyCollection<long> ids, bool withKept)
    {
        var (some, given) = session.OneOf("person_id", "p", ids);
        var (people, paths) = (new Dictionary<long, DuePerson>(), new Dictionary<string, string>(StringComparer.Ordinal));
        var (bound, held) = (new List<PackBindingRow>(), new List<(long, string)>());
        await ReadAsync(
            [
                .. Facts(people, some, withKept),
                ($"{Paths} {some})", row => paths.Add(row.GetString(0), row.GetString(1))),
                (Bound, row => bound.Add(new() { Unit = row.GetString(0), FromDay = row.Day(1), Pack = row.GetString(2) })),
                ($"{Held} and {some}", row => held.Add((row.GetInt64(0), row.GetString(1)))),
            ],
            given);
        return (Here(people), new(paths, bound), held);
    }

    /// <summary>
    /// The next people in the order of their identifiers, behind one, and the last identifier that was looked at; null at the end. Whoever
    /// has no status on the day is left out.
    /// </summary>
    /// <param name="behind">The last identifier before.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="withKept">Whether it is asked what was answered last.</param>
    public async Task<(List<DuePerson> People, long Last)?> NextAsync(long behind, int limit, bool withKept = true)
    {
        var people = new Dictionary<long, DuePerson>();
        var next = FormattableString.Invariant($"person_id > {behind} order by person_id limit {limit}");
        await ReadAsync([(People + next, row => Add(people, row))]);
        if (people.Count == 0)
            return null;
        long last = people.Keys.Max();
        var some = FormattableString.Invariant($"person_id > {behind} and person_id <= {last}");
        await ReadAsync([.. Facts(people, some, withKept).Skip(1)]);
        return (Here(people), last);
    }

    /// <summary>The categories that everybody holds on a day.</summary>
    public async Task<List<(long Person, string Category)>> HeldAsync()
    {
        var held = new List<(long, string)>();
        await ReadAsync([(Held, row => held.Add((row.GetInt64(0), row.GetString(1))))]);
        return held;
    }

    /// <summary>The statements of people's facts, each with what becomes of its rows; the people themselves first.</summary>
    IEnumerable<(string Sql, Action<DbDataReader> Take)> Facts(Dictionary<long, DuePerson> people, string some, bool withKept)
    {
        yield return (People + some, row => Add(people, row));
        yield return ($"{Statuses} {some}", row => AddStatus(people[row.GetInt64(0)], row));
        yield return ($"{Registered} {some}", row => Register(people[row.GetInt64(0)], row.Day(1), row.GetInt32(2)));
        if (AssumesRenewal)
            yield return ($"{RenewedByDefault} {some}", row => Register(people[row.GetInt64(0)], day, row.GetInt32(1)));
        yield return (Earlier + some, row => AddEarlier(people[row.GetInt64(0)]));
        if (withKept)
            yield return ($"{Kept} {some}", row => people[row.GetInt64(0)].Kept = ReadKept(row));
    }

    static List<DuePerson> Here(Dictionary<long, DuePerson> people) => [.. people.Values.Where(person => person.Unit.Length > 0)];

    void Add(Dictionary<long, DuePerson> people, DbDataReader row)
    {
        var person = Read(row);
        people.Add(person.PersonId, person);
    }

    async Task ReadAsync(IReadOnlyList<(string Sql, Action<DbDataReader> Take)> parts, params DataParameter[] given)
    {
        await using var rows = await session.Data.ExecuteReaderAsync(
            string.Join(";\n", parts.Select(part => part.Sql)),
            [
                new("area", area, DataType.Int32), new("year", year.Year, DataType.Int32), new("day", day, DataType.Date), .. given,
            ]);
        foreach (var (at, part) in parts.Index())
        {
            if (at > 0)
                await rows.Reader!.NextResultAsync();
            while (await rows.Reader!.ReadAsync())
                part.Take(rows.Reader);
        }
    }

    DuePerson Read(DbDataReader row) => new()
    {
        PersonId = row.GetInt64(0),
        DiedOn = row.OptionalDay(2),
        IsMerged = !row.IsDBNull(3),
        Salt = row.GetFieldValue<byte[]>(4),
        Facts = new PersonFacts { PaidOn = day, BirthDate = row.Day(1), FirstTime = true },
    };

    static void Register(DuePerson person, DateOnly on, int tier) =>
        person.Facts = person.Facts with { RegisteredOn = on, Tier = (byte)tier };

    static void AddEarlier(DuePerson person) => person.Facts = person.Facts with { FirstTime = false };

    static void AddStatus(DuePerson person, DbDataReader row)
    {
        int codes = row.GetInt32(2);
        person.Unit = row.GetString(1);
        person.Facts = person.Facts with
        {
            Residence = (Residence)(codes / 10000),
            Employment = (Employment)(codes / 1000 % 10),
            Student = (Student)(codes / 100 % 10),
            ScopeStatus = (ScopeStatus)(codes / 10 % 10),
            OtherCover = (OtherCover)(codes % 10),
            EmployeeCoverEnded = Day(row, 3),
            SchoolEntryDate = Day(row, 4),
        };
    }

    DueRow ReadKept(DbDataReader row) => new()
    {
        Area = area,
        InsuranceYear = year.Year,
        PersonId = row.GetInt64(0),
        Unit = row.GetString(1),
        VerdictId = row.GetInt64(2),
        AsOf = row.Day(3),
        CoverFrom = row.OptionalDay(4),
        CoverUntil = row.OptionalDay(5),
        Facts = row.GetFieldValue<byte[]>(6),
        ActId = row.GetInt64(7),
    };

    static DateOnly Day(DbDataReader row, int column) => row.OptionalDay(column) ?? PersonFacts.NoDate;
}
