using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Policy.Explain;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Assessment.Dues;

/// <summary>What somebody owes on a day, with all reasons.</summary>
/// <param name="Verdict">What is answered.</param>
/// <param name="Asked">The pack's plan and what it was asked; null where nobody was asked (<see cref="OtherOutcomes"/>).</param>
public sealed record DueQuote(DueVerdictRow Verdict, (Plan Plan, PersonFacts Facts)? Asked)
{
    Explanation? explanation;

    /// <summary>The pack's plan; null where nobody was asked.</summary>
    public Plan? Plan => Asked?.Plan;

    /// <summary>What the resident pays; null unless something can be paid.</summary>
    public Money? Personal => Verdict.Personal is { } fen ? Money.FromFen(fen) : null;

    /// <summary>Who bears what.</summary>
    public FundedDue Funded { get; init; } = FundedDue.None;

    /// <summary>The pack's answer with its dates of cover; null where nobody was asked.</summary>
    public Answer? Answer { get; } = Asked is var (plan, facts) ? plan.Assess(facts) : null;

    /// <summary>The reasons, which cost many times the answer: given when first asked for; null where nobody was asked.</summary>
    public Explanation? Explanation => explanation ??= Asked is var (plan, facts) ? Explainer.Explain(plan, facts) : null;
}

/// <summary>What somebody owes on a day.</summary>
/// <param name="Verdict">What is answered.</param>
/// <param name="CoverFrom">First day of cover if paid on that day, or null.</param>
/// <param name="CoverUntil">Last day of cover, inclusive, or null.</param>
public readonly record struct DueOffer(DueVerdictRow Verdict, DateOnly? CoverFrom, DateOnly? CoverUntil)
{
    /// <summary>What the resident pays; null unless something can be paid.</summary>
    public Money? Personal => Verdict.Personal is { } fen ? Money.FromFen(fen) : null;

    /// <summary>The days of cover, both inclusive, of somebody who died or did not; null where there are none.</summary>
    public (DateOnly From, DateOnly Until)? Cover(DateOnly? died)
    {
        if (CoverFrom is not { } from || CoverUntil is not { } until || from > died)
            return null;
        return (from, died < until ? died.Value : until);
    }
}

/// <summary>What people owe, assessed from the kept facts by the packs that are bound in their area.</summary>
/// <param name="shelf">The packs.</param>
/// <param name="vault">Seals the facts that are kept.</param>
public sealed partial class Dues(PackShelf shelf, Vault vault)
{
    const int ChunkPeople = 20_000;

    /// <summary>What a person owes for a year if paid on a day; null where the person is not here on that day.</summary>
    public async Task<DueQuote?> QuoteAsync(Session session, int area, InsuranceYear year, long person, DateOnly day) =>
        (await QuotesAsync(session, area, year, [person], day)).GetValueOrDefault(person);

    /// <summary>Assesses everybody of an area for a payment day, and stores what changed; the dry run is <see cref="TryAsync"/>.</summary>
    /// <param name="act">The deed; whoever was answered otherwise before is recorded in it one by one.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="day">The payment day that is assumed.</param>
    /// <param name="progress">Told how many of how many people are done.</param>
    public Task<DueRun> MakeAsync(Act act, InsuranceYear year, DateOnly day, IProgress<(long Done, long All)>? progress = null) =>
        RunAsync(act.Session, act.Area, act, year, day, progress);

    /// <summary>What <see cref="MakeAsync"/> would do, without doing it.</summary>
    public Task<DueRun> TryAsync(
        Session session, int area, InsuranceYear year, DateOnly day, IProgress<(long Done, long All)>? progress = null) =>
        RunAsync(session, area, null, year, day, progress);

    /// <summary>
    /// What was answered for a person last, with the facts used then (<see cref="KeptFacts"/>); null where the person was never assessed.
    /// </summary>
    /// <exception cref="SecretsException">The facts cannot be opened.</exception>
    public async Task<(DueRow Due, DueVerdictRow Verdict, byte[] Facts)?> KeptAsync(
        Session session, int area, InsuranceYear year, long person, byte[] salt)
    {
        int number = year.Year;
        var found = await (
            from due in session.Table<DueRow>()
            join verdict in session.Table<DueVerdictRow>()
                on new { due.Area, due.VerdictId } equals new { verdict.Area, verdict.VerdictId }
            where due.Area == area && verdict.Area == area && due.InsuranceYear == number && due.PersonId == person
            select new { due, verdict }).FirstOrDefaultAsync();
        return found is null ? null : (found.due, found.verdict, vault.Open(salt, AreaAssessor.Purpose, found.due.Facts));
    }

