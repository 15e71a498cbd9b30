namespace Canbao.Core.Work.Offline;

/// <summary>What a phone says that was taken from one person without a connection.</summary>
/// <param name="Key">The key that it made up.</param>
/// <param name="BagId">The bag.</param>
/// <param name="Line">Which of its receipt numbers, from 1.</param>
/// <param name="Quote">What the bag said that the person owes.</param>
public sealed record PhoneTaking(string Key, long BagId, int Line, BagQuote Quote)
{
    /// <summary>The signature that the quote came with.</summary>
    public required string Signature { get; init; }

    /// <summary>When, by the phone's clock as the server set it.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Why the agent voided it before it was sent; null where it stands.</summary>
    public string? VoidReason { get; init; }
}

/// <summary>What became of a taking.</summary>
/// <param name="Key">Its key.</param>
/// <param name="State">
/// One of <c>posted</c>, <c>refused</c> and <c>void</c>, which the phone need not keep any more; <see cref="Held"/> and
/// <see cref="Later"/>: it keeps it.
/// </param>
/// <param name="Code">Why it is not posted; empty where it is.</param>
/// <param name="Text">What to do; empty where nothing.</param>
public sealed record TakingAnswer(string Key, string State, string Code = "", string Text = "")
{
    /// <summary>Recorded nowhere: somebody has to look at it.</summary>
    public const string Held = "held";

    /// <summary>The database could not answer, or not for sure: to be sent again as it is.</summary>
    public const string Later = "later";

    /// <summary>Whether it was recorded at an earlier time, whose answer this is.</summary>
    public bool IsEcho { get; init; }
}

/// <summary>Cash that a resident is to get back.</summary>
/// <param name="Key">The key of the taking.</param>
/// <param name="Receipt">The number of the receipt that was given.</param>
/// <param name="PersonId">From whom it was taken.</param>
/// <param name="Name">That person's name.</param>
/// <param name="Fen">How much.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="Code">Why it was not posted.</param>
/// <param name="Agent">In whose hands it is: a login.</param>
public sealed record CashToGiveBack(
    string Key, string Receipt, long PersonId, string Name, long Fen, DateTimeOffset TakenAt, string Code, string Agent)
{
    /// <summary>Why it was not posted, in words without a name.</summary>
    public string Why => TakingDesk.Why(Code);
}
