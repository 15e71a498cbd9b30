using System.Collections.Immutable;

namespace Canbao.Core.Units;

/// <summary>What is wrong in a file of units or figures.</summary>
/// <param name="Code">A stable code, <c>U1xx</c>.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column's name.</param>
/// <param name="Text">What is wrong and what to write, in Chinese.</param>
public readonly record struct UnitFault(string Code, int Line, string Column, string Text);

/// <summary>Reads a collection tree: CSV without quotes, <see cref="Header"/>; lines with <c>#</c> are comments.</summary>
public static class UnitFile
{
    /// <summary>The header.</summary>
    public const string Header = "code,parent,kind,name,aliases,leader,contact";

    /// <summary>Reads a tree; null where there are faults, of which all are told.</summary>
    public static UnitTree? Read(IEnumerable<string> lines, List<UnitFault> faults)
    {
        var before = faults.Count;
        var rows = new List<(int Line, Unit Unit)>();
        foreach (var (line, fields) in Rows(lines, Header, faults))
            if (ReadUnit(line, fields, faults) is { } unit)
                rows.Add((line, unit));
        CheckTree(rows, faults);
        return faults.Count > before ? null : new UnitTree([.. rows.Select(row => row.Unit)]);
    }

    /// <summary>The fields of each line behind the header.</summary>
    internal static IEnumerable<(int Line, string[] Fields)> Rows(IEnumerable<string> lines, string header, List<UnitFault> faults)
    {
        var columns = header.Split(',').Length;
        var hasHeader = false;
        foreach (var (index, text) in lines.Index())
        {
            if (text.Length == 0 || text[0] == '#')
                continue;
            var fields = text.Split(',');
            if (!hasHeader && text != header)
                faults.Add(new UnitFault("U101", index + 1, fields[0], $"第一行应为 {header}"));
            else if (hasHeader && fields.Length != columns)
                faults.Add(new UnitFault("U102", index + 1, fields[0], $"应有 {columns} 列，实有 {fields.Length} 列；名称中不能有逗号"));
            else if (hasHeader)
                yield return (index + 1, fields);
            if (!hasHeader && text != header)
                yield break;
            hasHeader = true;
        }

        if (!hasHeader)
            faults.Add(new UnitFault("U101", 1, "", $"文件是空的；第一行应为 {header}"));
    }

    static Unit? ReadUnit(int line, string[] fields, List<UnitFault> faults)
    {
        var before = faults.Count;
        if (fields[0].Length == 0)
            faults.Add(new UnitFault("U103", line, "code", "代码不能为空；请填写唯一的代码"));
        if (fields[3].Length == 0)
            faults.Add(new UnitFault("U103", line, "name", "名称不能为空；请填写单位名称"));
        if (!UnitKinds.TryParse(fields[2], out var kind))
            faults.Add(new UnitFault("U104", line, "kind", $"不认识类型“{fields[2]}”；可写：{UnitKinds.Known}"));
        var aliases = fields[4].Split(';', StringSplitOptions.RemoveEmptyEntries).ToImmutableArray();
        if (faults.Count > before)
            return null;
        return new Unit(fields[0], fields[1], kind, fields[3], aliases)
        {
            Leader = fields[5],
            Contact = fields[6],
        };
    }

    static void CheckTree(List<(int Line, Unit Unit)> rows, List<UnitFault> faults)
    {
        var byCode = new Dictionary<string, Unit>(StringComparer.Ordinal);
        foreach (var (line, unit) in rows)
            if (!byCode.TryAdd(unit.Code, unit))
                faults.Add(new UnitFault("U105", line, "code", $"代码“{unit.Code}”重复；每个单位的代码应唯一"));
        var names = new HashSet<(string Parent, string Name)>();
        foreach (var (line, unit) in rows)
        {
            foreach (var name in unit.Aliases.Prepend(unit.Name).Distinct().Where(name => !names.Add((unit.Parent, name))))
                faults.Add(new UnitFault("U106", line, "name", $"同一上级下已有单位名称或别名“{name}”；请改名，否则分不清是哪一个"));
            if (unit.Parent.Length > 0)
                CheckParent(line, unit, byCode, faults);
        }

        var roots = rows.Count(row => row.Unit.Parent.Length == 0);
        if (roots != 1)
            faults.Add(new UnitFault("U109", rows.Count > 0 ? rows[0].Line : 1, "parent", $"应恰有一个最上级单位（parent 为空），实有 {roots} 个"));
    }

    static void CheckParent(int line, Unit unit, Dictionary<string, Unit> byCode, List<UnitFault> faults)
    {
        if (!byCode.TryGetValue(unit.Parent, out var parent))
        {
            faults.Add(new UnitFault("U107", line, "parent", $"上级代码“{unit.Parent}”不在文件中；请核对"));
            return;
        }

        if (!unit.Kind.MayStandUnder(parent.Kind))
            faults.Add(new UnitFault("U108", line, "kind", $"{unit.Kind.Chinese()}不能直接在{parent.Kind.Chinese()}之下；请核对类型或上级"));
        var steps = 0;
        for (var above = parent; above is not null && steps <= byCode.Count; steps++)
            above = byCode.GetValueOrDefault(above.Parent);
        if (steps > byCode.Count)
            faults.Add(new UnitFault("U110", line, "parent", $"“{unit.Code}”的上级关系成了环；请核对上级代码"));
    }
}
