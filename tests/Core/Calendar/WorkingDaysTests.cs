using Canbao.Core.Calendar;
using CsCheck;
using Xunit;

namespace Canbao.Core.Tests.Calendar;

public class WorkingDaysTests
{
    static readonly WorkingDays Days = WorkingDays.Published;

    [Theory]
    [InlineData("2021-09-18", true, "a Saturday worked for the Mid-Autumn festival")]
    [InlineData("2021-09-20", false, "Mid-Autumn festival")]
    [InlineData("2022-10-07", false, "the first Friday of Lishi's weekly reports")]
    [InlineData("2022-10-08", true, "a Saturday worked for the national day")]
    [InlineData("2022-12-31", false, "the new year's holiday begins in the old year")]
    [InlineData("2023-01-02", false, "and ends in the new")]
    [InlineData("2023-01-03", true, "the first working day of 2023")]
    [InlineData("2023-10-06", false, "national day and Mid-Autumn together")]
    [InlineData("2024-02-09", true, "the eve of the Spring Festival of 2024 was not a day off")]
    [InlineData("2024-02-18", true, "a Sunday worked")]
    [InlineData("2025-01-27", true, "a Monday before the Spring Festival")]
    [InlineData("2026-01-04", true, "a Sunday worked for the new year")]
    [InlineData("2022-11-05", false, "any Saturday")]
    [InlineData("2022-11-07", true, "any Monday")]
    public void Offices_work_as_the_notices_say(string day, bool works, string why) =>
        Assert.True(Days.IsWorkingDay(DateOnly.Parse(day)) == works, why);

    [Theory]
    [InlineData("2022-09-28", 5, "2022-10-10")]
    [InlineData("2022-12-26", 5, "2023-01-03")]
    [InlineData("2021-11-01", 5, "2021-11-08")]
    [InlineData("2021-11-05", 1, "2021-11-08")]
    [InlineData("2023-01-20", 5, "2023-02-01")]
    public void A_time_of_working_days_leaves_out_its_first_day(string start, int count, string end) =>
        Assert.Equal(DateOnly.Parse(end), Days.After(DateOnly.Parse(start), count));

    [Fact]
    public void Each_year_has_as_many_working_days_as_holidays_leave()
    {
        // 365 or 366 days, less weekends, less the holidays of that year that fall on other days, plus weekend days worked.
        foreach (var (year, count) in new[] { (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248) })
            Assert.Equal(count, Days.Between(new DateOnly(year, 1, 1).AddDays(-1) < Days.Known.From
                ? new DateOnly(year, 1, 1) : new DateOnly(year - 1, 12, 31), new DateOnly(year, 12, 31)));
    }

    [Fact]
    public void Counting_forth_and_back_agree() =>
        Gen.Select(Gen.Int[0, 1_900], Gen.Int[1, 60]).Sample((offset, count) =>
        {
            var start = Days.Known.From.AddDays(offset);
            var end = Days.After(start, count);
            return Days.IsWorkingDay(end) && Days.Between(start, end) == count && Days.Between(start, end.AddDays(-1)) == count - 1;
        });

    [Fact]
    public void A_deadline_on_a_day_off_moves_to_the_next_working_day_where_it_is_told_to()
    {
        Assert.Equal(new DateOnly(2022, 10, 8), Days.OnOrAfter(new DateOnly(2022, 10, 7)));
        Assert.Equal(new DateOnly(2022, 10, 14), Days.OnOrAfter(new DateOnly(2022, 10, 14)));
    }

    [Fact]
    public void A_year_without_a_notice_is_refused()
    {
        var fault = Assert.Throws<UnknownYearException>(() => Days.After(new DateOnly(2026, 12, 30), 5));
        Assert.Equal(new DateOnly(2027, 1, 1), fault.Day);
        Assert.Throws<UnknownYearException>(() => Days.IsWorkingDay(new DateOnly(2020, 12, 31)));
    }

    [Theory]
    [InlineData("off,2021-13-01,元旦")]
    [InlineData("rest,2021-01-01,元旦")]
    [InlineData("off,2021-01-01")]
    [InlineData("work,2021-02-08,春节")]
    [InlineData("off,2021-01-01,元旦\noff,2021-01-01,元旦")]
    [InlineData("work,2021-02-07,春节\noff,2021-02-07,春节")]
    [InlineData("")]
    public void Data_that_cannot_be_true_is_refused(string lines) =>
        Assert.Throws<FormatException>(() => WorkingDays.Read(["kind,days,name", .. lines.Split('\n')]));

    [Fact]
    public void Holidays_have_names() => Assert.Equal("国庆节", Days.HolidayOn(new DateOnly(2022, 10, 7)));
}
