namespace Canbao.Vocabulary;

/// <summary>
/// An insurance year (参保年度): the calendar year in which cover runs, 1 January to 31 December. Its contributions are usually
/// collected in the autumn before. The default value is 2000.
/// </summary>
public readonly record struct InsuranceYear : IComparable<InsuranceYear>
{
    /// <summary>The first year that can be named, inclusive.</summary>
    public const int MinYear = 2000;

    /// <summary>The last year that can be named, inclusive.</summary>
    public const int MaxYear = 2199;

    readonly int since;

    /// <summary>The insurance year of that calendar year.</summary>
    /// <param name="year"><see cref="MinYear"/> to <see cref="MaxYear"/>, both inclusive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The year is outside these bounds.</exception>
    public InsuranceYear(int year)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, MinYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, MaxYear);
        since = year - MinYear;
    }

    /// <summary>The calendar year, <see cref="MinYear"/> to <see cref="MaxYear"/>.</summary>
    public int Year => MinYear + since;

    /// <summary>1 January, the first day of cover, inclusive.</summary>
    public DateOnly FirstDay => new(Year, 1, 1);

    /// <summary>31 December, the last day of cover, inclusive.</summary>
    public DateOnly LastDay => new(Year, 12, 31);

    /// <summary>All days of the year.</summary>
    public DateRange Range => new(FirstDay, LastDay);

    /// <summary>The year before.</summary>
    /// <exception cref="ArgumentOutOfRangeException">This is <see cref="MinYear"/>.</exception>
    public InsuranceYear Previous => new(Year - 1);

    /// <summary>The year after.</summary>
    /// <exception cref="ArgumentOutOfRangeException">This is <see cref="MaxYear"/>.</exception>
    public InsuranceYear Next => new(Year + 1);

    /// <summary>Whether the left year is earlier.</summary>
    public static bool operator <(InsuranceYear left, InsuranceYear right) => left.since < right.since;

    /// <summary>Whether the left year is earlier or the same.</summary>
    public static bool operator <=(InsuranceYear left, InsuranceYear right) => left.since <= right.since;

    /// <summary>Whether the left year is later.</summary>
    public static bool operator >(InsuranceYear left, InsuranceYear right) => left.since > right.since;

    /// <summary>Whether the left year is later or the same.</summary>
    public static bool operator >=(InsuranceYear left, InsuranceYear right) => left.since >= right.since;

    /// <inheritdoc/>
    public int CompareTo(InsuranceYear other) => since.CompareTo(other.since);

    /// <summary>Reads exactly four ASCII digits from <see cref="MinYear"/> to <see cref="MaxYear"/>.</summary>
    /// <param name="text">The text, all of it.</param>
    /// <param name="year">The year; the default value if refused.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out InsuranceYear year)
    {
        year = default;
        if (text.Length != 4 || text.ContainsAnyExceptInRange('0', '9'))
            return false;
        int number = int.Parse(text);
        if (number is < MinYear or > MaxYear)
            return false;
        year = new(number);
        return true;
    }

    /// <summary>Four digits, such as <c>2022</c>.</summary>
    public override string ToString() => $"{Year}";
}
