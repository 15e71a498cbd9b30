using Canbao.Policy;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Vocabulary;

namespace Canbao.Core.Assessment.Batch;

/// <summary>The answers of a run added up: people by outcome, and what residents, payers and the subsidy come to.</summary>
public sealed class BatchTotals
{
    readonly long[] people = new long[Enum.GetValues<Outcome>().Length];
    readonly Dictionary<string, (Payer Payer, Money Amount)> funding = new(StringComparer.Ordinal);

    /// <summary>What residents pay.</summary>
    public Money PersonalDue { get; private set; }

    /// <summary>The fiscal subsidy.</summary>
    public Money Subsidy { get; private set; }

    /// <summary>What each payer bears, by the payer's code.</summary>
    public IEnumerable<(Payer Payer, Money Amount)> Funding =>
        funding.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value);

    /// <summary>People with an outcome.</summary>
    public long PeopleWith(Outcome outcome) => people[(int)outcome];

    /// <summary>Adds one answer.</summary>
    public void Add(Verdict verdict)
    {
        people[(int)verdict.Outcome]++;
        PersonalDue += verdict.PersonalDue;
        Subsidy += verdict.Subsidy;
        foreach (var part in verdict.Funding)
            funding[part.Payer.Code] = (part.Payer, funding.GetValueOrDefault(part.Payer.Code).Amount + part.Amount);
    }
}
