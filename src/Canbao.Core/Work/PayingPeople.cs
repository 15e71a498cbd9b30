using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Core.Work;

/// <summary>
/// What has to be known of people before their payments of one year are posted, read in a few statements however many people and payment
/// days there are.
/// </summary>
sealed class PayingPeople
{
    readonly Dictionary<long, (string Name, DateOnly? DiedOn)> people;
    readonly Dictionary<long, string> units;
    readonly Dictionary<long, DateOnly> payments;
    readonly Dictionary<DateOnly, IReadOnlyDictionary<long, DueOffer>> offers;
    readonly Dictionary<string, ChannelRow> limited = new(StringComparer.Ordinal);
    ILookup<long, PersonStatusRow> students = Array.Empty<PersonStatusRow>().ToLookup(row => row.PersonId);

    PayingPeople(
        Dictionary<long, (string Name, DateOnly? DiedOn)> people,
        Dictionary<long, string> units,
        Dictionary<long, DateOnly> payments,
        Dictionary<DateOnly, IReadOnlyDictionary<long, DueOffer>> offers)
    {
        (this.people, this.units, this.payments, this.offers) = (people, units, payments, offers);
    }

    /// <summary>Reads what has to be known.</summary>
    /// <param name="session">A read, or the deed's transaction.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="dues">What people owe.</param>
    /// <param name="when">The year.</param>
    /// <param name="paid">Who is to be paid for, and on which days.</param>
    public static async Task<PayingPeople> ReadAsync(
        Session session, int area, Dues dues, InsuranceYear when, IReadOnlyCollection<(long PersonId, DateOnly PaidOn)> paid)
    {
        int year = when.Year;
        List<long> ids = [.. paid.Select(one => one.PersonId).Distinct().Order()];
        var people = await session.Table<PersonRow>()
            .Where(row => row.Area == area && ids.Contains(row.PersonId) && row.MergedInto == null)
            .Select(row => new { row.PersonId, row.Name, row.DiedOn }).ToListAsync();
        var units = await session.Table<EnrolmentRow>().Where(row => row.Area == area && row.InsuranceYear == year
            && ids.Contains(row.PersonId) && row.EndedOn == null).Select(row => new { row.PersonId, row.Unit }).ToListAsync();
        var payments = await Payments.DaysAsync(session, area, year, ids);
        var offers = new Dictionary<DateOnly, IReadOnlyDictionary<long, DueOffer>>();
        foreach (var same in paid.GroupBy(one => one.PaidOn))
        {
            List<long> paying = [.. same.Select(one => one.PersonId).Distinct().Order()];
            offers.Add(same.Key, await dues.OffersAsync(session, area, when, paying, same.Key));
        }

        var found = new PayingPeople(
            people.ToDictionary(row => row.PersonId, row => (row.Name, row.DiedOn)),
            units.ToDictionary(row => row.PersonId, row => row.Unit),
            payments,
            offers);
        await found.ReadLimitsAsync(session, area, ids);
        return found;
    }

    /// <summary>Who may not pay through some channels; nothing more is read where no channel is limited.</summary>
    async Task ReadLimitsAsync(Session session, int area, List<long> ids)
    {
        foreach (var row in await Channels.LimitedAsync(session, area))
            limited.Add(row.Channel, row);
        if (limited.Count > 0)
            students = (await session.Table<PersonStatusRow>()
                .Where(row => row.Area == area && ids.Contains(row.PersonId) && row.Student != Student.None).ToListAsync())
                .ToLookup(row => row.PersonId);
    }

    /// <summary>The unit that a payment counts for.</summary>
    public string UnitOf(long person) => units[person];

    /// <summary>The day of death, or null.</summary>
    public DateOnly? DiedOn(long person) => people[person].DiedOn;

    /// <summary>What a person has to pay by themselves on a day; null where nothing can be told.</summary>
    public Money? Owed(long person, DateOnly day) => offers[day].TryGetValue(person, out var offer) ? offer.Personal : null;

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
        if (!units.ContainsKey(order.PersonId))
            return Refused("C101", $"{person.Name}尚未登记{order.Year}年度；请先登记，再收款");
        if (payments.TryGetValue(order.PersonId, out var paid))
            return Refused("C102", $"{person.Name}的{order.Year}年度保费已于{paid:yyyy-MM-dd}缴纳；请勿重复缴费");
        if (paidNow.TryGetValue((order.PersonId, order.Year), out var before))
            return Refused("C102", $"{person.Name}的{order.Year}年度保费已于{before.PaidOn:yyyy-MM-dd}缴纳；请勿重复缴费");
        if (RefusedStudent(order) is { } student)
            return Refused("C300", $"{person.Name}是{RegistryWords.Students[student]}学生，不能经{limited[order.Channel].Name}缴费；"
                + "请在学校或其他渠道缴费，已经收款的请退回");
        if (!offers[order.PaidOn].TryGetValue(order.PersonId, out var offer) || offer.Personal is not { } due || due == Money.Zero)
            return Refused("C103", $"{person.Name}在{order.PaidOn:yyyy-MM-dd}不需要或不能缴费；请看核定说明");
        return due == order.Amount
            ? (null, offer)
            : Refused("C104", $"{person.Name}在{order.PaidOn:yyyy-MM-dd}应缴{due}元，不是{order.Amount}元；请按应缴金额缴费");
    }

    /// <summary>As what kind of student somebody may not pay through the channel (<c>lingyuan 五</c>); null for who may.</summary>
    Student? RefusedStudent(PaymentOrder order)
    {
        if (!limited.TryGetValue(order.Channel, out var channel))
            return null;
        var then = students[order.PersonId].FirstOrDefault(row => row.FromDay <= order.PaidOn && !(row.UntilDay < order.PaidOn));
        return then is not null && channel.RefusedStudents.Contains(then.Student) ? then.Student : null;
    }

    static (PostingResult?, DueOffer?) Refused(string code, string text) => (new(null, code, text), null);
}
