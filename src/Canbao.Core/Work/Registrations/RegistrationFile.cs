using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Vocabulary;
using Column = Canbao.Core.Work.Registrations.RegistrationColumn;

namespace Canbao.Core.Work.Registrations;

/// <summary>Reads and checks the rows of a registration table, each by itself.</summary>
/// <param name="kind">Which table.</param>
/// <param name="intake">The file.</param>
/// <param name="units">Finds units.</param>
/// <param name="vault">Hashes numbers.</param>
/// <param name="today">The business day.</param>
sealed class RegistrationFile(RegistrationKind kind, Intake intake, UnitNames units, Vault vault, DateOnly today)
{
    /// <summary>How the form's second note calls the categories, and further words of the list of new people.</summary>
    public static readonly string[] Words =
    [
        "普通居民", "新生儿", "特困人员", "低保对象", "低保边缘家庭成员", "返贫致贫人口", "脱贫不稳定人口", "边缘易致贫人口", "突发严重困难户", "稳定脱贫人口",
    ];

    const string Newborn = "新生儿", Ordinary = "普通居民", FromFar = "外地迁入", Permit = "居住证人员";

    readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>Reads the row that the intake stands on; null where something is wrong, which the row tells.</summary>
    public RegistrationDraft? Read()
    {
        var row = intake.Row;
        if (!row.IsGood)
            return null;
        CitizenNumber? number = null;
        if (row.Text(Column.Number) is { Length: > 0 } text && !CitizenNumber.TryParse(text, out number, out var refusal))
            row.Refuse(Column.Number, "R201", refusal.Text);
        if (!PersonName.TryParse(row.Text(Column.Name), out var name, out var unnamed))
            row.Refuse(Column.Name, "R205", unnamed.Text);
        var sex = Word(Column.Sex, RegistryWords.Sexes) ?? number?.Sex;
        var born = row.Date(Column.Born) ?? number?.Birth;
        CheckIdentity(number, sex, born);
        var phone = row.Text(Column.Phone);
        if (phone.Length > 0 && !People.IsPhone(phone))
            row.Refuse(Column.Phone, "R207", "电话号码应为 7 至 12 位数字；请核对");
        var category = Category();
        var status = Status(category);
        var isInsuredThere = InsuredThere();
        CheckDays(born, category, status);
        return !row.IsGood ? null : new()
        {
            Line = row.Line,
            Number = number,
            NumberHash = number is null ? null : vault.Hash(number.Full),
            Name = name!,
            Sex = sex,
            BornOn = born,
            Phone = phone,
            Category = category is Ordinary or Newborn or FromFar or Permit ? "" : category,
            IsNewborn = category == Newborn,
            Household = row.Text(Column.Household),
            Day = row.Date(Column.Day),
            Status = status,
            HasRelation = !row.Bytes(Column.Relation).IsEmpty,
            IsInsuredThere = isInsuredThere,
        };
    }

    bool InsuredThere()
    {
        var word = intake.Row.Text(Column.InsuredThere);
        if (word is not ("" or "是" or "否"))
            intake.Row.Refuse(Column.InsuredThere, "R204", "不认识这个写法；可写：是、否");
        return word == "是";
    }

    void CheckIdentity(CitizenNumber? number, Sex? sex, DateOnly? born)
    {
        var row = intake.Row;
        if (row.Bytes(Column.Number).IsEmpty && (sex is null || born is null))
            row.Refuse(Column.Number, "R206", "没有身份证号码的，须填写性别和出生日期");
        if (number?.Birth is { } birth && born != birth)
            row.Refuse(Column.Born, "R206", $"出生日期与证件号码不一致（号码为{birth:yyyy-MM-dd}）；请核对");
        if (number?.Sex is { } known && sex != known)
            row.Refuse(Column.Sex, "R206", $"性别与证件号码不一致（号码为{RegistryWords.Sexes[known]}）；请核对");
        if (born > today)
            row.Refuse(Column.Born, "R103", "出生日期在今天之后；请核对");
        if (row.IsGood && !seen.Add(number?.Full ?? $"{row.Text(Column.Name)} {born:yyyyMMdd}"))
            row.Refuse(Column.Number, "R202", "文件中前面已有此人；请删去重复的行");
    }

    void CheckDays(DateOnly? born, string category, PersonStatusRow status)
    {
        var row = intake.Row;
        if (row.Date(Column.Day) is { } day && (day > today || day < born))
            row.Refuse(Column.Day, "R305", $"{kind.Day}早于出生或在今天之后；请核对");
        if (category == Newborn && born?.AddYears(1) < today)
            row.Refuse(Column.Category, "R309", "出生已满一年，不能按新生儿登记；请核对出生日期或人员类别");
        if (status.Residence == Residence.ResidencePermit && status.PermitUntil is null && kind == RegistrationKind.New)
            row.Refuse(Column.Permit, "R304", "持居住证的，请填写居住证到期日");
    }

    PersonStatusRow Status(string category)
    {
        var row = intake.Row;
        var (unit, wrong) = units.Find(row.Text(Column.Town), row.Text(Column.Village));
        // Who moved away or died is found by number wherever the viewer looks; others have to be put somewhere.
        if (unit is null && (kind.Enrols || !row.Bytes(Column.Village).IsEmpty))
            row.Refuse(row.Bytes(Column.Village).IsEmpty ? Column.Town : Column.Village, "R302", wrong);
        var isSchool = unit is { Kind: UnitKind.School or UnitKind.SchoolClass };
        return new()
        {
            Unit = unit?.Code ?? "",
            SchoolUnit = isSchool ? unit!.Code : null,
            Student = !isSchool ? Student.None
                : row.Text(Column.Town).Contains("幼儿园", StringComparison.Ordinal) ? Student.Kindergarten : Student.School,
            Relation = Word(Column.Relation, RegistryWords.Relations) ?? Relation.OtherRelative,
            Residence = Word(Column.Residence, RegistryWords.Residences)
                ?? (category == Permit ? Residence.ResidencePermit : Residence.LocalHukou),
            PermitUntil = row.Date(Column.Permit),
            Address = row.Text(Column.Address),
        };
    }

    string Category()
    {
        var word = intake.Row.Text(Column.Category);
        if (word.Length == 0)
            return Ordinary;
        var known = kind == RegistrationKind.New ? [.. Words, FromFar, Permit] : Words;
        if (known.Contains(word))
            return word;
        intake.Row.Refuse(Column.Category, "R303", $"不认识的人员类别；可写：{string.Join('、', known)}");
        return Ordinary;
    }

    T? Word<T>(int column, WordList<T> words)
        where T : struct, Enum
    {
        if (intake.Row.Bytes(column).IsEmpty)
            return null;
        if (words.TryRead(intake.Row.Text(column), out var code))
            return code;
        intake.Row.Refuse(column, "R204", $"不认识这个写法；可写：{words.Known}");
        return null;
    }
}
