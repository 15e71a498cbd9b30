using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Work.Refunding;

/// <summary>Who receives a refund.</summary>
/// <param name="Name">The holder of the account.</param>
/// <param name="Account">Its whole number.</param>
public sealed record Payee(string Name, string Account)
{
    /// <summary>Whether nothing was entered.</summary>
    public bool IsEmpty => Name.Trim().Length == 0 && Account.Trim().Length == 0;
}

/// <summary>
/// Asks for a payment to go back and decides it, each by another account. All refuse with C170, C175 to C177.
/// </summary>
/// <param name="dues">What people owe.</param>
/// <param name="vault">Seals whom the money goes to.</param>
public sealed class RefundDesk(Dues dues, Vault vault)
{
    internal const string Purpose = "refund.payee";
    const int LeastDigits = 8, MostDigits = 32, MostNamed = 5000;

    readonly RefundRules rules = new(dues);
    readonly AssistedCover cover = new(dues);

    /// <summary>Asks for payments of one reason to go back, all or none.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="viewer">Who asks: agent, street or bureau.</param>
    /// <param name="payments">The payments.</param>
    /// <param name="reason">Why.</param>
    /// <param name="remark">What the maker adds.</param>
    /// <param name="payee">Into which account; may be entered later.</param>
    /// <exception cref="RefusedException">
    /// C171: taken back, from before this system, in a batch that is still open, or asked for already. C172, C173: not allowed. C174:
    /// payee or remark are wanting. C188: a group payment goes back to who paid it.
    /// </exception>
    public async Task<IReadOnlyList<RefundRow>> RequestAsync(
        Act act, Viewer viewer, IReadOnlyCollection<long> payments, string reason, string remark, Payee payee)
    {
        viewer.Require("C177", Role.Agent, Role.Street, Role.Bureau);
        remark = LongNumbers.Hidden(remark.Trim());
        if (remark.Length == 0)
            throw new RefusedException("C174", "请填写情况说明");
        var asked = await RequirePaymentsAsync(act, viewer, payments);
        var answers = await rules.JudgeAsync(act.Session, act.Area, asked, reason, act.Today);
        if (answers.Values.FirstOrDefault(answer => answer.Basis is null) is { Code: { } code, Refusal: var refusal })
            throw new RefusedException(code, refusal);
        var refunds = new List<RefundRow>();
        foreach (var payment in asked)
        {
            var refund = Row(act, payment, answers[payment.PaymentId].Basis!.Value) with { Reason = reason, Remark = remark };
            refunds.Add(await WithPayeeAsync(act, refund, payee));
        }

        await act.Session.WriteAsync(refunds);
        foreach (var refund in refunds)
            Refunds.Record(act, refund, null);
        return refunds;
    }

    /// <summary>
    /// Agrees: the payment is taken back in the ledger and its cover ends; who owes 0.00 by now is covered as assisted from then on.
    /// </summary>
    /// <exception cref="RefusedException">C174: a supervisor decides with a reason. C121: taken back meanwhile.</exception>
    public async Task<RefundRow> ApproveAsync(Act act, Viewer viewer, long id, string decision)
    {
        var refund = await RequireDecisionAsync(act, viewer, id);
        decision = LongNumbers.Hidden(decision.Trim());
        if (refund.Basis == Refunds.BySupervisor && decision.Length == 0)
            throw new RefusedException("C174", "政策文件没有规定，请写明同意退费的理由");
        await Posting.ReverseAsync(act, refund.PaymentId!.Value, Accounts.Refunds, "refund");
        await cover.OpenAsync(act, new(refund.InsuranceYear), [refund.PersonId!.Value]);
        return await Refunds.SetAsync(act, refund, refund with
        {
            State = Refunds.Approved,
            CheckedBy = act.Account,
            Decision = decision,
        });
    }

