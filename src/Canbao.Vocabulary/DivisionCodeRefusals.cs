namespace Canbao.Vocabulary;

/// <summary>Every reason for which <see cref="DivisionCode"/> refuses a text, in the order in which they are looked for.</summary>
public static class DivisionCodeRefusals
{
    /// <summary>No text.</summary>
    public static Refusal Empty { get; } = new("division_code.empty", "区划代码为空，请填写。");

    /// <summary>Something other than an ASCII digit, such as a blank or a full-width digit.</summary>
    /// <param name="position">Its place, from 1.</param>
    public static Refusal Character(int position) =>
        new("division_code.character", $"区划代码第{position}位不是半角数字，请改为半角数字，不要留空格。");

    /// <summary>Not 12 digits (nor 6 or 9, if short codes were asked for).</summary>
    /// <param name="found">How many there are.</param>
    /// <param name="allowShort">Whether short codes were asked for.</param>
    public static Refusal Length(int found, bool allowShort) => new(
        "division_code.length",
        $"区划代码应为{(allowShort ? "6位、9位或12位" : "12位")}数字，现为{found}位，请按统计用区划代码补齐。");

    /// <summary>The province part is 00.</summary>
    public static Refusal Province { get; } =
        new("division_code.province", "区划代码前两位（省级）不能为00，请核对。");

    /// <summary>A lower part is given where the part above it is all zeros.</summary>
    public static Refusal Gap { get; } =
        new("division_code.gap", "区划代码缺少上级：市级为00时县级以下应为0，乡级为000时村级应为000，请核对。");

    /// <summary>All codes, in the order in which the reasons are looked for.</summary>
    public static IReadOnlyList<string> Codes { get; } =
        [Empty.Code, Character(0).Code, Length(0, false).Code, Province.Code, Gap.Code];
}
