using Canbao.Core.Access;
using Canbao.Core.Rosters;
using Canbao.Vocabulary;

namespace Canbao.Cli;

/// <summary>What a list does, as a terminal shows it.</summary>
static class RosterText
{
    const int MostShown = 20;

    public static string Category(CategoryNames names, string name) =>
        names.Find(name) ?? throw new RefusedException("M112", $"没有人员类别“{name}”；请写类别代码或类别表中的名称");

    public static void Tell(RosterOutcome outcome, CategoryNames names, bool isDry)
    {
        foreach (var stop in outcome.Stops)
            Console.Error.WriteLine($"不能生效：{stop}");
        foreach (var note in outcome.Notes)
            Console.Error.WriteLine($"提示：{note}");
        if (outcome.UnknownColumns.Count > 0)
            Console.Error.WriteLine($"没有用到的列：{string.Join("、", outcome.UnknownColumns)}");
        Some(outcome.Faults.Select(fault => $"第 {fault.Line} 行 {fault.Column}：{fault.Code} {fault.Reason}"));
        Some(outcome.Conflicts.Select(conflict => Told(conflict, names)));
        foreach (var change in outcome.Changes.Take(isDry ? int.MaxValue : MostShown))
            Console.WriteLine($"{(change.IsAddition ? "新增" : "退出")}\t{change.Person.PersonId}\t{change.Person.Name}\t{change.Person.Mask}\t"
                + $"{names.Chinese(change.Category)}\t{change.Day:yyyy-MM-dd}\t{(change.Line is { } line ? $"第 {line} 行" : "不在名单中")}");
        Console.WriteLine($"{(isDry ? "试算，没有生效：" : "")}共 {outcome.Rows} 行，新增 {outcome.Added} 人，退出 {outcome.Removed} 人，"
            + $"变更 {outcome.Changed} 人，不变 {outcome.Unchanged} 人，退回 {outcome.Rejected} 行，与其他部门不一致 {outcome.Conflicts.Count} 处");
        if (outcome.NeedsSecond)
            Console.Error.WriteLine($"提示：在册 {outcome.Held} 人中有 {outcome.Removed} 人退出，须由另一人用 canbao roster confirm 核对确认");
    }

    static string Told(RosterConflict conflict, CategoryNames names) => conflict.IsRemoved
        ? $"不一致：{conflict.Person.Name} {conflict.Person.Mask} 退出{names.Chinese(conflict.Category)}，"
            + $"而{Departments.Chinese(conflict.OtherDepartment)}仍列为这一类"
        : $"不一致：{conflict.Person.Name} {conflict.Person.Mask} 列为{names.Chinese(conflict.Category)}，"
            + $"而{Departments.Chinese(conflict.OtherDepartment)}列为{names.Chinese(conflict.OtherCategory)}";

    static void Some(IEnumerable<string> lines)
    {
        int shown = 0;
        foreach (var line in lines)
            if (shown++ < MostShown)
                Console.Error.WriteLine(line);
        if (shown > MostShown)
            Console.Error.WriteLine($"……另有 {shown - MostShown} 条");
    }
}
