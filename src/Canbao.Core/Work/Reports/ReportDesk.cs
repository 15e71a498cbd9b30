using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Reporting;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Reporting.HandIns;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Reports;

/// <summary>Which report: it is known by these.</summary>
/// <param name="Year">The insurance year.</param>
/// <param name="Form">The form's code.</param>
/// <param name="DueOn">The planned day.</param>
/// <param name="Unit">The unit that hands it in.</param>
public sealed record ReportKey(InsuranceYear Year, string Form, DateOnly DueOn, string Unit);

/// <summary>What an office fills into a cell that nothing counts.</summary>
/// <param name="Unit">The unit of the row.</param>
/// <param name="IsOwn">Whether it is the row of the unit's own people.</param>
/// <param name="Column">The column's key.</param>
/// <param name="Text">A number, or a remark.</param>
public sealed record ReportEntry(string Unit, bool IsOwn, string Column, string Text);

/// <summary>A report as it would be handed in now.</summary>
/// <param name="Due">Which.</param>
/// <param name="Filled">The form, with what is wrong with it.</param>
/// <param name="AsOf">The day at whose end it counts, or today.</param>
public sealed record ReportDraft(DueReport Due, FilledForm Filled, DateOnly AsOf);

/// <summary>Hands in reports: fills them, checks them, freezes them (<c>lishi 七(四)</c>, <c>jincheng 七(六)-reports</c>).</summary>
/// <param name="shelf">The packs.</param>
/// <param name="names">The categories.</param>
public sealed class ReportDesk(PackShelf shelf, CategoryNames names)
{
    const int LongestText = 500;

    /// <summary>Who hands in: a township's desk, or the bureau of the unit.</summary>
    public static bool HandsIn(Viewer viewer, DueReport due) =>
        viewer.Role is Role.Street or Role.Bureau && viewer.UnitCode == due.Unit.Code;

    /// <summary>The form of a code; null where none can be handed in under it.</summary>
    public PrescribedForm? FormOf(string code) => code == ReportCalendar.Appraisal ? AppraisalForm.Of(names) : ReportForms.Find(code);

    /// <summary>The report as it would be handed in at the moment.</summary>
    /// <exception cref="RefusedException">T402: none is due. T403: it is not open yet. T409: an entry does not fit.</exception>
    public async Task<ReportDraft> DraftAsync(Session session, int area, ReportKey key, IReadOnlyCollection<ReportEntry> entries)
    {
        var calendar = await ReportCalendar.ReadAsync(session, area, shelf, key.Year);
        if (calendar.Find(key.Form, key.DueOn, key.Unit) is not { } due || FormOf(key.Form) is not { } form)
            throw new RefusedException("T402", $"没有应在 {key.DueOn:yyyy-MM-dd} 上报的这张表；请在上报日历中选择");
        var today = BusinessDay.Of(session.Now);
        if (today < due.OpensOn)
            throw new RefusedException("T403", $"{due.Report.Says}从 {due.OpensOn:yyyy-MM-dd} 起可以上报；现在还早");
        // A deadline that moved takes the figures of the day on which it then is.
        var last = BusinessDay.Of(due.DueAt);
        var asOf = today < last ? today : last;
        var within = new UnitRange(due.Path);
        var lines = asOf < today ? await Tally.ReadAsync(session, area, within, key.Year, asOf)
            : await Tally.ReadAsync(session, area, within, key.Year);
        var filled = form.Fill(new FormFrame(calendar.Tree, due.Unit, key.Year, asOf), lines);
        return new(due, Enter(filled, entries), asOf);
    }

    /// <summary>What somebody has to hand in first: late ones, then the next; null where nothing is open.</summary>
    public async Task<DueReport?> NextAsync(Session session, Viewer viewer, InsuranceYear year) =>
        (await ReportCalendar.ReadAsync(session, viewer.Area, shelf, year)).All
            .FirstOrDefault(due => HandsIn(viewer, due) && due.StateAt(session.Now) is ReportState.Open or ReportState.Late);

