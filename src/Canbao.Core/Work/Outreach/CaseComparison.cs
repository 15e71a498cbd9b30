using System.Globalization;
using Canbao.Core.Events;
using Canbao.Core.Outreach;
using Canbao.Core.Units;
using Canbao.Core.Work.Counting;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Canbao.Core.Work.Outreach;

/// <summary>What a comparison of cases with the register changed.</summary>
/// <param name="Opened">New cases.</param>
/// <param name="Closed">Cases whose people are settled, or not to be insured here any more.</param>
/// <param name="Reopened">Cases that had closed by themselves, and whose people are uninsured again.</param>
/// <param name="Moved">Cases that stand as they stood, with another unit or ground.</param>
public readonly record struct OutreachRun(long Opened, long Closed, long Reopened, long Moved)
{
    /// <summary>Whether anything changed.</summary>
    public bool IsEmpty => this == default;

    /// <summary>Both together.</summary>
    public static OutreachRun operator +(OutreachRun one, OutreachRun other) => new(
        one.Opened + other.Opened, one.Closed + other.Closed, one.Reopened + other.Reopened, one.Moved + other.Moved);
}

/// <summary>Holds cases against who should be insured and who is (<see cref="CountedPeople.Expected"/>), by set statements.</summary>
static class CaseComparison
{
    /// <summary>The parts of <see cref="CountedPeople.Expected"/> that are uninsured, and those that are settled.</summary>
    public const string Uninsured = "(1, 5, 6)", Settled = "(3, 4)";

    const int MostInList = 1000;

    // What came by itself goes by itself; whoever pays all the same is paid, whatever was noted before.
    const string Turns = $"""
        (c.state = 0 and n.part in {Settled}
            or c.state = 1 and c.outcome in ('{OutreachOutcome.Paid}', '{OutreachOutcome.NotDue}') and n.part in {Uninsured}
            or c.state = 1 and c.outcome <> '{OutreachOutcome.Paid}' and n.part in {Settled})
        """;

    const string Ground = "case when n.part = 1 then 1 when n.part in (5, 6) then 2 else c.ground end";

    const string InRange = """
        c.area = @area and c.insurance_year = @year and exists (
            select 1 from unit u where u.area = @area and u.code = c.unit and u.path >= @first and u.path < @end)
        """;

    /// <summary>Brings cases of people whom the register counts to what it says of them.</summary>
    /// <remarks>
    /// Joined from within, not from the left: SQLite would go through everybody once for each case. So whom the register does not count
    /// any more is <see cref="Leave"/>'s matter.
    /// </remarks>
    static string Turn(string ofCases, string ofPeople) => $"""
        update outreach_case as c set
            state = case when {Turns} then case when n.part in {Uninsured} then 0 else 1 end else c.state end,
            outcome = case when {Turns} then case when n.part in {Uninsured} then '' else '{OutreachOutcome.Paid}' end else c.outcome end,
            closed_on = case when {Turns} then case when n.part in {Uninsured} then null else @today end else c.closed_on end,
            next_visit = case when {Turns} then null else c.next_visit end,
            act_id = case when {Turns} then @act else c.act_id end,
            owner = case when c.unit = n.unit then c.owner else '' end,
            unit = n.unit, ground = {Ground}
        from ({CountedPeople.Expected}{ofPeople}) n
        where n.person_id = c.person_id and {InRange}{ofCases} and ({Turns} or c.unit <> n.unit or c.ground <> {Ground})
        """;

    /// <summary>Closes the cases of people who are not to be insured here any more.</summary>
    static string Leave(string ofCases) => $"""
        update outreach_case as c set state = 1, outcome = '{OutreachOutcome.NotDue}', closed_on = @today, next_visit = null, act_id = @act
        where {InRange}{ofCases} and (c.state = 0 or c.outcome = '{OutreachOutcome.Paid}') and not exists (
            select 1 from ({CountedPeople.Expected}) q where q.person_id = c.person_id)
        """;

