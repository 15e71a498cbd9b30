using Canbao.Core.Events;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Assessment.Dues;

public sealed partial class Dues
{
    /// <summary>So many people stand in one statement.</summary>
    const int MostNamed = 5000;

    /// <summary>So many rows are written one by one, which spares the preparations of a bulk write.</summary>
    const int Few = 8;

    /// <summary>What some people owe for a year if paid on a day, in a few statements however many they are.</summary>
    /// <returns>By person; whoever is not here on that day, or was erased, has no entry.</returns>
    public async Task<IReadOnlyDictionary<long, DueQuote>> QuotesAsync(
        Session session, int area, InsuranceYear year, IReadOnlyCollection<long> people, DateOnly day)
    {
        if (people.Count == 0)
            return new Dictionary<long, DueQuote>();
        var (assessor, found) = await LoadAsync(session, area, year, people, day);
        return found.ToDictionary(person => person.PersonId, person => Quote(assessor, person, year));
    }

    /// <summary>What some people owe, without the reasons, which cost more than the amount; else as <see cref="QuotesAsync"/>.</summary>
    public async Task<IReadOnlyDictionary<long, DueOffer>> OffersAsync(
        Session session, int area, InsuranceYear year, IReadOnlyCollection<long> people, DateOnly day)
    {
        if (people.Count == 0)
            return new Dictionary<long, DueOffer>();
        var (assessor, found) = await LoadAsync(session, area, year, people, day);
        return found.ToDictionary(person => person.PersonId, person =>
        {
            var answer = assessor.Assess(person, year);
            return new DueOffer(answer.Verdict, answer.CoverFrom, answer.CoverUntil);
        });
    }

    /// <summary>
    /// Assesses some people for today and stores what changed, so that what is counted follows a registration or change at once.
    /// </summary>
    /// <param name="act">The deed.</param>
    /// <param name="year">The insurance year; nothing is stored for people for whom no pack is bound.</param>
    /// <param name="people">Whom.</param>
    /// <param name="settled">
    /// The payment days of those who paid, or are covered as if they had: the price is that of their day, by the facts of today, since it
    /// is not the passing of time that makes another amount of what is paid.
    /// </param>
    public async Task KeepAsync(
        Act act, InsuranceYear year, IReadOnlyCollection<long> people, IReadOnlyDictionary<long, DateOnly>? settled = null)
    {
        foreach (var part in people.Chunk(MostNamed))
            await KeepPartAsync(act, year, part, settled);
    }

    async Task KeepPartAsync(Act act, InsuranceYear year, long[] people, IReadOnlyDictionary<long, DateOnly>? settled)
    {
        var (assessor, found) = await LoadAsync(act.Session, act.Area, year, people, act.Today, settled, withKept: true);
        var steps = found.Select(person => assessor.Step(person, year, act.Id))
            .Where(step => !step.IsSame && (step.Person.Kept is not null || step.Verdict.Outcome != OtherOutcomes.NoPolicy)).ToList();
        if (steps.Count == 0)
            return;
        var named = steps.Select(step => step.Verdict.VerdictId)
            .Concat(steps.Where(step => step.Person.Kept is not null).Select(step => step.Person.Kept!.VerdictId)).ToHashSet();
        var known = await act.Session.Table<DueVerdictRow>().Where(row => row.Area == act.Area && named.Contains(row.VerdictId))
            .ToDictionaryAsync(row => row.VerdictId);
        foreach (var (person, verdict, _, _, _) in steps)
            if (person.Kept is { } kept && kept.VerdictId != verdict.VerdictId)
                act.Record("person", person.PersonId, "due", Fields(known[kept.VerdictId]), Fields(verdict));
        await act.Session.WriteAsync(
            [.. steps.Select(step => step.Verdict).Where(verdict => !known.ContainsKey(verdict.VerdictId))
                .DistinctBy(verdict => verdict.VerdictId)]);
        if (steps.Count > Few)
            await act.Session.BulkWriteAsync(steps.Select(step => step.Row!), OnConflict.Update);
        else
            foreach (var step in steps)
                await act.Session.Data.InsertOrReplaceAsync(step.Row!);
    }

    /// <summary>The plans of some people for a payment day, with all facts; whoever has no pack or is not here has no entry.</summary>
    public async Task<IReadOnlyDictionary<long, (Plan Plan, PersonFacts Facts)>> PlansAsync(
        Session session, int area, InsuranceYear year, IReadOnlyCollection<long> people, DateOnly day)
    {
        var (assessor, found) = await LoadAsync(session, area, year, people, day);
        var plans = new Dictionary<long, (Plan, PersonFacts)>();
        foreach (var person in found)
            if (assessor.PlanFor(person) is { } plan)
                plans.Add(person.PersonId, plan);
        return plans;
    }

    async Task<(AreaAssessor Assessor, List<DuePerson> People)> LoadAsync(
        Session session, int area, InsuranceYear year, IReadOnlyCollection<long> people, DateOnly day,
        IReadOnlyDictionary<long, DateOnly>? settled = null, bool withKept = false)
    {
        var reader = new DueReader(session, area, year, day);
        var (all, bindings, held) = await reader.WithPacksAsync(people, withKept);
        var found = all.FindAll(person => !person.IsErased);
        foreach (var person in found)
            if (settled is not null && settled.TryGetValue(person.PersonId, out var own))
                person.Facts = person.Facts with { PaidOn = own };
        var assessor = AreaAssessor.Of(area, (shelf, vault), bindings);
        assessor.LoadCategories(held, found.Select(person => (person.Unit, person.Facts.PaidOn)).Distinct());
        return (assessor, found);
    }

    static DueQuote Quote(AreaAssessor assessor, DuePerson person, InsuranceYear year)
    {
        var verdict = assessor.Assess(person, year).Verdict;
        return verdict.Pack.Length > 0
            ? new(verdict, assessor.PlanFor(person)) { Funded = assessor.Funded(person, year) }
            : new(verdict, null);
    }
}
