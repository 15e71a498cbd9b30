using System.Globalization;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Policy.Facts;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work;

/// <summary>What an agent takes for one person.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Amount">What the page said that the person owes.</param>
public readonly record struct CashItem(long PersonId, Money Amount);

/// <summary>Takes cash for members of a household: payment, ledger and cover in one transaction (<c>baogou 二(五)1</c>).</summary>
/// <param name="dues">What people owe.</param>
public sealed class CashDesk(Dues dues)
{
    /// <summary>Takes exactly what is due today from each person (promise 3), opens cover and gives receipt numbers.</summary>
    /// <param name="act">The deed; cash goes to its account.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="items">For whom and how much.</param>
    /// <returns>The payments, in the order of the items.</returns>
    /// <exception cref="RefusedException">
    /// R101: no such person. C101: not enrolled. C102: paid already. C103: nothing can be paid today. C104: another amount is due.
    /// C105: nothing was chosen.
    /// </exception>
    public async Task<IReadOnlyList<PaymentRow>> TakeAsync(Act act, InsuranceYear year, IReadOnlyList<CashItem> items)
    {
        if (items.Count == 0)
            throw new RefusedException("C105", "没有勾选任何人；请勾选要收款的成员");
        var payments = new List<PaymentRow>();
        foreach (var item in items)
            payments.Add(await TakeOneAsync(act, year, item));
        return payments;
    }

    async Task<PaymentRow> TakeOneAsync(Act act, InsuranceYear year, CashItem item)
    {
        var person = await People.FindAsync(act.Session, act.Area, item.PersonId)
            ?? throw new RefusedException("R101", "没有找到此人；可能已被合并，请刷新页面");
        var enrolment = await Enrolments.FindAsync(act.Session, act.Area, year, person.PersonId);
        if (enrolment is not { EndedOn: null })
            throw new RefusedException("C101", $"{person.Name}尚未登记{year}年度；请先登记，再收款");
        if (await FindAsync(act, year, person.PersonId) is { } paid)
            throw new RefusedException("C102", $"{person.Name}的{year}年度保费已于{paid.PaidOn:yyyy-MM-dd}缴纳；请勿重复收款");
        var quote = await dues.QuoteAsync(act.Session, act.Area, year, person.PersonId, act.Today);
        if (quote?.Personal is not { } due || due == Money.Zero)
            throw new RefusedException("C103", $"{person.Name}今天不需要或不能缴费；请看核定说明");
        if (due != item.Amount)
            throw new RefusedException("C104", $"{person.Name}今天应缴{due}元，不是{item.Amount}元；请刷新页面，按应缴金额收款");
        return await PostAsync(act, enrolment, due, quote);
    }

    static async Task<PaymentRow> PostAsync(Act act, EnrolmentRow enrolment, Money due, DueQuote quote)
    {
        var year = new InsuranceYear(enrolment.InsuranceYear);
        var transfer = await Transfers.TakeCashAsync(act, Transfers.Cash(act.Account), Transfers.Dues(year), due, "cash_payment");
        long id = act.Session.NextId();
        var payment = new PaymentRow
        {
            Area = act.Area,
            PaymentId = id,
            InsuranceYear = year.Year,
            PersonId = enrolment.PersonId,
            Unit = enrolment.Unit,
            Amount = due.Fen,
            PaidOn = act.Today,
            Channel = "cash",
            Reference = id.ToString(CultureInfo.InvariantCulture),
            ReceiptNo = string.Create(CultureInfo.InvariantCulture, $"{act.Area}-{year}-{id}"),
            Account = act.Account,
            TransferId = transfer.TransferId,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(payment);
        act.Record("person", enrolment.PersonId, "paid", null,
            new { Year = year.Year, Amount = due.ToString(), payment.Channel, Receipt = payment.ReceiptNo });
        if (quote.Answer is { } answer && answer.CoverFrom != PersonFacts.NoDate)
            await OpenCoverAsync(act, enrolment, answer.CoverFrom, answer.CoverTo);
        return payment;
    }

    static async Task OpenCoverAsync(Act act, EnrolmentRow enrolment, DateOnly from, DateOnly until)
    {
        var span = new CoverSpanRow
        {
            Area = act.Area,
            InsuranceYear = enrolment.InsuranceYear,
            PersonId = enrolment.PersonId,
            FromDay = from,
            UntilDay = until,
            Ground = "payment",
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(span);
        act.Record("person", enrolment.PersonId, "covered", null, new { span.FromDay, span.UntilDay, span.Ground });
    }

    static Task<PaymentRow?> FindAsync(Act act, InsuranceYear year, long person)
    {
        int number = year.Year;
        return act.Session.Table<PaymentRow>().FirstOrDefaultAsync(row => row.Area == act.Area && row.InsuranceYear == number
            && row.PersonId == person && row.ReversedBy == null);
    }
}
