using Canbao.Core.Units;
using Canbao.Core.Work.Quality;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>The people whose records have an issue.</summary>
sealed class QualityPeopleModel : OfficePage
{
    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public QualityIssue Issue { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public Unit Unit { get; private set; } = null!;

    public IReadOnlyList<FlawedPerson> Found { get; private set; } = [];

    public bool More { get; private set; }

    public static IEnumerable<SelectListItem> Issues => QualityIssues.All.Select(each => new SelectListItem(each.Chinese(), $"{each}"));

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            PageNumber = Math.Clamp(PageNumber, 1, 100_000);
            var tree = await UnitStore.ReadAsync(session, Viewer.Area);
            if (tree.Find(string.IsNullOrEmpty(UnitCode) ? Viewer.UnitCode : UnitCode) is not { } unit || !Viewer.Sees(tree.PathOf(unit))
                || !QualityIssues.All.Contains(Issue))
                return false;
            Unit = unit;
            var found = await RecordQuality.PeopleAsync(
                session, Viewer.Area, new(tree.PathOf(unit)), (Year, Today), (Issue, (PageNumber - 1) * PageSize, PageSize + 1));
            More = found.Count > PageSize;
            Found = found[..Math.Min(found.Count, PageSize)];
            return true;
        },
        Cancel);
}
