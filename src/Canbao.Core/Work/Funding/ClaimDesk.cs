using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Funding;
using Canbao.Core.Ledger;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Work.Funding;

/// <summary>What is to be claimed.</summary>
/// <param name="Year">The insurance year.</param>
/// <param name="Payer">Of whom.</param>
/// <param name="Unit">For the people of this unit and below it.</param>
/// <param name="Until">The last day of the shares, inclusive.</param>
public readonly record struct ClaimOrder(InsuranceYear Year, string Payer, string Unit, DateOnly Until);

/// <summary>
/// Claims money of funders, step by step in other hands (<c>laishan 二(一)</c>, <c>laishan 二(二)</c>, <c>laishan 二(四)</c>,
/// <c>baogou 三(五)</c>). All refuse with C190, C191, C193.
/// </summary>
public static class ClaimDesk
{
    /// <summary>Who may claim.</summary>
    public static readonly Role[] Claimants = [Role.Bureau, Role.ListDepartment];

    /// <summary>Claims all open shares of a payer; a list department those of its own categories.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="viewer">Who claims.</param>
    /// <param name="order">What.</param>
    /// <param name="seen">How many people and how much the maker saw.</param>
    /// <exception cref="RefusedException">C190: not the viewer's unit. C192: nothing to claim. C196: it is another sum by now.</exception>
    public static async Task<FunderClaimRow> SubmitAsync(Act act, Viewer viewer, ClaimOrder order, BatchCount seen)
    {
        viewer.Require("C191", Claimants);
        if (await FundingBills.FindUnitAsync(act.Session, viewer, order.Unit) is not { } path)
            throw new RefusedException("C190", "没有这个单位，或者不归您管理");
        var open = FundingBills.Open(act.Session, viewer, order, new(path));
        var found = await FundingBills.CountAsync(open);
        if (found.Amount <= Money.Zero)
            throw new RefusedException("C192", $"没有可以申请的资金（合计 {found.Amount} 元）；请先核算，扣回大于应拨的留待下次");
        if (found != seen)
        {
            throw new RefusedException(
                "C196", $"现在是 {found.People} 人、{found.Amount} 元，与您看到的 {seen.People} 人、{seen.Amount} 元不同；请核对后再申请");
        }

        int year = order.Year.Year;
        int last = await act.Session.Table<FunderClaimRow>().Where(row => row.Area == act.Area && row.InsuranceYear == year)
            .MaxAsync(row => (int?)row.Number) ?? 0;
        var claim = new FunderClaimRow
        {
            Area = act.Area,
            ClaimId = act.Session.NextId(),
            Number = last + 1,
            InsuranceYear = year,
            Payer = order.Payer,
            Unit = order.Unit,
            Department = viewer.Department ?? "",
            UntilDay = order.Until,
            People = found.People,
            Amount = found.Amount.Fen,
            State = FunderClaims.Submitted,
            SubmittedBy = act.Account,
            SubmittedOn = act.Today,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(claim);
        await open.Set(row => row.ClaimId, (long?)claim.ClaimId).UpdateAsync();
        FunderClaims.Record(act, claim, null);
        return claim;
    }

    /// <summary>Sends a claim back; its shares are open again.</summary>
    /// <exception cref="RefusedException">C194: the own claim. C195: no reason.</exception>
    public static async Task<FunderClaimRow> ReturnAsync(Act act, Viewer viewer, long id, string remark)
    {
        var claim = await RequireAsync(act, viewer, id, FunderClaims.Submitted, Role.Finance, row => row.SubmittedBy);
        remark = LongNumbers.Hidden(remark.Trim());
        if (remark.Length == 0)
            throw new RefusedException("C195", "请写明退回的理由");
        await act.Session.Table<FunderShareRow>().Where(row => row.Area == act.Area && row.ClaimId == id)
            .Set(row => row.ClaimId, (long?)null).UpdateAsync();
        return await FunderClaims.SetAsync(
            act, claim, claim with { State = FunderClaims.Returned, ApprovedBy = act.Account, Remark = remark });
    }

    /// <summary>Agrees to a claim.</summary>
    /// <exception cref="RefusedException">C194: the own claim.</exception>
    public static async Task<FunderClaimRow> ApproveAsync(Act act, Viewer viewer, long id, string remark)
    {
        var claim = await RequireAsync(act, viewer, id, FunderClaims.Submitted, Role.Finance, row => row.SubmittedBy);
        return await FunderClaims.SetAsync(act, claim, claim with
        {
            State = FunderClaims.Approved,
            ApprovedBy = act.Account,
            Remark = LongNumbers.Hidden(remark.Trim()),
        });
    }

    /// <summary>Records that the money was sent.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="viewer">Finance, by another account than the one that approved.</param>
    /// <param name="id">The claim.</param>
    /// <param name="day">When; not later than today.</param>
    /// <param name="number">The number of its paper.</param>
    /// <exception cref="RefusedException">C194: the same account approved. C195: day or number are wanting or wrong.</exception>
    public static async Task<FunderClaimRow> AllocateAsync(Act act, Viewer viewer, long id, DateOnly? day, string number)
    {
        var claim = await RequireAsync(act, viewer, id, FunderClaims.Approved, Role.Finance, row => row.ApprovedBy);
        number = number.Trim();
        if (day is not { } on || on > act.Today || on < claim.SubmittedOn)
            throw new RefusedException("C195", $"拨付日期应在 {claim.SubmittedOn:yyyy-MM-dd} 至今天之间；请核对拨款凭证");
        if (number.Length is 0 or > 60)
            throw new RefusedException("C195", "请填写拨款凭证号，最多 60 个字");
        return await FunderClaims.SetAsync(act, claim, claim with
        {
            State = FunderClaims.Allocated,
            AllocatedBy = act.Account,
            AllocatedOn = on,
            Allocation = LongNumbers.Hidden(number),
        });
    }

    /// <summary>Confirms that the money reached the treasury, person by person settled with it.</summary>
    /// <exception cref="RefusedException">C194: the same account recorded the allocation.</exception>
    public static async Task<FunderClaimRow> SettleAsync(Act act, Viewer viewer, long id)
    {
        var claim = await RequireAsync(act, viewer, id, FunderClaims.Allocated, Role.Tax, row => row.AllocatedBy);
        var sums = await (
            from share in act.Session.Table<FunderShareRow>()
            join ground in act.Session.Table<FunderGroundRow>()
                on new { share.Area, share.GroundId } equals new { ground.Area, ground.GroundId }
            where share.Area == act.Area && ground.Area == act.Area && share.ClaimId == id
            group share by ground.Account into same
            orderby same.Key
            select new { Account = same.Key, Fen = same.Sum(row => row.Amount) }).ToListAsync();
        foreach (var one in sums.Where(one => one.Fen != 0))
        {
            var route = new Route(Accounts.Treasury, one.Account);
            await Transfers.MoveAsync(act, one.Fen > 0 ? route : route.Back, Money.FromFen(Math.Abs(one.Fen)), "claim_settled");
        }

        return await FunderClaims.SetAsync(act, claim, claim with
        {
            State = FunderClaims.Settled,
            SettledBy = act.Account,
            SettledOn = act.Today,
        });
    }

    /// <summary>Whether somebody does the next step of a claim.</summary>
    public static bool IsNext(Viewer viewer, FunderClaimRow claim) => claim.State switch
    {
        FunderClaims.Submitted => viewer.Role == Role.Finance && viewer.Login != claim.SubmittedBy,
        FunderClaims.Approved => viewer.Role == Role.Finance && viewer.Login != claim.ApprovedBy,
        FunderClaims.Allocated => viewer.Role == Role.Tax && viewer.Login != claim.AllocatedBy,
        _ => false,
    };

    static async Task<FunderClaimRow> RequireAsync(
        Act act, Viewer viewer, long id, string state, Role role, Func<FunderClaimRow, string> before)
    {
        viewer.Require("C191", role);
        var claim = await FundingBills.Claims(act.Session, viewer).Select(one => one.Claim).FirstOrDefaultAsync(row => row.ClaimId == id)
            ?? throw new RefusedException("C190", "没有找到这笔申请，或者不归您管理");
        if (claim.State != state)
            throw new RefusedException("C193", $"这笔申请现在是“{FunderClaims.State(claim.State)}”；请刷新页面");
        if (before(claim) == act.Account)
            throw new RefusedException("C194", "上一步由您自己办理；须由另一人办理这一步");
        return claim;
    }
}
