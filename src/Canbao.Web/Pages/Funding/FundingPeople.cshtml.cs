using Canbao.Core.Events;
using Canbao.Core.Work.Funding;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>The people behind a funder's bill or a claim.</summary>
sealed class FundingPeopleModel : OfficePage
{
    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Payer { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Category { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Month { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public long? Claim { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<BilledPerson> Found { get; private set; } = [];

    public bool More { get; private set; }

    BillFilter filter;

    /// <inheritdoc/>
    protected override bool OffersExcel => false;

    public async Task<IActionResult> OnPostAsync()
    {
        using var content = new MemoryStream();
        await Act.DoAsync(Database, Viewer.Area, Doer("下载资助资金名单"), "funding.export",
            act => FundingFile.WriteAsync(act, Viewer, filter, content), Cancel);
        return Download(content, $"资助资金名单-{Year}.xlsx");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        (Payer, Category, Month) = (Payer ?? "", Category ?? "", Month ?? "");
        UnitCode = string.IsNullOrEmpty(UnitCode) ? Viewer.UnitCode : UnitCode;
        var found = await Database.ReadAsync(
            async session =>
            {
                if (await FundingBills.FindUnitAsync(session, Viewer, UnitCode) is not { } path)
                    return null;
                filter = new(Year, new(path), Payer, Category, Month, Claim);
                return await FundingBills.PeopleAsync(session, Viewer, filter, ((PageNumber - 1) * PageSize, PageSize + 1));
            },
            Cancel);
        if (found is null)
            return false;
        More = found.Count > PageSize;
        Found = found[..Math.Min(found.Count, PageSize)];
        return true;
    }
}
