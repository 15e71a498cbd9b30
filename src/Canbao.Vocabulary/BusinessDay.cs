namespace Canbao.Vocabulary;

/// <summary>Business days are calendar days in Asia/Shanghai: UTC+8 since 1991, without summer time.</summary>
public static class BusinessDay
{
    /// <summary>What the clock on the wall is ahead of UTC.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The day on which an instant falls.</summary>
    public static DateOnly Of(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>The instant at which a business day begins.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, Offset);
}
