using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Registry.Comparison;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Handing in files to be compared, and what was handed in: a department its own, the bureau all.</summary>
sealed class ComparisonFilesModel(Comparisons comparisons) : OfficePage
{
    [BindProperty]
    public string Source { get; set; } = "";

    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<ComparedFile> Found { get; private set; } = [];

    public bool More { get; private set; }

    /// <summary>The sources that the viewer hands in.</summary>
    public IReadOnlyList<ComparisonSource> Sources =>
        [.. ComparisonSource.All.Where(source => Viewer.Department is not { } own || source.Departments.Contains(own))];

    public IEnumerable<SelectListItem> SourceChoices => Sources.Select(source => new SelectListItem(source.Chinese, source.Code));

    /// <summary>The columns that each file has.</summary>
    public static string Columns(ComparisonSource source) =>
        string.Join("、", source.Shape.Columns.Select(column => column.IsRequired ? column.Name : $"{column.Name}（可无）"));

    public async Task<IActionResult> OnPostAsync()
    {
        if (Upload is null)
            ModelState.AddModelError(nameof(Upload), "请选择来文的表");
        if (!ModelState.IsValid || Upload is null)
            return Page();
        var source = Sources.FirstOrDefault(each => each.Code == Source) ?? throw new RefusedException("R143", "请选择来源");
        var file = PostLimit.FileOf(Upload);
        using var content = file.Open();
        var report = await Act.DoAsync(
            Database, Viewer.Area, Doer($"比对 {file.Name}"), "compare",
            act => comparisons.HandInAsync(act, source, Year, new(Viewer.Department ?? "", file.Name, content)), Cancel);
        var row = report.Comparison;
        return Done($"/comparisons/files/{row.ComparisonId}",
            $"比对完成：共 {row.RowsRead} 行，新发现 {row.Found} 条，以前已发现 {report.Known} 条，退回 {row.RowsRefused} 行");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        if (!Viewer.SeesWholeArea)
            return false;
        var found = await Database.ReadAsync(
            session => Comparisons.FilesAsync(
                session, Viewer.Area, Viewer.Department ?? "", ((PageNumber - 1) * PageSize, PageSize + 1)), Cancel);
        More = found.Count > PageSize;
        Found = found[..Math.Min(found.Count, PageSize)];
        return true;
    }
}
