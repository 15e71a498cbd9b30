using Canbao.Core.Files;
using Canbao.Core.Units;
using Canbao.Vocabulary;

namespace Canbao.Core.Registry.Comparison;

/// <summary>Reads and checks the rows of a file that is compared.</summary>
/// <param name="source">Whose file.</param>
/// <param name="intake">The file.</param>
/// <param name="tree">The area's units.</param>
sealed class ComparisonFile(ComparisonSource source, Intake intake, UnitTree tree)
{
    const int Name = 0, Number = 1;

    readonly int word = Place(source, source.Word);
    readonly int day = Place(source, source.Day);
    readonly int place = Place(source, source.Place);
    readonly int at = Place(source, "班级");
    readonly ILookup<string, Unit> schools = tree.All.Where(unit => unit.Kind == UnitKind.School)
        .SelectMany(unit => unit.Aliases.Append(unit.Name).Append(unit.Code).Distinct().Select(name => (name, unit)))
        .ToLookup(pair => pair.name, pair => pair.unit, StringComparer.Ordinal);

    /// <summary>Reads the row that the intake stands on; null where something is wrong, which the row tells.</summary>
    public TheirRow? Read()
    {
        var row = intake.Row;
        if (!row.IsGood)
            return null;
        if (!PersonName.TryParse(row.Text(Name), out var name, out var unnamed))
            row.Refuse(Name, "R205", unnamed.Text);
        if (!CitizenNumber.TryParse(row.Text(Number), out var number, out var wrong))
            row.Refuse(Number, "R201", wrong.Text);
        var said = word < 0 ? "" : row.Text(word);
        if (!source.Takes(said))
            row.Refuse(word, "R204", $"不认识这个写法；可写：{source.Words}");
        var unit = at < 0 ? null : School();
        return row.IsGood
            ? new(name!.Text, number!.Full, said, day < 0 ? null : row.Date(day), place < 0 ? "" : row.Text(place), unit)
            : null;
    }

    string? School()
    {
        var row = intake.Row;
        if (schools[row.Text(place)].ToList() is not [var school])
        {
            row.Refuse(place, "R203", "学校不在单位表中，或有同名的学校；请核对，或改写学校代码");
            return null;
        }

        if (row.Bytes(at).IsEmpty)
            return school.Code;
        var text = row.Text(at);
        if (tree.FindByName(school, text) is { } named)
            return named.Code;
        if (tree.ChildrenOf(school).FirstOrDefault(unit => unit.Code == text) is { } coded)
            return coded.Code;
        row.Refuse(at, "R203", "这所学校没有这个班级；请核对，或先导入单位");
        return null;
    }

    static int Place(ComparisonSource source, string column) => column.Length == 0 ? -1 : source.Shape.PlaceOf(column, null);
}
