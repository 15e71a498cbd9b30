using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Core.Work.Offline;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Work.Collecting;

/// <summary>What a checked receipt says; nothing that tells who it is.</summary>
/// <param name="Payment">The payment.</param>
/// <param name="Name">The name as it is posted in public (<see cref="PersonName.Masked"/>).</param>
public sealed record CheckedReceipt(PaymentRow Payment, string Name);

/// <summary>Receipts after they were given: voided, printed again, checked.</summary>
/// <param name="vault">Makes the codes.</param>
public sealed class ReceiptDesk(Vault vault)
{
    readonly BagSigning bags = new(vault);

    /// <summary>
    /// The code of a receipt: what stands on it, under the key of this installation, or of the number where a phone gave the receipt;
    /// 40 bits, two groups of four.
    /// </summary>
    public string Code(PaymentRow payment) => LetterCodes.Check(
        Bags.IsNumber(payment.ReceiptNo) ? bags.CodeHash(payment) : vault.Hash(FormattableString.Invariant(
            $"receipt|{payment.ReceiptNo}|{payment.PersonId}|{payment.InsuranceYear}|{payment.Amount}|{payment.PaidOn:yyyyMMdd}")));

    /// <summary>Gives cash back and voids the receipt, while the line is in the agent's own open batch.</summary>
    /// <param name="act">The deed; its reason is that of the void.</param>
    /// <param name="viewer">Who does it.</param>
    /// <param name="payment">The payment.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="RefusedException">C130: no such receipt. C137: no reason. C139: handed in, or somebody else's.</exception>
    public static async Task<PaymentRow> VoidAsync(Act act, Viewer viewer, long payment, string reason)
    {
        reason = LongNumbers.Hidden(BatchDesk.Told(reason, "作废原因"));
        var row = await Payments.FindAsync(act.Session, act.Area, payment)
            ?? throw new RefusedException("C130", "没有这张票据；请刷新页面");
        var batch = row.BatchId is { } id ? await BatchDesk.FindAsync(act, viewer, id) : null;
        if (batch is not { State: Batches.Open } || batch.Agent != act.Account || row.ReversedBy is not null)
        {
            throw new RefusedException(
                "C139", "只有收款人自己、在报送之前可以作废票据；已报送的，请街道退回这一笔；已入账的，请按退费办理");
        }

        await Posting.ReverseAsync(act, payment, Accounts.Cash(batch.Holder), "void");
        await act.Session.Table<PaymentRow>().Where(one => one.Area == act.Area && one.PaymentId == payment)
            .Set(one => one.VoidReason, reason).UpdateAsync();
        act.Record("receipt", payment, "voided", null, new { Receipt = row.ReceiptNo, Reason = reason });
        return row;
    }

    /// <summary>Notes that a receipt was printed again.</summary>
    /// <returns>How often by now.</returns>
    /// <exception cref="RefusedException">C130: no such receipt. C137: no reason.</exception>
    public static async Task<int> ReprintAsync(Act act, long payment, string reason)
    {
        BatchDesk.Told(reason, "补打原因");
        var row = await Payments.FindAsync(act.Session, act.Area, payment)
            ?? throw new RefusedException("C130", "没有这张票据；请刷新页面");
        int copies = row.Copies + 1;
        await act.Session.Table<PaymentRow>().Where(one => one.Area == act.Area && one.PaymentId == payment)
            .Set(one => one.Copies, copies).UpdateAsync();
        act.Record("receipt", payment, "reprinted", new { row.Copies }, new { Copies = copies });
        return copies;
    }

    /// <summary>Holds a paper against what was booked; null where number and code do not belong together.</summary>
    /// <param name="session">A read.</param>
    /// <param name="number">The receipt's number, which begins with its area.</param>
    /// <param name="code">Its code, with or without blanks, in whatever case.</param>
    public async Task<CheckedReceipt?> CheckAsync(Session session, string number, string code)
    {
        number = number.Trim();
        if (number.Split('-') is not [var first, ..] || !int.TryParse(first, out int area))
            return null;
        var payment = await session.Table<PaymentRow>().FirstOrDefaultAsync(row => row.Area == area && row.ReceiptNo == number);
        if (payment is null || !LetterCodes.IsSame(Code(payment), code))
            return null;
        var person = await People.FindAsync(session, area, payment.PersonId);
        return new(payment, PersonName.TryParse(person?.Name ?? "", out var name, out _) ? name.Masked : "");
    }

    /// <summary>
    /// What is known of a number that a phone was given, where no payment has it: <see cref="Bags.Refused"/>, <see cref="Bags.Void"/>,
    /// empty where the phone has not sent it yet; null where it is none of ours.
    /// </summary>
    public static async Task<string?> IssuedAsync(Session session, string number)
    {
        if (await Bags.OfReceiptAsync(session, number.Trim()) is not var (bag, line))
            return null;
        var taking = await session.Table<BagTakingRow>()
            .FirstOrDefaultAsync(row => row.Area == bag.Area && row.BagId == bag.BagId && row.Line == line);
        return taking?.State == Bags.Posted ? null : taking?.State ?? "";
    }
}
