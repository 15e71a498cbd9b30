using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Work.Refunding;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Changes;

/// <summary>What becomes of a span of cover.</summary>
public enum CoverFate
{
    /// <summary>It begins to stand.</summary>
    Opens,

    /// <summary>It ends earlier than it would have.</summary>
    Shortened,

    /// <summary>It stands no more, from its first day on.</summary>
    Void,
}

/// <summary>What a change does to a span of cover.</summary>
/// <param name="Fate">What becomes of it.</param>
/// <param name="From">Its first day.</param>
/// <param name="Until">Its last day, inclusive, after the change; before it where the span is void.</param>
/// <param name="Before">Its last day before, inclusive, where that is another.</param>
public readonly record struct CoverEffect(CoverFate Fate, DateOnly From, DateOnly Until, DateOnly? Before);

/// <summary>What is owed, and who bears the rest.</summary>
/// <param name="Outcome">An outcome of a pack, or one of <see cref="OtherOutcomes"/>.</param>
/// <param name="Personal">What the resident pays; null unless due.</param>
/// <param name="Standard">The personal standard; null unless due.</param>
/// <param name="Funding">Who bears the rest of the standard, <c>payer=yuan;…</c>; empty unless due.</param>
/// <param name="Subsidy">The subsidy; null unless due.</param>
/// <param name="Pack">The pack that answered; empty where none was asked.</param>
public sealed record DueEffect(string Outcome, Money? Personal, Money? Standard, string Funding, Money? Subsidy, string Pack)
{
    /// <summary>A verdict; null for none.</summary>
    public static DueEffect? Of(DueVerdictRow? row) => row is null ? null : new(
        row.Outcome, Amount(row.Personal), Amount(row.Standard), row.Personal is null ? "" : row.Funding, Amount(row.Subsidy), row.Pack);

    /// <summary>Whether an office would see no difference: another pack that says the same is none.</summary>
    public static bool AreSame(DueEffect? one, DueEffect? other) => one is null || other is null
        ? one is null && other is null
        : one with { Pack = "" } == other with { Pack = "" };

    static Money? Amount(long? fen) => fen is { } amount ? Money.FromFen(amount) : null;
}

/// <summary>What a change means for money that was paid.</summary>
/// <param name="Payment">The payment.</param>
/// <param name="OwedBefore">What was owed on the payment's own day by what was known before; null where nothing can be told.</param>
/// <param name="OwedAfter">The same by what is known with the change.</param>
public sealed record PaymentEffect(PaymentRow Payment, Money? OwedBefore, Money? OwedAfter)
{
    /// <summary>Why it may go back (<see cref="Refunds"/>), or may not although it is too much; empty where it stays.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What the pack's rule says of that.</summary>
    public RefundAnswer Answer { get; init; }

    /// <summary>Whether whoever changes may ask for it to go back; else, where it might, somebody else has to, or has done so.</summary>
    public bool MayRequest { get; init; }

    /// <summary>What was paid.</summary>
    public Money Amount => Money.FromFen(Payment.Amount);

    /// <summary>How much too little it was on its own day, by what the change says; zero where it was not.</summary>
    public Money Lacking => OwedAfter is { } after && after > Amount && !(OwedBefore > Amount) ? after - Amount : Money.Zero;
}

/// <summary>What a change does to one person in one year.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Year">The year.</param>
/// <param name="Unit">The unit's code, after the change.</param>
/// <param name="Before">What was owed before; null for whoever was never assessed.</param>
/// <param name="After">What is owed after.</param>
public sealed record PersonEffect(long PersonId, InsuranceYear Year, string Unit, DueEffect? Before, DueEffect? After)
{
    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The number as screens show it.</summary>
    public string Mask { get; init; } = "";

    /// <summary>The unit's name.</summary>
    public string UnitName { get; init; } = "";

    /// <summary>Whether the person is registered for the year, before and after.</summary>
    public (bool Before, bool After) IsEnrolled { get; init; }

    /// <summary>What it means for what was paid; null where nothing was.</summary>
    public PaymentEffect? Payment { get; init; }

    /// <summary>What others bear of a settled enrolment, before and after; null while it is not settled.</summary>
    internal (IReadOnlyList<FundedPart>? Before, IReadOnlyList<FundedPart>? After) Borne { get; init; }

    /// <summary>What becomes of cover.</summary>
    public IReadOnlyList<CoverEffect> Cover { get; init; } = [];

    /// <summary>How much more the resident owes, less where it is negative; only what can be owed counts: registered, and due.</summary>
    public Money PersonalMore => Owed(After, IsEnrolled.After) - Owed(Before, IsEnrolled.Before);

    static Money Owed(DueEffect? due, bool isEnrolled) => isEnrolled && due?.Personal is { } amount ? amount : Money.Zero;
}
