using System.Data.Common;
using System.Globalization;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Registry.Comparison;

/// <summary>In what the household register and the year's enrolments differ about somebody.</summary>
public enum RegisterDifference
{
    /// <summary>漏保: should be enrolled, and is neither for the year nor was for the one before.</summary>
    Gap,

    /// <summary>断保: was enrolled for the year before, and is not for this one.</summary>
    Lapse,

    /// <summary>Enrolled, though the register says employee insurance or insured elsewhere.</summary>
    DuplicateCover,

    /// <summary>Enrolled, though dead before the year.</summary>
    Dead,

    /// <summary>Another record has the same name and day of birth: perhaps one person twice, under another number or none.</summary>
    DoubleRecord,
}

/// <summary>The words of differences.</summary>
public static class RegisterDifferences
{
    static readonly (RegisterDifference Difference, string Code, string Chinese)[] Words =
    [
        (RegisterDifference.Gap, "gap", "漏保"), (RegisterDifference.Lapse, "lapse", "断保"),
        (RegisterDifference.DuplicateCover, "duplicate", "重复参保"), (RegisterDifference.Dead, "dead", "死亡仍参保"),
        (RegisterDifference.DoubleRecord, "double", "疑似重复登记"),
    ];

    /// <summary>All of them, in the order in which they are told.</summary>
    public static IReadOnlyList<RegisterDifference> All { get; } = [.. Words.Select(word => word.Difference)];

    /// <summary>All codes, as the command line takes them.</summary>
    public static string Known { get; } = string.Join("、", Words.Select(word => word.Code));

    /// <summary>How an office says it.</summary>
    public static string Chinese(this RegisterDifference difference) => Words[(int)difference].Chinese;

    /// <summary>Reads a code.</summary>
    public static bool TryParse(string? code, out RegisterDifference difference)
    {
        var index = Array.FindIndex(Words, word => word.Code == code);
        difference = (RegisterDifference)Math.Max(index, 0);
        return index >= 0;
    }
}

/// <summary>How a unit's register and enrolments compare.</summary>
/// <param name="People">Who is alive in the register.</param>
/// <param name="Enrolled">Who is enrolled for the year.</param>
/// <param name="Gaps">漏保.</param>
/// <param name="Lapses">断保.</param>
/// <param name="Duplicates">Enrolled and insured elsewhere.</param>
/// <param name="Dead">Enrolled and dead.</param>
/// <param name="Doubles">Records that may be a person's second one.</param>
public readonly record struct RegisterCounts(
    long People, long Enrolled, long Gaps, long Lapses, long Duplicates, long Dead, long Doubles)
{
    /// <summary>How many of a difference.</summary>
    public long Of(RegisterDifference difference) => difference switch
    {
        RegisterDifference.Gap => Gaps,
        RegisterDifference.Lapse => Lapses,
        RegisterDifference.DuplicateCover => Duplicates,
        RegisterDifference.Dead => Dead,
        _ => Doubles,
    };

    /// <summary>Both together.</summary>
    public static RegisterCounts operator +(RegisterCounts one, RegisterCounts other) => new(
        one.People + other.People, one.Enrolled + other.Enrolled, one.Gaps + other.Gaps, one.Lapses + other.Lapses,
        one.Duplicates + other.Duplicates, one.Dead + other.Dead, one.Doubles + other.Doubles);
}

/// <summary>Another record of what may be the same person.</summary>
/// <param name="PersonId">The record.</param>
/// <param name="NumberMask">Its number as screens show it; empty for none.</param>
/// <param name="UnitName">Its unit.</param>
/// <param name="UnitPath">The unit's path.</param>
public sealed record SameRecord(long PersonId, string NumberMask, string UnitName, string UnitPath);

/// <summary>Somebody in whom register and enrolments differ.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="HouseholdId">The household, or null.</param>
/// <param name="Name">The name.</param>
/// <param name="NumberMask">The number as screens show it; empty for none.</param>
/// <param name="UnitName">The unit.</param>
/// <param name="Address">Where the person lives.</param>
public sealed record DifferingPerson(
    long PersonId, long? HouseholdId, string Name, string NumberMask, string UnitName, string Address)
{
    /// <summary>Day of death, or null.</summary>
    public DateOnly? DiedOn { get; init; }

    /// <summary>When an enrolment for the year was cancelled; null where there was none.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>Why; empty where there was none.</summary>
    public string EndReason { get; init; } = "";

    /// <summary>The other records, for <see cref="RegisterDifference.DoubleRecord"/>.</summary>
    public IReadOnlyList<SameRecord> Others { get; init; } = [];
}

/// <summary>
/// The household register against the year's enrolments, village by village and person by person (<c>jincheng 七(三)-compare</c>).
/// It needs no file: both are ours. Worked out whenever it is looked at, and changes nobody.
/// </summary>
public static class RegisterComparison
{
    const string Should = "p.died_on is null and s.employment <> 1 and s.other_cover = 0";

    const string IsDouble = """
        exists (select 1 from person o where o.area = @area and o.area = p.area and o.name = p.name and o.born_on = p.born_on
            and o.person_id <> p.person_id and o.merged_into is null)
        """;

