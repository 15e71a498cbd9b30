using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Vocabulary;

namespace Canbao.Policy.Prove;

/// <summary>
/// Proves a pack over its whole domain by running the compiled plan itself: exactly one answer for everybody on every day, parts
/// that add up, no negative amount, no category that makes a person pay more, every rule reached. It proceeds in two stages, since
/// scope and registration come first and ask about other things than the rest: each is decided for every combination of the
/// answers that it asks for.
/// </summary>
public sealed class Prover
{
    readonly Plan plan;
    readonly Domain domain;
    readonly Failures failures;
    readonly HashSet<(StageName, int)> reached = [];
    readonly Dictionary<(Outcome, Outcome, string), OutcomeChange> changes = [];
    long situations;

    Prover(Plan plan)
    {
        this.plan = plan;
        domain = new Domain(plan);
        failures = new Failures(plan);
    }

    /// <summary>Proves a plan. Takes about a second.</summary>
    public static ProofReport Prove(Plan plan) => new Prover(plan).Run();

    ProofReport Run()
    {
        var stages = plan.Stages;
        var early = MaskOf(stages.Scope) | MaskOf(stages.Registration);
        var late = MaskOf(stages.Periods) | MaskOf(stages.PersonalStandard) | MaskOf(stages.Payment) | MaskOf(stages.Assistance)
            | MaskOf(stages.Cover) | MaskOf(stages.Refunds);
        var categories = domain.Categories.ToArray();
        var admitted = ProveAdmission(early, late, (early & CategoryMask) == 0 ? categories[..1] : categories);
        foreach (var (standing, dates) in admitted.Values)
            ProveAmounts(standing, dates, categories);
        CheckDays();
        CheckReached();
        return new ProofReport
        {
            Failures = failures.ToImmutable(),
            OutcomeChanges = [.. changes.Values],
            FirstDay = domain.FirstDay,
            LastDay = domain.LastDay,
            Situations = situations,
            Rules = RuleCount(),
        };
    }

    ulong CategoryMask => domain.Mask(question => question is Question.HoldsCategory);

    /// <summary>Scope and registration for every combination of what they ask; gives those let through, by what the rest asks.</summary>
    Dictionary<ulong, (PersonFacts Standing, DateWitnesses Dates)> ProveAdmission(
        ulong early, ulong late, KeyValuePair<ulong, ulong>[] categories)
    {
        // Where admission asks for a category, two people alike in all the rest may differ in who of them gets in with which.
        var kept = ((early & CategoryMask) == 0 ? late : late | early) & ~CategoryMask;
        var admitted = new Dictionary<ulong, (PersonFacts, DateWitnesses)>();
        var decided = new Dictionary<ulong, bool>();
        foreach (var (standingBits, standing) in domain.Standings)
            foreach (var (dateBits, dates) in domain.Dates)
                foreach (var (categoryBits, set) in categories)
                {
                    var bits = standingBits | dateBits | categoryBits;
                    if (!decided.TryGetValue(bits & early, out var passes))
                    {
                        var verdict = Decide(Domain.Person(standing, dates.First, set));
                        passes = verdict?.Outcome is not (Outcome.DuplicateCover or Outcome.OutOfScope or Outcome.NotRegistered);
                        decided.Add(bits & early, passes);
                    }

                    if (passes)
                        admitted.TryAdd((standingBits | dateBits) & kept, (standing, dates));
                }

        return admitted;
    }

    /// <summary>Everything after admission, for one way of answering all but the categories, over all sets of categories.</summary>
    void ProveAmounts(in PersonFacts standing, DateWitnesses dates, KeyValuePair<ulong, ulong>[] categories)
    {
        var verdicts = new Dictionary<ulong, Verdict?>(categories.Length);
        foreach (var (bits, set) in categories)
        {
            var person = Domain.Person(standing, dates.First, set);
            var verdict = Decide(person);
            verdicts.Add(bits, verdict);
            if (verdict is not { Outcome: Outcome.Due, Needs: null })
                continue;
            CheckAmounts(verdict, person);
            foreach (var witness in new[] { dates.First, dates.Last, dates.Youngest })
                CheckCover(verdict, Domain.Person(standing, witness, set));
            if (verdict.RefundableUntil < dates.Last.PaidOn)
                failures.RefundBeforePayment(verdict, Domain.Person(standing, dates.Last, set));
        }

        foreach (var (bits, set) in categories)
            foreach (var (category, more) in domain.SingleCategories)
                if ((bits | more) != bits && verdicts[bits] is { } without && verdicts[bits | more] is { } with)
                    CompareWithCategory(without, with, Domain.Person(standing, dates.First, set), category);
    }

    Verdict? Decide(in PersonFacts person)
    {
        situations++;
        var signature = plan.Signature(person);
        var observer = new ReachObserver(reached);
        try
        {
            var verdict = plan.Decide(signature, ref observer);
            CheckOverlaps(verdict, signature, person);
            return verdict;
        }
        catch (PolicyGapException gap)
        {
            failures.Gap(gap.Stage, person);
            return null;
        }
    }

