using System.Collections.Immutable;
using Canbao.Core.Files;
using Canbao.Core.Units;
using Canbao.Vocabulary;

namespace Canbao.Core.Registry.Import;

/// <summary>The columns of a people file, and how a row is read and checked.</summary>
/// <param name="tree">The area's units.</param>
/// <param name="intake">The file.</param>
sealed class PeopleFile(UnitTree tree, Intake intake)
{
    /// <summary>The columns. What a file leaves out stays as it is for people who are in the register already.</summary>
    public static readonly TableShape Shape = new(
        new("单位代码", ColumnKind.Digits, true, "村代码", "社区代码"),
        new("户号", ColumnKind.Digits, false, "户编号"),
        new("姓名", ColumnKind.Text, true),
        new("证件号码", ColumnKind.Digits, false, "身份证号", "身份证号码", "公民身份号码"),
        new("与户主关系", ColumnKind.Text, false, "家庭关系"),
        new("户籍类型", ColumnKind.Text, false, "户籍"),
        new("就业", ColumnKind.Text, false, "就业状态"),
        new("在校", ColumnKind.Text, false, "在校情况"),
        new("入学日期", ColumnKind.Date, false),
        new("参保身份", ColumnKind.Text, false),
        new("职工停保日期", ColumnKind.Date, false),
        new("外地参保", ColumnKind.Text, false),
        new("电话", ColumnKind.Digits, false, "联系电话", "手机号", "手机号码", "电话号码"),
        new("住址", ColumnKind.Text, false, "家庭住址", "地址"),
        new("出生日期", ColumnKind.Date, false),
        new("性别", ColumnKind.Text, false),
        new("死亡日期", ColumnKind.Date, false),
        new("学校代码", ColumnKind.Digits, false, "班级代码"));

    readonly Dictionary<string, string> strings = new(StringComparer.Ordinal);
    readonly HashSet<string> units = [.. tree.All.Select(unit => unit.Code)];

    /// <summary>The columns that the file has.</summary>
    public ImmutableArray<bool> Has { get; } = [.. Shape.Columns.Select((_, place) => intake.Header[place] >= 0)];

    /// <summary>Reads the row that the intake stands on; null where something is wrong, which the row tells.</summary>
    public PersonDraft? Read()
    {
        var row = intake.Row;
        if (!row.IsGood)
            return null;
        var number = Number(row);
        var name = Name(row);
        var sex = Word(Column.Sex, RegistryWords.Sexes, number?.Sex);
        var born = row.Date(Column.Born) ?? number?.Birth;
        CheckIdentity(row, number, sex, born);
        var status = new PersonStatusRow
        {
            Unit = Unit(row, Column.Unit) ?? "",
            Relation = Word(Column.Relation, RegistryWords.Relations, Relation.OtherRelative) ?? default,
            Residence = Word(Column.Residence, RegistryWords.Residences, Residence.LocalHukou) ?? default,
            Employment = Word(Column.Employment, RegistryWords.Employments, Employment.None) ?? default,
            Student = Word(Column.Student, RegistryWords.Students, Student.None) ?? default,
            SchoolEntry = row.Date(Column.SchoolEntry),
            ScopeStatus = Word(Column.ScopeStatus, RegistryWords.ScopeStatuses, ScopeStatus.None) ?? default,
            EmployeeCoverEnded = row.Date(Column.EmployeeCoverEnded),
            OtherCover = Word(Column.OtherCover, RegistryWords.OtherCovers, OtherCover.None) ?? default,
            Address = row.Text(Column.Address),
            SchoolUnit = Unit(row, Column.SchoolUnit),
        };
        var phone = row.Text(Column.Phone);
        if (phone.Length > 0 && !IsPhone(phone))
            row.Refuse(Column.Phone, "R207", "电话号码应为 7 至 12 位数字；请核对");
        return !row.IsGood ? null : new()
        {
            Line = row.Line,
            Number = number,
            Name = name!,
            Sex = sex!.Value,
            BornOn = born!.Value,
            DiedOn = row.Date(Column.Died),
            HouseholdNumber = row.Text(Column.Household),
            Phone = phone,
            Status = status,
        };
    }

    static CitizenNumber? Number(IntakeRow row)
    {
        var text = row.Text(Column.Number);
        if (text.Length == 0)
            return null;
        if (CitizenNumber.TryParse(text, out var number, out var refusal))
            return number;
        row.Refuse(Column.Number, "R201", refusal.Text);
        return null;
    }

    static string? Name(IntakeRow row)
    {
        if (PersonName.TryParse(row.Text(Column.Name), out var name, out var refusal))
            return name.Text;
        row.Refuse(Column.Name, "R205", refusal.Text);
        return null;
    }

    static void CheckIdentity(IntakeRow row, CitizenNumber? number, Sex? sex, DateOnly? born)
    {
        if (!row.IsGood)
            return;
        if (sex is null)
            row.Refuse(Column.Sex, "R206", "没有证件号码，或号码不含性别时，须填写性别");
        if (born is null)
            row.Refuse(Column.Born, "R206", "没有证件号码，或号码不含出生日期时，须填写出生日期");
        if (number?.Birth is { } birth && born is { } told && birth != told)
            row.Refuse(Column.Born, "R206", $"出生日期与证件号码不一致（号码为{birth:yyyy-MM-dd}）；请核对");
        if (number?.Sex is { } known && sex is { } said && known != said)
            row.Refuse(Column.Sex, "R206", $"性别与证件号码不一致（号码为{RegistryWords.Sexes[known]}）；请核对");
        if (row.Date(Column.Died) is { } died && died < born)
            row.Refuse(Column.Died, "R206", "死亡日期早于出生日期；请核对");
    }

    T? Word<T>(int column, WordList<T> words, T? otherwise)
        where T : struct, Enum
    {
        var bytes = intake.Row.Bytes(column);
        if (bytes.IsEmpty)
            return otherwise;
        var word = Kept(intake.Row.Text(column));
        if (words.TryRead(word, out var code))
            return code;
        intake.Row.Refuse(column, "R204", $"不认识这个写法；可写：{words.Known}");
        return null;
    }

    string? Unit(IntakeRow row, int column)
    {
        if (row.Bytes(column).IsEmpty)
            return null;
        var code = Kept(row.Text(column));
        if (units.Contains(code))
            return code;
        row.Refuse(column, "R203", "单位代码不在单位表中；请核对，或先导入单位");
        return null;
    }

    /// <summary>One string for equal texts: a file has millions of units and words, but few different ones.</summary>
    string Kept(string text)
    {
        if (!strings.TryGetValue(text, out var kept))
            strings.Add(text, kept = text);
        return kept;
    }

    static bool IsPhone(string text) => text.Length is >= 7 and <= 12 && text.All(char.IsAsciiDigit);

    /// <summary>Places of the columns in the shape.</summary>
    internal static class Column
    {
        public const int Unit = 0;
        public const int Household = 1;
        public const int Name = 2;
        public const int Number = 3;
        public const int Relation = 4;
        public const int Residence = 5;
        public const int Employment = 6;
        public const int Student = 7;
        public const int SchoolEntry = 8;
        public const int ScopeStatus = 9;
        public const int EmployeeCoverEnded = 10;
        public const int OtherCover = 11;
        public const int Phone = 12;
        public const int Address = 13;
        public const int Born = 14;
        public const int Sex = 15;
        public const int Died = 16;
        public const int SchoolUnit = 17;
    }
}
