using System.Collections.Immutable;
using Canbao.Policy.Packs;
using Canbao.Vocabulary;

namespace Canbao.Policy.Plans;

/// <summary>The decision: from a signature, stage by stage, to a verdict.</summary>
public sealed partial class Plan
{
    const ulong AnyPeriod = ulong.MaxValue;

    /// <summary>
    /// Decides for everybody with a signature. Throws <see cref="PolicyGapException"/> where the pack has no answer, which a proved
    /// pack never does.
    /// </summary>
    public Verdict Decide<TObserver>(ulong signature, ref TObserver observer)
        where TObserver : struct, IPlanObserver
    {
        var used = new Decision(this);
        var scope = Choose(Stages.Scope, signature, AnyPeriod, ref observer, ref used);
        if (scope.Result is { } refused)
            return used.Refuse(refused, scope.Head);

        var registration = Stages.Registration.First(signature, AnyPeriod, ref observer);
        if (registration >= 0)
        {
            observer.Chosen(StageName.Registration, registration);
            var rule = Stages.Registration.Rules[registration];
            used.Take(StageName.Registration, registration, rule.Head);
            return used.Refuse(rule.Result, rule.Head);
        }

        var period = Choose(Stages.Periods, signature, AnyPeriod, ref observer, ref used);
        if (period.Result.Answer != Outcome.Due)
            return used.Refuse(period.Result.Answer, period.Head);
        var periodBit = 1UL << used.RuleOf(StageName.Periods);

        var standard = Choose(Stages.PersonalStandard, signature, periodBit, ref observer, ref used);
        if (standard.Result.Needs is { } needs)
            return used.Need(needs, standard.Head);
        var payment = Choose(Stages.Payment, signature, periodBit, ref observer, ref used);
        if (payment.Result.IsPending)
            return used.Refuse(Outcome.PolicyPending, payment.Head);

        var amount = standard.Result.Standard!.Amount;
        var share = payment.Result.AssistanceApplies
            ? LeastToPay(amount, signature, periodBit, ref observer, ref used)
            : new Shared(amount, []);
        if (share.IsPending)
            return used.Refuse(Outcome.PolicyPending, Stages.Assistance.Rules[used.RuleOf(StageName.Assistance)].Head);
        var cover = Choose(Stages.Cover, signature, periodBit, ref observer, ref used);
        var refund = Stages.Refunds.First(signature, periodBit, ref observer);
        if (refund >= 0)
        {
            observer.Chosen(StageName.Refunds, refund);
            used.Take(StageName.Refunds, refund, Stages.Refunds.Rules[refund].Head);
        }

        return used.Settle(amount, share, payment.Result, cover.Result, refund < 0 ? null : Stages.Refunds.Rules[refund].Result);
    }

    static Rule<TResult> Choose<TResult, TObserver>(
        Stage<TResult> stage, ulong signature, ulong period, ref TObserver observer, ref Decision used)
        where TObserver : struct, IPlanObserver
    {
        var rule = stage.First(signature, period, ref observer);
        if (rule < 0)
            throw new PolicyGapException(stage.Name);
        observer.Chosen(stage.Name, rule);
        used.Take(stage.Name, rule, stage.Rules[rule].Head);
        return stage.Rules[rule];
    }

    /// <summary>
    /// The ground that leaves the least to pay; on equal amounts the earlier clause (decision 6). A ground whose amount is not known
    /// could be the least, and so leaves the answer pending.
    /// </summary>
    Shared LeastToPay<TObserver>(Money standard, ulong signature, ulong period, ref TObserver observer, ref Decision used)
        where TObserver : struct, IPlanObserver
    {
        var stage = Stages.Assistance;
        var best = -1;
        var least = standard;
        var grounds = 0;
        var pending = -1;
        var rule = -1;
        while ((rule = stage.First(signature, period, ref observer, rule + 1)) >= 0)
        {
            grounds++;
            if (stage.Rules[rule].Result.Resident is not { } part)
            {
                pending = pending < 0 ? rule : pending;
                continue;
            }

            var left = part.Of(standard);
            if (best >= 0 && left >= least)
                continue;
            best = rule;
            least = left;
        }

        // Nothing leaves less to pay than 0.00, so a ground that is not known yet matters only where something is left to pay.
        if (pending >= 0 && (best < 0 || least > Money.Zero))
            best = pending;
        if (best < 0)
            return new Shared(standard, []);
        observer.Chosen(StageName.Assistance, best);
        used.Take(StageName.Assistance, best, stage.Rules[best].Head);
        used.HasSeveralGrounds = grounds > 1;
        var result = stage.Rules[best].Result;
        return result.Resident is { } resident
            ? new Shared(least, Fund(result, resident.StatedAid ?? standard - least))
            : new Shared(standard, [], IsPending: true);
    }

    ImmutableArray<FundingPart> Fund(AssistanceResult ground, Money aid)
    {
        var amounts = aid.Split([.. ground.Funders.Select(funder => funder.Percent)]);
        return [.. ground.Funders.Zip(amounts, (funder, amount) => new FundingPart(Pack.Payers[funder.Payer], amount))
            .Where(part => part.Amount != Money.Zero)];
    }

}

/// <summary>A personal standard shared between the resident and funders.</summary>
readonly record struct Shared(Money Resident, ImmutableArray<FundingPart> Funding, bool IsPending = false);

/// <summary>A pack has no rule for a person and day.</summary>
public sealed class PolicyGapException(StageName stage) : Exception($"No rule of stage {stage} fits.")
{
    /// <summary>The list without a fitting rule.</summary>
    public StageName Stage { get; } = stage;
}