    /// <summary>Does not agree; the payment and its cover stay.</summary>
    /// <exception cref="RefusedException">C174: no reason.</exception>
    public static async Task<RefundRow> RefuseAsync(Act act, Viewer viewer, long id, string decision)
    {
        var refund = await RequireDecisionAsync(act, viewer, id);
        decision = LongNumbers.Hidden(decision.Trim());
        if (decision.Length == 0)
            throw new RefusedException("C174", "请写明不同意的理由");
        return await Refunds.SetAsync(act, refund, refund with
        {
            State = Refunds.Refused,
            CheckedBy = act.Account,
            Decision = decision,
        });
    }

    /// <summary>Enters or corrects the account; what the bank could not pay can be paid again.</summary>
    /// <exception cref="RefusedException">C174: name or account are wanting. C188: a group payment goes back to who paid it.</exception>
    public async Task<RefundRow> SetPayeeAsync(Act act, Viewer viewer, long id, Payee payee)
    {
        viewer.Require("C177", Role.Agent, Role.Street, Role.Bureau);
        var refund = await RequireAsync(act, viewer, id);
        if (refund.State is not (Refunds.Requested or Refunds.Approved or Refunds.Failed))
            throw Elsewhere(refund);
        if (payee.IsEmpty)
            throw new RefusedException("C174", "请填写收款人和收款账号");
        var state = refund.State == Refunds.Failed ? Refunds.Approved : refund.State;
        return await Refunds.SetAsync(act, refund, await WithPayeeAsync(act, refund with { State = state }, payee));
    }

    /// <summary>Who receives a refund, in full; null where nobody entered it.</summary>
    internal Payee? Open(RefundRow refund)
    {
        if (refund.PayeeSealed is null)
            return null;
        var parts = vault.OpenText(refund.Salt, Purpose, refund.PayeeSealed).Split('\n');
        return new(parts[0], parts[1]);
    }

    /// <summary>Payments that can go back, within the viewer's units, in their order.</summary>
    /// <exception cref="RefusedException">C170, C171.</exception>
    static async Task<List<PaymentRow>> RequirePaymentsAsync(Act act, Viewer viewer, IReadOnlyCollection<long> ids)
    {
        var found = new Dictionary<long, PaymentRow>();
        foreach (var part in ids.Distinct().Chunk(MostNamed))
            foreach (var row in await act.Session.Table<PaymentRow>()
                .Where(row => row.Area == act.Area && part.Contains(row.PaymentId)).ToListAsync())
                found.Add(row.PaymentId, row);
        var hindered = await HinderedAsync(act.Session, act.Area, [.. found.Keys]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var unit in found.Values.Select(payment => payment.Unit).Distinct())
            if (await viewer.SeesUnitAsync(act.Session, unit))
                seen.Add(unit);
        foreach (long id in ids)
        {
            if (!found.TryGetValue(id, out var payment) || !seen.Contains(payment.Unit))
                throw new RefusedException("C170", "没有找到这笔缴费，或者不归您管理");
            if (payment.ReversedBy is not null)
                throw new RefusedException("C171", "这笔缴费已经冲销或作废；请刷新页面");
            if (payment.TransferId is null)
                throw new RefusedException("C171", "这笔缴费由以前的系统收取，款项不在本系统；请按原渠道退费");
            if (hindered.TryGetValue(id, out var why))
                throw new RefusedException("C171", why);
        }

        return [.. ids.Select(id => found[id])];
    }

