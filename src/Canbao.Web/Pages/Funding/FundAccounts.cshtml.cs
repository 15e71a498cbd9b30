using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Funding;
using Canbao.Core.Work.Funding;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Income and use of each payer's fund in one account; finance enters what came in.</summary>
sealed class FundAccountsModel(FundAccounts accounts) : OfficePage
{
    /// <summary>Whose fund is shown; the first with an account where empty.</summary>
    [BindProperty(SupportsGet = true)]
    public string Payer { get; set; } = "";

    [BindProperty]
    public string Kind { get; set; } = FundIncomes.PovertyRelief;

    [BindProperty]
    public string Amount { get; set; } = "";

    [BindProperty]
    public DateOnly? Day { get; set; }

    [BindProperty]
    public string Source { get; set; } = "";

    /// <summary>The income that is taken back.</summary>
    [BindProperty]
    public string Income { get; set; } = "";

    [BindProperty]
    public string Reason { get; set; } = "";

    public FundAccount? Account { get; private set; }

    public IReadOnlyList<SelectListItem> Payers { get; private set; } = [];

    public static IEnumerable<SelectListItem> Kinds => FundIncomes.All.Select(one => new SelectListItem(one.Chinese, one.Code));

    /// <summary>The incomes that may be taken back.</summary>
    public IEnumerable<SelectListItem> Standing => (Account?.Incomes ?? []).Where(row => row.ReversalId is null).Select(row =>
        new SelectListItem(
            $"{row.Day:yyyy-MM-dd} {Money.FromFen(row.Amount)} 元 {row.Source}", row.IncomeId.ToString(CultureInfo.InvariantCulture)));

    public bool MayEnter => Viewer.Role == Role.Finance;

    public async Task<IActionResult> OnPostEnterAsync()
    {
        var order = new FundIncomeOrder(Year, Payer, Kind, Choices.RequireAmount(Amount ?? ""), Day, Source ?? "");
        await Act.DoAsync(Database, Viewer.Area, Doer("登记资金收入"), "fund.enter", act => accounts.EnterAsync(act, Viewer, order), Cancel);
        return Done("/funding/accounts", "收入已登记", ("payer", Payer));
    }

    public async Task<IActionResult> OnPostTakeBackAsync()
    {
        long id = long.TryParse(Income, CultureInfo.InvariantCulture, out long chosen) ? chosen : 0;
        await Act.DoAsync(
            Database, Viewer.Area, Doer("冲回资金收入"), "fund.reverse",
            act => FundAccounts.TakeBackAsync(act, Viewer, id, Reason ?? ""), Cancel);
        return Done("/funding/accounts", "收入已冲回", ("payer", Payer));
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (!Viewer.SeesWholeArea)
            return false;
        var all = await Database.ReadAsync(session => accounts.ReadAsync(session, Viewer.Area, Year), Cancel);
        Payers = [.. all.Select(one => new SelectListItem(one.Name, one.Payer))];
        Account = all.FirstOrDefault(one => one.Payer == Payer) ?? (all.Count > 0 && string.IsNullOrEmpty(Payer) ? all[0] : null);
        Payer = Account?.Payer ?? Payer ?? "";
        return true;
    }
}
