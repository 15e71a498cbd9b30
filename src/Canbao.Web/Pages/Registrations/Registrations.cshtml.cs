using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Units;
using Canbao.Core.Work.Registrations;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Registration tables of the viewer's units: what was handed in, a new one, and the tables to send on.</summary>
sealed class RegistrationsModel(RegistrationDesk desk, RegistrationForm form) : OfficePage
{
    UnitTree tree = null!;

    /// <summary>Which table.</summary>
    [BindProperty]
    public string Kind { get; set; } = RegistrationKind.Form.Code;

    /// <summary>The table that is handed in.</summary>
    [BindProperty]
    public IFormFile? Table { get; set; }

    [BindProperty]
    public string Unit { get; set; } = "";

    [BindProperty]
    public DateOnly? From { get; set; }

    [BindProperty]
    public DateOnly? Until { get; set; }

    [BindProperty]
    public string Format { get; set; } = "xlsx";

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public static IReadOnlyList<SelectListItem> Kinds { get; } =
    [
        .. RegistrationKind.All.Select(kind => new SelectListItem(
            kind == RegistrationKind.Form ? $"{kind.Chinese}（附件4）" : kind.Chinese, kind.Code)),
    ];

    public static IReadOnlyList<SelectListItem> Formats { get; } = [new("工作簿，可打印盖章", "xlsx"), new("CSV", "csv")];

    /// <summary>What was handed in, newest first.</summary>
    public IReadOnlyList<RegistrationUpload> Found { get; private set; } = [];

    public bool More { get; private set; }

    /// <summary>The viewer's unit and all below it.</summary>
    public IEnumerable<SelectListItem> Units =>
        from unit in tree.Subtree(tree.Find(Viewer.UnitCode)!) select new SelectListItem(unit.Name, unit.Code);

    public string UnitName(string code) => tree.Find(code)?.Name ?? code;

    /// <summary>How far a table has come, in words.</summary>
    public static (string Word, string Badge) State(UploadRow upload, RegistrationSteps steps) => upload.State switch
    {
        UploadState.Applied => ("已录入", "good"),
        UploadState.Dropped => ("已作废", ""),
        _ when steps.AwaitsEntry => ("待医保中心录入", "warn"),
        _ when steps.AwaitsReport => ("待街道上报", "warn"),
        _ => ("待核对", "warn"),
    };

    /// <inheritdoc/>
    protected override int ScreenRows => 20;

    public void OnGet() => (From, Until) = (RegistrationExport.WeekOf(Today), Today);

    public async Task<IActionResult> OnPostUploadAsync()
    {
        if (Table is null)
            throw new RefusedException("W113", "请选择要上传的文件：.xlsx 或 .csv");
        var order = new RegistrationOrder(Chosen(), Year, Viewer.Scope, Viewer.Scope);
        var file = PostLimit.FileOf(Table);
        RegistrationDesk.RequireReadable(file, order.Kind);
        using var content = file.Open();
        var kept = await Act.DoAsync(
            Database, Viewer.Area, Doer($"上传{order.Kind.Chinese}"), "registration.keep",
            act => desk.KeepAsync(act, order, Viewer.UnitCode, file.Name, content), Cancel);
        return Done(
            $"/registrations/{kept.Upload.UploadId}",
            kept.AppliedBefore is null ? "文件已收下，还没有录入；请核对下面的结果" : "内容相同的文件以前录入过，再录入不会有变化；请核对是否重复");
    }

    public async Task<IActionResult> OnPostFormAsync()
    {
        if (From is not { } from || Until is not { } until || from > until)
            throw new RefusedException("W111", "请填写起止日期，起不能晚于止");
        var export = new RegistrationExport(Chosen(), Year, Choices.RequireUnit(tree, Viewer, Unit), from, until);
        using var content = new MemoryStream();
        await Act.DoAsync(
            Database, Viewer.Area, Doer($"下载{export.Kind.Chinese}"), "registration.export",
            act => form.WriteAsync(act, export, Format != "csv", content), Cancel);
        return Download(content, $"{export.Unit.Name}{export.Kind.Chinese}-{until:yyyyMMdd}.{(Format == "csv" ? "csv" : "xlsx")}");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        (tree, var found) = await Database.ReadAsync(
            async session => (
                await UnitStore.ReadAsync(session, Viewer.Area),
                await RegistrationDesk.ListAsync(session, Viewer.Area, Viewer.Scope, ((PageNumber - 1) * PageSize, PageSize + 1))),
            Cancel);
        More = found.Count > PageSize;
        Found = found[..Math.Min(found.Count, PageSize)];
        return true;
    }

    RegistrationKind Chosen() => RegistrationKind.Find(Kind) ?? throw new RefusedException("R319", "请选择是哪一种表");
}
