using Canbao.Core.Work;

namespace Canbao.Season.Tests;

/// <summary>What a channel says, and whom of the town it means; -1 for nobody.</summary>
sealed record Told(int Person, ChannelMessage Message);

/// <summary>Something that somebody does in a season. Its name stays the same whenever the season is played.</summary>
abstract record Step(string Id);

/// <summary>A channel sends messages in one batch.</summary>
sealed record SendStep(string Id, string Channel, IReadOnlyList<Told> Messages) : Step(Id)
{
    /// <summary>Whether the answer arrives.</summary>
    public bool IsHeard { get; init; } = true;

    /// <summary>Whether it is sent twice at the same time.</summary>
    public bool IsTwice { get; init; }
}

/// <summary>A channel takes a payment back, at the same time as it is paid in a race.</summary>
sealed record CancelStep(string Id, string Channel, Told Message, bool IsRace) : Step(Id);

/// <summary>An agent takes cash for people of a household, some fen too much or too little for the first of them.</summary>
sealed record CashStep(string Id, string Agent, IReadOnlyList<int> People, long Off) : Step(Id);

/// <summary>An agent hands cash on; what there is, or more.</summary>
sealed record HandOnStep(string Id, string Agent, string To, bool IsTooMuch) : Step(Id);

/// <summary>A desk takes a payment back: one of those that stand, by chance.</summary>
sealed record ReverseStep(string Id, int Chance) : Step(Id);

/// <summary>A desk decides about money in suspense, by chance: for whom, or back to whoever paid.</summary>
sealed record DecideStep(string Id, int Chance, bool IsReturned) : Step(Id);

/// <summary>Somebody died.</summary>
sealed record DieStep(string Id, int Person, DateOnly Day) : Step(Id);

/// <summary>Somebody registers for the year, or comes onto the list or leaves it; these go before the payments of a day.</summary>
sealed record RegisterStep(string Id, int Person) : Step(Id);

/// <inheritdoc cref="RegisterStep"/>
sealed record ListStep(string Id, int Person, bool IsAdded, DateOnly Day) : Step(Id);

/// <summary>What happens at one time: first one after another, then in lanes beside each other.</summary>
sealed record Round(int No, DateTimeOffset At, IReadOnlyList<Step> First, IReadOnlyList<IReadOnlyList<Step>> Lanes)
{
    public DateOnly Day => DateOnly.FromDateTime(At.DateTime);
}
