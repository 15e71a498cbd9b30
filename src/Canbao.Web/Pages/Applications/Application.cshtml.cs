using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Residents;
using Canbao.Core.Units;
using Canbao.Core.Work.Residents;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>One application: looked at, registered, or sent back with a reason.</summary>
sealed class ApplicationModel(ApplicationDesk desk) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public long FileId { get; set; }

    [BindProperty]
    public string Reason { get; set; } = "";

    [BindProperty]
    public int Tier { get; set; }

    public ApplicationRow Row { get; private set; } = null!;

    public string UnitName { get; private set; } = "";

    public ToldApplication Told { get; private set; } = null!;

    public IReadOnlyList<ApplicationFileRow> Files { get; private set; } = [];

    /// <summary>The picture that was asked for, for this page only; whole numbers are shown with it.</summary>
    public (ApplicationFileRow Row, string Address)? Picture { get; private set; }

    /// <summary>Whether somebody still has to decide.</summary>
    public bool IsWaiting => Row.State == Applications.HandedIn;

    public async Task<IActionResult> OnPostShowAsync()
    {
        if (Reason.Trim().Length == 0)
            throw new RefusedException("W102", "请写明查看材料的原因；查看会留下记录");
        var (row, content) = await Act.DoAsync(
            Database, Viewer.Area, Doer(Reason.Trim()), "application.show", act => desk.ShowAsync(act, Id, FileId), Cancel);
        var type = PersonAttachments.RequireType(row.Kind, content);
        if (type == "application/pdf")
            return File(content, type, $"{PersonAttachments.Chinese(row.Kind)}.pdf");
        Picture = (row, $"data:{type};base64,{Convert.ToBase64String(content)}");
        return Page();
    }

    public async Task<IActionResult> OnPostAcceptAsync()
    {
        var household = await Act.DoAsync(
            Database, Viewer.Area, Doer("受理居民网上申请"), "application.accept", act => desk.AcceptAsync(act, Id, Year, Tier), Cancel);
        return Done($"/households/{household}", $"已登记，并登记 {Year} 年度参保；居民凭查询码可以看到");
    }

    public async Task<IActionResult> OnPostRefuseAsync()
    {
        await Act.DoAsync(
            Database, Viewer.Area, Doer("退回居民网上申请"), "application.refuse",
            act => ApplicationDesk.RefuseAsync(act, Id, Reason), Cancel);
        return Done("/applications", "已退回，居民能看到原因");
    }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            if (await Applications.FindAsync(session, Viewer.Area, Id) is not { } row || !await Viewer.SeesUnitAsync(session, row.Unit))
                return false;
            (Row, Told, Files) = (row, desk.Open(row), await Applications.FilesAsync(session, Viewer.Area, Id));
            UnitName = (await UnitStore.ReadAsync(session, Viewer.Area)).Find(row.Unit)?.Name ?? "";
            return true;
        },
        Cancel);
}
