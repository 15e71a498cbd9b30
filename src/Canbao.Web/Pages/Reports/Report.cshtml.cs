using Canbao.Core.Reporting.Forms;
using Canbao.Core.Work.Reports;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>What a unit handed in: the snapshot, its versions, what differs from before.</summary>
sealed class ReportModel : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The version that is shown; the newest where none is told.</summary>
    [BindProperty(SupportsGet = true)]
    public int Version { get; set; }

    [BindProperty(SupportsGet = true, Name = "paper")]
    public bool IsPaper { get; set; }

    public ReadReport Report { get; private set; } = null!;

    public ReadVersion Chosen { get; private set; } = null!;

    public ShownGrid Sheet => new(Chosen.Grid, null, IsPaper);

    /// <summary>Whether the viewer may hand in another version; whether the period is open is said there.</summary>
    public bool MayCorrect => Viewer.Role is Core.Access.Role.Street or Core.Access.Role.Bureau && Viewer.UnitCode == Report.Row.Unit;

    /// <summary>The page on which it is corrected.</summary>
    public string Correct => Link(
        "/reports/due", ("form", Report.Row.Form), ("due", Shown.Day(Report.Row.DueOn)), ("unit", Report.Row.Unit));

    public IActionResult OnPostDownload()
    {
        using var content = new MemoryStream();
        GridWorkbook.Write(Chosen.Grid, content);
        return Download(
            content, FormattableString.Invariant(
                $"{ReportWords.Form(Report.Row.Form)}-{Report.Row.Unit}-{Report.Row.DueOn:yyyy-MM-dd}-{Chosen.Row.Version}.xlsx"));
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (await Database.ReadAsync(session => ReportShelf.FindAsync(session, Viewer, Id), Cancel) is not { } report)
            return false;
        Report = report;
        Chosen = report.Versions.FirstOrDefault(one => one.Row.Version == Version) ?? report.Versions[0];
        return true;
    }
}
