using Canbao.Core.Work.Jobs;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Long work that goes on, and that ended within a month.</summary>
sealed class JobsModel(Jobs jobs, JobKinds kinds) : JobPage(kinds)
{
    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<JobView> Found { get; private set; } = [];

    public bool More { get; private set; }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        var found = await jobs.ListAsync(
            Viewer.Area, SeesAll ? null : Viewer.Login, ((PageNumber - 1) * PageSize, PageSize + 1), Cancel);
        More = found.Count > PageSize;
        Found = [.. found.Take(PageSize)];
        return true;
    }
}
