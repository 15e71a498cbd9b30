using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Work.Collecting;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Cash in hand: whoever collects sees the own, desks that of their units, which they count and hand over.</summary>
sealed class CashModel : OfficePage
{
    const int MostListed = 2_000;

    [BindProperty]
    public string Login { get; set; } = "";

    [BindProperty]
    public string To { get; set; } = "";

    [BindProperty]
    public string Amount { get; set; } = "";

    [BindProperty]
    public string Reason { get; set; } = "";

    [BindProperty]
    public string Most { get; set; } = "";

    [BindProperty]
    public int? Days { get; set; }

    public IReadOnlyList<CashInHand> Found { get; private set; } = [];

    public CashLimitRow Limits { get; private set; } = null!;

    /// <summary>Whose cash can be counted.</summary>
    public IReadOnlyList<SelectListItem> Holders { get; private set; } = [];

    /// <summary>Who can take it over.</summary>
    public IReadOnlyList<SelectListItem> Takers { get; private set; } = [];

    /// <summary>Whether the viewer sees the own cash only.</summary>
    public bool OnlyOwn => Viewer.Role is Role.Agent or Role.School;

    /// <summary>Whether the viewer counts that of others.</summary>
    public bool MayCount => Viewer.Role is Role.Street or Role.Bureau;

    /// <summary>Whether the viewer sets the limits.</summary>
    public bool MaySetLimits => Viewer is { Role: Role.Bureau, SeesWholeArea: true };

    public void OnGet() => (Most, Days) = ($"{Money.FromFen(Limits.Amount)}", Limits.Days);

    public async Task<IActionResult> OnPostCountAsync()
    {
        var counted = Choices.RequireAmount(Amount);
        var difference = await Act.DoAsync(
            Database, Viewer.Area, Doer(Why()), "cash.count", act => CashBook.CountAsync(act, Viewer, Login, counted), Cancel);
        var found = difference == Money.Zero ? "与账面相符" : difference > Money.Zero ? $"比账面多 {difference} 元" : $"比账面少 {-difference} 元";
        return Done("/cash", $"已登记清点，{found}");
    }

    public async Task<IActionResult> OnPostHandOverAsync()
    {
        var (cash, batches) = await Act.DoAsync(
            Database, Viewer.Area, Doer(Why()), "cash.hand_over", act => CashBook.HandOverAsync(act, Viewer, Login, To), Cancel);
        return Done("/cash", $"已移交现金 {cash} 元、批次 {batches} 个");
    }

    public async Task<IActionResult> OnPostLimitsAsync()
    {
        var most = Choices.RequireAmount(Most);
        await Act.DoAsync(Database, Viewer.Area, Doer("设定现金限额"), "cash.limit",
            act => CashBook.SetLimitsAsync(act, Viewer, most, Days ?? -1), Cancel);
        return Done("/cash", "限额已保存");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        (Found, Limits) = await Database.ReadAsync(
            async session => (
                await CashBook.ListAsync(session, Viewer.Area, Viewer.Scope, Today), await CashBook.LimitsAsync(session, Viewer.Area)),
            Cancel);
        if (OnlyOwn)
            Found = [.. Found.Where(one => one.Login == Viewer.Login)];
        if (!MayCount)
            return true;
        var accounts = await Accounts.ListAsync(Database, Viewer, "", 0, MostListed, Cancel);
        Holders = [.. from one in accounts
                      where one.Account.Login != Viewer.Login && Collects(one.Role)
                      select Option(one)];
        Takers = [.. from one in accounts
                     where one.Account.Login != Viewer.Login && Collects(one.Role) && !one.Account.Disabled
                     select Option(one)];
        return true;
    }

    static bool Collects(Role role) => role is Role.Agent or Role.Street or Role.Bureau or Role.School;

    static SelectListItem Option(ListedAccount one) => new($"{one.Account.Name}（{one.UnitName}）", one.Account.Login);

    string Why() => Reason.Trim() is { Length: > 0 } reason ? reason : throw new RefusedException("C137", "请填写原因");
}
