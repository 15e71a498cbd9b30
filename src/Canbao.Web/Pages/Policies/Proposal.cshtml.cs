using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Core.Work.Changes;
using Canbao.Core.Work.Policies;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A pack that somebody proposed: what it would do, and a second person's decision.</summary>
sealed class ProposalModel(PolicyDesk desk, ChangeDesk changes) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    [BindProperty]
    public string Reason { get; set; } = "";

    /// <summary>The effects that were shown.</summary>
    [BindProperty]
    public string Digest { get; set; } = "";

    [BindProperty]
    public bool WithRefunds { get; set; }

    public PolicyProposalRow Row { get; private set; } = null!;

    public string UnitName { get; private set; } = "";

    /// <summary>What it would do; null where it is decided.</summary>
    public ChangeEffects? Effects { get; private set; }

    public IReadOnlyList<PersonEffect> People => [.. Effects!.People.Skip((PageNumber - 1) * PageSize).Take(PageSize)];

    public bool More => Effects!.People.Count > PageNumber * PageSize;

    /// <summary>Whether the viewer is the second person.</summary>
    public bool Decides => Viewer.Role == Role.Bureau && Viewer.Login != Row.ProposedBy;

    public async Task<IActionResult> OnPostAsync()
    {
        RequireReason();
        var effects = await Act.DoAsync(Database, Viewer.Area, Doer(Reason.Trim()), "policy.bind",
            act => desk.AgreeAsync(act, Viewer, Id, Digest, WithRefunds), Cancel);
        return Done("/policies", $"政策包已生效，{effects.People.Count} 人的应缴、待遇随之更新");
    }

    public async Task<IActionResult> OnPostDropAsync()
    {
        RequireReason();
        var row = await Act.DoAsync(
            Database, Viewer.Area, Doer(Reason.Trim()), "policy.drop", act => PolicyDesk.DropAsync(act, Viewer, Id), Cancel);
        return Done("/policies", PolicyDesk.Chinese(row.State));
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        var (row, tree) = await Database.ReadAsync(
            async session => (
                await PolicyDesk.FindAsync(session, Viewer.Area, Id), await UnitStore.ReadAsync(session, Viewer.Area)),
            Cancel);
        if (row is null || !Viewer.SeesWholeArea)
            return false;
        (Row, UnitName) = (row, tree.Find(row.Unit)?.Name ?? row.Unit);
        if (row.State == PolicyDesk.Waiting)
            Effects = await changes.PreviewAsync(Database, Viewer, desk.Change(PolicyDesk.OrderOf(row)), Cancel);
        return true;
    }

    void RequireReason()
    {
        if (Reason.Trim().Length == 0)
            throw new RefusedException("W107", "请写明意见；会留下记录");
    }
}
