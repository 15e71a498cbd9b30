using System.Globalization;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Work;

/// <summary>How far a unit is with an insurance year. Each number opens to its people (promise 7).</summary>
/// <param name="Expected">Who is enrolled, or should be: alive, not in employee insurance, not insured elsewhere.</param>
/// <param name="Enrolled">Who is enrolled.</param>
/// <param name="Paid">Who has paid.</param>
/// <param name="Free">Who is enrolled and for whom others bear everything.</param>
/// <param name="Owing">Who is enrolled and owes an amount, as assessed last.</param>
/// <param name="Unclear">Who is enrolled and cannot pay now: not assessed yet, not open, or to be decided.</param>
/// <param name="PaidFen">What was paid, fen.</param>
/// <param name="OwingFen">What is owed, fen.</param>
public readonly record struct ProgressFigures(
    long Expected, long Enrolled, long Paid, long Free, long Owing, long Unclear, long PaidFen, long OwingFen)
{
    /// <summary>Who should be enrolled and is not.</summary>
    public long LeftOut => Expected - Enrolled;

    /// <summary>Paid or paid for, of those who should be, in thousandths, rounded down; 1000 where nobody should be.</summary>
    public long RatePerMille => Expected == 0 ? 1000 : (Paid + Free) * 1000 / Expected;

    /// <summary>Both together.</summary>
    public static ProgressFigures operator +(ProgressFigures one, ProgressFigures other) => new(
        one.Expected + other.Expected, one.Enrolled + other.Enrolled, one.Paid + other.Paid, one.Free + other.Free,
        one.Owing + other.Owing, one.Unclear + other.Unclear, checked(one.PaidFen + other.PaidFen),
        checked(one.OwingFen + other.OwingFen));
}

/// <summary>Which people stand behind a number.</summary>
public enum ProgressGroup
{
    /// <summary>应参保.</summary>
    Expected,

    /// <summary>未登记.</summary>
    LeftOut,

    /// <summary>已登记.</summary>
    Enrolled,

    /// <summary>已缴费.</summary>
    Paid,

    /// <summary>全额资助.</summary>
    Free,

    /// <summary>欠缴.</summary>
    Owing,

    /// <summary>暂不能缴.</summary>
    Unclear,
}

/// <summary>Somebody behind a number.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="HouseholdId">The household, or null.</param>
/// <param name="Name">The name.</param>
/// <param name="NumberMask">The masked number.</param>
/// <param name="UnitName">The unit that the person counts for.</param>
/// <param name="Address">Where the person lives.</param>
/// <param name="Group">What is so: left out, paid, free, owing or unclear.</param>
/// <param name="Amount">Paid or owed; null for neither.</param>
public sealed record ProgressPerson(
    long PersonId, long? HouseholdId, string Name, string NumberMask, string UnitName, string Address, ProgressGroup Group, Money? Amount);

/// <summary>Counts how far units are, from the register itself.</summary>
public static class Progress
{
    /// <summary>
    /// Everybody whom the figures count, each once: <c>unit, person_id, name, number_mask, household_id, address, part, amount</c>, the
    /// part as in <see cref="ProgressGroup"/>. A person counts for the unit of the enrolment; whoever has none, for the unit of now. Ends
    /// in its conditions, so that others can be added.
    /// </summary>
    internal const string Everyone = """
        select coalesce(e.unit, s.unit) as unit, p.person_id, p.name, p.number_mask, s.household_id, s.address,
            case when e.person_id is null then 1 when y.person_id is not null then 3
                when v.outcome = 'due' and v.personal = 0 then 4 when v.outcome = 'due' and v.personal > 0 then 5 else 6 end as part,
            case when y.person_id is not null then y.amount when e.person_id is not null and v.outcome = 'due' then v.personal
                else 0 end as amount
        from person p
        join person_status s on s.area = @area and s.area = p.area and s.person_id = p.person_id and s.until_day is null
        left join enrolment e on e.area = @area and e.area = p.area and e.insurance_year = @year and e.person_id = p.person_id
            and e.ended_on is null
        left join payment y on y.area = @area and y.area = p.area and y.insurance_year = @year and y.person_id = p.person_id
            and y.reversed_by is null
        left join due d on d.area = @area and d.area = p.area and d.insurance_year = @year and d.person_id = p.person_id
        left join due_verdict v on v.area = @area and v.area = d.area and v.verdict_id = d.verdict_id
        where p.area = @area and p.merged_into is null
            and (e.person_id is not null or p.died_on is null and s.employment <> 1 and s.other_cover = 0)
        """;

