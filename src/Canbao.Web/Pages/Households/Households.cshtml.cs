using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>The households of the viewer's units.</summary>
sealed class HouseholdsModel(HouseholdFiles files) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string Search { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public bool Incomplete { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<HouseholdFile> Found { get; private set; } = [];

    public bool More { get; private set; }

    /// <inheritdoc/>
    protected override int ScreenRows => 30;

    public async Task OnGetAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        var search = new HouseholdSearch(new UnitRange(Viewer.UnitPath), Year) { Text = Search.Trim(), OnlyIncomplete = Incomplete };
        var found = await Database.ReadAsync(
            session => files.ListAsync(session, Viewer.Area, search, Today, ((PageNumber - 1) * PageSize, PageSize + 1)), Cancel);
        More = found.Count > PageSize;
        Found = found[..Math.Min(found.Count, PageSize)];
    }
}
