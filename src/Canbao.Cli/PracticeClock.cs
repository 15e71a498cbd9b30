using Canbao.Vocabulary;

namespace Canbao.Cli;

/// <summary>A clock by which today is another day, at the same hour: for practice with data of a season that is over.</summary>
sealed class PracticeClock : TimeProvider
{
    readonly TimeProvider real;
    readonly TimeSpan ahead;

    /// <param name="real">The real clock.</param>
    /// <param name="day">The business day that today is taken for.</param>
    public PracticeClock(TimeProvider real, DateOnly day)
    {
        this.real = real;
        ahead = BusinessDay.StartOf(day) - BusinessDay.StartOf(BusinessDay.Of(real.GetUtcNow()));
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + ahead;
}