    const string Everybody = $"""
        from ({Everyone}) q
        join unit u on u.area = @area and u.code = q.unit
        where u.path >= @first and u.path < @end
        """;

    const string Counts = $"""
        select u.code, q.part, count(*), cast(sum(q.amount) as bigint) {Everybody} group by u.code, q.part
        """;

    const string Names = $"""
        select q.person_id, q.household_id, q.name, q.number_mask, u.name, q.address, q.part, q.amount {Everybody}
        """;

    /// <summary>The figures of each unit of a range that has people of its own, by code.</summary>
    public static async Task<IReadOnlyDictionary<string, ProgressFigures>> ReadAsync(
        Session session, int area, UnitRange within, InsuranceYear year)
    {
        var figures = new Dictionary<string, ProgressFigures>(StringComparer.Ordinal);
        await using var reader = await session.Data.ExecuteReaderAsync(Counts, Given(area, within, year));
        while (await reader.Reader!.ReadAsync())
        {
            var row = reader.Reader;
            var unit = row.GetString(0);
            figures[unit] = figures.GetValueOrDefault(unit) + Of((ProgressGroup)row.GetInt32(1), row.GetInt64(2), row.GetInt64(3));
        }

        return figures;
    }

    /// <summary>The people behind a number of a range, in the order of units and names: one page of them.</summary>
    public static async Task<List<ProgressPerson>> PeopleAsync(
        Session session, int area, UnitRange within, InsuranceYear year, (ProgressGroup Group, int Skip, int Take) part)
    {
        var which = part.Group switch
        {
            ProgressGroup.Expected => "",
            ProgressGroup.Enrolled => " and q.part <> 1",
            var one => string.Create(CultureInfo.InvariantCulture, $" and q.part = {(int)one}"),
        };
        var people = new List<ProgressPerson>();
        await using var reader = await session.Data.ExecuteReaderAsync(
            $"{Names}{which} order by u.place, q.name, q.person_id limit @take offset @skip",
            [
                .. Given(area, within, year), new("take", part.Take, DataType.Int32), new("skip", part.Skip, DataType.Int32),
            ]);
        while (await reader.Reader!.ReadAsync())
        {
            var row = reader.Reader;
            var group = (ProgressGroup)row.GetInt32(6);
            people.Add(new(
                row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4),
                row.GetString(5), group, group is ProgressGroup.Paid or ProgressGroup.Owing ? Money.FromFen(row.GetInt64(7)) : null));
        }

        return people;
    }

    static ProgressFigures Of(ProgressGroup group, long people, long fen) => new(
        people,
        group == ProgressGroup.LeftOut ? 0 : people,
        group == ProgressGroup.Paid ? people : 0,
        group == ProgressGroup.Free ? people : 0,
        group == ProgressGroup.Owing ? people : 0,
        group == ProgressGroup.Unclear ? people : 0,
        group == ProgressGroup.Paid ? fen : 0,
        group == ProgressGroup.Owing ? fen : 0);

    static DataParameter[] Given(int area, UnitRange within, InsuranceYear year) =>
    [
        new("area", area, DataType.Int32), new("year", year.Year, DataType.Int32), new("first", within.First, DataType.Text),
        new("end", within.End, DataType.Text),
    ];
}
