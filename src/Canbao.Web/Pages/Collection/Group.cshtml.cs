using System.Globalization;
using Canbao.Core.Events;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work.Collecting;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>For whom a group payment is to be: a file, or a category of lists.</summary>
sealed class GroupModel(CategoryNames names, GroupDesk desk) : RosterPage(names)
{
    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Category { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Unit { get; set; } = "";

    /// <summary>The units to choose from.</summary>
    public IReadOnlyList<SelectListItem> Units { get; private set; } = [];

    public async Task<IActionResult> OnPostAsync()
    {
        if (Upload is null)
        {
            ModelState.AddModelError(nameof(Upload), "请选择要上传的文件");
            return Page();
        }

        var file = PostLimit.FileOf(Upload);
        using var content = file.Open();
        var kept = await Act.DoAsync(Database, Viewer.Area, Doer($"上传集体缴费名单 {file.Name}"), "group.keep",
            act => desk.KeepAsync(act, Viewer, file.Name, content), Cancel);
        return Done("/collection/group/trial", "文件已收下，还没有缴费",
            ("upload", kept.Upload.UploadId.ToString(CultureInfo.InvariantCulture)));
    }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            Units = [.. Choices.Below(await UnitStore.ReadAsync(session, Viewer.Area), Viewer)];
            return true;
        },
        Cancel);
}
