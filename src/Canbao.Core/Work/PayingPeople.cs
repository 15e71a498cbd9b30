using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Core.Work;

/// <summary>What has to be known of people before their payments of one year and day are posted, read in a few statements.</summary>
sealed class PayingPeople
{
    readonly Dictionary<long, PersonRow> people;
    readonly Dictionary<long, EnrolmentRow> enrolments;
    readonly Dictionary<long, PaymentRow> payments;
    readonly IReadOnlyDictionary<long, DueOffer> offers;

    PayingPeople(
        IEnumerable<PersonRow> people,
        IEnumerable<EnrolmentRow> enrolments,
        IEnumerable<PaymentRow> payments,
        IReadOnlyDictionary<long, DueOffer> offers)
    {
        this.people = people.ToDictionary(row => row.PersonId);
        this.enrolments = enrolments.ToDictionary(row => row.PersonId);
        this.payments = payments.ToDictionary(row => row.PersonId);
        this.offers = offers;
    }

    public static async Task<PayingPeople> ReadAsync(
        Session session, int area, Dues dues, (InsuranceYear Year, DateOnly Day) when, List<long> ids)
    {
        int year = when.Year.Year;
        var people = await session.Table<PersonRow>()
            .Where(row => row.Area == area && ids.Contains(row.PersonId) && row.MergedInto == null).ToListAsync();
        var enrolments = await session.Table<EnrolmentRow>().Where(row => row.Area == area && row.InsuranceYear == year
            && ids.Contains(row.PersonId) && row.EndedOn == null).ToListAsync();
        return new(
            people,
            enrolments,
            await Payments.OfAsync(session, area, [year], ids),
            await dues.OffersAsync(session, area, when.Year, ids, when.Day));
    }

    /// <summary>The unit that a payment counts for.</summary>
    public string UnitOf(long person) => enrolments[person].Unit;

    /// <summary>The day of death, or null.</summary>
    public DateOnly? DiedOn(long person) => people[person].DiedOn;

    /// <summary>What a person has to pay by themselves; null where nothing can be told.</summary>
    public Money? Owed(long person) => offers.TryGetValue(person, out var offer) ? offer.Personal : null;

    /// <summary>Why a payment cannot be posted, or null with what is owed.</summary>
    /// <param name="order">The payment.</param>
    /// <param name="paidNow">What the same deed posts before it.</param>
    public (PostingResult? Fault, DueOffer? Offer) Judge(
        PaymentOrder order, IReadOnlyDictionary<(long, InsuranceYear), PaymentOrder> paidNow)
    {
        if (!people.TryGetValue(order.PersonId, out var person))
            return Refused("C106", "没有找到此人；可能已被合并，请重新查询");
        // For an infant who died early the family pays at a desk; nobody else pays for the dead.
        if (person.DiedOn is { } died && died <= order.PaidOn && order.Channel != CashDesk.Channel)
            return Refused("C107", $"登记显示{person.Name}已于{died:yyyy-MM-dd}死亡，不能缴费；如登记有误，请先更正");
        if (!enrolments.ContainsKey(order.PersonId))
            return Refused("C101", $"{person.Name}尚未登记{order.Year}年度；请先登记，再收款");
        if (payments.TryGetValue(order.PersonId, out var paid))
            return Refused("C102", $"{person.Name}的{order.Year}年度保费已于{paid.PaidOn:yyyy-MM-dd}缴纳；请勿重复缴费");
        if (paidNow.TryGetValue((order.PersonId, order.Year), out var before))
            return Refused("C102", $"{person.Name}的{order.Year}年度保费已于{before.PaidOn:yyyy-MM-dd}缴纳；请勿重复缴费");
        if (!offers.TryGetValue(order.PersonId, out var offer) || offer.Personal is not { } due || due == Money.Zero)
            return Refused("C103", $"{person.Name}在{order.PaidOn:yyyy-MM-dd}不需要或不能缴费；请看核定说明");
        return due == order.Amount
            ? (null, offer)
            : Refused("C104", $"{person.Name}在{order.PaidOn:yyyy-MM-dd}应缴{due}元，不是{order.Amount}元；请按应缴金额缴费");
    }

    static (PostingResult?, DueOffer?) Refused(string code, string text) => (new(null, code, text), null);
}
