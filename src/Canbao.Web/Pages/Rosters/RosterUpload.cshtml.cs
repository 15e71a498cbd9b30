using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Rosters;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Handing in a list: it is kept and tried, and nothing changes yet.</summary>
sealed class RosterUploadModel(CategoryNames names, RosterDesk desk) : RosterPage(names)
{
    [BindProperty]
    public string Department { get; set; } = "";

    [BindProperty]
    public RosterKind Kind { get; set; }

    /// <summary>The category of all rows; empty where a column tells it.</summary>
    [BindProperty]
    public string Category { get; set; } = "";

    /// <summary>The day from which a full list is so.</summary>
    [BindProperty]
    public DateOnly? From { get; set; }

    /// <summary>The day on which the department gave the list to the bureau.</summary>
    [BindProperty]
    public DateOnly? Handed { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    public static IEnumerable<SelectListItem> Kinds =>
    [
        new("全量名单：名单外的人退出", $"{RosterKind.Full}"), new("动态调整：只写新增和退出（附件3）", $"{RosterKind.Adjustment}"),
    ];

    public IEnumerable<SelectListItem> CategoriesOrColumn => CategoryChoices(Own).Prepend(new("由表中“人员类别”列说明", ""));

    public void OnGet()
    {
        From = Today;
        Handed = Own.Length == 0 ? Today : null;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Upload is null)
            ModelState.AddModelError(nameof(Upload), "请选择要上传的文件");
        if (!ModelState.IsValid || Upload is null)
            return Page();
        var order = new RosterOrder(Own.Length > 0 ? Own : Department, Kind, Kind == RosterKind.Full ? From ?? Today : Today)
        {
            Category = Kind == RosterKind.Full ? Category : "",
            // A department hands in when it uploads; the bureau may enter what came by other ways.
            HandedInOn = Own.Length > 0 || Handed == Today ? null : Handed,
        };
        var file = PostLimit.FileOf(Upload);
        await RequireReadableAsync(file, order);
        using var content = file.Open();
        var kept = await Act.DoAsync(
            Database, Viewer.Area, Doer($"上传名单 {file.Name}"), "roster.keep", act => desk.KeepAsync(act, order, file.Name, content), Cancel);
        var said = kept.AppliedBefore is null ? "文件已收下，还没有生效" : "文件已收下；内容相同的名单以前生效过，请核对是否重复";
        return Done($"/rosters/uploads/{kept.Upload.UploadId}", said, RosterTrialModel.Query(order));
    }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Task.FromResult(MayHandIn);

    async Task RequireReadableAsync(TableFile file, RosterOrder order)
    {
        try
        {
            await Database.ReadAsync(
                async session =>
                {
                    await desk.CheckAsync(session, Viewer.Area, file, order);
                    return true;
                },
                Cancel);
        }
        catch (TableFileException lacking) when (lacking.UnknownColumns.Count > 0)
        {
            // Which column is meant can be told on the next page.
        }
    }
}
