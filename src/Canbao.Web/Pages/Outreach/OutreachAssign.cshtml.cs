using Canbao.Core.Events;
using Canbao.Core.Outreach;
using Canbao.Core.Rosters;
using Canbao.Core.Work.Outreach;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Gives open cases to those who go there.</summary>
sealed class OutreachAssignModel(CategoryNames names) : OutreachPage(names)
{
    /// <summary>The logins that are ticked.</summary>
    [BindProperty]
    public string[] Chosen { get; set; } = [];

    /// <summary>How many open cases the search finds.</summary>
    public int Waiting { get; private set; }

    /// <summary>Those who answer for the unit or a part of it.</summary>
    public IReadOnlyList<OutreachWorker> Choices { get; private set; } = [];

    public async Task<IActionResult> OnPostAsync()
    {
        var done = await Act.DoAsync(Database, Viewer.Area, Doer($"指派{Unit.Name}扩面对象"), "outreach.assign",
            act => OutreachAssignment.AssignAsync(act, Viewer, OfOpen, Chosen), Cancel);
        var parts = done.ByLogin.Select(pair => $"{OwnerName(pair.Key)} {pair.Value} 人");
        var left = done.Left > 0 ? $"；{done.Left} 人所在单位没有选负责人，未指派" : "";
        return Done("/outreach", $"已指派：{string.Join("，", parts)}{left}", Search);
    }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            if (!await LoadSearchAsync(session))
                return false;
            Waiting = await OutreachList.CountAsync(session, Viewer.Area, OfOpen, Today);
            var path = Tree.PathOf(Unit);
            Choices =
            [
                .. Workers.Where(worker => worker.UnitPath.StartsWith(path, StringComparison.Ordinal)
                    || path.StartsWith(worker.UnitPath, StringComparison.Ordinal)),
            ];
            return true;
        },
        Cancel);

    OutreachFilter OfOpen => Filter with { State = OutreachState.Open, Outcome = "" };
}
