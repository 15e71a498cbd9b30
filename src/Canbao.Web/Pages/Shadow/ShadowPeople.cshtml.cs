using Canbao.Core.Assessment.Dues;
using Canbao.Core.Work.Shadow;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>The people behind a number of a shadow run, found by running again.</summary>
sealed class ShadowPeopleModel(PackShelf shelf, ShadowRun run) : ShadowPage(shelf)
{
    /// <summary>The answer as it is; 0 where a change is asked for.</summary>
    [BindProperty(SupportsGet = true)]
    public long Now { get; set; }

    /// <summary>The answer as it would be; 0 where a change is asked for.</summary>
    [BindProperty(SupportsGet = true)]
    public long Then { get; set; }

    [BindProperty(SupportsGet = true)]
    public ShadowChange? Change { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<ShadowPerson> Found { get; private set; } = [];

    public bool More { get; private set; }

    public async Task OnGetAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        try
        {
            Choose();
            if (Order is not null)
                await ShowAsync(Order);
        }
        catch (RefusedException refused)
        {
            Tell(refused);
        }
    }

    async Task ShowAsync(ShadowOrder order)
    {
        var found = await Database.ReadAsync(
            async session => await ShadowRun.CountAsync(session, Viewer.Area, new(Tree.PathOf(Unit)), order.FactsOn) > ShadowRun.MostInPage
                ? []
                : await run.PeopleAsync(session, Viewer.Area, order, IsWanted, ((PageNumber - 1) * PageSize, PageSize + 1)),
            Cancel);
        More = found.Count > PageSize;
        Found = found[..Math.Min(found.Count, PageSize)];
    }

    bool IsWanted(DueVerdictRow now, DueVerdictRow then) => Change is { } change
        ? ShadowChanges.Of(now, then) == change : now.VerdictId == Now && then.VerdictId == Then;
}