    /// <summary>Hands in: the first version, or a correction.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="viewer">Who.</param>
    /// <param name="key">Which report.</param>
    /// <param name="entries">What the office fills in itself.</param>
    /// <param name="explanation">Why warnings stand, or why it is corrected; may be empty where neither is so.</param>
    /// <exception cref="RefusedException">
    /// T401: not the viewer's. T402, T403, T409: as of the draft. T404: closed. T405: stated equations are broken. T406, T407: an
    /// explanation is missing. T408: nothing is different.
    /// </exception>
    public async Task<ReportVersionRow> HandInAsync(
        Act act, Viewer viewer, ReportKey key, IReadOnlyCollection<ReportEntry> entries, string explanation)
    {
        var draft = await DraftAsync(act.Session, act.Area, key, entries);
        var (due, problems) = (draft.Due, draft.Filled.Problems);
        if (!HandsIn(viewer, due))
            throw new RefusedException("T401", $"{due.Report.Says}由{due.Unit.Name}上报");
        if (due.IsClosedAt(act.At) && !due.IsReopened)
            throw new RefusedException("T404", $"{due.DueOn:yyyy-MM-dd} 这一期已截止，不能再报或更正；确需补报的，请医保局说明原因后重新开放");
        if (problems.FirstOrDefault(problem => problem.IsError) is { } error)
            throw new RefusedException("T405", $"表中有错误，不能上报：{error.Text}（{error.Code}）");
        explanation = LongNumbers.Hidden(explanation.Trim());
        if (explanation.Length > LongestText)
            throw new RefusedException("T406", $"说明不超过 {LongestText} 字");
        var before = due.HandedIn is { } row ? await LatestAsync(act.Session, act.Area, row.ReportId) : null;
        if (before is not null && explanation.Length == 0)
            throw new RefusedException("T407", "这一期已经上报；更正须填写说明");
        if (explanation.Length == 0 && problems.Length > 0)
            throw new RefusedException("T406", $"有 {problems.Length} 处需要核对，请核对无误后填写说明再上报：{problems[0].Text}");
        return await StoreAsync(act, key, draft, before, explanation);
    }

    /// <summary>Opens a closed report once more, until the unit hands in.</summary>
    /// <exception cref="RefusedException">T402: there is none. T410: another role, no reason, or it is not closed.</exception>
    public async Task ReopenAsync(Act act, Viewer viewer, ReportKey key, string reason)
    {
        var calendar = await ReportCalendar.ReadAsync(act.Session, act.Area, shelf, key.Year);
        var due = calendar.Find(key.Form, key.DueOn, key.Unit) ?? throw new RefusedException("T402", "没有这一期报表；请在上报日历中选择");
        if (viewer.Role != Role.Bureau || !viewer.Sees(due.Path))
            throw new RefusedException("T410", "重新开放由医保局办理");
        if (reason.Trim().Length == 0)
            throw new RefusedException("T410", "请填写重新开放的原因");
        if (!due.IsClosedAt(act.At) || due.IsReopened)
            throw new RefusedException("T410", "这一期还没有截止，不需要重新开放");
        var hidden = LongNumbers.Hidden(reason.Trim());
        act.Record("report", $"{key.Form}/{key.DueOn:yyyy-MM-dd}/{key.Unit}", "period_reopened", null, new { key.Unit, Reason = hidden });
        await act.Session.Data.InsertAsync(new ReportReopeningRow
        {
            Area = act.Area,
            InsuranceYear = key.Year.Year,
            Form = key.Form,
            DueOn = key.DueOn,
            Unit = key.Unit,
            ActId = act.Id,
            Reason = hidden,
        });
    }

    /// <summary>Sets how deadlines on days off count, and how long objections to postings are taken.</summary>
    /// <exception cref="RefusedException">T415: another role, or out of range.</exception>
    public static async Task SetAsync(Act act, Viewer viewer, bool movesDaysOff, int objectionDays)
    {
        if (viewer is not { Role: Role.Bureau, SeesWholeArea: true })
            throw new RefusedException("T415", "上报和公示的设置由医保局办理");
        if (objectionDays is < 1 or > 60)
            throw new RefusedException("T415", "公示期为 1 到 60 个工作日；请改正");
        var old = await ReportCalendar.SettingsAsync(act.Session, act.Area);
        var now = new ReportSettingRow { Area = act.Area, ActId = act.Id, MovesDaysOff = movesDaysOff, ObjectionDays = objectionDays };
        if (act.Record("report_setting", act.Area, "set", Told(old), Told(now)))
            await act.Session.Data.InsertAsync(now);

        static object Told(ReportSettingRow row) => new { row.MovesDaysOff, Days = row.ObjectionDays };
    }

