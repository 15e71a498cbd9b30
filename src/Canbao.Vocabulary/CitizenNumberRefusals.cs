namespace Canbao.Vocabulary;

/// <summary>Every reason for which <see cref="CitizenNumber"/> refuses a text, in the order in which they are looked for.</summary>
public static class CitizenNumberRefusals
{
    /// <summary>Nothing but blanks.</summary>
    public static Refusal Empty { get; } = new("citizen_number.empty", "证件号码为空，请填写。");

    /// <summary>Full-width digits or letters (０–９, Ｘ).</summary>
    public static Refusal FullWidth { get; } =
        new("citizen_number.full_width", "证件号码中有全角字符，请切换到半角（英文）状态后重新录入。");

    /// <summary>A blank between the characters.</summary>
    public static Refusal Blank { get; } = new("citizen_number.blank", "证件号码中间有空格，请删除空格后重新录入。");

    /// <summary>A number that a spreadsheet has turned into powers of ten, such as 1.10101E+17.</summary>
    public static Refusal Scientific { get; } =
        new("citizen_number.scientific", "证件号码被电子表格变成了科学记数（如1.1E+17），请把该列设为“文本”格式，再按证件重新录入。");

    /// <summary>Neither 15 nor 18 characters.</summary>
    /// <param name="found">How many there are.</param>
    public static Refusal Length(int found) =>
        new("citizen_number.length", $"证件号码应为18位（旧证15位），现为{found}位，请对照证件核对。");

    /// <summary>A character that the form does not have at that place.</summary>
    /// <param name="position">Its place, from 1.</param>
    public static Refusal Character(int position) =>
        new("citizen_number.character", $"证件号码第{position}位的字符不对，应为数字（18位号码的末位可为X），请对照证件核对。");

    /// <summary>15 digits that begin as a permit's or foreigner's number does; those never had 15 digits.</summary>
    public static Refusal OldPrefix { get; } =
        new("citizen_number.old_prefix", "15位旧身份证号码不会以9或810000、820000、830000开头，请按现用证件录入18位号码。");

    /// <summary>15 digits with a sequence from 996 to 999, kept for people over a hundred: the century of birth is open.</summary>
    public static Refusal OldCentenarian { get; } =
        new("citizen_number.old_centenarian", "15位旧号码末三位996至999是为百岁老人保留的，无法确定出生世纪，请按现用证件录入18位号码。");

    /// <summary>A date of birth that the calendar does not have, or before <see cref="CitizenNumber.EarliestBirth"/>.</summary>
    public static Refusal BirthImpossible { get; } =
        new("citizen_number.birth_impossible", "证件号码中的出生日期不存在，请对照证件核对出生年月日。");

    /// <summary>Check digit wrong and last three digits 000, as spreadsheets leave numbers of more than 15 digits.</summary>
    public static Refusal Rounded { get; } =
        new("citizen_number.rounded", "证件号码末三位为000且校验码不符，可能被电子表格截断，请把该列设为“文本”格式，再按证件重新录入。");

    /// <summary>Check digit wrong.</summary>
    public static Refusal CheckDigit { get; } =
        new("citizen_number.check_digit", "证件号码校验码不符，可能录错一位或相邻两位颠倒，请对照证件逐位核对。");

    /// <summary>Born after the day that was given as today.</summary>
    public static Refusal BirthInFuture { get; } =
        new("citizen_number.birth_in_future", "证件号码中的出生日期晚于今天，请对照证件核对出生年月日。");

    /// <summary>All codes, in the order in which the reasons are looked for.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        Empty.Code, FullWidth.Code, Blank.Code, Scientific.Code, Length(0).Code, Character(0).Code, OldPrefix.Code,
        OldCentenarian.Code, BirthImpossible.Code, Rounded.Code, CheckDigit.Code, BirthInFuture.Code,
    ];
}
