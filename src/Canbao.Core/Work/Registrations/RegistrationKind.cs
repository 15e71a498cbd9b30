using System.Collections.Immutable;
using Canbao.Core.Files;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Registrations;

/// <summary>
/// A table by which a community, street or school registers people: the form <c>lishi 附件4</c>, or one of the four lists of
/// <c>lingyuan 四(二)</c>. All have one set of columns, of which each asks for its own.
/// </summary>
/// <param name="Code">As the command line and uploads name it.</param>
/// <param name="Chinese">Its title.</param>
/// <param name="Day">What its column of days is called.</param>
public sealed record RegistrationKind(string Code, string Chinese, string Day)
{
    /// <summary>《城乡居民新参保登记表》, <c>lishi 附件4</c>.</summary>
    public static readonly RegistrationKind Form = new("form", "城乡居民新参保登记表", "登记日期");

    /// <summary>Who is insured for the first time: newborns, people who came from far, new holders of permits.</summary>
    public static readonly RegistrationKind New = new("new", "新增参保人员花名册", "登记日期");

    /// <summary>Who moved here and was insured where they came from.</summary>
    public static readonly RegistrationKind MovedIn = new("moved-in", "迁入人员花名册", "迁入日期");

    /// <summary>Who moved away.</summary>
    public static readonly RegistrationKind MovedOut = new("moved-out", "迁出人员花名册", "迁出日期");

    /// <summary>Who died.</summary>
    public static readonly RegistrationKind Deceased = new("deceased", "死亡人员花名册", "死亡日期");

    const string Prefix = "registration.";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RegistrationKind> All { get; } = [Form, New, MovedIn, MovedOut, Deceased];

    /// <summary>All codes, for messages.</summary>
    public static string Known => string.Join("、", All.Select(kind => $"{kind.Code}（{kind.Chinese}）"));

    /// <summary>Whether people on it are enrolled.</summary>
    public bool Enrols => Code is "form" or "new" or "moved-in";

    /// <summary>The columns, at the places of <see cref="RegistrationColumn"/>.</summary>
    public TableShape Shape => new(Columns);

    ImmutableArray<ShapeColumn> Columns =>
    [
        new("乡（镇）、街道、学校", ColumnKind.Text, false, "乡镇、街道、学校", "乡镇、街道", "乡镇街道", "乡镇", "街道", "学校"),
        new("村、社区、班级", ColumnKind.Text, false, "村、社区", "村社区", "村（社区）", "社区", "村", "班级", "单位代码"),
        new("姓名", ColumnKind.Text, true),
        new("身份证号码", ColumnKind.Digits, false, "证件号码", "身份证号", "公民身份号码"),
        new("电话号码", ColumnKind.Digits, false, "电话", "联系电话", "手机号", "手机号码"),
        new("人员类别", ColumnKind.Text, false, "新增类型", "参保类别"),
        new("备注", ColumnKind.Text, false),
        new("户号", ColumnKind.Digits, false, "户编号"),
        new("与户主关系", ColumnKind.Text, false, "家庭关系"),
        new("性别", ColumnKind.Text, false),
        new("出生日期", ColumnKind.Date, false),
        new("住址", ColumnKind.Text, false, "家庭住址", "地址"),
        new("户籍类型", ColumnKind.Text, false, "户籍"),
        new("居住证到期日", ColumnKind.Date, false, "居住证有效期至"),
        new(Day, ColumnKind.Date, Code is "moved-in" or "moved-out" or "deceased"),
        new("原参保地或迁往地", ColumnKind.Text, false, "原参保地", "迁往地", "原户籍地"),
        new("已在迁入地参保", ColumnKind.Text, false, "迁入地参保", "是否在迁入地参保"),
    ];

    /// <summary>The kind of a code; null where there is none.</summary>
    public static RegistrationKind? Find(string? code) => All.FirstOrDefault(kind => kind.Code == code);

    /// <summary>How an upload of it for a year is kept: the same file for another year is another upload.</summary>
    public string UploadKind(InsuranceYear year) => $"{Prefix}{Code}.{year}";

    /// <summary>The list and year of an upload; null where it is of another sort.</summary>
    public static (RegistrationKind Kind, InsuranceYear Year)? OfUpload(string uploadKind) =>
        uploadKind.Split('.') is ["registration", var code, var text] && Find(code) is { } kind
            && InsuranceYear.TryParse(text, out var year)
            ? (kind, year)
            : null;
}

/// <summary>Places of the columns.</summary>
static class RegistrationColumn
{
    public const int Town = 0;
    public const int Village = 1;
    public const int Name = 2;
    public const int Number = 3;
    public const int Phone = 4;
    public const int Category = 5;
    public const int Remark = 6;
    public const int Household = 7;
    public const int Relation = 8;
    public const int Sex = 9;
    public const int Born = 10;
    public const int Address = 11;
    public const int Residence = 12;
    public const int Permit = 13;
    public const int Day = 14;
    public const int Place = 15;
    public const int InsuredThere = 16;
}
