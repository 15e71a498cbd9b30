using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Canbao.Core.Collection;
using Canbao.Core.Files;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Canbao.Core.Work.Quality;

/// <summary>How a unit's records are: its head counts with insurance and with tax, and what is wrong.</summary>
/// <param name="People">Records that are looked at: who is alive, enrolled or paid for.</param>
/// <param name="Enrolled">Who is enrolled with insurance.</param>
/// <param name="Payable">Of them, who has to pay by the last assessment, or has paid: whom tax collects from.</param>
/// <param name="Paid">For whom tax has a payment.</param>
/// <param name="Flawed">Records with anything wrong; each once.</param>
/// <param name="Issues">How many have each issue, by its place.</param>
public readonly record struct QualityCounts(
    long People, long Enrolled, long Payable, long Paid, long Flawed, ImmutableArray<long> Issues)
{
    /// <summary>Of nobody.</summary>
    public static QualityCounts None { get; } = new(0, 0, 0, 0, 0, [.. QualityIssues.All.Select(_ => 0L)]);

    /// <summary>Records without a flaw of all, in thousandths, rounded down; 1000 of none.</summary>
    public long SoundPerMille => People == 0 ? 1000 : (People - Flawed) * 1000 / People;

    /// <summary>How many have an issue.</summary>
    public long Of(QualityIssue issue) => Issues[(int)issue];

    /// <summary>Both together.</summary>
    public static QualityCounts operator +(QualityCounts one, QualityCounts other) => new(
        one.People + other.People, one.Enrolled + other.Enrolled, one.Payable + other.Payable, one.Paid + other.Paid,
        one.Flawed + other.Flawed, [.. one.Issues.Zip(other.Issues, (left, right) => left + right)]);
}

/// <summary>A unit in the table.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Counts">Its counts with all below it, or its own.</param>
/// <param name="IsWeak">Whether it is weak beside the others.</param>
/// <param name="IsOwn">Whether it is the shown unit's own people.</param>
public sealed record QualityLine(Unit Unit, QualityCounts Counts, bool IsWeak, bool IsOwn);

/// <summary>Somebody with an issue.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">The name.</param>
/// <param name="NumberMask">The number as screens show it; empty for none.</param>
/// <param name="UnitName">The unit.</param>
/// <param name="Address">Where the person lives.</param>
public sealed record FlawedPerson(long PersonId, string Name, string NumberMask, string UnitName, string Address);

/// <summary>
/// Insurance records held against tax's, unit by unit, and how well people are registered (<c>lishi 七(五)</c>); changes nobody. Somebody
/// counts for the unit of the enrolment, or of now where there is none. Pages take counts from <see cref="KeptQuality"/>.
/// </summary>
public static class RecordQuality
{
    /// <summary>By how many percentage points a unit's share of sound records lies below the median when it is weak.</summary>
    public const int WeakBelow = 5;

    const string Everybody = """
        from person p
        join person_status s on s.area = @area and s.area = p.area and s.person_id = p.person_id and s.until_day is null
        left join enrolment e on e.area = @area and e.area = p.area and e.insurance_year = @year and e.person_id = p.person_id
            and e.ended_on is null
        join unit u on u.area = @area and u.code = coalesce(e.unit, s.unit)
        left join payment y on y.area = @area and y.area = p.area and y.insurance_year = @year and y.person_id = p.person_id
            and y.reversed_by is null
        left join due d on d.area = @area and d.area = p.area and d.insurance_year = @year and d.person_id = p.person_id
        left join due_verdict v on v.area = @area and v.area = d.area and v.verdict_id = d.verdict_id
        where p.area = @area and p.merged_into is null and u.path >= @first and u.path < @end
            and (p.died_on is null or e.person_id is not null or y.person_id is not null)
        """;

    /// <summary>Nobody else can count for the range: told apart, so that a village is counted without reading a city.</summary>
    const string Here = """
         and p.person_id in (
            select m.person_id from person_status m join unit w on w.area = @area and w.code = m.unit
                where m.area = @area and m.until_day is null and w.path >= @first and w.path < @end
            union all
            select m.person_id from enrolment m join unit w on w.area = @area and w.code = m.unit
                where m.area = @area and m.insurance_year = @year and m.ended_on is null and w.path >= @first and w.path < @end)
        """;

    /// <summary>The counts of each unit of a range that has people of its own, by code.</summary>
    public static async Task<IReadOnlyDictionary<string, QualityCounts>> CountAsync(
        Session session, int area, UnitRange within, (InsuranceYear Year, DateOnly Today) when)
    {
        static string One(string condition) => $"case when {condition} then 1 else 0 end";
        var flags = QualityIssues.All.Select(issue => $"flag{(int)issue}").ToList();
        var counts = new Dictionary<string, QualityCounts>(StringComparer.Ordinal);
        // Kept apart, so that what each issue asks of other rows is asked once, and not again for whoever has none at all.
        await using var reader = await session.Data.ExecuteReaderAsync(
            $"""
            with looked_at as materialized (
                select u.code, {One("e.person_id is not null")} as enrolled,
                    {One("e.person_id is not null and (y.person_id is not null or v.outcome = 'due' and v.personal > 0)")} as payable,
                    {One("y.person_id is not null")} as paid,
                    {string.Join(", ", QualityIssues.All.Zip(flags, (issue, flag) => $"{One(issue.Condition())} as {flag}"))}
                {Of(within)})
            select code, count(*), sum(enrolled), sum(payable), sum(paid), sum({One($"{string.Join(" + ", flags)} > 0")}),
                {string.Join(", ", flags.Select(flag => $"sum({flag})"))}
            from looked_at group by code
            """,
            Given(area, within, when));
        while (await reader.Reader!.ReadAsync())
        {
            var row = reader.Reader;
            counts.Add(row.GetString(0), new(
                row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5),
                [.. QualityIssues.All.Select(issue => row.GetInt64(6 + (int)issue))]));
        }

