using Canbao.Core.Events;
using Canbao.Policy.Explain;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Assessment.Dues;

public sealed partial class Dues
{
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
    public async Task KeepAsync(Act act, InsuranceYear year, IReadOnlyCollection<long> people)
    {
        if (people.Count == 0)
            return;
        var (assessor, found) = await LoadAsync(act.Session, act.Area, year, people, act.Today, withKept: true);
        foreach (var (person, verdict, isSame, _, row) in found.Select(person => assessor.Step(person, year, act.Id)))
        {
            if (isSame || person.Kept is null && verdict.Outcome == OtherOutcomes.NoPolicy)
                continue;
            if (person.Kept is { } kept && kept.VerdictId != verdict.VerdictId)
            {
                var old = await act.Session.Table<DueVerdictRow>()
                    .FirstAsync(each => each.Area == act.Area && each.VerdictId == kept.VerdictId);
                act.Record("person", person.PersonId, "due", Fields(old), Fields(verdict));
            }

            if (!await act.Session.Table<DueVerdictRow>().AnyAsync(each => each.Area == act.Area && each.VerdictId == verdict.VerdictId))
                await act.Session.Data.InsertAsync(verdict);
            await act.Session.Data.InsertOrReplaceAsync(row!);
        }
    }

    /// <summary>
    /// The plans for some people and a payment day, each with all facts; whoever has no pack bound or is not here is left out.
    /// </summary>
    public async Task<IReadOnlyDictionary<long, (Plan Plan, PersonFacts Facts)>> PlansAsync(
        Session session, int area, InsuranceYear year, IReadOnlyCollection<long> people, DateOnly day)
    {
        var (assessor, found) = await LoadAsync(session, area, year, people, day);
        var plans = new Dictionary<long, (Plan, PersonFacts)>();
        foreach (var person in found)
            if (assessor.PlanFor(person) is var (plan, facts))
                plans.Add(person.PersonId, (plan, facts));
        return plans;
    }

    async Task<(AreaAssessor Assessor, List<DuePerson> People)> LoadAsync(
        Session session, int area, InsuranceYear year, IReadOnlyCollection<long> people, DateOnly day, bool withKept = false)
    {
        var reader = new DueReader(session, area, year, day);
        var found = (await reader.SomeAsync(people, withKept)).FindAll(person => !person.IsErased);
        var units = found.Select(person => person.Unit).Append("").ToHashSet(StringComparer.Ordinal);
        var assessor = await AreaAssessor.ForAsync(session, area, (shelf, vault), year, day, units);
        await assessor.LoadCategoriesAsync(reader, units, people);
        return (assessor, found);
    }

    static DueQuote Quote(AreaAssessor assessor, DuePerson person, InsuranceYear year)
    {
        var verdict = assessor.Assess(person, year).Verdict;
        return assessor.PlanFor(person) is var (plan, facts) && verdict.Pack.Length > 0
            ? new(verdict, plan, Explainer.Explain(plan, facts))
            : new(verdict, null, null);
    }
}