    const string Everybody = """
        from person p
        join person_status s on s.area = @area and s.area = p.area and s.person_id = p.person_id and s.until_day is null
        join unit u on u.area = @area and u.code = s.unit
        left join enrolment e on e.area = @area and e.area = p.area and e.insurance_year = @year and e.person_id = p.person_id
        left join enrolment b on b.area = @area and b.area = p.area and b.insurance_year = @before and b.person_id = p.person_id
            and b.ended_on is null
        where p.area = @area and p.merged_into is null and u.path >= @first and u.path < @end
        """;

    const string IsEnrolled = "e.person_id is not null and e.ended_on is null";

    const string IsNot = "(e.person_id is null or e.ended_on is not null)";

    /// <summary>The counts of each unit of a range that has people of its own, by code.</summary>
    public static async Task<IReadOnlyDictionary<string, RegisterCounts>> CountAsync(
        Session session, int area, UnitRange within, InsuranceYear year)
    {
        var sums = string.Join(", ", RegisterDifferences.All.Select(each => $"sum(case when {Condition(each)} then 1 else 0 end)"));
        var counts = new Dictionary<string, RegisterCounts>(StringComparer.Ordinal);
        await using var reader = await session.Data.ExecuteReaderAsync(
            $"""
            select u.code, sum(case when p.died_on is null then 1 else 0 end), sum(case when {IsEnrolled} then 1 else 0 end), {sums}
            {Everybody} group by u.code
            """,
            Given(area, within, year));
        while (await reader.Reader!.ReadAsync())
        {
            var row = reader.Reader;
            counts.Add(row.GetString(0), new(
                row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7)));
        }

        return counts;
    }

    /// <summary>The people of a range with a difference, by unit and name: one page of them.</summary>
    public static async Task<List<DifferingPerson>> PeopleAsync(
        Session session, int area, UnitRange within, InsuranceYear year, (RegisterDifference Difference, int Skip, int Take) part)
    {
        var people = new List<DifferingPerson>();
        await using (var reader = await session.Data.ExecuteReaderAsync(
            $"""
            select p.person_id, s.household_id, p.name, p.number_mask, u.name, s.address, p.died_on, e.ended_on, e.end_reason
            {Everybody} and {Condition(part.Difference)} order by u.place, p.name, p.person_id limit @take offset @skip
            """,
            [.. Given(area, within, year), new("take", part.Take, DataType.Int32), new("skip", part.Skip, DataType.Int32)]))
        {
            while (await reader.Reader!.ReadAsync())
                people.Add(Read(reader.Reader));
        }

        if (part.Difference != RegisterDifference.DoubleRecord || people.Count == 0)
            return people;
        var others = await OthersAsync(session, area, people.Select(person => person.PersonId));
        return [.. people.Select(person => person with { Others = [.. others[person.PersonId]] })];
    }

    internal static string Condition(RegisterDifference difference) => difference switch
    {
        RegisterDifference.Gap => $"{Should} and {IsNot} and b.person_id is null",
        RegisterDifference.Lapse => $"{Should} and {IsNot} and b.person_id is not null",
        RegisterDifference.DuplicateCover => $"{IsEnrolled} and p.died_on is null and (s.employment = 1 or s.other_cover <> 0)",
        RegisterDifference.Dead => $"{IsEnrolled} and p.died_on < @start",
        _ => $"p.died_on is null and {IsDouble}",
    };

    static async Task<ILookup<long, SameRecord>> OthersAsync(Session session, int area, IEnumerable<long> people)
    {
        var found = new List<(long Person, SameRecord Other)>();
        // Numbers of the program's own, so they may stand in the statement.
        await using var reader = await session.Data.ExecuteReaderAsync(
            string.Create(CultureInfo.InvariantCulture, $"""
                select p.person_id, o.person_id, o.number_mask, u.name, u.path from person p
                join person o on o.area = @area and o.area = p.area and o.name = p.name and o.born_on = p.born_on
                    and o.person_id <> p.person_id and o.merged_into is null
                join person_status s on s.area = @area and s.area = o.area and s.person_id = o.person_id and s.until_day is null
                join unit u on u.area = @area and u.code = s.unit
                where p.area = @area and p.person_id in ({string.Join(',', people)}) order by o.person_id
                """),
            new DataParameter("area", area, DataType.Int32));
        while (await reader.Reader!.ReadAsync())
        {
            var row = reader.Reader;
            found.Add((row.GetInt64(0), new(row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4))));
        }

        return found.ToLookup(one => one.Person, one => one.Other);
    }

    static DifferingPerson Read(DbDataReader row) => new(
        row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5))
    {
        DiedOn = row.OptionalDay(6),
        EndedOn = row.OptionalDay(7),
        EndReason = row.IsDBNull(8) ? "" : row.GetString(8),
    };

    static DataParameter[] Given(int area, UnitRange within, InsuranceYear year) =>
    [
        new("area", area, DataType.Int32), new("year", year.Year, DataType.Int32), new("before", year.Previous.Year, DataType.Int32),
        new("start", year.FirstDay, DataType.Date), new("first", within.First, DataType.Text), new("end", within.End, DataType.Text),
    ];
}
