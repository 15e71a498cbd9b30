using Canbao.Core.Assessment.Dues;
using Canbao.Core.Units;
using Canbao.Core.Work.Shadow;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>What the pages of a shadow run have in common: the address says what is compared, and nothing is stored.</summary>
abstract class ShadowPage(PackShelf shelf) : OfficePage
{
    /// <summary>The pack that is tried.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Pack { get; set; }

    /// <summary>The payment day on its side.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? On { get; set; }

    /// <summary>The pack that it is held against; what is bound in the chosen year where empty.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Against { get; set; }

    /// <summary>The payment day on that side.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? AgainstOn { get; set; }

    /// <summary>The unit with all below it; the viewer's own where empty.</summary>
    [BindProperty(SupportsGet = true, Name = "unit")]
    public string? UnitCode { get; set; }

    public UnitTree Tree { get; private set; } = null!;

    public Unit Unit { get; private set; } = null!;

    /// <summary>What is compared; null where no pack was chosen.</summary>
    public ShadowOrder? Order { get; private set; }

    protected PackShelf Shelf => shelf;

    /// <summary>An address of a shadow page with what is compared.</summary>
    public string Run(string path, string unit, params (string Name, string Value)[] more) => Link(
        path,
        [
            ("pack", Pack ?? ""), ("on", Text(On)), ("against", Against ?? ""), ("againston", Text(AgainstOn)), ("unit", unit), .. more,
        ]);

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        Tree = await Database.ReadAsync(session => UnitStore.ReadAsync(session, Viewer.Area), Cancel);
        if (Tree.Find(string.IsNullOrEmpty(UnitCode) ? Viewer.UnitCode : UnitCode) is not { } chosen || !Viewer.Sees(Tree.PathOf(chosen)))
            return false;
        Unit = chosen;
        On ??= Today;
        return true;
    }

    /// <summary>Reads what is compared from the address.</summary>
    /// <exception cref="RefusedException">A206: a pack is not in the library. A101: it has faults.</exception>
    protected void Choose()
    {
        if (string.IsNullOrEmpty(Pack))
            return;
        var then = ShadowSide.Of(shelf, Known(Pack), On!.Value);
        var now = string.IsNullOrEmpty(Against) ? new ShadowSide(Year, then.On, null) : ShadowSide.Of(shelf, Known(Against), then.On);
        AgainstOn ??= then.SameDayIn(now.Year);
        Order = new(now with { On = AgainstOn.Value }, then, Today)
        {
            Within = Unit == Tree.Root ? null : new UnitRange(Tree.PathOf(Unit)),
        };
    }

    // An address may name no folder of the machine.
    string Known(string pack) => shelf.Names.Contains(pack)
        ? pack : throw new RefusedException("A206", $"没有政策包“{pack}”；请从列表中选择");

    static string Text(DateOnly? day) => day is null ? "" : $"{day:yyyy-MM-dd}";
}
