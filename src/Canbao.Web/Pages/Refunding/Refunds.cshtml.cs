using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Work.Refunding;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Refunds of the viewer's units by state and by who waits for whom; tax pays them out by files for the bank.</summary>
sealed class RefundsModel(Payouts payouts) : OfficePage
{
    const int MostPayouts = 20;

    /// <summary>The states, as the figures and the search name them.</summary>
    public static IReadOnlyList<(string State, string Name)> Groups { get; } =
    [
        (Refunds.Requested, "待审核"), (Refunds.Approved, "待付款"), (Refunds.Sent, "银行付款中"), (Refunds.Failed, "付款失败"),
        (Refunds.Paid, "已付款"), (Refunds.Refused, "不同意"),
    ];

    public static IReadOnlyList<SelectListItem> States { get; } =
        [new("全部", ""), .. Groups.Select(one => new SelectListItem(one.Name, one.State))];

    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    [BindProperty]
    public long Payout { get; set; }

    [BindProperty]
    public string Format { get; set; } = "xlsx";

    /// <summary>The bank's answer.</summary>
    [BindProperty]
    public IFormFile? Table { get; set; }

    public IReadOnlyList<ListedRefund> Found { get; private set; } = [];

    public bool More { get; private set; }

    public IReadOnlyList<ListedPayout> Payouts { get; private set; } = [];

    /// <summary>Lines of the bank's answer that were not taken.</summary>
    public IReadOnlyList<IntakeFault> Wrong { get; private set; } = [];

    /// <summary>Whether the viewer asks for refunds.</summary>
    public bool MayRequest => Routes.Find("/refunds/exempt")!.Admits(Viewer.Role);

    /// <summary>Whether the viewer pays them out.</summary>
    public bool MayPay => Viewer is { Role: Role.Tax, SeesWholeArea: true };

    IReadOnlyDictionary<string, (int Count, long Sum)> counts = new Dictionary<string, (int, long)>();

    /// <summary>The badge of a refund's state.</summary>
    public static string Badge(RefundRow refund) => refund.State switch
    {
        Refunds.Paid => "good",
        Refunds.Failed or Refunds.Refused => "bad",
        _ => "warn",
    };

    public int Count(string state) => counts.GetValueOrDefault(state).Count;

    public Money Sum(string state) => Money.FromFen(counts.GetValueOrDefault(state).Sum);

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Filters => ["state"];

    /// <inheritdoc/>
    protected override int ScreenRows => 30;

    public async Task<IActionResult> OnPostMakeAsync()
    {
        var payout = await Act.DoAsync(Database, Viewer.Area, Doer("生成退费付款文件"), "payout.make",
            act => Core.Work.Refunding.Payouts.MakeAsync(act, Viewer), Cancel);
        return Done("/refunds", $"已生成第 {payout.Number} 号付款文件：{payout.Count} 笔，{Money.FromFen(payout.Amount)} 元；请下载后交银行");
    }

    public async Task<IActionResult> OnPostFileAsync()
    {
        using var content = new MemoryStream();
        var isWorkbook = Format != "csv";
        var payout = await Act.DoAsync(Database, Viewer.Area, Doer("下载退费付款文件"), "payout.export",
            act => payouts.WriteAsync(act, Viewer, Payout, isWorkbook, content), Cancel);
        return Download(content, $"退费付款-{payout.Number:0000}.{(isWorkbook ? "xlsx" : "csv")}");
    }

    public async Task<IActionResult> OnPostConfirmAsync()
    {
        if (Table is null)
            throw new RefusedException("W113", "请选择要上传的文件：.xlsx 或 .csv");
        var file = PostLimit.FileOf(Table);
        var answer = await Act.DoAsync(Database, Viewer.Area, Doer("登记退费付款结果"), "payout.confirm",
            act => Core.Work.Refunding.Payouts.ConfirmAsync(act, Viewer, file), Cancel);
        var said = $"已付款 {answer.Paid} 笔，失败 {answer.Failed} 笔，以前已登记 {answer.Known} 笔";
        if (answer.Faults.Count == 0)
            return Done("/refunds", said);
        Wrong = answer.Faults;
        ModelState.AddModelError("", $"{said}；{answer.Faults.Count} 处有问题的行没有登记，见下表");
        await LoadAsync();
        return Page();
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        var states = State.Length == 0 ? Array.Empty<string>() : [State];
        (var found, counts, Payouts) = await Database.ReadAsync(
            async session => (
                await RefundFiles.ListAsync(session, Viewer, states, ((PageNumber - 1) * PageSize, PageSize + 1)),
                await RefundFiles.CountsAsync(session, Viewer),
                MayPay ? await RefundFiles.PayoutsAsync(session, Viewer.Area, MostPayouts) : []),
            Cancel);
        More = found.Count > PageSize;
        Found = [.. found.Take(PageSize)];
        return true;
    }
}
