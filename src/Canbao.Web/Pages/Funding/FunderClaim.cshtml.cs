using Canbao.Core.Events;
using Canbao.Core.Funding;
using Canbao.Core.Work.Collecting;
using Canbao.Core.Work.Funding;
using Canbao.Web.Pieces;
using LinqToDB.Async;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A claim, and the next step for whoever's it is.</summary>
sealed class FunderClaimModel : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public string Remark { get; set; } = "";

    [BindProperty]
    public DateOnly? Day { get; set; }

    [BindProperty]
    public string Number { get; set; } = "";

    public ListedClaim Found { get; private set; } = null!;

    public string PayerName { get; private set; } = "";

    /// <summary>The names of whoever had a part in it.</summary>
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    /// <summary>Whether the viewer does the next step.</summary>
    public bool IsMine => ClaimDesk.IsNext(Viewer, Found.Claim);

    public Task<IActionResult> OnPostApproveAsync() => StepAsync(
        "同意拨付资助资金", "claim.approve", "已同意，待另一人登记拨付", act => ClaimDesk.ApproveAsync(act, Viewer, Id, Remark ?? ""));

    public Task<IActionResult> OnPostReturnAsync() => StepAsync(
        "退回资金申请", "claim.return", "已退回，所含人员可以重新申请", act => ClaimDesk.ReturnAsync(act, Viewer, Id, Remark ?? ""));

    public Task<IActionResult> OnPostAllocateAsync() => StepAsync(
        "登记拨付", "claim.allocate", "已登记拨付，待税务确认到账", act => ClaimDesk.AllocateAsync(act, Viewer, Id, Day, Number ?? ""));

    public Task<IActionResult> OnPostSettleAsync() => StepAsync(
        "确认资助资金到账", "claim.settle", "已到账结清", act => ClaimDesk.SettleAsync(act, Viewer, Id));

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        return await Database.ReadAsync(
            async session =>
            {
                if (await FundingBills.Claims(session, Viewer).FirstOrDefaultAsync(one => one.Claim.ClaimId == Id) is not { } found)
                    return false;
                var claim = found.Claim;
                Found = found;
                Names = await BatchFiles.NamesAsync(
                    session, Viewer.Area, [claim.SubmittedBy, claim.ApprovedBy, claim.AllocatedBy, claim.SettledBy]);
                PayerName = (await FundingBills.PayersAsync(session, Viewer.Area)).GetValueOrDefault(claim.Payer, claim.Payer);
                return true;
            },
            Cancel);
    }

    async Task<IActionResult> StepAsync(string reason, string kind, string said, Func<Act, Task<FunderClaimRow>> step)
    {
        await Act.DoAsync(Database, Viewer.Area, Doer(reason), kind, step, Cancel);
        return Done($"/funding/claims/{Id}", said);
    }
}
