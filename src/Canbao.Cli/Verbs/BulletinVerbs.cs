using System.CommandLine;
using Canbao.Core.Events;
using Canbao.Core.Work;
using Canbao.Core.Work.Reports;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao bulletin</c>: drafts and lists progress bulletins; they are reviewed and published on the pages.</summary>
static class BulletinVerbs
{
    public static Command Create() => new("bulletin", "进度通报：起草、列出；审阅和发布在网页办理") { Draft(), List() };

    static Command Draft()
    {
        var (area, year, unit) = (Installation.AreaOption(), Installation.YearOption(), ReportVerbs.UnitOption());
        var day = PolicyOptions.DayOption("--due", "哪一天的通报，见 canbao bulletin list");
        return Installation.Verb("draft", "按这一天的数字起草通报", [area, year, unit, day], async (call, installation, cancel) =>
        {
            var (code, chosen) = (call.GetValue(area), DuesVerbs.Year(call.GetValue(year)));
            if (call.GetValue(day) is not { } dueOn)
                return Installation.Refuse("T421 请用 --due 写明哪一天的通报，见 canbao bulletin list");
            if (await ReportVerbs.ViewerAsync(installation, code, call.GetValue(unit), cancel) is not { } viewer)
                return Installation.Refuse($"T421 没有单位 {call.GetValue(unit)}；请核对单位代码");
            await ReportVerbs.CountAsync(installation, code, chosen, CatalogueNames.Of(installation.Shelf.Library), cancel);
            var desk = new BulletinDesk(installation.Shelf);
            var planned = await installation.Database.ReadAsync(
                session => desk.PlannedAsync(session, viewer, chosen, dueOn), cancel);
            var title = planned.FirstOrDefault(one => one.DueOn == dueOn)?.Bulletin.Says ?? "";
            var row = await Act.DoAsync(
                installation.Database, code, Installation.Doer($"起草通报 {dueOn:yyyy-MM-dd}"), "bulletin.draft",
                act => desk.DraftAsync(act, viewer, chosen, (title, dueOn)), cancel);
            Console.WriteLine(row.Title);
            Console.WriteLine(row.Words);
            return 0;
        });
    }

    static Command List()
    {
        var (area, year, unit) = (Installation.AreaOption(), Installation.YearOption(), ReportVerbs.UnitOption());
        return Installation.Verb("list", "列出安排的通报和办到哪一步", [area, year, unit], async (call, installation, cancel) =>
        {
            var (code, chosen) = (call.GetValue(area), DuesVerbs.Year(call.GetValue(year)));
            if (await ReportVerbs.ViewerAsync(installation, code, call.GetValue(unit), cancel) is not { } viewer)
                return Installation.Refuse($"T421 没有单位 {call.GetValue(unit)}；请核对单位代码");
            var planned = await installation.Database.ReadAsync(
                session => new BulletinDesk(installation.Shelf).PlannedAsync(session, viewer, chosen, DateOnly.MaxValue), cancel);
            foreach (var one in planned.Reverse())
                Console.WriteLine(FormattableString.Invariant($"{one.DueOn:yyyy-MM-dd}\t")
                    + $"{one.Bulletin.Says}\t{(one.Row is { } row ? BulletinDesk.Word(row.State) : "未起草")}");
            return 0;
        });
    }
}
