using Canbao.Policy;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Vocabulary;

namespace Canbao.Core.Assessment.Batch;

/// <summary>The answers of a run added up: people by outcome, and what residents, payers and the subsidy come to.</summary>
public sealed class BatchTotals
{
    readonly long[] people = new long[Enum.GetValues<Outcome>().Length];
    readonly List<(Payer Payer, Money Amount)> funding = [];

    /// <summary>What residents pay.</summary>
    public Money PersonalDue { get; private set; }

    /// <summary>The fiscal subsidy.</summary>
    public Money Subsidy { get; private set; }

    /// <summary>What each payer bears, by the payer's code.</summary>
    public IEnumerable<(Payer Payer, Money Amount)> Funding =>
        funding.OrderBy(part => part.Payer.Code, StringComparer.Ordinal);

    /// <summary>People with an outcome.</summary>
    public long PeopleWith(Outcome outcome) => people[(int)outcome];

    /// <summary>Adds one answer.</summary>
    public void Add(Verdict verdict)
    {
        people[(int)verdict.Outcome]++;
        PersonalDue += verdict.PersonalDue;
        Subsidy += verdict.Subsidy;
        foreach (var part in verdict.Funding)
            Add(part);
    }

    /// <summary>A pack has a handful of payers, so the list is searched.</summary>
    void Add(FundingPart part)
    {
        for (var i = 0; i < funding.Count; i++)
            if (ReferenceEquals(funding[i].Payer, part.Payer))
            {
                funding[i] = (part.Payer, funding[i].Amount + part.Amount);
                return;
            }

        funding.Add((part.Payer, part.Amount));
    }
}