    /// <summary>The people of an outcome, such as <c>policy_pending</c> for the bureau to decide; in the order of units.</summary>
    public static Task<List<DueRow>> OfOutcomeAsync(Session session, int area, InsuranceYear year, string outcome, int limit)
    {
        int number = year.Year;
        return (
            from due in session.Table<DueRow>()
            join verdict in session.Table<DueVerdictRow>()
                on new { due.Area, due.VerdictId } equals new { verdict.Area, verdict.VerdictId }
            where due.Area == area && verdict.Area == area && due.InsuranceYear == number && verdict.Outcome == outcome
            orderby due.Unit, due.PersonId
            select due).Take(limit).ToListAsync();
    }

    async Task<DueRun> RunAsync(
        Session session, int area, Act? act, InsuranceYear year, DateOnly day, IProgress<(long Done, long All)>? progress)
    {
        var run = new DueRun();
        if (act is not null)
            await session.RefreshStatisticsAsync("person", "person_status", "enrolment", "due", "category_span");
        var assessor = await AreaAssessor.ForAsync(session, area, (shelf, vault), year);
        var reader = new DueReader(session, area, year, day);
        var known = (await session.Table<DueVerdictRow>().Where(row => row.Area == area).ToListAsync())
            .ToDictionary(row => row.VerdictId);
        long all = progress is null ? 0 : await session.Table<PersonRow>().LongCountAsync(row => row.Area == area);
        // While one part is written and the next is read, which is the connection's work, another is assessed and sealed.
        Task<List<DueStep>>? underway = null;
        long behind = 0;
        do
        {
            var next = await reader.NextAsync(behind, ChunkPeople);
            var done = underway is null ? [] : await underway;
            underway = null;
            if (next is var (people, last))
            {
                behind = last;
                await assessor.LoadCategoriesAsync(reader, people.Select(person => (person.Unit, day)).Distinct());
                underway = Task.Run(() => people.FindAll(person => !person.IsErased)
                    .ConvertAll(person => assessor.Step(person, year, act?.Id)));
            }

            await TakeAsync(run, act, known, done);
            progress?.Report((run.Seen, all));
        }
        while (underway is not null);

        if (run.Added > 0)
            act?.Record("dues", year, "assessed", null, new { People = run.Added, AsOf = day });
        return run;
    }

    /// <summary>Counts and, in an act, writes what a part of the people are answered.</summary>
    static async Task TakeAsync(DueRun run, Act? act, Dictionary<long, DueVerdictRow> known, List<DueStep> steps)
    {
        var verdicts = new List<DueVerdictRow>();
        foreach (var (person, verdict, isSame, factsDiffer, _) in steps)
        {
            run.Count(verdict);
            if (isSame)
                continue;
            if (known.TryAdd(verdict.VerdictId, verdict))
                verdicts.Add(verdict);
            Note(run, act, new(person.PersonId, person.Unit, person.Kept is { } kept ? known[kept.VerdictId] : null, verdict, factsDiffer));
        }

        if (act is null || steps.TrueForAll(step => step.IsSame))
            return;
        if (verdicts.Count > 0)
            await act.Session.BulkWriteAsync(verdicts, OnConflict.Keep);
        // Who is new has no row to meet.
        var rows = steps.Where(step => step.Row is not null).ToLookup(step => step.Person.Kept is null, step => step.Row!);
        if (rows.Contains(true))
            await act.Session.BulkWriteAsync(rows[true], OnConflict.Refuse);
        if (rows.Contains(false))
            await act.Session.BulkWriteAsync(rows[false], OnConflict.Update);
        await act.FlushAsync();
    }

    static void Note(DueRun run, Act? act, DueChange change)
    {
        run.Note(change, change.Old is null);
        if (change.Old is { } old)
            act?.Record("person", change.PersonId, "due", Fields(old), Fields(change.New));
    }

    static object Fields(DueVerdictRow verdict) => new
    {
        verdict.Pack,
        verdict.Outcome,
        Personal = verdict.Personal is { } fen ? Money.FromFen(fen).ToString() : null,
        verdict.Funding,
        verdict.Clauses,
    };
}
