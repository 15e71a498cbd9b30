using CsCheck;
using Xunit;

namespace Canbao.Vocabulary.Tests;

public sealed class InsuranceYearTests
{
    static readonly Gen<int> AnyYear = Gen.Int[InsuranceYear.MinYear, InsuranceYear.MaxYear];

    [Fact]
    public void A_year_runs_from_1_January_to_31_December()
    {
        var year = new InsuranceYear(2022);
        Assert.Equal(new DateOnly(2022, 1, 1), year.FirstDay);
        Assert.Equal(new DateOnly(2022, 12, 31), year.LastDay);
        Assert.Equal("2022-01-01..2022-12-31", year.Range.ToString());
        Assert.Equal(2021, year.Previous.Year);
        Assert.Equal(2023, year.Next.Year);
    }

    [Fact]
    public void Years_follow_one_another_without_gap_or_overlap() => Gen.Int[InsuranceYear.MinYear, InsuranceYear.MaxYear - 1]
        .Sample(number =>
        {
            var year = new InsuranceYear(number);
            return year.LastDay.AddDays(1) == year.Next.FirstDay && year.Next.Previous == year && year < year.Next;
        });

    [Fact]
    public void Years_compare_as_their_numbers_do() => Gen.Select(Gen.Int[2020, 2023], Gen.Int[2020, 2023]).Sample((a, b) =>
    {
        var (left, right) = (new InsuranceYear(a), new InsuranceYear(b));
        return left < right == a < b && left <= right == a <= b && left > right == a > b && left >= right == a >= b
            && left == right == (a == b) && left.CompareTo(right) == a.CompareTo(b);
    });

    [Fact]
    public void What_is_written_is_read_back() => AnyYear.Sample(number =>
        InsuranceYear.TryParse(new InsuranceYear(number).ToString(), out var back) && back.Year == number);

    [Theory]
    [InlineData("")]
    [InlineData("1999")]
    [InlineData("2200")]
    [InlineData("22")]
    [InlineData("02022")]
    [InlineData("２０２２")]
    [InlineData("2022年")]
    [InlineData("+202")]
    [InlineData(" 2022")]
    public void Any_other_text_is_no_year(string text) => Assert.False(InsuranceYear.TryParse(text, out _));

    [Theory]
    [InlineData(1999)]
    [InlineData(2200)]
    public void Years_out_of_bounds_are_refused(int year) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new InsuranceYear(year));

    [Fact]
    public void Nothing_comes_before_the_first_year_or_after_the_last()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new InsuranceYear(InsuranceYear.MinYear).Previous);
        Assert.Throws<ArgumentOutOfRangeException>(() => new InsuranceYear(InsuranceYear.MaxYear).Next);
    }

    [Fact]
    public void The_default_value_is_a_year_too() => Assert.Equal(new InsuranceYear(2000), default);
}
