using System.Globalization;
using Canbao.Core.Reporting;
using Canbao.Core.Units;
using Canbao.Core.Work.Counting;
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
    /// <summary>Who is enrolled and has cover in the year, whenever it begins or ended.</summary>
    public long Covered { get; init; }

    /// <summary>Who is enrolled and whose amount is known: paid, borne by others, or owed.</summary>
    public long Assessed => Enrolled - Unclear;

    /// <summary>Who should be enrolled and is not.</summary>
    public long LeftOut => Expected - Enrolled;

    /// <summary>Paid or paid for.</summary>
    public long Settled => Paid + Free;

    /// <summary>Paid or paid for, of those who should be, in thousandths, rounded down; 1000 where nobody should be.</summary>
    public long RatePerMille => Expected == 0 ? 1000 : Settled * 1000 / Expected;

    /// <summary>What a line of the counting says.</summary>
    public static ProgressFigures Of(TallyLine line)
    {
        long people = line.People;
        var figures = line.Profile.Part switch
        {
            TallyPart.LeftOut => new(people, 0, 0, 0, 0, 0, 0, 0),
            TallyPart.Paid => new(people, people, people, 0, 0, 0, line.Fen, 0),
            TallyPart.Free => new(people, people, 0, people, 0, 0, 0, 0),
            TallyPart.Owing => new(people, people, 0, 0, people, 0, 0, line.Fen),
            TallyPart.Unclear => new(people, people, 0, 0, 0, people, 0, 0),
            _ => default(ProgressFigures),
        };
        return line.Profile is { IsCovered: true, IsEnrolled: true } ? figures with { Covered = people } : figures;
    }

    /// <summary>What lines of the counting say together.</summary>
    public static ProgressFigures Of(IEnumerable<TallyLine> lines) =>
        lines.Aggregate(default(ProgressFigures), (sum, line) => sum + Of(line));

    /// <summary>Both together.</summary>
    public static ProgressFigures operator +(ProgressFigures one, ProgressFigures other) => new(
        one.Expected + other.Expected, one.Enrolled + other.Enrolled, one.Paid + other.Paid, one.Free + other.Free,
        one.Owing + other.Owing, one.Unclear + other.Unclear, checked(one.PaidFen + other.PaidFen),
        checked(one.OwingFen + other.OwingFen))
    {
        Covered = one.Covered + other.Covered,
    };
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

/// <summary>The people behind the numbers of progress, from the register as it is at the moment.</summary>
/// <param name="people">As what people count.</param>
public sealed class Progress(CountedPeople people)
{
    /// <summary>The people behind a number of a range, in the order of units and names: one page of them.</summary>
    public async Task<List<ProgressPerson>> PeopleAsync(
        Session session, int area, UnitRange within, InsuranceYear year, (ProgressGroup Group, int Skip, int Take) part)
    {
        var which = part.Group switch
        {
            ProgressGroup.Expected => "q.part <> 7",
            ProgressGroup.Enrolled => "q.part not in (1, 7)",
            var one => string.Create(CultureInfo.InvariantCulture, $"q.part = {(int)one}"),
        };
        var found = new List<ProgressPerson>();
        await using var reader = await session.Data.ExecuteReaderAsync(
            $"""
            select q.person_id, q.household_id, q.name, q.number_mask, u.name, q.address, q.part, q.fen
            from {people.Everybody()} q
            join unit u on u.area = @area and u.code = q.unit
            where u.path >= @first and u.path < @end and {which}
            order by u.place, q.name, q.person_id limit @take offset @skip
            """,
            [
                .. CountedPeople.Given(area, year), new("first", within.First, DataType.Text), new("end", within.End, DataType.Text),
                new("take", part.Take, DataType.Int32), new("skip", part.Skip, DataType.Int32),
            ]);
        while (await reader.Reader!.ReadAsync())
        {
            var row = reader.Reader;
            var group = (ProgressGroup)row.GetInt32(6);
            found.Add(new(
                row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4),
                row.GetString(5), group, group is ProgressGroup.Paid or ProgressGroup.Owing ? Money.FromFen(row.GetInt64(7)) : null));
        }

        return found;
    }
}
