using System.Collections.Immutable;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;

namespace Canbao.Policy.Explain;

/// <summary>One rule that was tried on the way to an answer.</summary>
/// <param name="Stage">Its list.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Chosen">Whether it decided.</param>
/// <param name="Missing">The conditions that did not hold; empty where the rule fits.</param>
public sealed record TraceStep(StageName Stage, RuleHead Rule, bool Chosen, ImmutableArray<Question> Missing);

/// <summary>What would be answered if one thing were different.</summary>
/// <param name="Says">The difference, in Chinese.</param>
/// <param name="Answer">The answer then.</param>
public sealed record Alternative(string Says, Answer Answer)
{
    /// <summary>The payment day from which on it is so; null where the difference is another one.</summary>
    public DateOnly? From { get; init; }
}

/// <summary>An answer with all its reasons.</summary>
/// <param name="Facts">The person and the payment.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Sentence">It in one Chinese sentence.</param>
/// <param name="Trace">The rules that were tried, in order.</param>
/// <param name="ByDay">How the answer changes on later payment days, until the year is over.</param>
/// <param name="ByList">How it changes if the person were on a list of assisted people.</param>
public sealed record Explanation(
    PersonFacts Facts,
    Answer Answer,
    string Sentence,
    ImmutableArray<TraceStep> Trace,
    ImmutableArray<Alternative> ByDay,
    ImmutableArray<Alternative> ByList);

/// <summary>Explains an answer by running the plan again with an observer, and by asking it about the alternatives.</summary>
public static class Explainer
{
    /// <summary>Explains what a plan answers for one person and day.</summary>
    public static Explanation Explain(Plan plan, in PersonFacts facts)
    {
        var recorder = new Recorder([]);
        var answer = plan.Assess(facts, ref recorder);
        var chosen = answer.Verdict.Rules;
        return new Explanation(
            facts,
            answer,
            Sentence.Of(plan, facts, answer),
            [.. recorder.Tries.Select(tried => new TraceStep(tried.Stage, plan.Rule(tried.Stage, tried.Rule),
                chosen[(int)tried.Stage] == tried.Rule, [.. plan.Questions.Where((_, i) => (tried.Missing >> i & 1) != 0)]))],
            [.. LaterDays(plan, facts, answer)],
            [.. OtherLists(plan, facts, answer)]);
    }

    /// <summary>The next payment day on which something else is answered, or null.</summary>
    internal static (DateOnly Day, Answer Answer)? NextChange(Plan plan, PersonFacts facts, Answer answer)
    {
        foreach (var day in plan.DaysOfChange(facts))
        {
            var then = plan.Assess(facts with { PaidOn = day });
            if (!IsSame(then, answer))
                return (day, then);
        }

        return null;
    }

    static IEnumerable<Alternative> LaterDays(Plan plan, PersonFacts facts, Answer answer)
    {
        while (NextChange(plan, facts, answer) is var (day, then))
        {
            yield return new Alternative($"{ChineseDates.Day(day)}起缴费", then) { From = day };
            facts = facts with { PaidOn = day };
            answer = then;
        }
    }

    static IEnumerable<Alternative> OtherLists(Plan plan, PersonFacts facts, Answer answer)
    {
        var catalogue = plan.Pack.Catalogue;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var category = 0; category < catalogue.Categories.Length; category++)
        {
            if ((facts.Categories >> category & 1) != 0)
                continue;
            var then = plan.Assess(facts with { Categories = facts.Categories | 1UL << category });
            var ground = then.Verdict.RuleOf(StageName.Assistance);
            var says = ground >= 0 ? plan.Rule(StageName.Assistance, ground).Says : catalogue.Categories[category].Chinese;
            if (!IsSame(then, answer) && seen.Add(says))
                yield return new Alternative($"如列入“{says}”名单", then);
        }
    }

    /// <summary>Alike for the person: outcome, amount, and the way in which cover begins.</summary>
    static bool IsSame(in Answer one, in Answer other) =>
        one.Verdict.Outcome == other.Verdict.Outcome
        && one.Verdict.Needs == other.Verdict.Needs
        && one.Verdict.PersonalDue == other.Verdict.PersonalDue
        && Equals(one.Verdict.Cover, other.Verdict.Cover)
        && (one.CoverFrom == PersonFacts.NoDate) == (other.CoverFrom == PersonFacts.NoDate);

    readonly struct Recorder(List<(StageName Stage, int Rule, ulong Missing)> tries) : IPlanObserver
    {
        public List<(StageName Stage, int Rule, ulong Missing)> Tries => tries;

        public void Tried(StageName stage, int rule, ulong missing) => tries.Add((stage, rule, missing));

        public void Chosen(StageName stage, int rule)
        {
        }
    }
}
