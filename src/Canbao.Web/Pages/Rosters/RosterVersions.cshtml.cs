using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Rosters;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>The lists that took effect, newest first, and the form 附件3 of what they changed.</summary>
sealed class RosterVersionsModel(CategoryNames names, AdjustmentForm form) : RosterPage(names)
{
    [BindProperty(SupportsGet = true)]
    public string Department { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    [BindProperty]
    public string FormOf { get; set; } = "";

    [BindProperty]
    public DateOnly? From { get; set; }

    [BindProperty]
    public DateOnly? Until { get; set; }

    public IReadOnlyList<RosterVersionRow> Found { get; private set; } = [];

    public bool More { get; private set; }

    public static IEnumerable<SelectListItem> DepartmentsOrAll => RostersModel.DepartmentsOrAll;

    public void OnGet()
    {
        (From, Until) = (new(Today.Year, Today.Month, 1), Today);
        FormOf = Department;
    }

    public async Task<IActionResult> OnPostFormAsync()
    {
        var department = Own.Length > 0 ? Own : FormOf;
        if (!Departments.IsKnown(department))
            throw new RefusedException("M101", "请选择部门");
        if (From is not { } from || Until is not { } until || from > until)
            throw new RefusedException("W111", "请填写起止日期，起不能晚于止");
        using var content = new MemoryStream();
        await Act.DoAsync(Database, Viewer.Area, Doer("导出动态调整名单"), "roster.export",
            act => form.WriteAsync(act, department, (from, until), content), Cancel);
        return Download(content, $"附件3-{Departments.Chinese(department)}-{until:yyyyMMdd}.xlsx");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        if (!SeesVersions)
            return false;
        Department = Own.Length > 0 ? Own : Department ?? "";
        var all = await Database.ReadAsync(session => RosterDesk.HistoryAsync(session, Viewer.Area, Department), Cancel);
        Found = [.. all.Skip((PageNumber - 1) * PageSize).Take(PageSize)];
        More = all.Count > PageNumber * PageSize;
        return true;
    }
}