    /// <summary>Of some payments those that cannot be asked for, with the reason: in an open batch, or asked for already.</summary>
    internal static async Task<IReadOnlyDictionary<long, string>> HinderedAsync(
        Session session, int area, IReadOnlyCollection<long> payments)
    {
        var hindered = new Dictionary<long, string>();
        foreach (var part in payments.Chunk(MostNamed))
        {
            var open = await (
                from payment in session.Table<PaymentRow>()
                join batch in session.Table<CollectionBatchRow>()
                    on new { payment.Area, payment.BatchId } equals new { batch.Area, BatchId = (long?)batch.BatchId }
                where payment.Area == area && batch.Area == area && part.Contains(payment.PaymentId) && batch.State == Batches.Open
                select payment.PaymentId).ToListAsync();
            foreach (long id in open)
                hindered[id] = "这笔现金还没有报送；请在收款凭据页作废票据，当面退钱";
            var asked = await session.Table<RefundRow>().Where(row => row.Area == area && row.PaymentId != null
                && part.Contains(row.PaymentId.Value) && row.State != Refunds.Refused).Select(row => row.PaymentId!.Value).ToListAsync();
            foreach (long id in asked)
                hindered[id] = "这笔缴费已经申请过退费；请在“退费”里查看";
        }

        return hindered;
    }

    static RefundRow Row(Act act, PaymentRow payment, RefundBasis basis) => new()
    {
        Area = act.Area,
        RefundId = act.Session.NextId(),
        InsuranceYear = payment.InsuranceYear,
        PersonId = payment.PersonId,
        Unit = payment.Unit,
        PaymentId = payment.PaymentId,
        Amount = payment.Amount,
        Basis = basis.Basis,
        Rule = basis.Rule,
        Clause = basis.Clause,
        RefundableUntil = basis.Until,
        State = Refunds.Requested,
        Salt = Vault.NewSalt(),
        RequestedBy = act.Account,
        RequestedOn = act.Today,
        ActId = act.Id,
    };

    async Task<RefundRow> WithPayeeAsync(Act act, RefundRow refund, Payee payee)
    {
        if (payee.IsEmpty)
            return refund;
        var payer = await Groups.PayerAsync(act.Session, refund);
        if (payer is not null && payee.Name.Trim() is { Length: > 0 } other && other != payer)
            throw new RefusedException("C188", $"这是“{payer}”集体缴的费，只能退给“{payer}”；请填写该单位的账号");
        var (name, account) = (payer ?? payee.Name.Trim(), payee.Account.Replace(" ", "", StringComparison.Ordinal));
        if (name.Length is 0 or > 60 || name.Contains('\n', StringComparison.Ordinal))
            throw new RefusedException("C174", "请填写收款人姓名");
        if (account.Length is < LeastDigits or > MostDigits || !account.All(char.IsAsciiDigit))
            throw new RefusedException("C174", $"收款账号应是 {LeastDigits} 至 {MostDigits} 位数字；请核对银行卡");
        return refund with
        {
            PayeeSealed = vault.Seal(refund.Salt, Purpose, $"{name}\n{account}"),
            PayeeMask = $"{name.EnumerateRunes().First()}** 尾号 {account[^4..]}",
            PayeeBy = act.Account,
        };
    }

    static async Task<RefundRow> RequireDecisionAsync(Act act, Viewer viewer, long id)
    {
        var refund = await RequireAsync(act, viewer, id);
        if (refund.State != Refunds.Requested)
            throw Elsewhere(refund);
        viewer.Require("C177", refund.Basis == Refunds.BySupervisor ? Role.Supervisor : Role.Bureau);
        if (refund.RequestedBy == act.Account)
            throw new RefusedException("C175", "退费由您自己申请；须由另一人审核");
        return refund;
    }

    internal static async Task<RefundRow> RequireAsync(Act act, Viewer viewer, long id) =>
        await act.Session.Table<RefundRow>().FirstOrDefaultAsync(row => row.Area == act.Area && row.RefundId == id) is { } refund
            && (refund.Unit is { } unit ? await viewer.SeesUnitAsync(act.Session, unit) : viewer.SeesWholeArea)
            ? refund
            : throw new RefusedException("C170", "没有找到这笔退费，或者不归您管理");

    static RefusedException Elsewhere(RefundRow refund) =>
        new("C176", $"这笔退费现在是“{Refunds.State(refund)}”，这一步已经办过或还不能办；请刷新页面");
}
