using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Reporting.HandIns;
using Canbao.Core.Work.Reports;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A bulletin: text and frozen figures; edited, reviewed, published.</summary>
sealed class BulletinModel(BulletinDesk desk, Counts counts) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty(SupportsGet = true, Name = "paper")]
    public bool IsPaper { get; set; }

    [BindProperty]
    public string? Words { get; set; }

    [BindProperty]
    public string? Remark { get; set; } = "";

    public BulletinRow Row { get; private set; } = null!;

    public BulletinFigures Figures { get; private set; } = null!;

    public bool MayEdit => BulletinDesk.Drafts(Viewer) && Row.State == BulletinDesk.Draft;

    public bool MayReview => Viewer.Role == Role.Supervisor && Row.State == BulletinDesk.Waiting && Row.DraftedBy != Viewer.Login;

    public bool MayPublish => BulletinDesk.Drafts(Viewer) && Row.State == BulletinDesk.Approved;

    string Here => FormattableString.Invariant($"/bulletins/{Id}");

    public Task<IActionResult> OnPostSaveAsync() =>
        DoAsync("修改通报", "bulletin.edit", act => BulletinDesk.EditAsync(act, Viewer, Id, Words ?? ""), "正文已保存");

    public Task<IActionResult> OnPostSubmitAsync() =>
        DoAsync("送审通报", "bulletin.submit", act => BulletinDesk.SubmitAsync(act, Viewer, Id), "已送领导审阅");

    public Task<IActionResult> OnPostApproveAsync() =>
        DoAsync("审阅通报", "bulletin.review", act => BulletinDesk.ReviewAsync(act, Viewer, Id, true, Remark ?? ""), "已同意发布");

    public Task<IActionResult> OnPostReturnAsync() =>
        DoAsync("审阅通报", "bulletin.review", act => BulletinDesk.ReviewAsync(act, Viewer, Id, false, Remark ?? ""), "已退回修改");

    public Task<IActionResult> OnPostPublishAsync() =>
        DoAsync("发布通报", "bulletin.publish", act => BulletinDesk.PublishAsync(act, Viewer, Id), "已发布，所有登录人员都能看到");

    public async Task<IActionResult> OnPostAgainAsync()
    {
        await counts.CatchUpAsync(Viewer.Area, [new(Row.InsuranceYear)], Cancel);
        return await DoAsync("重新起草通报", "bulletin.draft",
            act => desk.DraftAsync(act, Viewer, new(Row.InsuranceYear), (Row.Title, Row.DueOn)), "已按现在的数字重新起草");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (await Database.ReadAsync(session => BulletinDesk.FindAsync(session, Viewer, Id), Cancel) is not { } found)
            return false;
        (Row, Figures) = found;
        return true;
    }

    async Task<IActionResult> DoAsync(string reason, string kind, Func<Act, Task> work, string said)
    {
        await Act.DoAsync(Database, Viewer.Area, Doer(reason), kind, work, Cancel);
        return Done(Here, said);
    }
}
