using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Vocabulary;
using Receipt = Canbao.Core.Exchange.Receipt;

namespace Canbao.Core.Work.Exchange;

/// <summary>Takes partners' receipts of our messages; in whatever order and however often they come.</summary>
/// <param name="tools">What it works with.</param>
public sealed class ReceiptsIn(ExchangeTools tools)
{
    /// <summary>Takes a receipt.</summary>
    /// <returns>Whether it was new.</returns>
    /// <exception cref="RefusedException">
    /// X103: the signature is not the partner's. X109: nothing like it was sent. X110: another receipt came before.
    /// </exception>
    public Task<bool> TakeAsync(ExchangePartnerRow partner, Receipt receipt, CancellationToken cancel = default)
    {
        if (receipt.Area != partner.Area || receipt.Partner != partner.Partner || receipt.Direction != Messages.Out
            || !ExchangeSigning.IsSound(receipt, tools.SecretOf(partner)))
            throw ExchangeSigning.Unsound();
        return Act.DoAsync(
            tools.Database, partner.Area, Inbox.Doer(partner), "exchange.receipt", act => AddAsync(act, partner, receipt), cancel);
    }

    static async Task<bool> AddAsync(Act act, ExchangePartnerRow partner, Receipt receipt)
    {
        await Partners.RequireAsync(act.Session, act.Area, partner.Partner);
        var message = await Messages.NumberedAsync(act.Session, act.Area, partner.Partner, Messages.Out, receipt.Number);
        if (message is null || Convert.ToHexStringLower(message.Sha256) != receipt.Sha256)
            throw new RefusedException("X109", $"没有发出过第 {receipt.Number} 号这份报文，回执没有收下；请核对编号和摘要");
        var known = await Receipts.OfAsync(act.Session, act.Area, message.MessageId);
        if (known.Find(row => row.Run == receipt.Run) is { } same)
        {
            return same.Digest.AsSpan().SequenceEqual(receipt.Digest()) ? false
                : throw new RefusedException("X110", $"第 {receipt.Number} 号已有另一份回执，后来的没有收下；再次办理的回执请写新的次数");
        }

        await Receipts.AddAsync(act, message, receipt);
        var sent = message.SentAt ?? act.At;
        message = await Messages.SetAsync(
            act, message, message with { State = Messages.Answered, SentAt = sent, Fault = "", NextTry = null }, "answered");
        await FridayLists.NoteSentAsync(act, message);
        if (receipt.State != Receipts.Refused)
            await TaxFeed.NoteAcceptedAsync(act, message);
        return true;
    }
}
