using System.Collections.Immutable;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;

namespace Canbao.Policy.Plans;

/// <summary>
/// A pack compiled for evaluation. A person and day are first reduced to a <em>signature</em>: one bit for each question that the
/// pack asks. Rules are masks over it. Batch, single answer, explanation and proof all run this one plan. Thread-safe.
/// </summary>
public sealed partial class Plan
{
    readonly SignatureTables tables;

    internal Plan(Pack pack, ImmutableArray<Question> questions, PlanStages stages)
    {
        Pack = pack;
        Questions = questions;
        Stages = stages;
        tables = new SignatureTables(questions, pack);
    }

    /// <summary>The pack.</summary>
    public Pack Pack { get; }

    /// <summary>What the pack asks; question <c>i</c> is bit <c>i</c> of a signature.</summary>
    public ImmutableArray<Question> Questions { get; }

    internal PlanStages Stages { get; }

    /// <summary>Answers for one person and day. Row contradictions are the caller's to refuse first.</summary>
    public Answer Assess(in PersonFacts facts)
    {
        var observer = default(NoObserver);
        return Assess(facts, ref observer);
    }

    /// <summary>Answers and tells an observer which rules were tried.</summary>
    public Answer Assess<TObserver>(in PersonFacts facts, ref TObserver observer)
        where TObserver : struct, IPlanObserver =>
        Complete(Decide(Signature(facts), ref observer), facts);

    /// <summary>The answers to all questions for one person and day.</summary>
    public ulong Signature(in PersonFacts facts) => tables.Signature(facts);

    /// <summary>
    /// The refund rule for a payment on the day of the facts, whatever else is answered by now; null where the pack is silent.
    /// </summary>
    public (RuleHead Head, DateOnly Until)? RefundRule(in PersonFacts facts)
    {
        var observer = default(NoObserver);
        var signature = Signature(facts);
        var period = Stages.Periods.First(signature, AnyPeriod, ref observer);
        var rule = period < 0 ? -1 : Stages.Refunds.First(signature, 1UL << period, ref observer);
        return rule < 0 ? null : (Stages.Refunds.Rules[rule].Head, Stages.Refunds.Rules[rule].Result);
    }

    /// <summary>The day from which cover counts before any waiting, or <see cref="PersonFacts.NoDate"/>.</summary>
    internal DateOnly StartOfCover(CoverResult cover, in PersonFacts facts) => cover.From switch
    {
        CoverStart.YearStart => Pack.Year.FirstDay,
        CoverStart.PaymentDay => facts.PaidOn,
        CoverStart.Birth => facts.BirthDate,
        _ => facts.RegisteredOn != PersonFacts.NoDate ? facts.RegisteredOn : facts.SchoolEntryDate,
    };

    /// <summary>Adds the dates of cover to a verdict.</summary>
    public Answer Complete(Verdict verdict, in PersonFacts facts)
    {
        if (verdict.Cover is not { } cover)
            return new Answer(verdict, PersonFacts.NoDate, PersonFacts.NoDate);
        var from = StartOfCover(cover, facts);
        if (from == PersonFacts.NoDate)
            return new Answer(verdict, PersonFacts.NoDate, PersonFacts.NoDate);
        if (cover.WaitingDays is { } days)
            from = from.AddDays(days + 1);
        if (cover.NotBeforeYear && from < Pack.Year.FirstDay)
            from = Pack.Year.FirstDay;
        // Waiting that outlasts the year leaves an amount due without any cover (decision 25).
        return from > Pack.Year.LastDay
            ? new Answer(verdict, PersonFacts.NoDate, PersonFacts.NoDate)
            : new Answer(verdict, from, Pack.Year.LastDay);
    }
}
