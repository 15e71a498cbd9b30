using CsCheck;
using Xunit;

namespace Canbao.Vocabulary.Tests;

public sealed class DivisionCodeTests
{
    static readonly Gen<DivisionCode> AnyCode =
        Gen.Select(Gen.Int[11, 13], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2])
            .Where((_, city, county, town, village) =>
                (city > 0 || (county == 0 && town == 0 && village == 0)) && (town > 0 || village == 0))
            .Select((province, city, county, town, village) => Parse($"{province}{city:00}{county:00}{town:000}{village:000}"));

    /// <summary>One row for each refusal, in the order of <see cref="DivisionCodeRefusals.Codes"/>.</summary>
    public static TheoryData<string, string, string> Refusals => new()
    {
        { "", "division_code.empty", "区划代码为空，请填写。" },
        { "37061３001001", "division_code.character", "区划代码第6位不是半角数字，请改为半角数字，不要留空格。" },
        { "370613", "division_code.length", "区划代码应为12位数字，现为6位，请按统计用区划代码补齐。" },
        { "000613001001", "division_code.province", "区划代码前两位（省级）不能为00，请核对。" },
        {
            "370613000001", "division_code.gap",
            "区划代码缺少上级：市级为00时县级以下应为0，乡级为000时村级应为000，请核对。"
        },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refusal_says_what_is_wrong_and_what_to_do(string given, string code, string text)
    {
        Assert.False(DivisionCode.TryParse(given, out var division, out var refusal));
        Assert.Null(division);
        Assert.Equal(new Refusal(code, text), refusal);
    }

    [Fact]
    public void Every_refusal_has_a_golden_row_in_order() =>
        Assert.Equal(DivisionCodeRefusals.Codes, Refusals.Select(row => row.Data.Item2));

    [Theory]
    [InlineData("370013000000")]
    [InlineData("370000001000")]
    [InlineData("370000000001")]
    [InlineData("370600000001")]
    public void A_part_below_a_missing_part_is_refused(string given)
    {
        Assert.False(DivisionCode.TryParse(given, out _, out var refusal));
        Assert.Equal(DivisionCodeRefusals.Gap, refusal);
    }

    [Theory]
    [InlineData("370000000000", DivisionLevel.Province, null, "370000000000")]
    [InlineData("370600000000", DivisionLevel.City, "370000000000", "370600000000")]
    [InlineData("370613000000", DivisionLevel.County, "370600000000", "370613000000")]
    [InlineData("370613001000", DivisionLevel.Town, "370613000000", "370613000000")]
    [InlineData("370613001001", DivisionLevel.Village, "370613001000", "370613000000")]
    [InlineData("441900003000", DivisionLevel.Town, "441900000000", "441900000000")]
    [InlineData("441900003002", DivisionLevel.Village, "441900003000", "441900000000")]
    [InlineData("500000000000", DivisionLevel.Province, null, "500000000000")]
    [InlineData("370610010010", DivisionLevel.Village, "370610010000", "370610000000")]
    public void Level_parent_and_area_follow_from_the_digits(string given, DivisionLevel level, string? parent, string area)
    {
        var code = Parse(given);
        Assert.Equal(level, code.Level);
        Assert.Equal(parent, code.Parent?.Text);
        Assert.Equal(area, code.Area.Text);
        Assert.Equal(given, code.ToString());
    }

    [Theory]
    [InlineData("370613", "370613000000")]
    [InlineData("370613001", "370613001000")]
    [InlineData("370613001001", "370613001001")]
    public void Short_codes_are_read_only_if_asked_for(string given, string full)
    {
        Assert.True(DivisionCode.TryParse(given, allowShort: true, out var code, out _));
        Assert.Equal(full, code.Text);
        Assert.Equal(given == full, DivisionCode.TryParse(given, out _, out _));
    }

    [Theory]
    [InlineData("37")]
    [InlineData("3706130")]
    [InlineData("3706130010010")]
    public void Other_lengths_are_refused_even_then(string given)
    {
        Assert.False(DivisionCode.TryParse(given, allowShort: true, out _, out var refusal));
        Assert.Equal($"区划代码应为6位、9位或12位数字，现为{given.Length}位，请按统计用区划代码补齐。", refusal.Text);
    }

    [Fact]
    public void A_division_contains_exactly_itself_and_those_whose_parents_lead_to_it() =>
        Gen.Select(AnyCode, AnyCode).Sample((upper, lower) =>
        {
            bool expected = false;
            for (DivisionCode? code = lower; code is not null; code = code.Parent)
                expected |= code == upper;
            return upper.Contains(lower) == expected;
        });

    [Fact]
    public void A_parent_stands_higher_and_sorts_first() => AnyCode.Sample(code =>
        code.Parent is null ? code.Level == DivisionLevel.Province : code.Parent.Level < code.Level && code.Parent < code);

    [Fact]
    public void What_is_written_is_read_back() => AnyCode.Sample(code => Parse(code.ToString()) == code);

    [Fact]
    public void Codes_order_as_their_numbers_do() => Gen.Select(AnyCode, AnyCode).Sample((left, right) =>
    {
        long a = long.Parse(left.Text), b = long.Parse(right.Text);
        return left < right == a < b && left <= right == a <= b && left > right == a > b && left >= right == a >= b
            && left == right == (a == b);
    });

    static DivisionCode Parse(string text)
    {
        Assert.True(DivisionCode.TryParse(text, out var code, out var refusal), refusal?.ToString());
        return code;
    }
}
