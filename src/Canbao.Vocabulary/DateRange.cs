using System.Globalization;

namespace Canbao.Vocabulary;

/// <summary>
/// The days from one date to another, both inclusive: the only place where the ends of a span are given a meaning. A range holds
/// at least one day. An open end is <see cref="DateOnly.MinValue"/> or <see cref="DateOnly.MaxValue"/>. The default value is the
/// single day 0001-01-01.
/// </summary>
public readonly record struct DateRange
{
    const string Separator = "..";

    /// <summary>A range of days.</summary>
    /// <param name="from">First day, inclusive; <see cref="DateOnly.MinValue"/> for no beginning.</param>
    /// <param name="to">Last day, inclusive; <see cref="DateOnly.MaxValue"/> for no end.</param>
    /// <exception cref="ArgumentException"><paramref name="from"/> is after <paramref name="to"/>.</exception>
    public DateRange(DateOnly from, DateOnly to)
    {
        if (from > to)
            throw new ArgumentException($"A range of days cannot run from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}.", nameof(to));
        From = from;
        To = to;
    }

    /// <summary>First day, inclusive.</summary>
    public DateOnly From { get; }

    /// <summary>Last day, inclusive.</summary>
    public DateOnly To { get; }

    /// <summary>How many days the range holds, both ends counted; one or more.</summary>
    public long Days => (long)To.DayNumber - From.DayNumber + 1;

    /// <summary>Whether the day lies in the range, both ends included.</summary>
    public bool Contains(DateOnly day) => From <= day && day <= To;

    /// <summary>Whether at least one day lies in both.</summary>
    public bool Overlaps(DateRange other) => From <= other.To && other.From <= To;

    /// <summary>The days that lie in both, or null if there are none.</summary>
    public DateRange? Intersect(DateRange other) =>
        Overlaps(other) ? new(From > other.From ? From : other.From, To < other.To ? To : other.To) : null;

    /// <summary>
    /// Reads <c>2021-10-26..2021-12-10</c>, <c>..1951-12-31</c> (no beginning), <c>2021-12-26..</c> (no end), <c>..</c> (all
    /// days) or <c>2021-10-26</c> (that day). Dates are strictly yyyy-MM-dd. Refused: any other form, blanks, impossible dates,
    /// a beginning after the end.
    /// </summary>
    /// <param name="text">The text, all of it.</param>
    /// <param name="range">The range; the default value if refused.</param>
    public static bool TryParse(string text, out DateRange range)
    {
        range = default;
        int at = text.IndexOf(Separator, StringComparison.Ordinal);
        var first = at < 0 ? text : text.AsSpan(0, at);
        var last = at < 0 ? text : text.AsSpan(at + Separator.Length);
        DateOnly from = DateOnly.MinValue, to = DateOnly.MaxValue;
        bool open = at >= 0;
        if (!(open && first.IsEmpty) && !TryParseDay(first, out from))
            return false;
        if (!(open && last.IsEmpty) && !TryParseDay(last, out to))
            return false;
        if (from > to)
            return false;
        range = new(from, to);
        return true;
    }

    /// <summary>The notation that <see cref="TryParse"/> reads, with open ends left empty and a single day without <c>..</c>.</summary>
    public override string ToString()
    {
        string first = From == DateOnly.MinValue ? "" : $"{From:yyyy-MM-dd}";
        string last = To == DateOnly.MaxValue ? "" : $"{To:yyyy-MM-dd}";
        return From == To && first == last ? first : first + Separator + last;
    }

    static bool TryParseDay(ReadOnlySpan<char> text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
