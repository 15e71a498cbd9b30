using Xunit;

namespace Canbao.Vocabulary.Tests;

public sealed class CitizenNumberTests
{
    const string Valid = "110101190001010014";

    static readonly DateOnly Today = new(2021, 10, 26);

    /// <summary>One row for each refusal, in the order of <see cref="CitizenNumberRefusals.Codes"/>.</summary>
    public static TheoryData<string, string, string> Refusals => new()
    {
        { " 　", "citizen_number.empty", "证件号码为空，请填写。" },
        { "１10101190001010014", "citizen_number.full_width", "证件号码中有全角字符，请切换到半角（英文）状态后重新录入。" },
        { "110101 19000101 0014", "citizen_number.blank", "证件号码中间有空格，请删除空格后重新录入。" },
        {
            "1.10101190001E+17", "citizen_number.scientific",
            "证件号码被电子表格变成了科学记数（如1.1E+17），请把该列设为“文本”格式，再按证件重新录入。"
        },
        { "11010119000101001", "citizen_number.length", "证件号码应为18位（旧证15位），现为17位，请对照证件核对。" },
        {
            "11010119O001010014", "citizen_number.character",
            "证件号码第9位的字符不对，应为数字（18位号码的末位可为X），请对照证件核对。"
        },
        {
            "810000000101001", "citizen_number.old_prefix",
            "15位旧身份证号码不会以9或810000、820000、830000开头，请按现用证件录入18位号码。"
        },
        {
            "110101000101996", "citizen_number.old_centenarian",
            "15位旧号码末三位996至999是为百岁老人保留的，无法确定出生世纪，请按现用证件录入18位号码。"
        },
        { "110101190002290010", "citizen_number.birth_impossible", "证件号码中的出生日期不存在，请对照证件核对出生年月日。" },
        {
            "110101190001010000", "citizen_number.rounded",
            "证件号码末三位为000且校验码不符，可能被电子表格截断，请把该列设为“文本”格式，再按证件重新录入。"
        },
        { "110101190001010015", "citizen_number.check_digit", "证件号码校验码不符，可能录错一位或相邻两位颠倒，请对照证件逐位核对。" },
        { "370613209912310024", "citizen_number.birth_in_future", "证件号码中的出生日期晚于今天，请对照证件核对出生年月日。" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refusal_says_what_is_wrong_and_what_to_do(string given, string code, string text)
    {
        Assert.False(CitizenNumber.TryParse(given, Today, out var number, out var refusal));
        Assert.Null(number);
        Assert.Equal(new Refusal(code, text), refusal);
    }

    [Fact]
    public void Every_refusal_has_a_golden_row_in_order() =>
        Assert.Equal(CitizenNumberRefusals.Codes, Refusals.Select(row => row.Data.Item2));

    [Theory]
    [InlineData("", "citizen_number.empty")]
    [InlineData("11010119000101001Ｘ", "citizen_number.full_width")]
    [InlineData("1101011900010100145", "citizen_number.length")]
    [InlineData("1", "citizen_number.length")]
    [InlineData("X10101190001010014", "citizen_number.character")]
    [InlineData("XXA1100000101x0", "citizen_number.character")]
    [InlineData("XX1110000010110", "citizen_number.character")]
    [InlineData("11010100010100X", "citizen_number.character")]
    [InlineData("11010119000101001A", "citizen_number.character")]
    [InlineData("٠10101190001010014", "citizen_number.character")]
    [InlineData("911900000101001", "citizen_number.old_prefix")]
    [InlineData("820000000101001", "citizen_number.old_prefix")]
    [InlineData("830000000101001", "citizen_number.old_prefix")]
    [InlineData("110101000101999", "citizen_number.old_centenarian")]
    [InlineData("110101000229001", "citizen_number.birth_impossible")]
    [InlineData("110101001301001", "citizen_number.birth_impossible")]
    [InlineData("110101190000010010", "citizen_number.birth_impossible")]
    [InlineData("110101190001000010", "citizen_number.birth_impossible")]
    [InlineData("110101184912310010", "citizen_number.birth_impossible")]
    [InlineData("110101000001010010", "citizen_number.birth_impossible")]
    [InlineData("XXA110001022910", "citizen_number.birth_impossible")]
    [InlineData("911900190001010012", "citizen_number.check_digit")]
    public void Near_misses_are_refused(string given, string code)
    {
        Assert.False(CitizenNumber.TryParse(given, out _, out var refusal));
        Assert.Equal(code, refusal.Code);
    }

    [Theory]
    [InlineData("110101190001010014", CitizenNumberKind.ResidentIdentity, "1900-01-01", Sex.Male, "110101", true)]
    [InlineData("370613209912310024", CitizenNumberKind.ResidentIdentity, "2099-12-31", Sex.Female, "370613", true)]
    [InlineData("000000190001010025", CitizenNumberKind.ResidentIdentity, "1900-01-01", Sex.Female, "000000", false)]
    [InlineData("11010119000102001X", CitizenNumberKind.ResidentIdentity, "1900-01-02", Sex.Male, "110101", true)]
    [InlineData("110101000101001", CitizenNumberKind.ResidentIdentity, "1900-01-01", Sex.Male, "110101", true)]
    [InlineData("110101000101995", CitizenNumberKind.ResidentIdentity, "1900-01-01", Sex.Male, "110101", true)]
    [InlineData("810000190001010018", CitizenNumberKind.HongKongPermit, "1900-01-01", Sex.Male, "810000", true)]
    [InlineData("820000190001010028", CitizenNumberKind.MacaoPermit, "1900-01-01", Sex.Female, "820000", true)]
    [InlineData("830000190001010038", CitizenNumberKind.TaiwanPermit, "1900-01-01", Sex.Male, "830000", true)]
    [InlineData("911900190001010011", CitizenNumberKind.ForeignPermanent, "1900-01-01", null, "11", true)]
    [InlineData("XXA110000010110", CitizenNumberKind.ForeignPermanentLettered, null, null, "1100", true)]
    [InlineData("XXA110000022910", CitizenNumberKind.ForeignPermanentLettered, null, null, "1100", true)]
    [InlineData("XXA990000010110", CitizenNumberKind.ForeignPermanentLettered, null, null, "9900", false)]
    public void A_number_tells_what_its_form_says(
        string given, CitizenNumberKind kind, string? birth, Sex? sex, string address, bool known)
    {
        var number = Parse(given);
        Assert.Equal(kind, number.Kind);
        Assert.Equal(birth is null ? null : DateOnly.Parse(birth), number.Birth);
        Assert.Equal(sex, number.Sex);
        Assert.Equal(address, number.AddressCode);
        Assert.Equal(known, number.HasKnownAddressCode);
    }

    [Fact]
    public void Exactly_the_province_codes_are_known()
    {
        int[] known = [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
            50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83];
        Assert.Equal(known, Enumerable.Range(0, 90).Where(code => Parse(Complete($"{code:00}010119000101001")).HasKnownAddressCode));
    }

    [Theory]
    [InlineData("110101190001010014", "110101********0014")]
    [InlineData("110101000101001", "110101********0014")]
    [InlineData("911900190001010011", "911900********0011")]
    [InlineData("XXA110000010110", "XXA1100******10")]
    public void Only_the_masked_form_is_printed(string given, string masked)
    {
        var number = Parse(given);
        Assert.Equal(masked, number.Masked);
        Assert.Equal(masked, number.ToString());
        Assert.Equal(masked, $"{number}");
    }

    [Fact]
    public void The_examples_are_valid_and_show_every_kind()
    {
        var kinds = CitizenNumber.Examples.Select(example => Parse(example).Kind).Distinct();
        Assert.Equal(Enum.GetValues<CitizenNumberKind>(), kinds.Order());
    }

    [Theory]
    [InlineData("11010119000102001x", "11010119000102001X")]
    [InlineData(" 110101190001010014\t", "110101190001010014")]
    [InlineData("　110101190001010014　", "110101190001010014")]
    [InlineData("xxa110000010110", "XXA110000010110")]
    public void Outer_blanks_and_lower_case_are_put_right(string given, string full) => Assert.Equal(full, Parse(given).Full);

    [Fact]
    public void Fifteen_digits_become_eighteen_and_say_so()
    {
        var old = Parse("110101000101001");
        Assert.Equal(Valid, old.Full);
        Assert.True(old.WasFifteenDigits);
        Assert.False(Parse(Valid).WasFifteenDigits);
        Assert.Equal(Parse(Valid), old);
        Assert.Equal(Parse(Valid).GetHashCode(), old.GetHashCode());
        Assert.NotEqual(Parse("370613209912310024"), old);
    }

    [Fact]
    public void Today_itself_is_no_future_birth()
    {
        string born = Complete($"110101{Today:yyyyMMdd}001");
        Assert.True(CitizenNumber.TryParse(born, Today, out _, out _));
        Assert.False(CitizenNumber.TryParse(born, Today.AddDays(-1), out _, out var refusal));
        Assert.Equal(CitizenNumberRefusals.BirthInFuture, refusal);
    }

    [Theory]
    [InlineData("1101011900010100")]
    [InlineData("110101190001010014")]
    [InlineData("1101011900010100A")]
    public void A_check_character_needs_17_digits(string digits) =>
        Assert.Throws<ArgumentException>(() => CitizenNumber.CheckCharacter(digits));

    static CitizenNumber Parse(string text)
    {
        Assert.True(CitizenNumber.TryParse(text, out var number, out var refusal), refusal?.ToString());
        return number;
    }

    static string Complete(string digits) => digits + CitizenNumber.CheckCharacter(digits);
}
