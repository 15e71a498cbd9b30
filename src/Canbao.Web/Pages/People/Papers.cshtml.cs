using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Papers and photos of one person: attached, listed, looked at with a reason.</summary>
sealed class PapersModel(PersonAttachments attachments, PersonFiles files) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public string Kind { get; set; } = PersonAttachments.Photo;

    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>The paper that is looked at.</summary>
    [BindProperty]
    public long FileId { get; set; }

    [BindProperty]
    public string Reason { get; set; } = "";

    public PersonFile Found { get; private set; } = null!;

    /// <summary>The picture that was asked for, for this page only.</summary>
    public (PersonFileRow Row, string Address)? Shown { get; private set; }

    public async Task<IActionResult> OnPostAttachAsync()
    {
        if (Upload is not { Length: > 0 and <= PersonAttachments.MostBytes })
            throw new RefusedException("R152", $"没有选择文件，或文件超过 {PersonAttachments.MostBytes >> 20} MB；请重新选择");
        using var bytes = new MemoryStream();
        await Upload.CopyToAsync(bytes, Cancel);
        await Act.DoAsync(
            Database, Viewer.Area, Doer("上传材料"), "person.attach",
            act => attachments.AttachAsync(act, Id, Kind, Upload.FileName, bytes.ToArray()), Cancel);
        return Done($"/people/{Id}/papers", $"已上传{PersonAttachments.Chinese(Kind)}");
    }

    public async Task<IActionResult> OnPostShowAsync()
    {
        if (Reason.Trim().Length == 0)
            throw new RefusedException("W102", "请写明查看材料的原因；查看会留下记录");
        var record = Found.Attachments.FirstOrDefault(each => each.FileId == FileId)?.PersonId ?? Id;
        var (row, content) = await Act.DoAsync(
            Database, Viewer.Area, Doer(Reason.Trim()), "person.show_file", act => attachments.OpenAsync(act, record, FileId), Cancel);
        if (row.MediaType == "application/pdf")
            return File(content, row.MediaType, row.Name);
        Shown = (row, $"data:{row.MediaType};base64,{Convert.ToBase64String(content)}");
        return Page();
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        var file = await Database.ReadAsync(
            session => files.FindAsync(session, Viewer.Area, Viewer.Scope, Id, ([Years.Later], Today)), Cancel);
        Found = file!;
        return file is not null;
    }
}