    const string Insert = $"""
        insert into outreach_case (area, insurance_year, person_id, unit, ground, state, outcome, proof_kind, proof, remark, owner,
            opened_on, act_id)
        select @area, @year, q.person_id, q.unit, case when q.part = 1 then 1 else 2 end, 0, '', '', '', '', '', @today, @act
        from ({CountedPeople.Expected}) q
        join unit u on u.area = @area and u.code = q.unit
        where q.part in {Uninsured} and u.path >= @first and u.path < @end and not exists (
            select 1 from outreach_case c where c.area = @area and c.insurance_year = @year and c.person_id = q.person_id)
        """;

    /// <summary>Compares everybody of a range, and opens the cases that lack.</summary>
    public static async Task<OutreachRun> AllAsync(Act act, InsuranceYear year, UnitRange within)
    {
        await act.Session.RefreshStatisticsAsync("person", "person_status", "enrolment", "payment", "due", "outreach_case");
        var run = await UpdateAsync(act, year, within, "", "");
        return run with { Opened = await act.Session.ExecuteBulkAsync(Insert, Given(act, year, within)) };
    }

    /// <summary>Compares the cases of everybody, and opens none.</summary>
    public static async Task<OutreachRun> CasesAsync(Act act, InsuranceYear year)
    {
        await act.Session.RefreshStatisticsAsync("person", "person_status", "enrolment", "payment", "due", "outreach_case");
        return await UpdateAsync(act, year, Everywhere, "", "");
    }

    /// <summary>Compares the cases of some people, and opens none.</summary>
    public static async Task<OutreachRun> SomeAsync(Act act, InsuranceYear year, IEnumerable<long> people)
    {
        var run = default(OutreachRun);
        foreach (var part in people.Chunk(MostInList))
        {
            // Numbers of the program's own, so they may stand in the statement.
            var list = string.Join(',', part.Select(id => id.ToString(CultureInfo.InvariantCulture)));
            run += await UpdateAsync(act, year, Everywhere, $" and c.person_id in ({list})", $" and p.person_id in ({list})");
        }

        return run;
    }

    /// <summary>Notes what was changed.</summary>
    public static void Record(Act act, InsuranceYear year, OutreachRun run)
    {
        if (!run.IsEmpty)
            act.Record("outreach", year, "compared", null, new { run.Opened, run.Closed, run.Reopened, run.Moved });
    }

    static UnitRange Everywhere => new("/");

    static async Task<OutreachRun> UpdateAsync(Act act, InsuranceYear year, UnitRange within, string ofCases, string ofPeople)
    {
        int before = await TurnedAsync(OutreachState.Closed), reopened = await TurnedAsync(OutreachState.Open);
        long all = await act.Session.ExecuteBulkAsync(Turn(ofCases, ofPeople), Given(act, year, within))
            + await act.Session.ExecuteBulkAsync(Leave(ofCases), Given(act, year, within));
        if (all == 0)
            return default;
        int closed = await TurnedAsync(OutreachState.Closed) - before;
        // A case that the act itself opened may close at once.
        reopened = Math.Max(0, await TurnedAsync(OutreachState.Open) - reopened);
        return new(0, closed, reopened, all - closed - reopened);

        Task<int> TurnedAsync(OutreachState state)
        {
            int number = year.Year;
            return act.Session.Table<OutreachCaseRow>().CountAsync(row => row.Area == act.Area && row.InsuranceYear == number
                && row.ActId == act.Id && row.State == state);
        }
    }

    static DataParameter[] Given(Act act, InsuranceYear year, UnitRange within) =>
    [
        new("area", act.Area, DataType.Int32), new("year", year.Year, DataType.Int32), new("first", within.First, DataType.Text),
        new("end", within.End, DataType.Text), new("today", act.Today, DataType.Date), new("act", act.Id, DataType.Int64),
    ];
}
