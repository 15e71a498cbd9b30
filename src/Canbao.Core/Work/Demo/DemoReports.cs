using Canbao.Core.Access;
using Canbao.Core.Reporting.HandIns;
using Canbao.Core.Units;
using Canbao.Core.Work.Reports;

namespace Canbao.Core.Work.Demo;

/// <summary>Weekly reports and bulletins in a season that is played: most come in time, some late, the newest of some not at all.</summary>
static class DemoReports
{
    /// <summary>Every so many-th unit forgets its newest reports; so many weeks count as new.</summary>
    const int ForgetfulOneOf = 4, NewWeeks = 2;

    /// <summary>What is due on a Friday is handed in, and the bulletins of the week are made.</summary>
    public static async Task WeeklyAsync(DemoOffice office, DateOnly day)
    {
        var calendar = await office.ReadAsync(
            session => ReportCalendar.ReadAsync(session, office.Plan.Area, office.Tools.Shelf, DemoSeason.Year));
        var due = calendar.All.Where(one => one.DueOn == day).ToList();
        var bulletins = new BulletinDesk(office.Tools.Shelf);
        var bureau = office.Viewer(Role.Bureau);
        var planned = await office.ReadAsync(session => bulletins.PlannedAsync(session, bureau, DemoSeason.Year, day));
        if (due.Count == 0 && planned.All(one => one.Row is not null))
            return;
        await office.FollowAsync();
        var units = office.Tree.All.ToList();
        foreach (var one in due)
            if (day.AddDays(7 * NewWeeks) < DemoSeason.LastDay || units.IndexOf(one.Unit) % ForgetfulOneOf != 1)
                await HandInAsync(office, one);
        foreach (var one in planned.Where(one => one.Row is null))
            await BulletinAsync(office, bulletins, one, isLast: one.DueOn.AddDays(7 * NewWeeks) >= DemoSeason.LastDay);
    }

    static Task<ReportVersionRow> HandInAsync(DemoOffice office, DueReport due)
    {
        var desk = new ReportDesk(office.Tools.Shelf, office.Names);
        var viewer = office.Viewer(due.Unit.Kind == UnitKind.Township ? Role.Street : Role.Bureau, due.Unit);
        return office.DoAsync(viewer, "report.hand_in", "按期上报", act => desk.HandInAsync(
            act, viewer, new(DemoSeason.Year, due.Report.Form, due.DueOn, due.Unit.Code), [], "已核对"));
    }

    /// <summary>The bureau drafts, the leader agrees, the bureau publishes; the newest waits for the leader.</summary>
    static async Task BulletinAsync(DemoOffice office, BulletinDesk desk, PlannedBulletin planned, bool isLast)
    {
        var (bureau, leader) = (office.Viewer(Role.Bureau), office.Viewer(Role.Supervisor));
        long id = (await office.DoAsync(bureau, "bulletin.draft", "起草通报", act => desk.DraftAsync(
            act, bureau, DemoSeason.Year, (planned.Bulletin.Says, planned.DueOn)))).BulletinId;
        await office.DoAsync(bureau, "bulletin.submit", "送审", act => BulletinDesk.SubmitAsync(act, bureau, id));
        if (isLast)
            return;
        await office.DoAsync(leader, "bulletin.review", "审阅", act => BulletinDesk.ReviewAsync(act, leader, id, true, "同意"));
        await office.DoAsync(bureau, "bulletin.publish", "发布", act => BulletinDesk.PublishAsync(act, bureau, id));
    }
}
