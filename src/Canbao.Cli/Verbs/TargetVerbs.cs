using System.CommandLine;
using Canbao.Core.Events;
using Canbao.Core.Reporting;
using Canbao.Core.Units;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao target</c>: what units have to reach, and whether it adds up.</summary>
static class TargetVerbs
{
    public static Command Create() => new("target", "参保任务：导入、列出、核对上下级合计") { Load(), List() };

    static Command Load()
    {
        var area = Installation.AreaOption();
        var file = new Argument<string>("FILE") { Description = "任务和人口等数字（CSV），见 data/figures", HelpName = "FILE" };
        return Installation.Verb("load", "导入文件公布的任务数和所依据的人口、参保等数字；重复导入不会变", [file, area],
            async (call, installation, cancel) =>
            {
                var (code, path, faults) = (call.GetValue(area), call.GetValue(file)!, new List<UnitFault>());
                if (!File.Exists(path))
                    return Installation.Refuse($"U100 没有文件 {path}；请核对路径");
                var tree = await installation.Database.ReadAsync(session => UnitStore.ReadAsync(session, code), cancel);
                if (PublishedFigures.Read(File.ReadLines(path), tree, faults) is not { } published)
                {
                    foreach (var fault in faults)
                        Console.Error.WriteLine($"{path} 第 {fault.Line} 行 {fault.Column}：{fault.Code} {fault.Text}");
                    return Program.Unusable;
                }

                var (targets, figures) = await Act.DoAsync(
                    installation.Database, code, Installation.Doer($"导入 {Path.GetFileName(path)}"), "target.load",
                    act => TargetDesk.LoadAsync(act, tree, published), cancel);
                Console.WriteLine($"任务 {targets} 项、数字 {figures} 项有变化");
                foreach (var odd in published.Discrepancies(tree))
                    Console.WriteLine(
                        $"  {tree.Find(odd.Published.Unit)!.Name} {odd.Published.Measure}：公布 {odd.Published.Value}，"
                        + $"下级合计 {odd.Computed}；两个数都保留");
                return 0;
            });
    }

    static Command List()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        return Installation.Verb("list", "列出任务，标出与下级合计不符的", [area, year], async (call, installation, cancel) =>
        {
            var chosen = new InsuranceYear(call.GetValue(year));
            var (tree, targets) = await installation.Database.ReadAsync(
                async session => (await UnitStore.ReadAsync(session, call.GetValue(area)),
                    await Targets.ListAsync(session, call.GetValue(area), chosen)),
                cancel);
            Console.WriteLine("单位\t项目\t任务数\t依据\t来源\t签订");
            foreach (var row in targets)
                Console.WriteLine(
                    $"{tree.Find(row.Unit)?.Name}{(row.Holder.Length > 0 ? "/" + row.Holder : "")}\t"
                    + $"{TargetMeasure.Find(row.Measure)?.Chinese}\t{row.People}\t"
                    + $"{TargetBasis.Find(row.Basis)?.Chinese}\t{row.Source}\t{row.SignedOn:yyyy-MM-dd}");
            var odd = TargetMeasure.All.SelectMany(measure => Targets.Differences(tree, targets, measure)
                .Select(one => (measure, one))).ToList();
            foreach (var (measure, one) in odd)
                Console.Error.WriteLine(
                    $"canbao: T211 {one.Unit.Name} {measure.Chinese}任务 {one.Own}，{(one.IsOfHolders ? "分到人" : "下级")}合计 {one.Below}");
            return odd.Count > 0 ? 1 : 0;
        });
    }
}
