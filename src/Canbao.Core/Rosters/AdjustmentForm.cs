using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Rosters;

/// <summary>
/// The form 《困难人口动态调整名单》, <c>lishi 附件3</c>: who came on a department's lists and who left them, for finance and for the bureau. It holds
/// full numbers, so that to write it is a recorded act. It can be handed in again as an adjustment list.
/// </summary>
/// <param name="vault">Opens numbers and phones.</param>
/// <param name="names">All categories.</param>
public sealed class AdjustmentForm(Vault vault, CategoryNames names)
{
    /// <summary>The form's columns.</summary>
    public const string Columns = "序号,乡镇、街道,村、社区,身份证号码,联系电话,动态调整类型,人员类别,动态调整时间";

    const int MostInList = 500;

    /// <summary>The categories as the form's third note calls them.</summary>
    static readonly string[] Words =
    [
        "农村特困", "城镇特困", "农村低保", "城镇低保", "孤儿", "事实无人抚养儿童", "低保边缘家庭成员", "脱贫户", "返贫致贫人口", "脱贫不稳定人口", "边缘易致贫人口",
        "突发严重困难人口",
    ];

    readonly Dictionary<string, string> words = Words.Where(word => names.Find(word) is not null)
        .ToDictionary(word => names.Find(word)!, StringComparer.Ordinal);

    /// <summary>Writes the form.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="department">Whose changes.</param>
    /// <param name="days">The days of the changes, both inclusive.</param>
    /// <param name="stream">Takes the workbook; it is written anew where the act runs again.</param>
    /// <returns>How many changes it holds.</returns>
    public async Task<int> WriteAsync(Act act, string department, (DateOnly From, DateOnly Until) days, Stream stream)
    {
        var entries = await EntriesAsync(act, department, days);
        var tree = await UnitStore.ReadAsync(act.Session, act.Area);
        stream.SetLength(0);
        var title = new[]
        {
            "附件3", $"{tree.Root.Name}部门困难人口动态调整名单",
            string.Create(CultureInfo.InvariantCulture,
                $"单位名称（盖章）：{Departments.Chinese(department)}　　{act.Today.Year}年{act.Today.Month}月{act.Today.Day}日"),
        };
        using var sheet = new WorkbookSink(stream, string.Join('\n', [.. title.Select(CsvText.Field), Columns]), "附件3");
        int number = 0;
        foreach (var part in entries.Chunk(MostInList))
        {
            var people = await PeopleAsync(act, part.Select(entry => entry.PersonId));
            foreach (var entry in part)
                sheet.Write(CsvText.ForeignLine(Row(++number, entry, people[entry.PersonId], tree)));
        }

        sheet.Write(CsvText.ForeignLine(["注：1. 本表由县级民政、乡村振兴部门填写。"]));
        sheet.Write(CsvText.ForeignLine(["2. 动态调整类型为：新增或退出。"]));
        sheet.Write(CsvText.ForeignLine([$"3. 人员类别为：{string.Join('、', Words)}。"]));
        sheet.Commit();
        if (number > 0)
            act.Record("roster", department, "exported", null, new { Rows = number, days.From, days.Until });
        return number;
    }

    static Task<List<RosterEntryRow>> EntriesAsync(Act act, string department, (DateOnly From, DateOnly Until) days)
    {
        var (area, from, until) = (act.Area, days.From, days.Until);
        return (
            from entry in act.Session.Table<RosterEntryRow>()
            join version in act.Session.Table<RosterVersionRow>()
                on new { entry.Area, entry.VersionId } equals new { version.Area, version.VersionId }
            where entry.Area == area && version.Area == area && version.Department == department && version.UndoneBy == null
                && entry.Day >= @from && entry.Day <= until
            orderby entry.Day, entry.VersionId, entry.EntryNo
            select entry).ToListAsync();
    }

    static async Task<Dictionary<long, (PersonRow Person, PersonStatusRow? Status)>> PeopleAsync(Act act, IEnumerable<long> people)
    {
        var (area, ids) = (act.Area, people.Distinct().ToArray());
        var statuses = await act.Session.Table<PersonStatusRow>()
            .Where(row => row.Area == area && row.PersonId.In(ids) && row.UntilDay == null).ToDictionaryAsync(row => row.PersonId);
        var rows = await act.Session.Table<PersonRow>().Where(row => row.Area == area && row.PersonId.In(ids)).ToListAsync();
        return rows.ToDictionary(row => row.PersonId, row => (row, statuses.GetValueOrDefault(row.PersonId)));
    }

    string[] Row(int number, RosterEntryRow entry, (PersonRow Person, PersonStatusRow? Status) who, UnitTree tree)
    {
        var unit = who.Status is { } status ? tree.Find(status.Unit) : null;
        var town = unit is null ? null : tree.AncestorsOf(unit).Prepend(unit).FirstOrDefault(each => each.Kind == UnitKind.Township);
        return
        [
            number.ToString(CultureInfo.InvariantCulture), town?.Name ?? "", unit == town ? "" : unit?.Name ?? "",
            who.Person.NumberSealed is { } sealedNumber ? vault.OpenText(who.Person.Salt, RegistryText.NumberPurpose, sealedNumber) : "",
            who.Status?.PhoneSealed is { } phone ? vault.OpenText(who.Person.Salt, RegistryText.PhonePurpose, phone) : "",
            entry.Action == "added" ? "新增" : "退出",
            words.GetValueOrDefault(entry.Category) ?? names.Chinese(entry.Category),
            entry.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ];
    }
}
