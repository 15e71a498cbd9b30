namespace Canbao.Policy.Packs;

/// <summary>A time counted from a day that is itself not counted (Civil Code art. 201); its last day is included.</summary>
/// <param name="Count">Days or months, more than 0.</param>
/// <param name="InMonths">
/// Months instead of days: the last day is the same day that many months later, or that month's last day (decision 5).
/// </param>
public readonly record struct TimeLimit(int Count, bool InMonths)
{
    /// <summary>Whether <paramref name="day"/> lies within the limit after <paramref name="start"/>; a day before the start does.</summary>
    public bool Admits(DateOnly start, DateOnly day)
    {
        var days = day.DayNumber - start.DayNumber;
        if (!InMonths)
            return days <= Count;
        // Most pairs are years apart; calendar arithmetic is left to the few that are near the limit.
        return days <= 28 * Count || (days <= 31 * Count && day <= start.AddMonths(Count));
    }

    /// <summary>The first day after the limit.</summary>
    public DateOnly DayAfter(DateOnly start) => InMonths ? start.AddMonths(Count).AddDays(1) : start.AddDays(Count + 1);

    /// <summary>As a sentence says it, such as <c>90日</c> or <c>3个月</c>.</summary>
    public override string ToString() => InMonths ? $"{Count}个月" : $"{Count}日";
}
