using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Core.Work.Reports;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>What villages posted, and a new posting.</summary>
sealed class PostingsModel(PostingDesk desk) : OfficePage
{
    [BindProperty]
    public string Unit { get; set; } = "";

    [BindProperty]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<ReadPosting> Found { get; private set; } = [];

    public bool More { get; private set; }

    /// <summary>The villages that the viewer posts for.</summary>
    public IReadOnlyList<SelectListItem> Units { get; private set; } = [];

    public void OnGet() => From = Today;

    public async Task<IActionResult> OnPostAsync()
    {
        var row = await Act.DoAsync(Database, Viewer.Area, Doer("张榜公示"), "posting.post",
            act => desk.PostAsync(act, Viewer, Year, (Unit ?? "", From ?? Today)), Cancel);
        return Done($"/postings/{row.PostingId}", "公示已生成，可以打印张贴");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        await Database.ReadAsync(
            async session =>
            {
                var all = await PostingDesk.ListAsync(session, Viewer, Year);
                Found = [.. all.Skip((PageNumber - 1) * PageSize).Take(PageSize)];
                More = all.Count > PageNumber * PageSize;
                if (PostingDesk.Posts(Viewer))
                    Units = Choices.Units(await UnitStore.ReadAsync(session, Viewer.Area), Viewer);
                return 0;
            },
            Cancel);
        return true;
    }
}
