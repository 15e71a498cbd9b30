using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Core.Work.Changes;
using Canbao.Core.Work.Policies;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>
/// Another pack for a unit and all below it: what it would do, to be put in force by a second person. The address says which, so that the
/// people concerned can be paged through.
/// </summary>
sealed class PolicyChangeModel(PackShelf shelf, PolicyDesk desk, ChangeDesk changes) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string? Unit { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Pack { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    [BindProperty]
    public string Reason { get; set; } = "";

    public UnitTree Tree { get; private set; } = null!;

    /// <summary>What it would do; null where nothing was chosen.</summary>
    public ChangeEffects? Effects { get; private set; }

    /// <summary>The packs of the chosen year.</summary>
    public IEnumerable<SelectListItem> PackChoices =>
        from name in shelf.Names
        where shelf.Find(name).Pack.Year == Year
        select new SelectListItem($"{shelf.Find(name).Pack.Place}：{name}", name);

    public IReadOnlyList<PersonEffect> People => [.. Effects!.People.Skip((PageNumber - 1) * PageSize).Take(PageSize)];

    public bool More => Effects!.People.Count > PageNumber * PageSize;

    bool IsChosen => !string.IsNullOrEmpty(Pack);

    PolicyOrder Order => new(
        Year, string.IsNullOrEmpty(Unit) ? Viewer.UnitCode : Choices.RequireUnit(Tree, Viewer, Unit).Code, From ?? Today, Pack!);

    /// <summary>This page with what was chosen.</summary>
    public string Here() => Link(
        "/policies/change", ("Unit", Unit ?? ""), ("Pack", Pack ?? ""), ("From", $"{From ?? Today:yyyy-MM-dd}"));

    public async Task OnGetAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        From ??= Today;
        if (!IsChosen)
            return;
        try
        {
            await ShowAsync();
        }
        catch (RefusedException refused)
        {
            Tell(refused);
        }
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Reason.Trim().Length == 0)
            throw new RefusedException("W107", "请写明原因；变更会留下记录");
        if (!IsChosen)
            throw new RefusedException("C202", "请选择单位和政策包，看过影响再提请");
        await Act.DoAsync(
            Database, Viewer.Area, Doer(Reason.Trim()), "policy.propose", act => desk.ProposeAsync(act, Viewer, Order), Cancel);
        return Done("/policies", "已提请，待另一位医保经办核准");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (!Viewer.SeesWholeArea)
            return false;
        Tree = await Database.ReadAsync(session => UnitStore.ReadAsync(session, Viewer.Area), Cancel);
        return true;
    }

    /// <inheritdoc/>
    protected override Task AgainAsync() => IsChosen ? ShowAsync() : Task.CompletedTask;

    async Task ShowAsync() => Effects = await changes.PreviewAsync(Database, Viewer, desk.Change(Order), Cancel);
}
