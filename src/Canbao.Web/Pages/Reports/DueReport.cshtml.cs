using Canbao.Core.Events;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Work.Reports;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A cell that the office fills in itself.</summary>
sealed class EnteredCell
{
    public string Unit { get; set; } = "";

    public bool IsOwn { get; set; }

    public string Column { get; set; } = "";

    public string? Text { get; set; } = "";
}

/// <summary>A report that is due, filled from the counts; handed in with one press, or corrected.</summary>
sealed class DueReportModel(ReportDesk desk, Counts counts) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string Form { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "due")]
    public DateOnly? DueOn { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Unit { get; set; } = "";

    [BindProperty]
    public List<EnteredCell> Entries { get; set; } = [];

    [BindProperty]
    public string? Explanation { get; set; } = "";

    /// <summary>Null where the own unit has nothing to hand in.</summary>
    public ReportDraft Draft { get; private set; } = null!;

    public ShownGrid Sheet => new(Draft.Filled.Grid, null, false);

    public bool IsCorrection => Draft.Due.HandedIn is not null;

    public bool NeedsExplanation => IsCorrection || Draft.Filled.Problems.Length > 0;

    /// <summary>The rows and columns that the office fills in.</summary>
    public IReadOnlyList<GridColumn> Entered => [.. Draft.Filled.Grid.Columns.Where(ReportDesk.IsEntered)];

    ReportKey Key => new(Year, Form, DueOn!.Value, Unit);

    /// <summary>What was typed, or handed in before.</summary>
    public string Typed(GridRow row, GridColumn column) => Entries.Find(
        one => one.Unit == row.Unit && one.IsOwn == row.IsOwn && one.Column == column.Key)?.Text ?? "";

    public async Task<IActionResult> OnPostAsync()
    {
        var entries = Entries.ConvertAll(one => new ReportEntry(one.Unit ?? "", one.IsOwn, one.Column ?? "", one.Text ?? ""));
        var version = await Act.DoAsync(
            Database, Viewer.Area, Doer($"上报{Draft.Due.Report.Says} {DueOn:yyyy-MM-dd}"), "report.hand_in",
            act => desk.HandInAsync(act, Viewer, Key, entries, Explanation ?? ""), Cancel);
        return Done($"/reports/{version.ReportId}", version.IsLate ? "已上报（超过上报时间，记为逾期）" : "已上报");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (DueOn is null || string.IsNullOrEmpty(Form))
            return await FirstAsync();
        return await ReadAsync();
    }

    /// <summary>Without an address: what the own unit has to hand in first.</summary>
    async Task<bool> FirstAsync()
    {
        var first = await Database.ReadAsync(session => desk.NextAsync(session, Viewer, Year), Cancel);
        if (first is null)
            return HttpMethods.IsGet(Request.Method);
        (Form, DueOn, Unit) = (first.Report.Form, first.DueOn, first.Unit.Code);
        return await ReadAsync();
    }

    async Task<bool> ReadAsync()
    {
        Unit = string.IsNullOrEmpty(Unit) ? Viewer.UnitCode : Unit;
        await counts.CatchUpAsync(Viewer.Area, [Year], Cancel);
        try
        {
            await Database.ReadAsync(
                async session =>
                {
                    Draft = await desk.DraftAsync(session, Viewer.Area, Key, []);
                    if (IsCorrection && HttpMethods.IsGet(Request.Method)
                        && await ReportShelf.FindAsync(session, Viewer, Draft.Due.HandedIn!.ReportId) is { } before)
                        Entries = Before(before.Versions[0].Grid);
                    return 0;
                },
                Cancel);
        }
        catch (RefusedException refused) when (refused.Code is "T402" or "T403")
        {
            return false;
        }

        return ReportDesk.HandsIn(Viewer, Draft.Due);
    }

    static List<EnteredCell> Before(FormGrid grid) =>
    [
        .. from row in grid.Body
           from column in grid.Columns.Where(ReportDesk.IsEntered)
           let text = row.Cells[grid.IndexOf(column.Key)].Shown(column.Kind)
           where text.Length > 0
           select new EnteredCell { Unit = row.Unit, IsOwn = row.IsOwn, Column = column.Key, Text = text },
    ];
}
