using Canbao.Core.Outreach;
using Canbao.Core.Reporting;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Work.Outreach;

/// <summary>The cases of a unit.</summary>
/// <param name="Unregistered">Open: not registered.</param>
/// <param name="Unpaid">Open: registered and not paid.</param>
/// <param name="Settled">Closed by itself.</param>
/// <param name="Excluded">Closed with an outcome that takes the person out of the target.</param>
/// <param name="Given">Closed with another outcome: refuses, cannot be found.</param>
public readonly record struct OutreachCounts(long Unregistered, long Unpaid, long Settled, long Excluded, long Given)
{
    /// <summary>Being worked.</summary>
    public long Open => Unregistered + Unpaid;

    /// <summary>All of them.</summary>
    public long All => Open + Settled + Excluded + Given;

    /// <summary>Both together.</summary>
    public static OutreachCounts operator +(OutreachCounts one, OutreachCounts other) => new(
        one.Unregistered + other.Unregistered, one.Unpaid + other.Unpaid, one.Settled + other.Settled, one.Excluded + other.Excluded,
        one.Given + other.Given);
}

/// <summary>Counts cases by unit.</summary>
public static class OutreachFigures
{
    const string Counts = """
        select c.unit, c.state, c.ground, c.outcome, count(*) from outreach_case c
        join unit u on u.area = @area and u.area = c.area and u.code = c.unit
        where c.area = @area and c.insurance_year = @year and u.path >= @first and u.path < @end
        group by c.unit, c.state, c.ground, c.outcome
        """;

    // Whom the register leaves out by itself is not counted there any more, and must not be taken off twice.
    static readonly string Excluded = $"""
        select t.unit, count(*) from outreach_case c
        join tally_person t on t.area = @area and t.insurance_year = @year and t.person_id = c.person_id
        join unit u on u.area = @area and u.code = t.unit
        where c.area = @area and c.insurance_year = @year and c.state = 1
            and c.outcome in ('{string.Join("', '", OutreachOutcome.Excluding)}')
            and {TallyProfile.PartSql} in {CaseComparison.Uninsured} and u.path >= @first and u.path < @end
        group by t.unit
        """;

    /// <summary>The cases of each unit of a range that has any, by code.</summary>
    public static async Task<IReadOnlyDictionary<string, OutreachCounts>> ReadAsync(
        Session session, int area, UnitRange within, InsuranceYear year)
    {
        var counts = new Dictionary<string, OutreachCounts>(StringComparer.Ordinal);
        await using var reader = await session.Data.ExecuteReaderAsync(Counts, Given(area, within, year));
        while (await reader.Reader!.ReadAsync())
        {
            var row = reader.Reader;
            var unit = row.GetString(0);
            var isOpen = row.GetInt32(1) == (int)OutreachState.Open;
            counts[unit] = counts.GetValueOrDefault(unit)
                + Of(isOpen ? (OutreachGround)row.GetInt32(2) : null, OutreachOutcome.Find(row.GetString(3)), row.GetInt64(4));
        }

        return counts;
    }

    /// <summary>
    /// Of those who are counted as to be insured and as not insured, how many a case takes out of the target, by unit.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, long>> ExcludedAsync(
        Session session, int area, UnitRange within, InsuranceYear year)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var reader = await session.Data.ExecuteReaderAsync(Excluded, Given(area, within, year));
        while (await reader.Reader!.ReadAsync())
            counts.Add(reader.Reader.GetString(0), reader.Reader.GetInt64(1));
        return counts;
    }

    static OutreachCounts Of(OutreachGround? open, OutreachOutcome? outcome, long cases) => new(
        open == OutreachGround.Unregistered ? cases : 0,
        open == OutreachGround.Unpaid ? cases : 0,
        outcome is { IsByItself: true } ? cases : 0,
        outcome is { Excludes: true } ? cases : 0,
        outcome is { IsByItself: false, Excludes: false } ? cases : 0);

    static DataParameter[] Given(int area, UnitRange within, InsuranceYear year) =>
    [
        new("area", area, DataType.Int32), new("year", year.Year, DataType.Int32), new("first", within.First, DataType.Text),
        new("end", within.End, DataType.Text),
    ];
}
