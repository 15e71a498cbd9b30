using Canbao.Vocabulary;

namespace Canbao.Core.Work.Demo;

/// <summary>The time of a season that is played: it is what it was set to, and goes forward only.</summary>
/// <param name="start">The day on which it begins, at nine in the morning.</param>
public sealed class DemoClock(DateOnly start) : TimeProvider
{
    DateTimeOffset now = At(start, new(9, 0));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>Goes to a time of a day; stays where that is over.</summary>
    public void GoTo(DateOnly day, TimeOnly time)
    {
        var next = At(day, time);
        now = next > now ? next : now;
    }

    static DateTimeOffset At(DateOnly day, TimeOnly time) => new DateTimeOffset(day, time, BusinessDay.Offset).ToUniversalTime();
}
