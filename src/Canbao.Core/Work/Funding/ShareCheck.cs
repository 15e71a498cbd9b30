using Canbao.Core.Funding;
using Canbao.Core.Ledger;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Funding;

/// <summary>Holds shares and claims against the ledger.</summary>
static class ShareCheck
{
    /// <summary>
    /// The faults: G114 a funder's balance is not the sum of its shares that are not settled, G115 a claim is not the sum of its shares.
    /// </summary>
    public static async Task<IReadOnlyList<LedgerFault>> RunAsync(Session session, int area)
    {
        var claims = await session.Table<FunderClaimRow>().Where(row => row.Area == area).ToListAsync();
        var sums = await (
            from share in session.Table<FunderShareRow>()
            join ground in session.Table<FunderGroundRow>()
                on new { share.Area, share.GroundId } equals new { ground.Area, ground.GroundId }
            where share.Area == area && ground.Area == area
            group share by new { ground.Account, share.ClaimId } into same
            select new { same.Key.Account, same.Key.ClaimId, Fen = same.Sum(row => row.Amount) }).ToListAsync();
        var settled = claims.Where(row => row.State == FunderClaims.Settled).Select(row => row.ClaimId).ToHashSet();
        var owed = sums.Where(one => one.ClaimId is not { } claim || !settled.Contains(claim))
            .GroupBy(one => one.Account, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Sum(one => one.Fen), StringComparer.Ordinal);
        var kept = await Transfers.BalancesAsync(session, area, Accounts.FunderPrefix);
        var claimed = sums.Where(one => one.ClaimId is not null).GroupBy(one => one.ClaimId!.Value)
            .ToDictionary(same => same.Key, same => same.Sum(one => one.Fen));
        return
        [
            .. from account in owed.Keys.Union(kept.Keys, StringComparer.Ordinal)
               where owed.GetValueOrDefault(account) != kept.GetValueOrDefault(account)
               select new LedgerFault("G114", $"账户 {account} 余额 {Money.FromFen(kept.GetValueOrDefault(account))} 元，"
                   + $"未结清的资助明细合计 {Money.FromFen(owed.GetValueOrDefault(account))} 元"),
            .. from claim in claims
               where claim.State != FunderClaims.Returned && claimed.GetValueOrDefault(claim.ClaimId) != claim.Amount
               select new LedgerFault("G115", $"资金申请 {claim.InsuranceYear}-{claim.Number} 金额 {Money.FromFen(claim.Amount)} 元，"
                   + $"所含明细合计 {Money.FromFen(claimed.GetValueOrDefault(claim.ClaimId))} 元"),
        ];
    }
}
