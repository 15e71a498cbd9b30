using Canbao.Core.Registry.Comparison;
using Canbao.Core.Units;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>The people in whom the register and the year's enrolments differ, and where that is put right.</summary>
sealed class RegisterPeopleModel : OfficePage
{
    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public RegisterDifference Difference { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public Unit Unit { get; private set; } = null!;

    public IReadOnlyList<DifferingPerson> Found { get; private set; } = [];

    public bool More { get; private set; }

    public static IEnumerable<SelectListItem> Differences =>
        RegisterDifferences.All.Select(each => new SelectListItem(each.Chinese(), $"{each}"));

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            PageNumber = Math.Clamp(PageNumber, 1, 100_000);
            var tree = await UnitStore.ReadAsync(session, Viewer.Area);
            if (tree.Find(string.IsNullOrEmpty(UnitCode) ? Viewer.UnitCode : UnitCode) is not { } unit || !Viewer.Sees(tree.PathOf(unit)))
                return false;
            Unit = unit;
            var found = await RegisterComparison.PeopleAsync(
                session, Viewer.Area, new(tree.PathOf(unit)), Year, (Difference, (PageNumber - 1) * PageSize, PageSize + 1));
            More = found.Count > PageSize;
            Found = found[..Math.Min(found.Count, PageSize)];
            return true;
        },
        Cancel);
}
