using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Work.Reconciliation;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>One channel's day: statement, deposits, the desk of what differs, and the close.</summary>
sealed class ReconciledDayModel(Reconciler reconciler) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string Channel { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Day { get; set; } = "";

    /// <summary>The kind that is shown; empty for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    /// <summary>The one that is decided; empty for none.</summary>
    [BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int Occurrence { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public string Slip { get; set; } = "";

    [BindProperty]
    public string Amount { get; set; } = "";

    [BindProperty]
    public long Deposit { get; set; }

    [BindProperty]
    public string Decision { get; set; } = "";

    [BindProperty]
    public string Reason { get; set; } = "";

    public DayFile Found { get; private set; } = null!;

    public bool More { get; private set; }

    public DateOnly On { get; private set; }

    /// <summary>Whether the viewer acts, and the day is open.</summary>
    public bool MayAct => Acts && Found.Close is null;

    public bool Acts => Viewer.Role is Role.Tax or Role.Bureau;

    public string Path => string.Create(CultureInfo.InvariantCulture, $"/reconciliation/{Channel}/{On:yyyy-MM-dd}");

    public async Task<IActionResult> OnPostUploadAsync()
    {
        Require();
        if (Upload is null)
        {
            ModelState.AddModelError(nameof(Upload), "请选择对账单");
            return Page();
        }

        var file = PostLimit.FileOf(Upload);
        await using var content = file.Open();
        var (statement, isNew) = await DoAsync("导入渠道对账单", "statement.import", act => reconciler.ImportAsync(
            act, new(Channel, On, Year, file.Name, content)));
        return Done(Path, isNew ? $"已导入 {statement.Lines} 行并核对" : "这份对账单已经导入过，没有变化");
    }

    public async Task<IActionResult> OnPostRunAsync()
    {
        Require();
        await DoAsync("重新核对", "reconcile.run", act => reconciler.RunAsync(act, Channel, On));
        return Done(Path, "已重新核对");
    }

    public async Task<IActionResult> OnPostDepositAsync()
    {
        Require();
        if (!Money.TryParseYuan(Amount.Trim(), out var amount))
        {
            ModelState.AddModelError(nameof(Amount), "请写以元为单位的金额，如 320.00");
            return Page();
        }

        await DoAsync("登记缴存", "deposit.enter", act => DayDesk.DepositAsync(act, Channel, On, amount, Slip.Trim()));
        return Done(Path, $"已登记缴存 {amount} 元");
    }

    public async Task<IActionResult> OnPostVoidAsync()
    {
        Require();
        await DoAsync(Why(), "deposit.void", async act =>
        {
            await DayDesk.VoidAsync(act, Deposit);
            return true;
        });
        return Done(Path, "已作废缴存");
    }

    public async Task<IActionResult> OnPostDecideAsync()
    {
        Require();
        var reason = Why();
        var row = await DoAsync(reason, "discrepancy.decide", act => new ReconciliationDesk(reconciler)
            .DecideAsync(act, new(Channel, On, Reference, Occurrence), Decision, reason));
        return Done(Path, $"流水号 {Reference}：{ReconciliationDesk.Chinese(row.Decision)}");
    }

    public async Task<IActionResult> OnPostCloseAsync()
    {
        Require();
        await DoAsync("日结", "day.close", act => DayDesk.CloseAsync(act, Channel, On));
        return Done(Path, "已日结");
    }

    public async Task<IActionResult> OnPostReopenAsync()
    {
        Require();
        await DoAsync(Why(), "day.reopen", async act =>
        {
            await DayDesk.ReopenAsync(act, Channel, On);
            return true;
        });
        return Done(Path, "已重开");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        (Kind, Reference) = (Kind ?? "", Reference ?? "");
        if (!DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return false;
        On = day;
        var found = await Database.ReadAsync(
            session => DayFile.ReadAsync(session, Viewer.Area, (Channel, On), Kind, ((PageNumber - 1) * PageSize, PageSize + 1)), Cancel);
        if (found is null)
            return false;
        More = found.Rows.Count > PageSize;
        Found = found with
        {
            Rows = [.. found.Rows.Take(PageSize)],
            Chosen = Reference.Length == 0 ? null : await Database.ReadAsync(
                session => Discrepancies.FindAsync(session, Viewer.Area, (Channel, On), Reference, Occurrence), Cancel),
        };
        return true;
    }

    string Why() => Reason.Trim().Length > 0 ? Reason.Trim() : throw new RefusedException("W107", "请写明理由；处理会留下记录");

    void Require()
    {
        if (!Acts)
            throw new RefusedException("W115", "对账由税务和医保经办办理，您可以查看");
    }

    Task<T> DoAsync<T>(string reason, string kind, Func<Act, Task<T>> work) =>
        Act.DoAsync(Database, Viewer.Area, Doer(reason), kind, work, Cancel);
}
