using Canbao.Core.Reporting;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Forms;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>The people behind a number of a form (promise 7).</summary>
/// <param name="names">What categories are called.</param>
sealed class FormPeopleModel(CategoryNames names) : OfficePage
{
    [BindProperty(SupportsGet = true, Name = "form")]
    public string Code { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Column { get; set; } = "";

    /// <summary>Whether people of the unit itself are meant, not of those below it.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Own { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public Unit Unit { get; private set; } = null!;

    /// <summary>What the column is called.</summary>
    public string Name { get; private set; } = "";

    public IReadOnlyList<FormPerson> Found { get; private set; } = [];

    public bool More { get; private set; }

    public static string Word(TallyPart part) => part == TallyPart.Outside
        ? "在别处参保" : ProgressPeopleModel.Word((ProgressGroup)(int)part);

    public string Category(string code) => code.Length == 0 ? "" : names.Chinese(code);

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        var code = string.IsNullOrEmpty(UnitCode) ? Viewer.UnitCode : UnitCode;
        if (PrescribedForms.Find(Code) is not { Source: FormSource.Tally } form)
            return false;
        var found = await Database.ReadAsync(
            async session =>
            {
                var tree = await UnitStore.ReadAsync(session, Viewer.Area);
                if (tree.Find(code) is not { } chosen || !Viewer.Sees(tree.PathOf(chosen)))
                    return null;
                var empty = form.Fill(new FormFrame(tree, chosen, Year, Today), Array.Empty<TallyLine>()).Grid;
                if (empty.Opening(string.IsNullOrEmpty(Column) ? empty.Columns.First(each => each.Slice is not null).Key : Column)
                    is not { } opening)
                    return null;
                (Unit, Name) = (chosen, opening.Name);
                return await FormPeople.ReadAsync(
                    session, Viewer.Area, (new(tree.PathOf(chosen)), Own ? chosen.Code : ""), Year, opening.Slice,
                    ((PageNumber - 1) * PageSize, PageSize + 1));
            },
            Cancel);
        if (found is null)
            return false;
        More = found.Count > PageSize;
        Found = found[..Math.Min(found.Count, PageSize)];
        return true;
    }
}
