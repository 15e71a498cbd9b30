using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Reporting.HandIns;
using Canbao.Core.Units;
using Canbao.Core.Work.Reports;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>A form of the calendar: units by due days.</summary>
/// <param name="Form">The form's code.</param>
/// <param name="Says">What the plan calls it.</param>
/// <param name="Days">The last days and the next one.</param>
/// <param name="Rows">The units, with what is due on each day.</param>
sealed record ReportMatrix(
    string Form, string Says, IReadOnlyList<DueReport> Days, IReadOnlyList<(Unit Unit, IReadOnlyList<DueReport?> Cells)> Rows);

/// <summary>The reporting calendar: what the own unit has to hand in, and how those below stand.</summary>
sealed class ReportsModel(ReportDesk desk, PackShelf shelf) : OfficePage
{
    const int MostDays = 8;

    [BindProperty]
    public bool MovesDaysOff { get; set; }

    [BindProperty]
    public int ObjectionDays { get; set; }

    /// <summary>The report that is opened once more, as form, day and unit.</summary>
    [BindProperty]
    public string Which { get; set; } = "";

    [BindProperty]
    public string Reason { get; set; } = "";

    /// <summary>What the viewer's own unit has to hand in: the newest day first, without what is far off.</summary>
    public IReadOnlyList<DueReport> Own { get; private set; } = [];

    public IReadOnlyList<DueReport> Pressing { get; private set; } = [];

    public IReadOnlyList<ReportMatrix> Below { get; private set; } = [];

    /// <summary>Closed reports of the viewer's units.</summary>
    public IReadOnlyList<SelectListItem> Closed { get; private set; } = [];

    public ReportSettingRow Settings { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; }

    public bool MaySet => Viewer is { Role: Role.Bureau, SeesWholeArea: true };

    public bool HandsIn(DueReport due) => ReportDesk.HandsIn(Viewer, due)
        && due.StateAt(Now) is ReportState.Open or ReportState.Late;

    /// <summary>The page on which it is handed in.</summary>
    public string To(DueReport due) => Link(
        "/reports/due", ("form", due.Report.Form), ("due", Shown.Day(due.DueOn)), ("unit", due.Unit.Code));

    /// <summary>What is together of a day.</summary>
    public string Sum(DueReport due) => Link("/reports/sum", ("form", due.Report.Form), ("due", Shown.Day(due.DueOn)));

    public void OnGet() => (MovesDaysOff, ObjectionDays) = (Settings.MovesDaysOff, Settings.ObjectionDays);

    public async Task<IActionResult> OnPostSettingsAsync()
    {
        await Act.DoAsync(Database, Viewer.Area, Doer("设置上报和公示"), "report.setting",
            act => ReportDesk.SetAsync(act, Viewer, MovesDaysOff, ObjectionDays), Cancel);
        return Done("/reports", "设置已保存");
    }

    public async Task<IActionResult> OnPostReopenAsync()
    {
        if (Which?.Split('|') is not [var form, var day, var unit]
            || !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var dueOn))
            throw new RefusedException("T402", "请选择要重新开放的一期");
        var reason = string.IsNullOrWhiteSpace(Reason) ? throw new RefusedException("T410", "请填写重新开放的原因") : Reason;
        await Act.DoAsync(Database, Viewer.Area, Doer(reason), "report.reopen",
            act => desk.ReopenAsync(act, Viewer, new(Year, form, dueOn, unit), reason), Cancel);
        return Done("/reports", "已重新开放，单位可以补报或更正一次");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        var (calendar, now) = await Database.ReadAsync(
            async session => (await ReportCalendar.ReadAsync(session, Viewer.Area, shelf, Year), session.Now), Cancel);
        Settings = await Database.ReadAsync(session => ReportCalendar.SettingsAsync(session, Viewer.Area), Cancel);
        Now = now;
        var seen = calendar.All.Where(due => Viewer.Sees(due.Path)).ToList();
        var own = seen.Where(due => due.Unit.Code == Viewer.UnitCode).ToList();
        Own = [.. Near(own).OrderByDescending(due => due.DueAt)];
        Pressing = Viewer.Role is Role.Street or Role.Bureau ? [.. calendar.Pressing(Viewer.UnitCode, now)] : [];
        Below =
        [
            .. seen.Where(due => due.Unit.Code != Viewer.UnitCode).GroupBy(due => (due.Report.Form, due.Report.Says)).Select(same =>
            {
                var days = Near([.. same.DistinctBy(due => due.DueOn)]);
                var cells = same.ToLookup(due => (due.Unit.Code, due.DueOn));
                return new ReportMatrix(
                    same.Key.Form, same.Key.Says, days,
                    [.. same.Select(due => due.Unit).Distinct().Select(unit => (
                        unit, (IReadOnlyList<DueReport?>)[.. days.Select(day => cells[(unit.Code, day.DueOn)].FirstOrDefault())]))]);
            }),
        ];
        Closed = Viewer.Role != Role.Bureau ? [] :
        [
            .. from due in seen
               where due.IsClosedAt(now) && !due.IsReopened
               orderby due.DueOn descending
               select new SelectListItem(
                   $"{due.DueOn:yyyy-MM-dd} {due.Unit.Name} {due.Report.Says}",
                   $"{due.Report.Form}|{due.DueOn:yyyy-MM-dd}|{due.Unit.Code}"),
        ];
        return true;
    }

    /// <summary>The last days and the next one.</summary>
    List<DueReport> Near(List<DueReport> all)
    {
        var begun = all.Where(due => due.StateAt(Now) != ReportState.Coming);
        return [.. begun.Concat(all.Where(due => due.StateAt(Now) == ReportState.Coming).Take(1)).TakeLast(MostDays)];
    }
}
