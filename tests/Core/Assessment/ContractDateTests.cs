using System.Text;
using Canbao.Core.Assessment.Batch;
using Xunit;

namespace Canbao.Core.Tests.Assessment;

public class ContractDateTests
{
    static readonly DateOnly First = new(1800, 1, 1);
    static readonly DateOnly Last = new(2199, 12, 31);

    [Fact]
    public void Every_day_is_read_and_written_as_the_calendar_has_it()
    {
        var bytes = new byte[ContractDate.Length];
        for (var day = First; day <= Last; day = day.AddDays(1))
        {
            var text = day.ToString("yyyy-MM-dd");
            ContractDate.Write(day, bytes);
            Assert.Equal(text, Encoding.ASCII.GetString(bytes));
            Assert.True(ContractDate.TryParse(bytes, out var read));
            Assert.Equal(day, read);
        }
    }

    [Fact]
    public void Every_year_month_and_day_of_two_digits_is_read_only_if_it_exists()
    {
        for (var year = 1780; year <= 2220; year++)
            for (var month = 0; month <= 99; month++)
                for (var day = 0; day <= 99; day += month is >= 1 and <= 12 ? 1 : 9)
                {
                    var exists = year is >= 1800 and <= 2199 && month is >= 1 and <= 12
                        && day >= 1 && day <= DateTime.DaysInMonth(year, month);
                    byte[] text = [.. Digits(year / 100), .. Digits(year % 100), (byte)'-', .. Digits(month), (byte)'-', .. Digits(day)];
                    var isRead = ContractDate.TryParse(text, out var read);
                    if (exists != isRead || isRead && read != new DateOnly(year, month, day))
                        Assert.Fail($"{year}-{month}-{day}");
                }
    }

    [Fact]
    public void A_day_with_one_byte_changed_is_read_only_if_the_calendar_reads_it_too()
    {
        for (var day = First; day <= Last; day = day.AddDays(61))
        {
            var text = Encoding.ASCII.GetBytes(day.ToString("yyyy-MM-dd"));
            for (var at = 0; at < text.Length; at++)
                for (var value = 0; value <= 255; value++)
                {
                    var changed = (byte[])[.. text];
                    changed[at] = (byte)value;
                    var expected = DateOnly.TryParseExact(Encoding.Latin1.GetString(changed), "yyyy-MM-dd", out var other)
                        && other >= First && other <= Last;
                    if (ContractDate.TryParse(changed, out var read) != expected || expected && read != other)
                        Assert.Fail(Encoding.Latin1.GetString(changed));
                }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("2021")]
    [InlineData("2021-11-0")]
    [InlineData("2021-11-011")]
    [InlineData(" 2021-11-01")]
    [InlineData("2021-11-01 ")]
    [InlineData("2021/11/01")]
    [InlineData("20211101")]
    [InlineData("2021-1-1")]
    [InlineData("01-11-2021")]
    [InlineData("2021-11-01T00:00:00")]
    [InlineData("２０２１-11-01")]
    [InlineData("1799-12-31")]
    [InlineData("2200-01-01")]
    [InlineData("0001-01-01")]
    [InlineData("2021-02-29")]
    [InlineData("1900-02-29")]
    public void Anything_else_is_no_day(string text) => Assert.False(ContractDate.TryParse(Encoding.UTF8.GetBytes(text), out _));

    static byte[] Digits(int value) => [(byte)('0' + value / 10), (byte)('0' + value % 10)];
}
