using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Core.Work.Funding;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Claims all open shares of a payer for a unit up to a day, as they were seen.</summary>
sealed class NewFunderClaimModel : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string Payer { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    /// <summary>How many people were seen.</summary>
    [BindProperty]
    public int People { get; set; }

    /// <summary>Which sum was seen, yuan.</summary>
    [BindProperty]
    public string Amount { get; set; } = "";

    public IReadOnlyList<SelectListItem> Payers { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Units { get; private set; } = [];

    public BatchCount Count { get; private set; }

    public string PayerName => Payers.First(one => one.Value == Payer).Text;

    public string UnitName => Units.FirstOrDefault(one => one.Value == UnitCode)?.Text ?? UnitCode;

    ClaimOrder Order => new(Year, Payer, UnitCode, Until!.Value);

    public async Task<IActionResult> OnPostAsync()
    {
        var seen = new BatchCount(People, Money.TryParseYuan(Amount, out var amount) ? amount : Money.Zero);
        var claim = await Act.DoAsync(Database, Viewer.Area, Doer("申请资助资金"), "claim.submit",
            act => ClaimDesk.SubmitAsync(act, Viewer, Order, seen), Cancel);
        return Done($"/funding/claims/{claim.ClaimId}", $"已提交第 {claim.Number} 号申请，待财政审核");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        UnitCode = string.IsNullOrEmpty(UnitCode) ? Viewer.UnitCode : UnitCode;
        Until ??= Today;
        var (tree, payers) = await Database.ReadAsync(
            async session => (
                await UnitStore.ReadAsync(session, Viewer.Area), await FundingBills.PayersAsync(session, Viewer.Area)),
            Cancel);
        if (tree.Find(UnitCode) is not { } chosen || !Viewer.Sees(tree.PathOf(chosen)))
            return false;
        var own = tree.Find(Viewer.UnitCode)!;
        Units = [.. tree.ChildrenOf(own).Prepend(own).Select(unit => new SelectListItem(unit.Name, unit.Code))];
        Payers = [.. payers.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => new SelectListItem(one.Value, one.Key))];
        if (Payers.Count == 0)
            return true;
        if (!payers.ContainsKey(Payer ?? ""))
            Payer = Payers[0].Value;
        Count = await Database.ReadAsync(session => FundingBills.CountOpenAsync(session, Viewer, Order), Cancel);
        return true;
    }
}
