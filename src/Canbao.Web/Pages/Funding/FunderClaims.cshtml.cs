using Canbao.Core.Funding;
using Canbao.Core.Work.Funding;
using Canbao.Web.Pieces;
using LinqToDB.Async;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Claims of the viewer's units, newest first.</summary>
sealed class FunderClaimsModel : OfficePage
{
    IReadOnlyDictionary<string, string> payers = new Dictionary<string, string>();

    public static IReadOnlyList<SelectListItem> States { get; } =
        [new("全部", ""), .. FunderClaims.States.Select(one => new SelectListItem(one.Chinese, one.Code))];

    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<ListedClaim> Found { get; private set; } = [];

    public bool More { get; private set; }

    /// <summary>Whether the viewer claims.</summary>
    public bool MayClaim => ClaimDesk.Claimants.Contains(Viewer.Role);

    /// <summary>The badge of a claim's state.</summary>
    public static string Badge(FunderClaimRow claim) => claim.State switch
    {
        FunderClaims.Settled => "good",
        FunderClaims.Returned => "bad",
        _ => "warn",
    };

    /// <summary>The payer of a claim, as an office says it.</summary>
    public string Payer(FunderClaimRow claim) => payers.GetValueOrDefault(claim.Payer, claim.Payer);

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Filters => ["state"];

    /// <inheritdoc/>
    protected override int ScreenRows => 30;

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        var (state, year) = (State ?? "", Year.Year);
        (var found, payers) = await Database.ReadAsync(
            async session => (
                await FundingBills.Claims(session, Viewer)
                    .Where(one => one.Claim.InsuranceYear == year && (state == "" || one.Claim.State == state))
                    .Skip((PageNumber - 1) * PageSize).Take(PageSize + 1).ToListAsync(),
                await FundingBills.PayersAsync(session, Viewer.Area)),
            Cancel);
        More = found.Count > PageSize;
        Found = [.. found.Take(PageSize)];
        return true;
    }
}
