using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Registrations;

/// <summary>Which table is written, of whom.</summary>
/// <param name="Kind">Which table.</param>
/// <param name="Year">The insurance year.</param>
/// <param name="Unit">The unit whose people, and those of all below it, are on it.</param>
/// <param name="From">The first day of registrations, moves or deaths.</param>
/// <param name="Until">The last, inclusive.</param>
public sealed record RegistrationExport(RegistrationKind Kind, InsuranceYear Year, Unit Unit, DateOnly From, DateOnly Until)
{
    /// <summary>The first day that the table of a Friday has: the Saturday before it (<c>lishi 附件4</c>).</summary>
    public static DateOnly WeekOf(DateOnly until) => until.AddDays(-(((int)until.DayOfWeek + 1) % 7));
}

/// <summary>
/// Writes registration tables as the notices have them (<c>lishi 附件4</c>, returned every Friday; <c>lingyuan 四(二)</c>). They hold full
/// numbers, so that to write one is a recorded act. Each can be handed in again.
/// </summary>
/// <param name="vault">Opens numbers and phones.</param>
/// <param name="names">All categories.</param>
public sealed class RegistrationForm(Vault vault, CategoryNames names)
{
    static readonly ImmutableArray<FormColumn> FormColumns =
    [
        new("序号", 6), new("乡（镇）、街道、学校", 18), new("村、社区、班级", 16), new("姓名", 12), new("身份证号码", 22), new("电话号码", 15),
        new("人员类别", 18), new("备注", 20),
    ];

    /// <summary>Writes a table.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="export">Which.</param>
    /// <param name="isWorkbook">As a workbook to print and sign; else as CSV.</param>
    /// <param name="stream">Takes it; written anew where the act runs again.</param>
    /// <returns>How many people are on it.</returns>
    public async Task<int> WriteAsync(Act act, RegistrationExport export, bool isWorkbook, Stream stream)
    {
        var tree = await UnitStore.ReadAsync(act.Session, act.Area);
        var places = tree.All.Index().ToDictionary(unit => unit.Item.Code, unit => unit.Index, StringComparer.Ordinal);
        var people = (await RegistrationReader.ReadAsync(act, export, tree.PathOf(export.Unit)))
            .OrderBy(who => places[who.Status.Unit]).ThenBy(who => who.Day).ThenBy(who => who.Person.PersonId);
        var isForm = export.Kind == RegistrationKind.Form;
        var columns = isForm ? FormColumns : ListColumns(export.Kind);
        var rows = people.Select((person, place) => isForm
            ? FormRow(place + 1, person, tree) : ListRow(place + 1, person, tree, export.Kind)).ToList();
        stream.SetLength(0);
        if (isWorkbook)
            Workbook(export, tree, columns, rows).Write(stream);
        else
            WriteText(stream, columns, rows);
        if (rows.Count > 0)
            act.Record("enrolments", export.Year, "exported", null,
                new { Kind = export.Kind.Code, Unit = export.Unit.Code, Rows = rows.Count, export.From, export.Until });
        return rows.Count;
    }

    /// <summary>What the form calls a category; empty where it has no word for it.</summary>
    internal static string Word(CategoryNames names, string code) => code switch
    {
        "extreme_poverty_rural" or "extreme_poverty_urban" => "特困人员",
        "minimum_living_rural" or "minimum_living_urban" => "低保对象",
        _ => RegistrationFile.Words.FirstOrDefault(word => names.Find(word) == code) ?? "",
    };

    static ImmutableArray<FormColumn> ListColumns(RegistrationKind kind)
    {
        ImmutableArray<FormColumn> more = kind.Enrols
            ? [new("户籍类型", 10), new("居住证到期日", 13), new("人员类别", 12)]
            : kind == RegistrationKind.MovedOut ? [new("已在迁入地参保", 12)]
            : [];
        return
        [
            new("序号", 6), new("街道", 14), new("社区", 14), new("户号", 12), new("与户主关系", 11), new("姓名", 11), new("身份证号码", 22),
            new("性别", 6), new("出生日期", 13), new("电话号码", 14), new("住址", 24), .. more, new(kind.Day, 13), new("备注", 12),
        ];
    }

