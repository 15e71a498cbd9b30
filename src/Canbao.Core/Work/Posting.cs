using System.Globalization;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Vocabulary;
using LinqToDB;

namespace Canbao.Core.Work;

/// <summary>Posts payments and takes them back: payment, transfer and cover in one transaction, whoever carries the money.</summary>
/// <param name="dues">What people owe.</param>
public sealed class Posting(Dues dues)
{
    /// <summary>The kind of a payment's transfer.</summary>
    public const string Kind = "payment";

    /// <summary>Posts what fits, each by itself; what does not fit is answered with a code and leaves nothing.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="orders">The payments; their references are new.</param>
    /// <returns>What became of each, in their order: posted, or C101 to C104, C106, C107, C300.</returns>
    public async Task<IReadOnlyList<PostingResult>> PostAsync(Act act, IReadOnlyList<PaymentOrder> orders)
    {
        var desks = new Dictionary<InsuranceYear, PayingPeople>();
        foreach (var same in orders.GroupBy(order => order.Year))
            desks.Add(same.Key, await PayingPeople.ReadAsync(
                act.Session, act.Area, dues, same.Key, [.. same.Select(order => (order.PersonId, order.PaidOn))]));
        var paidNow = new Dictionary<(long, InsuranceYear), PaymentOrder>();
        var answers = orders.Select(order =>
        {
            var (fault, offer) = desks[order.Year].Judge(order, paidNow);
            if (fault is null)
                paidNow.Add((order.PersonId, order.Year), order);
            return (Order: order, Fault: fault, Offer: offer);
        }).ToList();
        var posted = await WriteAsync(act, answers.Where(one => one.Fault is null)
            .Select(one => (one.Order, desks[one.Order.Year], one.Offer!.Value)).ToList());
        return answers.ConvertAll(one => one.Fault ?? new(posted[(one.Order.PersonId, one.Order.Year)], "", ""));
    }

    /// <summary>Takes a payment back: the money goes on to another account, and the cover that it opened ends.</summary>
    /// <param name="act">The deed; its reason is the reversal's.</param>
    /// <param name="id">The payment.</param>
    /// <param name="to">The account that receives the money, such as the cash that it was paid into, or what is to be refunded.</param>
    /// <param name="kind">What the transfer is for, such as <c>void</c> or <c>refund</c>.</param>
    /// <exception cref="RefusedException">C120: the cash is no longer there. C121: no such payment, or it was taken back.</exception>
    public static async Task<TransferRow> ReverseAsync(Act act, long id, string to, string kind)
    {
        if (await Payments.FindAsync(act.Session, act.Area, id) is not { ReversedBy: null, TransferId: { } transfer } payment)
            throw new RefusedException("C121", "没有这笔缴费，或已经冲销；请刷新页面");
        var year = new InsuranceYear(payment.InsuranceYear);
        var back = await Transfers.MoveAsync(act, new(Accounts.Dues(year), to), Money.FromFen(payment.Amount), kind, transfer);
        await act.Session.Table<PaymentRow>().Where(row => row.Area == act.Area && row.PaymentId == id)
            .Set(row => row.ReversedBy, act.Id).Set(row => row.ReversalId, back.TransferId).UpdateAsync();
        await CoverEnds.ReverseAsync(act, id);
        act.Record("person", payment.PersonId, "payment_reversed", Fields(payment), null);
        return back;
    }

    static async Task<IReadOnlyDictionary<(long, InsuranceYear), PaymentRow>> WriteAsync(
        Act act, IReadOnlyList<(PaymentOrder Order, PayingPeople People, DueOffer Offer)> orders)
    {
        var written = new Dictionary<(long, InsuranceYear), PaymentRow>();
        foreach (var same in orders.GroupBy(one => new Route(one.Order.Debit, Accounts.Dues(one.Order.Year))))
        {
            var sum = same.Aggregate(Money.Zero, (sum, one) => sum + one.Order.Amount);
            var transfer = await Transfers.MoveAsync(act, same.Key, sum, Kind);
            foreach (var (order, people, _) in same)
                written.Add((order.PersonId, order.Year), Payment(act, order, people.UnitOf(order.PersonId), transfer));
        }

        await act.Session.WriteAsync(written.Values);
        var spans = (
            from one in orders
            let payment = written[(one.Order.PersonId, one.Order.Year)]
            let cover = one.Offer.Cover(one.People.DiedOn(payment.PersonId))
            where cover is not null
            select Span(act, payment, cover.Value)).ToList();
        await act.Session.WriteAsync(spans);
        foreach (var payment in written.Values)
            act.Record("person", payment.PersonId, "paid", null, Fields(payment));
        foreach (var span in spans)
            act.Record("person", span.PersonId, "covered", null, new { span.FromDay, span.UntilDay, span.Ground });
        return written;
    }

    static PaymentRow Payment(Act act, PaymentOrder order, string unit, TransferRow transfer)
    {
        long id = act.Session.NextId();
        return new()
        {
            Area = act.Area,
            PaymentId = id,
            InsuranceYear = order.Year.Year,
            PersonId = order.PersonId,
            Unit = unit,
            Amount = order.Amount.Fen,
            PaidOn = order.PaidOn,
            Channel = order.Channel,
            Reference = order.Reference.Length > 0 ? order.Reference : id.ToString(CultureInfo.InvariantCulture),
            ReceiptNo = order.ReceiptNo.Length > 0
                ? order.ReceiptNo
                : string.Create(CultureInfo.InvariantCulture, $"{act.Area}-{order.Year}-{id}"),
            BatchId = order.BatchId,
            Account = act.Account,
            TransferId = transfer.TransferId,
            ActId = act.Id,
        };
    }

    static CoverSpanRow Span(Act act, PaymentRow payment, (DateOnly From, DateOnly Until) cover) => new()
    {
        Area = act.Area,
        SpanId = act.Session.NextId(),
        InsuranceYear = payment.InsuranceYear,
        PersonId = payment.PersonId,
        FromDay = cover.From,
        UntilDay = cover.Until,
        Ground = Kind,
        PaymentId = payment.PaymentId,
        ActId = act.Id,
    };

    static object Fields(PaymentRow payment) => new
    {
        Year = payment.InsuranceYear,
        Amount = Money.FromFen(payment.Amount).ToString(),
        payment.Channel,
        Receipt = payment.ReceiptNo,
    };
}
