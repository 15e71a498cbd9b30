using Canbao.Core.Events;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Units;
using Canbao.Core.Work.Forms;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>A form, and where its numbers lead.</summary>
/// <param name="Grid">The form.</param>
/// <param name="Open">The address of the people of a unit (its own only, or with those below) and a column; null where none opens.</param>
/// <param name="IsPaper">Whether nothing else stands on the page.</param>
sealed record ShownGrid(FormGrid Grid, Func<(string Unit, bool IsOwn, string Column), string>? Open, bool IsPaper);

/// <summary>A prescribed form of a unit, with what is wrong with it; to be kept as a workbook or printed.</summary>
sealed class FormModel(Counts counts) : OfficePage
{
    /// <summary>The most problems that are shown at once.</summary>
    public const int MostShown = 20;

    /// <summary>The most rows that a page shows; the workbook has all.</summary>
    const int MostRows = 1000;

    [BindProperty(SupportsGet = true, Name = "form")]
    public string Code { get; set; } = "";

    /// <summary>The unit that fills it in; the viewer's own where empty.</summary>
    [BindProperty(SupportsGet = true)]
    public string Unit { get; set; } = "";

    /// <summary>Whether it is shown as it is printed, without anything around it.</summary>
    [BindProperty(SupportsGet = true, Name = "paper")]
    public bool IsPaper { get; set; }

    public FilledForm Filled { get; private set; } = null!;

    public ShownGrid Sheet { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> Units { get; private set; } = [];

    public bool MayTake => FormDesk.MayTake(Viewer, Filled.Form);

    FormOrder order = null!;

    /// <summary>This page once more.</summary>
    public string Self(bool paper = false, string? handler = null)
    {
        List<(string, string)> query = [("unit", Unit)];
        if (paper)
            query.Add(("paper", "true"));
        if (handler is not null)
            query.Add(("handler", handler));
        return Link($"/forms/{Code}", [.. query]);
    }

    public async Task<IActionResult> OnPostDownloadAsync()
    {
        using var content = new MemoryStream();
        if (order.Form.Source == FormSource.Funding)
            await Act.DoAsync(Database, Viewer.Area, Doer($"下载{order.Form.Name}"), "form.export",
                act => new FormDesk(Vault).ExportListAsync(act, Viewer, order, content), Cancel);
        else
            GridWorkbook.Write(Filled.Grid, content);
        return Download(content, $"{Filled.Form.Name}-{Unit}-{Year}.xlsx");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (PrescribedForms.Find(Code) is not { } form || !FormDesk.Admits(Viewer, form))
            return false;
        Unit = string.IsNullOrEmpty(Unit) ? Viewer.UnitCode : Unit;
        order = new FormOrder(form, Year, Unit, Today);
        if (form.Source == FormSource.Tally)
            await counts.CatchUpAsync(Viewer.Area, [Year], Cancel);
        try
        {
            await Database.ReadAsync(
                async session =>
                {
                    Filled = await new FormDesk(Vault).FillAsync(session, Viewer, order);
                    var tree = await UnitStore.ReadAsync(session, Viewer.Area);
                    Units = [.. Choices.Below(tree, Viewer).Select(item => item.Value.Length > 0 ? item : new(item.Text, Viewer.UnitCode))];
                    return 0;
                },
                Cancel);
        }
        catch (RefusedException refused) when (refused.Code == "T311")
        {
            return false;
        }

        bool opens = form.Source == FormSource.Tally && !IsPaper && Routes.Find("/forms/{form}/people")!.Admits(Viewer.Role);
        var rows = Filled.Grid.Rows;
        // A page of more would not come up on a phone; the totals stay.
        var grid = rows.Length <= MostRows ? Filled.Grid : Filled.Grid with { Rows = [.. rows[..MostRows], rows[^1]] };
        Sheet = new(grid, opens ? Open : null, IsPaper);
        return true;
    }

    string Open((string Unit, bool IsOwn, string Column) which) => Link(
        $"/forms/{Code}/people",
        [("unit", which.Unit), ("column", which.Column), .. which.IsOwn ? [("own", "true")] : ((string, string)[])[]]);
}
