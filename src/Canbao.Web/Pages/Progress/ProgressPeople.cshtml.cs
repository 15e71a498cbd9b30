using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>The people behind a number of the progress table (promise 7).</summary>
sealed class ProgressPeopleModel(Progress progress) : OfficePage
{
    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public ProgressGroup Group { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public Unit Unit { get; private set; } = null!;

    public IReadOnlyList<ProgressPerson> Found { get; private set; } = [];

    public bool More { get; private set; }

    public static string Word(ProgressGroup group) => group switch
    {
        ProgressGroup.Expected => "应参保",
        ProgressGroup.LeftOut => "未登记",
        ProgressGroup.Enrolled => "已登记",
        ProgressGroup.Paid => "已缴费",
        ProgressGroup.Free => "个人不缴",
        ProgressGroup.Owing => "待缴费",
        _ => "暂不能缴",
    };

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        var code = string.IsNullOrEmpty(UnitCode) ? Viewer.UnitCode : UnitCode;
        var found = await Database.ReadAsync(
            async session =>
            {
                var tree = await UnitStore.ReadAsync(session, Viewer.Area);
                if (tree.Find(code) is not { } chosen || !Viewer.Sees(tree.PathOf(chosen)))
                    return null;
                Unit = chosen;
                return await progress.PeopleAsync(
                    session, Viewer.Area, new(tree.PathOf(chosen)), Year, (Group, (PageNumber - 1) * PageSize, PageSize + 1));
            },
            Cancel);
        if (found is null)
            return false;
        More = found.Count > PageSize;
        Found = found[..Math.Min(found.Count, PageSize)];
        return true;
    }
}