    static FormWorkbook Workbook(
        RegistrationExport export, UnitTree tree, ImmutableArray<FormColumn> columns, IEnumerable<string[]> rows)
    {
        var isForm = export.Kind == RegistrationKind.Form;
        var form = new FormWorkbook(isForm ? "附件4" : export.Kind.Chinese, columns);
        if (isForm)
            form.AddLine("附件4");
        form.AddLine($"{(isForm ? tree.Root : export.Unit).Name}{export.Year}年度{export.Kind.Chinese}", isTitle: true);
        form.AddLine(string.Create(CultureInfo.InvariantCulture,
            $"单位名称（盖章）：{export.Unit.Name}　　{export.From:yyyy-MM-dd} 至 {export.Until:yyyy-MM-dd}"));
        form.AddHeader();
        foreach (var row in rows)
            form.AddRow(row);
        if (!isForm)
            return form;
        form.AddLine("注：1. 本表由乡镇街道办和学校填写。");
        form.AddLine($"2. 人员类别为：{string.Join('、', RegistrationFile.Words)}。");
        form.AddLine("3. 每周五报回区医保中心。");
        return form;
    }

    static void WriteText(Stream stream, ImmutableArray<FormColumn> columns, IEnumerable<string[]> rows)
    {
        // Without the mark a spreadsheet takes the file for another encoding.
        stream.Write(Encoding.UTF8.Preamble);
        foreach (var row in rows.Prepend([.. columns.Select(column => column.Name)]))
            stream.Write(CsvText.ForeignLine(row));
    }

    string[] FormRow(int number, RegisteredPerson who, UnitTree tree)
    {
        var (town, village) = Places(who.Status, tree);
        return [Text(number), town, village, who.Person.Name, Number(who), Phone(who), Category(who), ""];
    }

    string[] ListRow(int number, RegisteredPerson who, UnitTree tree, RegistrationKind kind)
    {
        var (town, village) = Places(who.Status, tree);
        string[] more = kind.Enrols
            ?
            [
                RegistryWords.Residences[who.Status.Residence], Text(who.Status.PermitUntil),
                who.Enrolment?.Kind == EnrolmentKinds.Newborn ? "新生儿" : "",
            ]
            : kind == RegistrationKind.MovedOut ? [who.Status.OtherCover == OtherCover.None ? "否" : "是"]
            : [];
        return
        [
            Text(number), town, village, who.Household, who.Household.Length == 0 ? "" : RegistryWords.Relations[who.Status.Relation],
            who.Person.Name, Number(who), RegistryWords.Sexes[who.Person.Sex], Text(who.Person.BornOn), Phone(who), who.Status.Address,
            .. more, Text(who.Day), "",
        ];
    }

    /// <summary>Newborns first, since they are on no list yet; of several categories the one that the form names first.</summary>
    string Category(RegisteredPerson who) => who.Enrolment?.Kind == EnrolmentKinds.Newborn
        ? "新生儿"
        : RegistrationFile.Words.FirstOrDefault(word => who.Categories.Any(code => Word(names, code) == word)) ?? "普通居民";

    static (string Town, string Village) Places(PersonStatusRow status, UnitTree tree)
    {
        if (tree.Find(status.Unit) is not { } unit)
            return ("", status.Unit);
        var town = tree.AncestorsOf(unit).Prepend(unit).FirstOrDefault(each => each.Kind is UnitKind.Township or UnitKind.School);
        return (town?.Name ?? "", unit == town ? "" : unit.Name);
    }

    string Number(RegisteredPerson who) => who.Person.NumberSealed is { } number
        ? vault.OpenText(who.Person.Salt, RegistryText.NumberPurpose, number) : "";

    string Phone(RegisteredPerson who) => who.Status.PhoneSealed is { } phone
        ? vault.OpenText(who.Person.Salt, RegistryText.PhonePurpose, phone) : "";

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
