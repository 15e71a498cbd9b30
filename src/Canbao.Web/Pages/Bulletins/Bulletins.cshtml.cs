using Canbao.Core.Events;
using Canbao.Core.Reporting.HandIns;
using Canbao.Core.Work.Reports;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Bulletins: published ones for everybody; the bureau drafts, supervisors review.</summary>
sealed class BulletinsModel(BulletinDesk desk, Counts counts) : OfficePage
{
    const int MostPlanned = 6;

    [BindProperty]
    public string BulletinTitle { get; set; } = "";

    [BindProperty]
    public DateOnly? DueOn { get; set; }

    public IReadOnlyList<BulletinRow> Found { get; private set; } = [];

    /// <summary>What is to be drafted, the newest first.</summary>
    public IReadOnlyList<PlannedBulletin> Planned { get; private set; } = [];

    public async Task<IActionResult> OnPostDraftAsync()
    {
        await counts.CatchUpAsync(Viewer.Area, [Year], Cancel);
        var row = await Act.DoAsync(Database, Viewer.Area, Doer($"起草通报 {DueOn:yyyy-MM-dd}"), "bulletin.draft",
            act => desk.DraftAsync(act, Viewer, Year, (BulletinTitle ?? "", DueOn ?? default)), Cancel);
        return Done($"/bulletins/{row.BulletinId}", "已起草，请修改正文后送审");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        await Database.ReadAsync(
            async session =>
            {
                Found = await BulletinDesk.ListAsync(session, Viewer, Year);
                if (BulletinDesk.Drafts(Viewer))
                    Planned = [.. (await desk.PlannedAsync(session, Viewer, Year, Today)).Where(one => one.Row is null).Take(MostPlanned)];
                return 0;
            },
            Cancel);
        return true;
    }
}
