using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Work.Collecting;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>The batches that wait for the viewer, and all within the viewer's units; whoever collects sees the own.</summary>
sealed class CollectionModel : OfficePage
{
    const int MostWaiting = 200;

    /// <summary>What can be asked for.</summary>
    public static IReadOnlyList<SelectListItem> States { get; } =
    [
        new("全部", ""), new("收款中", Batches.Open), new("已报送", Batches.Submitted), new("待税务申报", Batches.Checked),
        new("待存入税务账户", Batches.Declared), new("款项不符", Batches.Suspended), new("待入库核对", Batches.Deposited),
        new("已入库", Batches.Settled), new("已全部退回或撤回", Batches.Returned),
    ];

    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<ListedBatch> Waiting { get; private set; } = [];

    /// <summary>The others, or all of the state that is asked for.</summary>
    public IReadOnlyList<ListedBatch> Found { get; private set; } = [];

    public bool More { get; private set; }

    /// <summary>Whether only the own batches are listed.</summary>
    public bool OnlyOwn => Viewer.Role is Role.Agent or Role.School or Role.ListDepartment;

    /// <summary>Whether the viewer has a part in it.</summary>
    public bool HasSteps => Viewer.Role is Role.Agent or Role.Street or Role.Tax or Role.School or Role.ListDepartment;

    /// <summary>Whether the viewer prepares group payments.</summary>
    public bool MayPrepare => Routes.Find("/collection/group")!.Admits(Viewer.Role);

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Filters => ["state"];

    /// <inheritdoc/>
    protected override int ScreenRows => 30;

    public async Task OnGetAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        var search = new BatchSearch(Viewer.Scope, Year) { Agent = OnlyOwn ? Viewer.Login : "" };
        var (waiting, found) = await Database.ReadAsync(
            async session => (
                await BatchFiles.ListAsync(session, Viewer.Area, search with { OnlyUnfinished = true }, (0, MostWaiting)),
                await BatchFiles.ListAsync(
                    session, Viewer.Area, search with { State = State }, ((PageNumber - 1) * PageSize, PageSize + 1))),
            Cancel);
        Waiting = waiting.FindAll(one => BatchSteps.IsFor(Viewer, one.Batch));
        More = found.Count > PageSize;
        var waits = Waiting.Select(one => one.Batch.BatchId).ToHashSet();
        Found = [.. found.Take(PageSize).Where(one => State.Length > 0 || !waits.Contains(one.Batch.BatchId))];
    }
}
