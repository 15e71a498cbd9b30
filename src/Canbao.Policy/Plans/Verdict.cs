using System.Collections.Immutable;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Vocabulary;

namespace Canbao.Policy.Plans;

/// <summary>What one payer bears of a personal standard.</summary>
/// <param name="Payer">The payer.</param>
/// <param name="Amount">The amount.</param>
public readonly record struct FundingPart(Payer Payer, Money Amount);

/// <summary>
/// What a plan decides for everybody with one signature: all of an answer but its dates of cover. Immutable, so one verdict serves
/// any number of people.
/// </summary>
public sealed class Verdict
{
    /// <summary>What is answered.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The contract's column without which the amount cannot be told; the row is refused. Null nearly always.</summary>
    public string? Needs { get; init; }

    /// <summary>What the resident pays; zero unless <see cref="Outcome.Due"/>.</summary>
    public Money PersonalDue { get; init; }

    /// <summary>The personal standard before assistance; zero unless <see cref="Outcome.Due"/>.</summary>
    public Money PersonalStandard { get; init; }

    /// <summary>Who bears the rest of the personal standard, in the pack's order of payers, without zero parts.</summary>
    public ImmutableArray<FundingPart> Funding { get; init; } = [];

    /// <summary>The subsidy that the scheme adds; zero where the resident pays it.</summary>
    public Money Subsidy { get; init; }

    /// <summary>When cover begins; null unless <see cref="Outcome.Due"/>.</summary>
    public CoverResult? Cover { get; init; }

    /// <summary>The last day for a refund, or null where the notice is silent.</summary>
    public DateOnly? RefundableUntil { get; init; }

    /// <summary>
    /// The clauses that decided, with prefix, each once, in the order scope, price, assistance, period, cover; where nothing can be
    /// paid, the clause that said so.
    /// </summary>
    public required ImmutableArray<string> Clauses { get; init; }

    /// <summary>Numbers of the assumptions on which the answer rests, ascending.</summary>
    public required ImmutableArray<int> Assumptions { get; init; }

    /// <summary>Index of the rule chosen in each stage, by <see cref="StageName"/>; -1 where none was.</summary>
    public required ImmutableArray<int> Rules { get; init; }

    /// <summary>The rule chosen in a stage, or -1.</summary>
    public int RuleOf(StageName stage) => Rules[(int)stage];
}

/// <summary>A complete answer for one person and day.</summary>
/// <param name="Verdict">All but the dates of cover.</param>
/// <param name="CoverFrom">First day of cover; <see cref="PersonFacts.NoDate"/> where there is none.</param>
/// <param name="CoverTo">Last day of cover, inclusive; <see cref="PersonFacts.NoDate"/> where there is none.</param>
public readonly record struct Answer(Verdict Verdict, DateOnly CoverFrom, DateOnly CoverTo);
