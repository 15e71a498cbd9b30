using System.CommandLine;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Counting;
using Canbao.Core.Work.Reports;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao report</c>: who has to hand in what by when, hand-ins.</summary>
static class ReportVerbs
{
    public static Command Create() => new("report", "报表上报：日历、上报、已上报的") { Due(), HandIn(), List() };

    static Command Due()
    {
        var (area, year, unit) = (Installation.AreaOption(), Installation.YearOption(), UnitOption());
        var open = new Option<bool>("--open") { Description = "只列待报、逾期未报的" };
        return Installation.Verb("due", "列出谁该在何时前上报什么、报了没有", [area, year, unit, open], async (call, installation, cancel) =>
        {
            var (code, chosen) = (call.GetValue(area), DuesVerbs.Year(call.GetValue(year)));
            var (calendar, now) = await installation.Database.ReadAsync(
                async session => (await ReportCalendar.ReadAsync(session, code, installation.Shelf, chosen), session.Now), cancel);
            Console.WriteLine("应报日\t截止\t单位\t报表\t代码\t情况");
            foreach (var due in calendar.All)
            {
                var state = due.StateAt(now);
                if ((call.GetValue(unit) is { } only && due.Unit.Code != only)
                    || (call.GetValue(open) && state is not (ReportState.Open or ReportState.Late)))
                    continue;
                var off = due.DayOff is { } holiday ? $"（{holiday}{(due.IsMoved ? "，顺延" : "")}）" : "";
                Console.WriteLine(FormattableString.Invariant($"{due.DueOn:yyyy-MM-dd}{off}\t")
                    + FormattableString.Invariant($"{due.DueAt.ToOffset(BusinessDay.Offset):yyyy-MM-dd HH:mm}\t")
                    + $"{due.Unit.Name}\t{due.Report.Says}\t{due.Report.Form}\t{Word(state)}");
            }

            return 0;
        });
    }

    static Command HandIn()
    {
        var (area, year, unit) = (Installation.AreaOption(), Installation.YearOption(), UnitOption());
        unit.Required = true;
        var form = new Argument<string>("FORM") { Description = "表的代码，见 canbao report due" };
        var day = PolicyOptions.DayOption("--due", "应报日");
        var explanation = new Option<string>("--explain") { Description = "核对说明；更正已上报的须写", HelpName = "TEXT" };
        return Installation.Verb("hand-in", "替一个单位上报，数字随即固定", [form, area, year, unit, day, explanation],
            async (call, installation, cancel) =>
            {
                var (code, chosen, who) = (call.GetValue(area), DuesVerbs.Year(call.GetValue(year)), call.GetValue(unit)!);
                if (call.GetValue(day) is not { } dueOn)
                    return Installation.Refuse("T402 请用 --due 写明应报日，见 canbao report due");
                var viewer = await ViewerAsync(installation, code, who, cancel);
                if (viewer is null)
                    return Installation.Refuse($"T401 没有单位 {who}；请核对单位代码");
                var names = CatalogueNames.Of(installation.Shelf.Library);
                await CountAsync(installation, code, chosen, names, cancel);
                var version = await Act.DoAsync(
                    installation.Database, code, Installation.Doer($"上报 {call.GetValue(form)} {dueOn:yyyy-MM-dd}"), "report.hand_in",
                    act => new ReportDesk(installation.Shelf, names).HandInAsync(
                        act, viewer, new(chosen, call.GetValue(form)!, dueOn, who), [], call.GetValue(explanation) ?? ""), cancel);
                Console.WriteLine($"已上报第 {version.Version} 版{(version.IsLate ? "，逾期" : "")}，"
                    + $"摘要 {Convert.ToHexStringLower(version.Digest)}");
                return 0;
            });
    }

    static Command List()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        return Installation.Verb("list", "列出已上报的，核对保存的数字与摘要", [area, year], async (call, installation, cancel) =>
        {
            var (code, chosen) = (call.GetValue(area), DuesVerbs.Year(call.GetValue(year)));
            var viewer = await ViewerAsync(installation, code, null, cancel);
            var reports = await installation.Database.ReadAsync(
                async session =>
                {
                    var found = new List<ReadReport>();
                    foreach (var row in await ReportShelf.ListAsync(session, viewer!, chosen))
                        found.Add((await ReportShelf.FindAsync(session, viewer!, row.ReportId))!);
                    return found;
                },
                cancel);
            foreach (var report in reports)
                foreach (var version in report.Versions)
                    Console.WriteLine(FormattableString.Invariant($"{report.Row.DueOn:yyyy-MM-dd}\t{report.Row.Form}\t")
                        + $"{report.Row.UnitName}\t第{version.Row.Version}版\t{(version.Row.IsLate ? "逾期" : "按时")}\t"
                        + Convert.ToHexStringLower(version.Row.Digest));
            return 0;
        });
    }

    /// <summary>Whoever runs the program acts for a unit, or sees the whole area; null where there is no such unit.</summary>
    internal static Task<Viewer?> ViewerAsync(Installation installation, int area, string? unit, CancellationToken cancel) =>
        installation.Database.ReadAsync(
            async session =>
            {
                var tree = await UnitStore.ReadAsync(session, area);
                var own = unit is null ? tree.Root : tree.Find(unit);
                return own is null ? null : new Viewer("@report", "", Role.Bureau, area, own.Code, tree.PathOf(own), null);
            },
            cancel);

    internal static Task CountAsync(
        Installation installation, int area, InsuranceYear year, CategoryNames names, CancellationToken cancel) =>
        new Counter(new CountedPeople(names), installation.Vault).FollowAsync(installation.Database, area, [year], cancel);

    internal static Option<string?> UnitOption() => new("--unit") { Description = "单位的代码", HelpName = "CODE" };

    static string Word(ReportState state) => state switch
    {
        ReportState.Coming => "未到",
        ReportState.Open => "待报",
        ReportState.Late => "逾期未报",
        ReportState.Missed => "未报，已截止",
        ReportState.InTime => "按时",
        _ => "逾期报",
    };
}