    static async Task<ReportVersionRow> StoreAsync(
        Act act, ReportKey key, ReportDraft draft, ReportVersionRow? before, string explanation)
    {
        var (due, text) = (draft.Due, FrozenGrid.Freeze(draft.Filled.Grid));
        // The day up to which it counts stands on the form; by itself it makes no other report.
        if (before is not null && GridDifference.Between(FrozenGrid.Thaw(before.Grid, before.Digest), draft.Filled.Grid).Count == 0)
            throw new RefusedException("T408", "各项数字与已上报的相同，不需要更正");
        var report = due.HandedIn ?? new ReportRow
        {
            Area = act.Area,
            ReportId = act.Session.NextId(),
            InsuranceYear = key.Year.Year,
            Form = key.Form,
            DueOn = key.DueOn,
            Unit = key.Unit,
            UnitName = due.Unit.Name,
            Path = due.Path,
            ActId = act.Id,
        };
        if (due.HandedIn is null)
            await act.Session.Data.InsertAsync(report);
        var version = new ReportVersionRow
        {
            Area = act.Area,
            ReportId = report.ReportId,
            Version = (before?.Version ?? 0) + 1,
            HandedInAt = act.At,
            HandedInBy = act.Account,
            IsLate = before?.IsLate ?? due.IsLateAt(act.At),
            AsOf = draft.AsOf,
            Explanation = explanation,
            Grid = text,
            Digest = FrozenGrid.DigestOf(text),
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(version);
        act.Record("report", report.ReportId, "report_handed_in", null, new
        {
            key.Unit,
            key.Form,
            Due = key.DueOn,
            version.Version,
            Late = version.IsLate,
            Sha256 = Convert.ToHexStringLower(version.Digest),
        });
        return version;
    }

    /// <summary>The latest version of a report.</summary>
    internal static Task<ReportVersionRow?> LatestAsync(Session session, int area, long report) =>
        session.Table<ReportVersionRow>().Where(row => row.Area == area && row.ReportId == report)
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync();

    /// <summary>Whether an office fills in a column itself: nothing counts it and no formula gives it.</summary>
    public static bool IsEntered(GridColumn column) =>
        (column.Kind == CellKind.Number && column.Slice is null && column.Formula.Length == 0 && IsOfOffice(column.Key))
        || column.Key == "note";

    // Plain tables count by other means than slices.
    static bool IsOfOffice(string key) => key is "A12" or "A14" or "A15";

    /// <summary>The form with what the office fills in, reckoned and checked anew.</summary>
    static FilledForm Enter(FilledForm filled, IReadOnlyCollection<ReportEntry> entries)
    {
        var given = entries.Where(entry => entry.Text.Trim().Length > 0).ToList();
        if (given.Count == 0)
            return filled;
        var grid = filled.Grid;
        foreach (var entry in given)
        {
            int place = grid.IndexOf(entry.Column);
            var row = grid.Body.FirstOrDefault(row => row.Unit == entry.Unit && row.IsOwn == entry.IsOwn);
            if (place < 0 || row is null || !IsEntered(grid.Columns[place]))
                throw new RefusedException("T409", $"“{entry.Column}”不是由单位填写的格；请重新打开这张表");
            grid = With(grid, row, place, Cell(grid.Columns[place], entry.Text.Trim()));
        }

        grid = Reckoned(grid, given.Select(entry => entry.Column).ToHashSet());
        return filled with { Grid = grid, Problems = [.. FormCheck.Run(grid, filled.Form.Equations)] };
    }

    static GridCell Cell(GridColumn column, string text) => column.Kind == CellKind.Text ? GridCell.Words(LongNumbers.Hidden(text))
        : long.TryParse(text, out var number) && number is >= 0 and <= 100_000_000 ? GridCell.Number(number)
        : throw new RefusedException("T409", $"{column.Name}填写不小于 0 的整数，现为“{LongNumbers.Hidden(text)}”");

    static FormGrid With(FormGrid grid, GridRow row, int place, GridCell cell) => grid with
    {
        Rows = grid.Rows.Replace(row, row with { Cells = row.Cells.SetItem(place, cell) }),
    };

    /// <summary>
    /// Sums of what was filled in, by rows and then below: only cells that rest on nothing counted, which keep their own numbers so that a
    /// contradiction is told and not hidden.
    /// </summary>
    static FormGrid Reckoned(FormGrid grid, HashSet<string> entered)
    {
        foreach (var column in grid.Columns.Where(column => column.Slice is null && column.Formula.Length > 0 && column.Rate is null))
        {
            var sum = FormEquation.Inferred(column.Key, column.Formula.Replace("{", "", StringComparison.Ordinal)
                .Replace("}", "", StringComparison.Ordinal));
            if (!sum.Columns.Any(entered.Contains))
                continue;
            entered.Add(column.Key);
            foreach (var row in grid.Body.ToList())
                grid = With(grid, row, grid.IndexOf(column.Key), GridCell.Number(sum.Sides(grid, row).Right, column.Formula));
        }

        foreach (var column in grid.Columns.Where(column => entered.Contains(column.Key) && column.Kind == CellKind.Number))
            if (grid.Total is { } total)
                grid = With(grid, total, grid.IndexOf(column.Key),
                    GridCell.Number(grid.Body.Sum(row => grid.Value(row, column.Key)), column.Total));
        return grid;
    }
}
