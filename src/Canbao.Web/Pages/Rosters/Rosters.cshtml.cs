using Canbao.Core.Access;
using Canbao.Core.Rosters;
using Canbao.Core.Work;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>The ledgers of listed people by category, and the lists that wait.</summary>
sealed class RostersModel(CategoryNames names) : RosterPage(names)
{
    /// <summary>Whose lists; empty for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string Department { get; set; } = "";

    public LedgerLine All { get; private set; } = null!;

    public IReadOnlyList<LedgerLine> Lines { get; private set; } = [];

    public IReadOnlyList<StagedRoster> Staged { get; private set; } = [];

    public static IEnumerable<SelectListItem> DepartmentsOrAll => DepartmentChoices.Prepend(new("全部部门", ""));

    /// <summary>The people behind a number.</summary>
    public string People(string department, string category, ProgressGroup group) => Link(
        "/rosters/people", ("department", department), ("category", category), ("group", $"{group}"));

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        Department = Own.Length > 0 ? Own : Department ?? "";
        var search = Search(Today) with { Department = Department };
        (All, Lines, Staged) = await Database.ReadAsync(
            async session => (
                await Ledgers.TotalAsync(session, Viewer.Area, search),
                await Ledgers.LinesAsync(session, Viewer.Area, search),
                MayHandIn ? await RosterUploads.StagedAsync(session, Viewer.Area, Department) : []),
            Cancel);
        return true;
    }
}
