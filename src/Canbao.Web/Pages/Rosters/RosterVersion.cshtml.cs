using Canbao.Core.Events;
using Canbao.Core.Rosters;
using Canbao.Core.Work;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>What one list did, person by person; a department's latest one can be taken back.</summary>
sealed class RosterVersionModel(CategoryNames names, ListDesk lists) : RosterPage(names)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    [BindProperty]
    public string Reason { get; set; } = "";

    public RosterVersionRow Version { get; private set; } = null!;

    public ActRow? Applied { get; private set; }

    public ActRow? Undone { get; private set; }

    public IReadOnlyList<RosterEntry> Found { get; private set; } = [];

    public bool More { get; private set; }

    /// <summary>Whether it is the one that can be taken back.</summary>
    public bool IsLatest { get; private set; }

    public static string KindName(RosterVersionRow version) => version.Kind == "full" ? "全量名单" : "动态调整";

    public static string Days(RosterVersionRow version) => version.FirstDay == version.EffectiveOn
        ? Shown.Day(version.FirstDay)
        : $"{Shown.Day(version.FirstDay)} 至 {Shown.Day(version.EffectiveOn)}";

    public async Task<IActionResult> OnPostUndoAsync()
    {
        if (!MayHandIn)
            throw new RefusedException("W112", "撤销名单由名单部门或医保部门办理");
        if (Reason.Trim().Length == 0)
            throw new RefusedException("W107", "请写明原因；撤销会留下记录");
        await Act.DoAsync(Database, Viewer.Area, Doer(Reason.Trim()), "roster.undo",
            act => lists.UndoAsync(act, Id, Years.Earlier, Years.Later), Cancel);
        return Done("/rosters/versions", "名单已撤销，恢复到它生效以前");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        if (!SeesVersions)
            return false;
        return await Database.ReadAsync(
            async session =>
            {
                if (await RosterDesk.FindAsync(session, Viewer.Area, Id) is not { } version || !Concerns(version.Department))
                    return false;
                Version = version;
                Applied = await ActLog.FindAsync(session, Viewer.Area, version.ActId);
                Undone = version.UndoneBy is { } act ? await ActLog.FindAsync(session, Viewer.Area, act) : null;
                IsLatest = (await RosterDesk.LatestAsync(session, Viewer.Area, version.Department))?.VersionId == Id;
                var found = await RosterDesk.EntriesAsync(session, Viewer.Area, Id, ((PageNumber - 1) * PageSize, PageSize + 1));
                More = found.Count > PageSize;
                Found = found[..Math.Min(found.Count, PageSize)];
                return true;
            },
            Cancel);
    }
}