    void CheckOverlaps(Verdict verdict, ulong signature, in PersonFacts person)
    {
        var stages = plan.Stages;
        var period = verdict.RuleOf(StageName.Periods) is >= 0 and var chosen ? 1UL << chosen : ulong.MaxValue;
        CheckOverlap(stages.Scope, verdict, signature, ulong.MaxValue, person);
        // Two periods on one day differ even where they answer alike, since later rules are told apart by period.
        CheckOverlap(stages.Periods, verdict, signature, ulong.MaxValue, person, catchAllYields: false);
        CheckOverlap(stages.PersonalStandard, verdict, signature, period, person);
        CheckOverlap(stages.Payment, verdict, signature, period, person);
        CheckOverlap(stages.Cover, verdict, signature, period, person);
        CheckOverlap(stages.Refunds, verdict, signature, period, person);
    }

    void CheckOverlap<TResult>(
        Stage<TResult> stage, Verdict verdict, ulong signature, ulong period, in PersonFacts person, bool catchAllYields = true)
    {
        var chosen = verdict.RuleOf(stage.Name);
        if (chosen < 0 || stage.Rules[chosen].Head.OverRest)
            return;
        var head = stage.Rules[chosen].Head;
        for (var other = chosen + 1; other < stage.Rules.Length; other++)
        {
            var rival = stage.Rules[other];
            if (stage.Fits(other, signature, period)
                && !(catchAllYields && rival.Head.IsCatchAll && !head.IsCatchAll)
                && !head.Over.Contains(rival.Head.Id)
                && !EqualityComparer<TResult>.Default.Equals(stage.Rules[chosen].Result, rival.Result))
                failures.Overlap(stage.Name, head, rival.Head, person);
        }
    }

    void CheckAmounts(Verdict verdict, in PersonFacts person)
    {
        var payment = plan.Stages.Payment.Rules[verdict.RuleOf(StageName.Payment)].Result;
        var subsidyPaid = payment.ResidentPaysSubsidy ? plan.Pack.Subsidy : Money.Zero;
        var parts = verdict.Funding.Aggregate(verdict.PersonalDue - subsidyPaid, (sum, part) => sum + part.Amount);
        if (parts != verdict.PersonalStandard)
            failures.PartsDoNotAddUp(verdict, parts, person);
        if (verdict.PersonalDue < Money.Zero || verdict.Funding.Any(part => part.Amount < Money.Zero))
            failures.NegativeAmount(verdict, person);
    }

    void CheckCover(Verdict verdict, in PersonFacts person)
    {
        // Nobody enters school before birth; the contract lets such a row pass, but it is no person to prove anything by.
        if (person.SchoolEntryDate != PersonFacts.NoDate && person.SchoolEntryDate < person.BirthDate)
            return;
        var answer = plan.Complete(verdict, person);
        var outlastsYear = verdict.Cover!.WaitingDays is not null && plan.StartOfCover(verdict.Cover, person) != PersonFacts.NoDate;
        if (answer.CoverFrom == PersonFacts.NoDate && !outlastsYear)
            failures.NoCover(verdict, person);
        else if (answer.CoverFrom != PersonFacts.NoDate && answer.CoverFrom < person.BirthDate)
            failures.CoverBeforeBirth(verdict, person);
    }

    void CompareWithCategory(Verdict without, Verdict with, in PersonFacts person, int category)
    {
        if (without.Outcome == Outcome.Due && with.Outcome == Outcome.Due)
        {
            if (without.Needs is null && with.Needs is null && with.PersonalDue > without.PersonalDue)
                failures.CategoryCostsMore(without, with, person, category);
        }
        else if (without.Outcome != with.Outcome)
        {
            var rule = RuleText.Deciding(plan, with) ?? RuleText.Deciding(plan, without);
            changes.TryAdd((without.Outcome, with.Outcome, rule ?? ""),
                new OutcomeChange(without.Outcome, with.Outcome, rule ?? "", person, category));
        }
    }

    /// <summary>No period may take payment after the insurance year's last day (decision 25).</summary>
    void CheckDays()
    {
        foreach (var period in plan.Pack.Periods)
            if (period.Result.Answer == Outcome.Due && period.Result.Days.To > plan.Pack.Year.LastDay)
                failures.OpenAfterYear(period.Head, period.Result.Days);
    }

    void CheckReached()
    {
        Check(plan.Stages.Scope);
        Check(plan.Stages.Registration);
        Check(plan.Stages.Periods);
        Check(plan.Stages.PersonalStandard);
        Check(plan.Stages.Payment);
        Check(plan.Stages.Assistance);
        Check(plan.Stages.Cover);
        Check(plan.Stages.Refunds);

        void Check<TResult>(Stage<TResult> stage)
        {
            for (var rule = 0; rule < stage.Rules.Length; rule++)
                if (!reached.Contains((stage.Name, rule)))
                    failures.Unreachable(stage.Name, stage.Rules[rule].Head);
        }
    }

    readonly struct ReachObserver(HashSet<(StageName, int)> reached) : IPlanObserver
    {
        public void Tried(StageName stage, int rule, ulong missing)
        {
        }

        public void Chosen(StageName stage, int rule) => reached.Add((stage, rule));
    }

    ulong MaskOf<TResult>(Stage<TResult> stage) => stage.Rules.SelectMany(PlanCompiler.QuestionsOf)
        .Aggregate(0UL, (bits, question) => bits | 1UL << plan.Questions.IndexOf(question));

    int RuleCount()
    {
        var pack = plan.Pack;
        return pack.Scope.Length + pack.Registration.Length + pack.Periods.Length + pack.PersonalStandard.Length + pack.Payment.Length
            + pack.Assistance.Length + pack.Cover.Length + pack.Refunds.Length;
    }
}
