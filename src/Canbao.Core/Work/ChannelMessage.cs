using Canbao.Core.Secrets;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>What a channel tells of one payment.</summary>
/// <param name="Reference">The channel's own number.</param>
/// <param name="Year">The insurance year.</param>
/// <param name="Amount">How much.</param>
/// <param name="PaidAt">When, by the channel's clock.</param>
public sealed record ChannelMessage(string Reference, InsuranceYear Year, Money Amount, DateTimeOffset PaidAt)
{
    /// <summary>The identity number as it was told; need not be sound.</summary>
    public string Number { get; init; } = "";

    /// <summary>The name as it was told.</summary>
    public string Name { get; init; } = "";

    /// <summary>The person whom the number of a payment notice named, instead of number and name.</summary>
    public long? PersonId { get; init; }

    /// <summary>
    /// Whether the money has moved already: what does not fit then goes to suspense. Otherwise it is a request, and what does not fit is
    /// refused before money moves (promise 3).
    /// </summary>
    public bool HasMoved { get; init; }

    /// <summary>The day that decides the price.</summary>
    public DateOnly PaidOn => BusinessDay.Of(PaidAt);

    /// <summary>Whom it named, to be sealed.</summary>
    internal string Told => $"{Name}\n{Number}";

    /// <summary>
    /// By what a repetition is known: everything but whether the money has moved, so that a request may be followed by its notice.
    /// </summary>
    internal byte[] HashBy(Vault vault) => vault.Hash(string.Join(
        '\n', Year, Amount.Fen, PaidAt.ToUnixTimeMilliseconds(), Number, Name, PersonId));
}

/// <summary>What is answered to a channel.</summary>
/// <param name="State">What became of it (<see cref="Collection.ChannelNotices"/>); empty where it was refused.</param>
/// <param name="Receipt">The receipt's number; empty where nothing was posted.</param>
/// <param name="Code">Why not; empty where it was posted.</param>
/// <param name="Text">Why not.</param>
public sealed record ChannelAnswer(string State, string Receipt, string Code, string Text)
{
    /// <summary>Whether nothing was stored.</summary>
    public bool IsRefused => State.Length == 0;

    /// <summary>Whether it was told before, so that nothing was done now.</summary>
    public bool IsEcho { get; init; }

    internal static ChannelAnswer Refused(string code, string text) => new("", "", code, text);
}
