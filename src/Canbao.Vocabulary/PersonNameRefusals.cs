namespace Canbao.Vocabulary;

/// <summary>Every reason for which <see cref="PersonName"/> refuses a text, in the order in which they are looked for.</summary>
public static class PersonNameRefusals
{
    /// <summary>Nothing but blanks.</summary>
    public static Refusal Empty { get; } = new("person_name.empty", "姓名为空，请填写。");

    /// <summary>A control character, a zero-width or other invisible character, or a line break.</summary>
    public static Refusal Invisible { get; } =
        new("person_name.invisible", "姓名中有换行或看不见的字符，请清空后重新录入。");

    /// <summary>A digit of any script (〇 is a character of names, not a digit).</summary>
    public static Refusal Digit { get; } = new("person_name.digit", "姓名中有数字，请删除数字；同名的人请用证件号码区分。");

    /// <summary>What stands for a character that got lost or was masked: ?, ？, □, *, ＊, ×, U+FFFD, half a surrogate pair.</summary>
    public static Refusal Placeholder { get; } =
        new("person_name.placeholder", "姓名中有“?”“□”“*”等符号，原字已丢失或被遮盖，请对照证件录入原字。");

    /// <summary>A private-use character without a known standard code point: it shows differently on every computer.</summary>
    public static Refusal PrivateUse { get; } =
        new("person_name.private_use", "姓名中有自造字，其他系统无法识别，请用国家标准GB 18030的编码录入该字。");

    /// <summary>Any other character that names do not have, such as brackets, full-width Latin letters or radicals.</summary>
    /// <param name="position">Its place in the trimmed text, from 1, counted in Unicode scalar values.</param>
    public static Refusal Character(int position) =>
        new("person_name.character", $"姓名第{position}个字符不是姓名用字，请删除符号、括号和备注，英文字母用半角。");

    /// <summary>A separator at the beginning or end, two in a row, or a Latin full stop in a Chinese name.</summary>
    public static Refusal Separator { get; } =
        new("person_name.separator", "姓名间隔符应为一个“·”，只能写在两部分之间，请改正。");

    /// <summary>A blank inside a Chinese name of three characters or more, where it may stand for a separator.</summary>
    public static Refusal Blank { get; } =
        new("person_name.blank", "姓名中间有空格：是间隔符的请改为“·”，不是的请删除空格。");

    /// <summary>Longer than <see cref="PersonName.MaxLength"/>.</summary>
    /// <param name="found">How many characters there are.</param>
    public static Refusal Length(int found) =>
        new("person_name.length", $"姓名最多{PersonName.MaxLength}个字符，现为{found}个，请对照证件核对。");

    /// <summary>All codes, in the order in which the reasons are looked for.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        Empty.Code, Invisible.Code, Digit.Code, Placeholder.Code, PrivateUse.Code, Character(0).Code, Separator.Code, Blank.Code,
        Length(0).Code,
    ];
}
