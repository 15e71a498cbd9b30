using System.CommandLine;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao compare</c>: other offices' files against the register.</summary>
static class CompareVerbs
{
    public static Command Create() => new("compare", "与其他部门的数据比对：找出不一致，逐条处理")
    {
        Run(), Register(), List(), Decide("accept", "采纳一条：按来文更正登记"), Decide("reject", "不采纳一条：登记无误"),
        Decide("postpone", "暂缓一条"),
    };

    static Command Run()
    {
        var source = SourceArgument();
        var file = new Argument<string>("FILE") { Description = "来文的表，.csv 或 .xlsx" };
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        var rejects = ImportVerbs.RejectsOption();
        List<Symbol> own = [source, file, area, year, rejects];
        return Installation.Verb("run", "比对一份文件；不改任何登记", own, async (call, installation, cancel) =>
        {
            if (ComparisonSource.Find(call.GetValue(source)!) is not { } from)
                return NoSource();
            var path = call.GetValue(file)!;
            var rejected = call.GetValue(rejects) ?? ImportVerbs.RejectsPath(path);
            using var returned = new PendingFile(rejected);
            using var content = TableFile.At(path).Open();
            var report = await Installation.ShowAsync("比对", progress => Act.DoAsync(
                installation.Database, call.GetValue(area), Installation.Doer($"比对 {Path.GetFileName(path)}"), "compare",
                act => new Comparisons(installation.Vault).HandInAsync(
                    act, from, new(call.GetValue(year)), new("", path, content), returned.Stream, progress),
                cancel));
            ImportVerbs.TellFaults(report.Notes, report.Faults, report.Comparison.RowsRefused);
            Console.WriteLine($"{from.Chinese}：共 {report.Comparison.RowsRead} 行，"
                + $"新发现 {report.Comparison.Found} 条，以前已发现 {report.Known} 条");
            foreach (var kind in report.Kinds)
                Console.WriteLine($"  {FindingKinds.Chinese(kind.Key)} {kind.Value}");
            return ImportVerbs.Finish(report.Comparison.RowsRefused, returned, rejected);
        });
    }

    static Command Register()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        var unit = new Option<string?>("--unit") { Description = "只看这个单位及下级；不写则为全地区", HelpName = "CODE" };
        var kind = new Option<string?>("--kind")
        {
            Description = $"列出这一种差异的人：{RegisterDifferences.Known}；不写则逐村计数",
            HelpName = "CODE",
        };
        return Installation.Verb("register", "户籍与参保登记比对，不需要来文：漏保、断保、重复", [area, year, unit, kind],
            async (call, installation, cancel) =>
            {
                var difference = RegisterDifference.Gap;
                if (call.GetValue(kind) is { } code && !RegisterDifferences.TryParse(code, out difference))
                    return Installation.Refuse($"R145 没有这种差异；可写：{RegisterDifferences.Known}");
                return await installation.Database.ReadAsync(
                    session => TellRegisterAsync(
                        session, call.GetValue(area), new(call.GetValue(year)), call.GetValue(unit),
                        call.GetValue(kind) is null ? null : difference),
                    cancel);
            });
    }

    static async Task<int> TellRegisterAsync(
        Session session, int area, InsuranceYear year, string? code, RegisterDifference? difference)
    {
        var tree = await UnitStore.ReadAsync(session, area);
        if (code is not null && tree.Find(code) is null)
            return Installation.Refuse($"R146 没有单位“{code}”；请核对单位代码");
        var top = code is null ? tree.Root : tree.Find(code)!;
        var within = new UnitRange(tree.PathOf(top));
        if (difference is { } one)
        {
            foreach (var person in await RegisterComparison.PeopleAsync(session, area, within, year, (one, 0, int.MaxValue)))
                Console.WriteLine(string.Join(
                    '\t', person.UnitName, person.PersonId, person.Name, person.NumberMask, person.Address,
                    string.Join('；', person.Others.Select(other => $"{other.UnitName} {other.PersonId} {other.NumberMask}"))));
            return 0;
        }

        var counts = await RegisterComparison.CountAsync(session, area, within, year);
        Console.WriteLine(string.Join('\t', ["单位", "在册", "已参保", .. RegisterDifferences.All.Select(each => each.Chinese())]));
        foreach (var unit in tree.Subtree(top).Where(unit => counts.ContainsKey(unit.Code)))
            Console.WriteLine(Line(unit.Name, counts[unit.Code]));
        Console.WriteLine(Line("合计", counts.Values.Aggregate(default(RegisterCounts), (sum, each) => sum + each)));
        return 0;

        static string Line(string name, RegisterCounts counts) => string.Join(
            '\t', [name, counts.People, counts.Enrolled, .. RegisterDifferences.All.Select(counts.Of)]);
    }

    static Command List()
    {
        var area = Installation.AreaOption();
        var source = new Option<string?>("--source") { Description = "只看一种来源", HelpName = "CODE" };
        var limit = new Option<int>("--limit") { Description = "最多列出几条", HelpName = "N", DefaultValueFactory = _ => 100 };
        return Installation.Verb("list", "列出待处理的比对结果", [area, source, limit], async (call, installation, cancel) =>
        {
            var from = call.GetValue(source) is { } code ? ComparisonSource.Find(code) : null;
            if (from is null && call.GetValue(source) is not null)
                return NoSource();
            var findings = await installation.Database.ReadAsync(
                session => new Comparisons(installation.Vault).ListAsync(
                    session, call.GetValue(area), new(null) { Source = from }, (0, call.GetValue(limit))),
                cancel);
            foreach (var (row, told) in findings)
                Console.WriteLine(string.Join(
                    "  ", row.FindingId, FindingKinds.Chinese(row.Kind), told.Name, row.NumberMask, row.Unit, told.Word,
                    $"{told.Day:yyyy-MM-dd}", told.Place));
            return 0;
        });
    }

    static Command Decide(string name, string description)
    {
        var area = Installation.AreaOption();
        var id = new Argument<long>("ID") { Description = "比对结果编号，见 canbao compare list" };
        var reason = new Option<string>("--reason") { Description = "理由", HelpName = "TEXT", Required = true };
        var unit = new Option<string?>("--unit") { Description = "登记中没有的人登记到这个单位", HelpName = "CODE" };
        List<Symbol> own = name == "accept" ? [id, area, reason, unit] : [id, area, reason];
        return Installation.Verb(name, description, own, async (call, installation, cancel) =>
        {
            var (desk, why, finding) = (new FindingDesk(installation.Vault), call.GetValue(reason)!, call.GetValue(id));
            var state = await Act.DoAsync(
                installation.Database, call.GetValue(area), Installation.Doer(why), "finding.decide",
                async act =>
                {
                    if (name == "accept")
                        return await desk.AcceptAsync(act, finding, why, call.GetValue(unit));
                    await desk.LeaveAsync(act, finding, why, isPostponed: name == "postpone");
                    return FindingState.Rejected;
                },
                cancel);
            Console.WriteLine(state == FindingState.Settled ? "登记已与来文一致，没有再改" : "已处理");
            return 0;
        });
    }

    static Argument<string> SourceArgument() => new("SOURCE")
    {
        Description = string.Join("，", ComparisonSource.All.Select(source => $"{source.Code} {source.Chinese}")),
    };

    static int NoSource() => Installation.Refuse(
        $"R143 没有这种来源；可写：{string.Join("、", ComparisonSource.All.Select(source => source.Code))}");
}
