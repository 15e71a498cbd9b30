using Canbao.Core.Residents;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>What residents handed in, for the desks of their units.</summary>
sealed class ApplicationsModel : OfficePage
{
    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public bool More { get; private set; }

    public IReadOnlyList<(ApplicationRow Row, string Unit)> Listed { get; private set; } = [];

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        var found = await Database.ReadAsync(
            session => Applications.ListAsync(session, Viewer.Area, Viewer.Scope, ((PageNumber - 1) * PageSize, PageSize + 1)), Cancel);
        More = found.Count > PageSize;
        Listed = found[..Math.Min(found.Count, PageSize)];
        return true;
    }
}
