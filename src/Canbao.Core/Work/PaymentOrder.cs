using Canbao.Core.Collection;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>A payment that is to be posted.</summary>
/// <param name="PersonId">For whom.</param>
/// <param name="Year">For which insurance year.</param>
/// <param name="Amount">How much; only what is due on the day is taken (promise 3).</param>
public sealed record PaymentOrder(long PersonId, InsuranceYear Year, Money Amount)
{
    /// <summary>The payment day, which decides the price and the cover.</summary>
    public required DateOnly PaidOn { get; init; }

    /// <summary>The channel, <c>cash</c> for an agent's hands.</summary>
    public required string Channel { get; init; }

    /// <summary>The channel's own number; empty for one of ours.</summary>
    public string Reference { get; init; } = "";

    /// <summary>The receipt's number; empty for one of ours.</summary>
    public string ReceiptNo { get; init; } = "";

    /// <summary>The batch of cash that it is a line of, or null.</summary>
    public long? BatchId { get; init; }

    /// <summary>The account that receives the money.</summary>
    public required string Debit { get; init; }
}

/// <summary>What became of a payment.</summary>
/// <param name="Payment">It, if it was posted.</param>
/// <param name="Code">Why not; empty if it was.</param>
/// <param name="Text">Why not, for the person who pays.</param>
public sealed record PostingResult(PaymentRow? Payment, string Code, string Text)
{
    /// <summary>Whether it was posted.</summary>
    public bool IsPosted => Payment is not null;
}
