using Canbao.Core.Assessment.Dues;
using Canbao.Core.Ledger;

namespace Canbao.Core.Funding;

/// <summary>The words of shares, and the grounds that they name.</summary>
public static class FunderShares
{
    /// <summary>The rule of the subsidy, and the payer of whatever levels the notice does not name.</summary>
    public const string Subsidy = "subsidy";

    /// <summary>The kinds of the transfers of what is booked and what is taken back.</summary>
    public const string Booked = "share", TakenBack = "share_back";

    /// <summary>What the payer of those levels is called.</summary>
    public const string SubsidyPayer = "财政补助资金";

    /// <summary>Who bears a part.</summary>
    public static (string Code, string Chinese) PayerOf(FundedPart part) =>
        (part.Payer?.Code ?? Subsidy, part.Payer?.Chinese ?? SubsidyPayer);

    /// <summary>The ground of a part that somebody else bears.</summary>
    public static FunderGroundRow GroundOf(int area, FundedPart part)
    {
        var ((payer, payerName), rule, category) = (PayerOf(part), part.Rule ?? Subsidy, part.Category);
        var row = new FunderGroundRow
        {
            Area = area,
            Payer = payer,
            PayerName = payerName,
            Rule = rule,
            Says = part.Says,
            Clause = part.Clause,
            Category = category?.Code ?? "",
            CategoryName = category?.Chinese ?? "",
            Department = category?.ListedBy ?? "",
            Account = Accounts.Funder(payer, category?.Code ?? rule),
        };
        var text = string.Join('\n', payer, row.PayerName, rule, row.Says, row.Clause, row.Category, row.CategoryName, row.Department);
        return row with { GroundId = Verdicts.IdOf(text) };
    }
}
