using Canbao.Core.Reporting.Forms;
using Canbao.Core.Work.Reports;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>What the units below handed in for a day, summed up.</summary>
sealed class ReportSumModel : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string Form { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "due")]
    public DateOnly? DueOn { get; set; }

    [BindProperty(SupportsGet = true, Name = "paper")]
    public bool IsPaper { get; set; }

    /// <summary>Null where nobody has handed in.</summary>
    public ReportSum? Sum { get; private set; }

    public ShownGrid Sheet => new(Sum!.Grid, null, IsPaper);

    /// <summary>This page once more.</summary>
    public string Self(params (string, string)[] more) =>
        Link("/reports/sum", [("form", Form), ("due", Shown.Day(DueOn)), .. more]);

    public IActionResult OnPostDownload()
    {
        if (Sum is null)
            return NotFound();
        using var content = new MemoryStream();
        GridWorkbook.Write(Sum.Grid, content);
        return Download(content, FormattableString.Invariant($"{ReportWords.Form(Form)}-汇总-{DueOn:yyyy-MM-dd}.xlsx"));
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (DueOn is not { } day)
            return true;
        try
        {
            Sum = await Database.ReadAsync(session => ReportShelf.SumAsync(session, Viewer, Year, (Form ?? "", day)), Cancel);
        }
        catch (RefusedException refused) when (refused.Code == "T412")
        {
            // The page says so.
        }

        return true;
    }
}
