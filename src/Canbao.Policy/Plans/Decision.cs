using Canbao.Policy.Packs;
using Canbao.Vocabulary;

namespace Canbao.Policy.Plans;

/// <summary>Collects the rules used on the way to one verdict.</summary>
struct Decision(Plan plan)
{
    readonly int[] rules = [-1, -1, -1, -1, -1, -1, -1, -1];
    readonly RuleHead?[] heads = new RuleHead?[8];

    /// <summary>The order of the contract's clauses column: scope, price, assistance, period, cover.</summary>
    static readonly StageName[] CitedOrder =
        [StageName.Scope, StageName.PersonalStandard, StageName.Payment, StageName.Assistance, StageName.Periods, StageName.Cover];

    /// <summary>Whether more than one ground of assistance fitted.</summary>
    public bool HasSeveralGrounds { get; set; }

    public readonly int RuleOf(StageName stage) => rules[(int)stage];

    public readonly void Take(StageName stage, int rule, RuleHead head)
    {
        rules[(int)stage] = rule;
        heads[(int)stage] = head;
    }

    public readonly Verdict Refuse(Outcome outcome, RuleHead head) => new()
    {
        Outcome = outcome,
        Clauses = [plan.Pack.Cite(head.Clause)],
        Assumptions = [.. head.Assumes.Order()],
        Rules = [.. rules],
    };

    public readonly Verdict Need(string column, RuleHead head) => new()
    {
        Outcome = Outcome.Due,
        Needs = column,
        Clauses = [plan.Pack.Cite(head.Clause)],
        Assumptions = [.. head.Assumes.Order()],
        Rules = [.. rules],
    };

    public readonly Verdict Settle(Money standard, in Shared share, PaymentResult payment, CoverResult cover, DateOnly? refund)
    {
        var subsidy = plan.Pack.Subsidy;
        return new Verdict
        {
            Outcome = Outcome.Due,
            PersonalDue = payment.ResidentPaysSubsidy ? share.Resident + subsidy : share.Resident,
            PersonalStandard = standard,
            Funding = share.Funding,
            Subsidy = payment.ResidentPaysSubsidy ? Money.Zero : subsidy,
            Cover = cover,
            RefundableUntil = refund,
            Clauses = [.. CitedClauses().Distinct().Select(plan.Pack.Cite)],
            Assumptions = [.. RestsOn().Distinct().Order()],
            Rules = [.. rules],
        };
    }

    readonly IEnumerable<string> CitedClauses()
    {
        foreach (var stage in CitedOrder)
        {
            if (heads[(int)stage] is not { } head)
                continue;
            yield return head.Clause;
            if (stage == StageName.Assistance && HasSeveralGrounds && plan.Pack.SeveralGrounds.Clause is { } clause)
                yield return clause;
        }
    }

    readonly IEnumerable<int> RestsOn()
    {
        foreach (var head in heads)
            if (head is not null)
                foreach (var number in head.Assumes)
                    yield return number;
        foreach (var number in plan.Pack.SubsidySource.Assumes)
            yield return number;
        if (HasSeveralGrounds)
            foreach (var number in plan.Pack.SeveralGrounds.Assumes)
                yield return number;
    }
}
