using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Reporting;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Units;
using Canbao.Core.Work.WorkFunds;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Work funds by community: a forecast before the day, what was decided behind it; a community sees its own.</summary>
sealed class WorkFundsModel(Counts counts, WorkFundDesk desk) : OfficePage
{
    UnitTree tree = null!;

    /// <summary>The unit whose rules promise them; the first that is the viewer's where empty.</summary>
    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    /// <summary>Whether it is shown as it is printed.</summary>
    [BindProperty(SupportsGet = true, Name = "paper")]
    public bool IsPaper { get; set; }

    /// <summary>What was looked at.</summary>
    [BindProperty]
    public string Digest { get; set; } = "";

    [BindProperty]
    public string Reason { get; set; } = "";

    /// <summary>Null where no unit of the viewer's has a rule.</summary>
    public WorkFundBook? Book { get; private set; }

    public IReadOnlyList<SelectListItem> Units { get; private set; } = [];

    /// <summary>What the viewer sees of it.</summary>
    public IReadOnlyList<WorkFundLineRow> Lines { get; private set; } = [];

    /// <summary>What would come out now, where that is not what was decided.</summary>
    public IReadOnlyList<(WorkFundLineRow Now, WorkFundLineRow? Decided)> Changed { get; private set; } = [];

    public bool MayDecide => Book is not null && WorkFundDesk.MayDecide(Viewer, tree, Book.Unit) && !Book.IsForecast;

    public FormGrid Grid => Book!.Grid(Lines);

    /// <summary>This page once more.</summary>
    public string Self(bool paper = false, string? handler = null)
    {
        List<(string, string)> query = [("unit", Book!.Unit.Code)];
        if (paper)
            query.Add(("paper", "true"));
        if (handler is not null)
            query.Add(("handler", handler));
        return Link("/work-funds", [.. query]);
    }

    /// <inheritdoc/>
    protected override bool OffersExcel => false;

    public async Task<IActionResult> OnPostDecideAsync()
    {
        var row = await Act.DoAsync(Database, Viewer.Area, Doer("核定工作经费"), "work_fund.decide",
            act => desk.DecideAsync(act, Viewer, (UnitCode, Year), Digest, Reason ?? ""), Cancel);
        return Done("/work-funds", $"已核定第 {row.Version} 版", ("unit", UnitCode));
    }

    public IActionResult OnPostDownload()
    {
        if (Book is null)
            return NotFound();
        using var content = new MemoryStream();
        GridWorkbook.Write(Grid, content);
        return Download(content, $"工作经费-{Book.Unit.Code}-{Year}.xlsx");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        await counts.CatchUpAsync(Viewer.Area, [Year], Cancel);
        return await Database.ReadAsync(
            async session =>
            {
                tree = await UnitStore.ReadAsync(session, Viewer.Area);
                var units = await desk.UnitsAsync(session, Viewer, tree, Year);
                Units = [.. units.Select(unit => new SelectListItem(unit.Name, unit.Code))];
                if (string.IsNullOrEmpty(UnitCode))
                    UnitCode = units.Count > 0 ? units[0].Code : "";
                Book = await desk.ReadAsync(session, Viewer, tree, (UnitCode, Year), Today);
                if (Book is null)
                    return UnitCode.Length == 0;
                Lines = WorkFundDesk.Own(Viewer, tree, Book.Lines);
                var decided = Book.Decided.ToDictionary(line => line.Community, StringComparer.Ordinal);
                Changed = !Book.Differs ? [] :
                [
                    .. WorkFundDesk.Own(Viewer, tree, Book.Now).Select(line => (line, decided.GetValueOrDefault(line.Community)))
                        .Where(pair => pair.Item2?.Working != pair.line.Working),
                ];
                return true;
            },
            Cancel);
    }
}
