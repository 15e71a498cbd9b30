using System.CommandLine;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Reporting;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao figure</c>: figures from outside by unit, such as activated credentials.</summary>
static class FigureVerbs
{
    public static Command Create() => new("figure", "外来数字：电子凭证激活、人口、居住证、职工参保人数") { Import(), List() };

    static Command Import()
    {
        var (area, rejects) = (Installation.AreaOption(), ImportVerbs.RejectsOption());
        var file = new Argument<string>("FILE") { Description = "有单位、人数两列，可有指标、日期（.csv 或 .xlsx）", HelpName = "FILE" };
        var measure = new Option<string?>("--measure") { Description = "没有指标列时的指标，如 已激活电子凭证", HelpName = "WORD" };
        var day = PolicyOptions.DayOption("--day", "没有日期列时的日期");
        var source = new Option<string>("--source") { Description = "数字的来源，如文件或部门", HelpName = "TEXT", Required = true };
        return Installation.Verb("import", "导入各单位的数字；同一天的以后导入的为准，重复导入不会变", [file, area, measure, day, source, rejects],
            async (call, installation, cancel) =>
            {
                var (code, path) = (call.GetValue(area), call.GetValue(file)!);
                var chosen = call.GetValue(measure);
                if (chosen is not null && Measures.Find(chosen) is null)
                    return Installation.Refuse($"T502 没有指标“{chosen}”；可写{string.Join("、", Measures.All.Select(one => one.Chinese))}");
                var tree = await installation.Database.ReadAsync(session => UnitStore.ReadAsync(session, code), cancel);
                var rejected = call.GetValue(rejects) ?? ImportVerbs.RejectsPath(path);
                using var returned = new PendingFile(rejected);
                var order = new FigureOrder(chosen ?? "", call.GetValue(day), call.GetValue(source)!);
                var outcome = FigureFiles.Read(
                    TableFile.At(path), (tree, tree.PathOf(tree.Root)), order, BusinessDay.Of(Installation.Clock.GetUtcNow()),
                    returned.Stream);
                int changed = outcome.Rows.Count == 0 ? 0 : await Act.DoAsync(
                    installation.Database, code, Installation.Doer($"导入 {Path.GetFileName(path)}"), "figure.note",
                    act => FigureFiles.NoteAsync(act, outcome), cancel);
                ImportVerbs.TellFaults(outcome.Notes, outcome.Faults, outcome.Refused);
                Console.WriteLine($"共 {outcome.Read} 行，{changed} 个数字有变化，退回 {outcome.Refused} 行");
                return ImportVerbs.Finish(outcome.Refused, returned, rejected);
            });
    }

    static Command List()
    {
        var area = Installation.AreaOption();
        var measure = new Option<string?>("--measure") { Description = "只列这个指标", HelpName = "WORD" };
        return Installation.Verb("list", "列出已有的数字、日期和来源，新的在前", [area, measure], async (call, installation, cancel) =>
        {
            var code = call.GetValue(area);
            var chosen = call.GetValue(measure) is { } word ? Measures.Find(word) ?? word : null;
            var (tree, rows) = await installation.Database.ReadAsync(
                async session => (await UnitStore.ReadAsync(session, code), await Figures.ListAsync(session, code)), cancel);
            Console.WriteLine("日期\t指标\t单位\t人数\t来源");
            foreach (var row in rows.Where(row => chosen is null || row.Measure == chosen))
                Console.WriteLine(
                    $"{row.Day:yyyy-MM-dd}\t{Measures.Chinese(row.Measure)}\t{tree.Find(row.Unit)?.Name}\t{row.People}\t{row.Source}");
            return 0;
        });
    }
}
