using System.Collections.Immutable;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;

namespace Canbao.Policy.Prove;

/// <summary>What a proof found wrong, with a real person and day that shows it.</summary>
/// <param name="Finding">What is wrong and where.</param>
/// <param name="Witness">The person and day; null for a rule that nobody reaches.</param>
public sealed record ProofFailure(Finding Finding, PersonFacts? Witness);

/// <summary>A change of outcome that one more category brings; not wrong, but to be known.</summary>
/// <param name="From">The outcome without it.</param>
/// <param name="To">The outcome with it.</param>
/// <param name="Rule">What the deciding rule says.</param>
/// <param name="Witness">A person to whom it happens, before the category.</param>
/// <param name="Category">Index of the category.</param>
public sealed record OutcomeChange(Outcome From, Outcome To, string Rule, PersonFacts Witness, int Category);

/// <summary>The result of proving a pack over its whole domain.</summary>
public sealed record ProofReport
{
    /// <summary>What is proved, in the order of the findings' codes.</summary>
    static readonly (string Says, string[] Codes)[] Proofs =
    [
        ("每个人、每一天都有答复，缴费期没有空档", ["P301"]),
        ("答复只有一个，规则之间没有矛盾", ["P302"]),
        ("个人应缴与各方承担之和等于缴费标准，不差一分", ["P303"]),
        ("没有负数金额", ["P304"]),
        ("多一个人员类别不会使人多缴", ["P305"]),
        ("每条规则都用得到", ["P306"]),
        ("待遇期不早于出生，缴费期不超过保险年度", ["P307", "P308", "P309"]),
        ("退费截止日不早于缴费日", ["P310"]),
        ("每条规则都注明了条款依据", ["P204"]),
    ];

    /// <summary>What is wrong; empty means proved.</summary>
    public required ImmutableArray<ProofFailure> Failures { get; init; }

    /// <summary>Changes of outcome by one more category.</summary>
    public required ImmutableArray<OutcomeChange> OutcomeChanges { get; init; }

    /// <summary>The first payment day looked at.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>The last payment day looked at, inclusive.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>Different situations that were each decided by the plan.</summary>
    public required long Situations { get; init; }

    /// <summary>Rules in the pack.</summary>
    public required int Rules { get; init; }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsProved => Failures.IsEmpty;

    /// <summary>What is proved, each with whether it holds.</summary>
    public IEnumerable<(string Says, bool Holds)> Claims => Claimed([.. Failures.Select(failure => failure.Finding.Code)]);

    /// <summary>What is proved, each with whether it holds where some codes were found.</summary>
    public static IEnumerable<(string Says, bool Holds)> Claimed(IReadOnlyCollection<string> found) =>
        Proofs.Select(proof => (proof.Says, !proof.Codes.Any(found.Contains)));
}
