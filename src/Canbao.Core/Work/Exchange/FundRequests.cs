using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Funding;
using Canbao.Core.Units;
using Canbao.Core.Work.Funding;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Core.Work.Exchange;

/// <summary>Claims of what funders owe, as messages to finance (<c>lingyuan 六(二)</c>): each submitted claim once.</summary>
/// <param name="tools">What it works with.</param>
public sealed class FundRequests(ExchangeTools tools)
{
    /// <summary>Makes the messages of claims that have none yet.</summary>
    /// <returns>How many messages were made, and their rows; known: claims that had theirs.</returns>
    /// <exception cref="RefusedException">X113: no partner gets them. C197: a claim with more lines than a message takes.</exception>
    public async Task<MadeLists> MakeAsync(int area, Doer doer, InsuranceYear year, CancellationToken cancel = default)
    {
        var (partners, claims) = await tools.Database.ReadAsync(
            async session => (
                await Partners.ReceiversAsync(session, area, ExchangeKind.FundRequest),
                await session.Table<FunderClaimRow>().Where(row => row.Area == area && row.InsuranceYear == year.Year
                    && row.State == FunderClaims.Submitted).OrderBy(row => row.Number).ToListAsync()),
            cancel);
        if (partners.Count == 0)
            throw new RefusedException("X113", "没有接收资金申请的单位；请先用 canbao exchange partner add 登记财政部门");
        var made = default(MadeLists);
        foreach (var partner in partners)
            foreach (var claim in claims)
            {
                using var draft = await tools.Database.ReadAsync(session => ReadAsync(session, partner, claim), cancel);
                var row = draft is null ? null : await Act.DoAsync(
                    tools.Database, area, doer, "exchange.fund_request", act => Outbox.AddAsync(act, draft), cancel);
                made = row is null ? made with { Known = made.Known + 1 }
                    : made with { Messages = made.Messages + 1, Rows = made.Rows + row.RowsTold };
            }

        return made;
    }

    async Task<MessageDraft?> ReadAsync(Session session, ExchangePartnerRow partner, FunderClaimRow claim)
    {
        var (area, year) = (partner.Area, new InsuranceYear(claim.InsuranceYear));
        var subject = FormattableString.Invariant($"claim {claim.ClaimId}");
        var tree = await UnitStore.ReadAsync(session, area);
        var path = tree.PathOf(tree.Find(partner.Unit)!);
        // A claim is the business of the finance office of its unit or above.
        if (!tree.PathOf(tree.Find(claim.Unit)!).StartsWith(path, StringComparison.Ordinal)
            || await Messages.IsMadeAsync(session, area, partner.Partner, subject))
            return null;
        var viewer = new Viewer("@exchange", "", Role.Bureau, area, partner.Unit, path, null);
        var people = await FundingBills.PeopleAsync(
            session, viewer, new(year, new(path)) { Claim = claim.ClaimId }, (0, FundingFile.Most + 1));
        if (people.Count > FundingFile.Most)
            throw new RefusedException("C197", $"申请第 {claim.Number} 号超过 {FundingFile.Most} 行，不生成报文；请按下级单位分开申请");
        var draft = Outbox.Begin(tools, session, partner, ExchangeKind.FundRequest, (subject, claim.SubmittedOn), year) with
        {
            Amount = claim.Amount,
        };
        foreach (var person in people)
            draft.Table.Add(column => Cell(person, column));
        draft.Table.Complete();
        return draft;
    }

    static string Cell(BilledPerson person, SentColumn column) => column switch
    {
        SentColumn.Payer => person.Ground.PayerName,
        SentColumn.Ground => person.Ground.Name,
        SentColumn.Unit => person.UnitName,
        SentColumn.Name => person.Name,
        SentColumn.MaskedNumber => person.NumberMask,
        SentColumn.Share => Money.FromFen(person.Amount).ToString(),
        SentColumn.SharedOn => $"{person.Day:yyyy-MM-dd}",
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "Not a column of shares."),
    };
}
