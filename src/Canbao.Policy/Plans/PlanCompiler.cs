using System.Collections.Immutable;
using Canbao.Policy.Packs;
using Canbao.Vocabulary;

namespace Canbao.Policy.Plans;

/// <summary>The stages of a plan.</summary>
sealed record PlanStages(
    Stage<Outcome?> Scope,
    Stage<Outcome> Registration,
    Stage<PeriodResult> Periods,
    Stage<StandardResult> PersonalStandard,
    Stage<PaymentResult> Payment,
    Stage<AssistanceResult> Assistance,
    Stage<CoverResult> Cover,
    Stage<DateOnly> Refunds);

/// <summary>Turns a pack into a plan.</summary>
public static class PlanCompiler
{
    /// <summary>A signature has 64 bits, and so a pack at most 64 different questions.</summary>
    public const int MostQuestions = 64;

    /// <summary>Compiles a pack that was read without errors.</summary>
    public static Plan Compile(Pack pack)
    {
        var questions = new List<Question>();
        var periods = WithEnds(pack);
        var stages = new PlanStages(
            Flatten(StageName.Scope, pack.Scope),
            Flatten(StageName.Registration, pack.Registration),
            Flatten(StageName.Periods, periods),
            Flatten(StageName.PersonalStandard, pack.PersonalStandard),
            Flatten(StageName.Payment, pack.Payment),
            Flatten(StageName.Assistance, pack.Assistance),
            Flatten(StageName.Cover, pack.Cover),
            Flatten(StageName.Refunds, pack.Refunds));
        return new Plan(pack, [.. questions], stages);

        Stage<TResult> Flatten<TResult>(StageName name, ImmutableArray<Rule<TResult>> rules)
        {
            var required = rules.Select(rule => QuestionsOf(rule).Aggregate(0UL, (bits, question) => bits | 1UL << IndexOf(question)));
            var inPeriods = rules.Select(rule => rule.Head.During.IsEmpty
                ? ulong.MaxValue
                : periods.Select((period, i) => rule.Head.During.Contains(period.Head.Id) ? 1UL << i : 0).Aggregate(0UL, (a, b) => a | b));
            return new Stage<TResult>(name, rules, [.. required], [.. inPeriods]);
        }

        int IndexOf(Question question)
        {
            var index = questions.IndexOf(question);
            if (index >= 0)
                return index;
            if (questions.Count == MostQuestions)
                throw new ArgumentException($"A pack asks at most {MostQuestions} different questions.", nameof(pack));
            questions.Add(question);
            return questions.Count - 1;
        }
    }

    /// <summary>The questions of a rule; a period's days are one of them.</summary>
    internal static IEnumerable<Question> QuestionsOf<TResult>(Rule<TResult> rule) =>
        rule.Result is PeriodResult period ? rule.Head.When.Prepend(new Question.PaidIn(period.Days)) : rule.Head.When;

    /// <summary>The days before the first period are not open; those after the last are closed (decision 25).</summary>
    static ImmutableArray<Rule<PeriodResult>> WithEnds(Pack pack)
    {
        var first = pack.Periods.MinBy(period => period.Result.Days.From)!;
        var last = pack.Periods.MaxBy(period => period.Result.Days.To)!;
        return
        [
            End("before", first, new DateRange(DateOnly.MinValue, first.Result.Days.From.AddDays(-1)), Outcome.NotOpen),
            .. pack.Periods,
            End("after", last, new DateRange(last.Result.Days.To.AddDays(1), DateOnly.MaxValue), Outcome.Closed),
        ];
    }

    static Rule<PeriodResult> End(string id, Rule<PeriodResult> beside, DateRange days, Outcome answer) =>
        new(beside.Head with { Id = id, Says = answer.Chinese(), When = [], Assumes = [] }, new PeriodResult(days, answer));
}