        return counts;
    }

    /// <summary>The people of a range with an issue, by unit and name: one page of them.</summary>
    public static async Task<List<FlawedPerson>> PeopleAsync(
        Session session, int area, UnitRange within, (InsuranceYear Year, DateOnly Today) when,
        (QualityIssue Issue, int Skip, int Take) part)
    {
        var people = new List<FlawedPerson>();
        await using var reader = await session.Data.ExecuteReaderAsync(
            $"""
            select p.person_id, p.name, p.number_mask, u.name, s.address
            {Of(within)} and {part.Issue.Condition()} order by u.place, p.name, p.person_id limit @take offset @skip
            """,
            [.. Given(area, within, when), new("take", part.Take, DataType.Int32), new("skip", part.Skip, DataType.Int32)]);
        while (await reader.Reader!.ReadAsync())
        {
            var row = reader.Reader;
            people.Add(new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4)));
        }

        return people;
    }

    /// <summary>The parts of a unit, weak ones marked, and all of it together.</summary>
    public static (IReadOnlyList<QualityLine> Lines, QualityCounts All) Table(
        UnitTree tree, Unit unit, IReadOnlyDictionary<string, QualityCounts> counts)
    {
        QualityCounts Of(IEnumerable<Unit> units) => units.Aggregate(
            QualityCounts.None, (sum, each) => counts.TryGetValue(each.Code, out var own) ? sum + own : sum);
        var below = tree.ChildrenOf(unit).Select(each => (Unit: each, Counts: Of(tree.Subtree(each)))).ToList();
        var weak = Weak([.. below.Select(one => one.Counts)]);
        return (
        [
            .. below.Select((one, at) => new QualityLine(one.Unit, one.Counts, weak[at], false)),
            .. below.Count > 0 && counts.TryGetValue(unit.Code, out var own)
                ? [new(unit, own, false, true)] : Array.Empty<QualityLine>(),
        ], Of(tree.Subtree(unit)));
    }

    /// <summary>
    /// Which are weak: their share of sound records is more than <see cref="WeakBelow"/> percentage points below the median of those that
    /// have records; of an even number of units the median is the mean of the two in the middle.
    /// </summary>
    public static IReadOnlyList<bool> Weak(IReadOnlyList<QualityCounts> units)
    {
        static Int128 Sound(QualityCounts one) => one.People - one.Flawed;
        var sorted = units.Where(one => one.People > 0).ToList();
        sorted.Sort((one, other) => (Sound(one) * other.People).CompareTo(Sound(other) * one.People));
        if (sorted.Count == 0)
            return [.. units.Select(_ => false)];
        var (low, high) = (sorted[(sorted.Count - 1) / 2], sorted[sorted.Count / 2]);
        // Shares as fractions over one denominator: exactly five points below is not weak.
        Int128 whole = (Int128)2 * low.People * high.People;
        Int128 bound = 100 * (Sound(low) * high.People + Sound(high) * low.People) - WeakBelow * whole;
        return [.. units.Select(one => one.People > 0 && 100 * Sound(one) * whole < bound * one.People)];
    }

    /// <summary>Money that tax has from channels and that fits nobody: how many notices, and how much together.</summary>
    public static async Task<(long Notices, Money Amount)> WaitingAsync(Session session, int area, InsuranceYear year)
    {
        int number = year.Year;
        var waiting = session.Table<ChannelNoticeRow>().Where(row => row.Area == area && row.InsuranceYear == number
            && row.State == ChannelNotices.Suspense);
        return (await waiting.CountAsync(), Money.FromFen(await waiting.SumAsync(row => row.Amount)));
    }

    /// <summary>The table as CSV in UTF-8.</summary>
    public static byte[] Csv(IEnumerable<QualityLine> lines, QualityCounts all)
    {
        string[] header =
        [
            "单位", "登记人数", "医保参保", "应由个人缴费", "税务缴费", .. QualityIssues.All.Select(issue => issue.Chinese()), "有问题", "合格率%", "薄弱",
        ];
        return
        [
            .. Encoding.UTF8.Preamble, .. CsvText.ForeignLine(header),
            .. lines.SelectMany(line => Line(line.IsOwn ? $"{line.Unit.Name}本级" : line.Unit.Name, line.Counts, line.IsWeak)),
            .. Line("合计", all, false),
        ];

        static byte[] Line(string name, QualityCounts counts, bool isWeak) => CsvText.ForeignLine(
        [
            name, .. new[] { counts.People, counts.Enrolled, counts.Payable, counts.Paid }.Concat(counts.Issues).Append(counts.Flawed)
                .Select(count => count.ToString(CultureInfo.InvariantCulture)),
            string.Create(CultureInfo.InvariantCulture, $"{counts.SoundPerMille / 10}.{counts.SoundPerMille % 10}"), isWeak ? "是" : "",
        ]);
    }

    static string Of(UnitRange within) => within.IsWholeArea ? Everybody : Everybody + Here;

    static DataParameter[] Given(int area, UnitRange within, (InsuranceYear Year, DateOnly Today) when) =>
    [
        new("area", area, DataType.Int32), new("year", when.Year.Year, DataType.Int32), new("today", when.Today, DataType.Date),
        new("start", when.Year.FirstDay, DataType.Date), new("first", within.First, DataType.Text), new("end", within.End, DataType.Text),
    ];
}
