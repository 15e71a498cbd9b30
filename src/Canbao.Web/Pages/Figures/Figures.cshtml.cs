using System.Globalization;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Reporting;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Figures from outside of the viewer's units, with their days and sources; whoever answers for units uploads them.</summary>
sealed class FiguresModel : OfficePage
{
    UnitTree tree = null!;

    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>What rows are about that do not name it.</summary>
    [BindProperty]
    public string Fixed { get; set; } = "";

    [BindProperty]
    public DateOnly? Day { get; set; }

    [BindProperty]
    public string Source { get; set; } = "";

    /// <summary>Which figures are listed; empty for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string Measure { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<FigureRow> Found { get; private set; } = [];

    public bool More { get; private set; }

    /// <summary>Files that wait to be noted.</summary>
    public IReadOnlyList<UploadRow> Waiting { get; private set; } = [];

    public bool MayNote => FigureFiles.MayNote(Viewer);

    public string NameOf(string code) => tree.Find(code)?.Name ?? code;

    /// <summary>What a file may be about.</summary>
    public static IEnumerable<SelectListItem> FixedChoices => Choices("表中指标列");

    /// <summary>What may be listed.</summary>
    public static IEnumerable<SelectListItem> ShownChoices => Choices("全部");

    /// <inheritdoc/>
    protected override int ScreenRows => 100;

    public async Task<IActionResult> OnPostAsync()
    {
        if (Upload is null)
            ModelState.AddModelError(nameof(Upload), "请选择要上传的文件");
        if (string.IsNullOrWhiteSpace(Source))
            ModelState.AddModelError(nameof(Source), "请写明数字的来源");
        if (!ModelState.IsValid || Upload is null)
            return Page();
        var file = PostLimit.FileOf(Upload);
        using var content = file.Open();
        var kept = await Act.DoAsync(Database, Viewer.Area, Doer($"上传外来数字 {file.Name}"), "figure.keep",
            act => new FigureFiles(Vault).KeepAsync(act, Viewer, file.Name, content), Cancel);
        return Done(
            $"/figures/{kept.Upload.UploadId.ToString(CultureInfo.InvariantCulture)}", "文件已收下，还没有导入",
            ("measure", Fixed ?? ""), ("day", $"{Day:yyyy-MM-dd}"), ("source", Source.Trim()));
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        (PageNumber, Measure) = (Math.Clamp(PageNumber, 1, 10_000), Measure ?? "");
        var rows = await Database.ReadAsync(
            async session =>
            {
                tree = await UnitStore.ReadAsync(session, Viewer.Area);
                Waiting = MayNote ? await FigureFiles.WaitingAsync(session, Viewer, tree) : [];
                return await Figures.ListAsync(session, Viewer.Area);
            },
            Cancel);
        var own = rows.Where(row => (Measure.Length == 0 || row.Measure == Measure) && Viewer.Sees(tree.PathOf(tree.Find(row.Unit)!)))
            .Skip((PageNumber - 1) * PageSize).Take(PageSize + 1).ToList();
        More = own.Count > PageSize;
        Found = own[..Math.Min(own.Count, PageSize)];
        return true;
    }

    static IEnumerable<SelectListItem> Choices(string none) =>
        Measures.All.Select(one => new SelectListItem(one.Chinese, one.Code)).Prepend(new(none, ""));
}
