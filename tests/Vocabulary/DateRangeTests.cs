using CsCheck;
using Xunit;

namespace Canbao.Vocabulary.Tests;

public sealed class DateRangeTests
{
    static readonly Gen<DateOnly> Day = Gen.OneOf(
        Gen.Int[0, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber),
        Gen.Int[0, 6].Select(days => new DateOnly(2021, 12, 28).AddDays(days)),
        Gen.Const(DateOnly.MinValue), Gen.Const(DateOnly.MaxValue));

    static readonly Gen<DateRange> AnyRange = Gen.Select(Day, Day, (a, b) => a <= b ? new DateRange(a, b) : new DateRange(b, a));

    [Theory]
    [InlineData("2021-10-26..2021-12-10", "2021-10-26", "2021-12-10")]
    [InlineData("..1951-12-31", "0001-01-01", "1951-12-31")]
    [InlineData("2021-12-26..", "2021-12-26", "9999-12-31")]
    [InlineData("2021-10-26", "2021-10-26", "2021-10-26")]
    [InlineData("2020-02-29", "2020-02-29", "2020-02-29")]
    [InlineData("..", "0001-01-01", "9999-12-31")]
    public void The_notation_is_read_and_written(string text, string from, string to)
    {
        Assert.True(DateRange.TryParse(text, out var range));
        Assert.Equal(new DateRange(DateOnly.Parse(from), DateOnly.Parse(to)), range);
        Assert.Equal(text, range.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("2021-12-10..2021-10-26")]
    [InlineData("2021-02-29")]
    [InlineData("2021-10-26...2021-12-10")]
    [InlineData("2021-10-26..2021-12-10..")]
    [InlineData("2021-10-26.2021-12-10")]
    [InlineData("2021-1-26..2021-12-10")]
    [InlineData("2021-10-26 .. 2021-12-10")]
    [InlineData(" 2021-10-26")]
    [InlineData("2021/10/26")]
    [InlineData("20211026")]
    [InlineData("2021-10-26T00:00")]
    [InlineData("２０２１-10-26")]
    public void Any_other_text_is_no_range(string text) => Assert.False(DateRange.TryParse(text, out _));

    [Fact]
    public void A_range_cannot_end_before_it_begins() =>
        Assert.Throws<ArgumentException>(() => new DateRange(new(2021, 1, 2), new(2021, 1, 1)));

    [Fact]
    public void What_is_written_is_read_back() =>
        AnyRange.Sample(range => DateRange.TryParse(range.ToString(), out var back) && back == range);

    [Theory]
    [InlineData("2021-10-26", 1)]
    [InlineData("2021-01-01..2021-12-31", 365)]
    [InlineData("2020-01-01..2020-12-31", 366)]
    [InlineData("..", 3652059)]
    public void Days_counts_both_ends(string text, long days)
    {
        Assert.True(DateRange.TryParse(text, out var range));
        Assert.Equal(days, range.Days);
    }

    [Fact]
    public void Both_ends_are_inside_and_the_days_around_are_not() => AnyRange.Sample(range =>
        range.Contains(range.From) && range.Contains(range.To)
        && (range.From == DateOnly.MinValue || !range.Contains(range.From.AddDays(-1)))
        && (range.To == DateOnly.MaxValue || !range.Contains(range.To.AddDays(1))));

    [Fact]
    public void An_intersection_holds_exactly_the_days_of_both() =>
        Gen.Select(AnyRange, AnyRange, Day).Sample((a, b, day) =>
            (a.Intersect(b)?.Contains(day) ?? false) == (a.Contains(day) && b.Contains(day)));

    [Fact]
    public void Ranges_overlap_when_one_holds_the_first_day_of_the_other() => Gen.Select(AnyRange, AnyRange).Sample((a, b) =>
    {
        bool expected = a.Contains(b.From) || b.Contains(a.From);
        return a.Overlaps(b) == expected && b.Overlaps(a) == expected
            && a.Intersect(b).HasValue == expected && a.Intersect(b) == b.Intersect(a);
    });

    [Fact]
    public void Ranges_that_touch_share_a_day_and_ranges_that_follow_do_not()
    {
        var first = new DateRange(new(2021, 1, 1), new(2021, 1, 31));
        Assert.Equal(new DateRange(first.To, first.To), first.Intersect(new(first.To, new(2021, 2, 28))));
        Assert.Null(first.Intersect(new(first.To.AddDays(1), new(2021, 2, 28))));
    }
}
