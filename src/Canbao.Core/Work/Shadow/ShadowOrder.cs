using Canbao.Core.Assessment.Dues;
using Canbao.Core.Units;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Shadow;

/// <summary>One of the two sides that are compared.</summary>
/// <param name="Year">The insurance year, whose enrolments count.</param>
/// <param name="On">The payment day that is assumed.</param>
/// <param name="Pack">A pack's name or folder; null for whatever is bound for the year, unit by unit.</param>
public sealed record ShadowSide(InsuranceYear Year, DateOnly On, string? Pack)
{
    /// <summary>A pack on a payment day.</summary>
    /// <exception cref="RefusedException">A101: there is no such pack, or it has faults.</exception>
    public static ShadowSide Of(PackShelf shelf, string pack, DateOnly on) => new(shelf.Find(pack).Pack.Year, on, pack);

    /// <summary>The same day of another side's season: both are in the same stage.</summary>
    public DateOnly SameDayIn(InsuranceYear other) => On.AddYears(other.Year - Year.Year);
}

/// <summary>What is compared, and for whom.</summary>
/// <param name="Now">As it is.</param>
/// <param name="Then">As it would be.</param>
/// <param name="FactsOn">Units, categories and facts as the register has them on this day, for both sides.</param>
public sealed record ShadowOrder(ShadowSide Now, ShadowSide Then, DateOnly FactsOn)
{
    /// <summary>The unit with all below it; null for everybody of the area.</summary>
    public UnitRange? Within { get; init; }
}

/// <summary>What becomes of somebody's answer.</summary>
public enum ShadowChange
{
    /// <summary>The same is paid, or the outcome is the same.</summary>
    Same,

    /// <summary>More is paid.</summary>
    More,

    /// <summary>Less is paid.</summary>
    Less,

    /// <summary>Another outcome: something can be paid on one side only, or for another reason not.</summary>
    Outcome,
}

/// <summary>How changes are told.</summary>
public static class ShadowChanges
{
    /// <summary>All of them, in the order in which pages show them.</summary>
    public static IReadOnlyList<ShadowChange> All { get; } =
        [ShadowChange.More, ShadowChange.Less, ShadowChange.Outcome, ShadowChange.Same];

    /// <summary>What becomes of an answer.</summary>
    public static ShadowChange Of(DueVerdictRow now, DueVerdictRow then) => (now.Personal, then.Personal) switch
    {
        ({ } old, { } fresh) => old == fresh ? ShadowChange.Same : fresh > old ? ShadowChange.More : ShadowChange.Less,
        (null, null) when now.Outcome == then.Outcome => ShadowChange.Same,
        _ => ShadowChange.Outcome,
    };

    /// <summary>As an office says it.</summary>
    public static string Chinese(this ShadowChange change) => change switch
    {
        ShadowChange.More => "多缴",
        ShadowChange.Less => "少缴",
        ShadowChange.Outcome => "结果变化",
        _ => "不变",
    };

    /// <summary>An answer as an office says it.</summary>
    public static string Text(DueVerdictRow verdict) =>
        verdict.Personal is { } fen ? $"应缴 {Money.FromFen(fen)} 元" : DueText.Outcome(verdict.Outcome);
}
