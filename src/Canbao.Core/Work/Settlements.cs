using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Funding;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Core.Work;

/// <summary>That somebody's enrolment is settled: paid, or covered as assisted.</summary>
/// <param name="PersonId">Whose.</param>
/// <param name="Unit">The unit that it counts for.</param>
/// <param name="Day">On which day, whose price and facts hold.</param>
/// <param name="Paid">What the resident paid.</param>
readonly record struct Settled(long PersonId, string Unit, DateOnly Day, Money Paid);

/// <summary>Cover of somebody for whom others bear everything.</summary>
/// <param name="Span">The span.</param>
/// <param name="Unit">The unit that the enrolment counts for.</param>
/// <param name="Day">As of which day it was opened.</param>
sealed record AssistedSpan(CoverSpanRow Span, string Unit, DateOnly Day);

/// <summary>Whose enrolment is settled, and on which day. What systems before this one took is theirs to claim.</summary>
static class Settlements
{
    /// <summary>Whose enrolment is settled for a year.</summary>
    public static async Task<List<Settled>> ReadAsync(Act act, InsuranceYear year)
    {
        var paid = await Payments(act, year).Select(row => new { row.PersonId, row.Unit, row.PaidOn, row.Amount }).ToListAsync();
        var assisted = await AssistedAsync(act.Session, act.Area, year);
        var all = new Dictionary<long, Settled>(paid.Count + assisted.Count);
        foreach (var one in paid)
            all[one.PersonId] = new(one.PersonId, one.Unit, one.PaidOn, Money.FromFen(one.Amount));
        // Whoever paid is not assisted besides, and cover that goes on counts once.
        foreach (var one in assisted)
            all.TryAdd(one.Span.PersonId, new(one.Span.PersonId, one.Unit, one.Day, Money.Zero));
        return [.. all.Values];
    }

    /// <summary>The days on which some people paid, or as of which they are covered as if they had (decision 32).</summary>
    public static async Task<Dictionary<long, DateOnly>> DaysAsync(Session session, int area, InsuranceYear year, long[] people)
    {
        var days = (await AssistedAsync(session, area, year, people)).GroupBy(one => one.Span.PersonId)
            .ToDictionary(same => same.Key, same => same.Min(one => one.Day));
        foreach (var payment in await Collection.Payments.OfAsync(session, area, [year.Year], people))
            days[payment.PersonId] = payment.PaidOn;
        return days;
    }

    /// <summary>The standing cover that rests on assistance, of everybody or of some people.</summary>
    public static async Task<List<AssistedSpan>> AssistedAsync(
        Session session, int area, InsuranceYear year, IReadOnlyCollection<long>? people = null)
    {
        var spans = Spans(session, area, year);
        if (people is not null)
            spans = spans.Where(row => people.Contains(row.PersonId));
        var rows = await (
            from span in spans
            join enrolment in session.Table<EnrolmentRow>() on new { span.Area, span.InsuranceYear, span.PersonId }
                equals new { enrolment.Area, enrolment.InsuranceYear, enrolment.PersonId }
            join written in session.Table<ActRow>() on new { span.Area, span.ActId } equals new { written.Area, written.ActId }
            where enrolment.Area == area && written.Area == area
            select new { Span = span, enrolment.Unit, enrolment.EndedOn, written.At }).ToListAsync();
        // Somebody may have been enrolled more than once: the enrolment that stands says the unit.
        return
        [
            .. rows.OrderByDescending(row => row.EndedOn ?? DateOnly.MaxValue).DistinctBy(row => row.Span.SpanId)
                .Select(row => new AssistedSpan(row.Span, row.Unit, row.Span.AsOf ?? BusinessDay.Of(row.At))),
        ];
    }

    /// <summary>The shares of people whose enrolment is not settled (any more).</summary>
    public static IQueryable<FunderShareRow> Unsettled(Act act, InsuranceYear year, IQueryable<FunderShareRow> shares)
    {
        var (payments, spans) = (Payments(act, year), Spans(act.Session, act.Area, year));
        return shares.Where(share => !payments.Any(row => row.PersonId == share.PersonId)
            && !spans.Any(row => row.PersonId == share.PersonId));
    }

    static IQueryable<PaymentRow> Payments(Act act, InsuranceYear year)
    {
        int number = year.Year;
        return act.Session.Table<PaymentRow>().Where(row => row.Area == act.Area && row.InsuranceYear == number
            && row.ReversedBy == null && row.TransferId != null);
    }

    static IQueryable<CoverSpanRow> Spans(Session session, int area, InsuranceYear year)
    {
        int number = year.Year;
        return session.Table<CoverSpanRow>().Where(row => row.Area == area && row.InsuranceYear == number
            && row.VoidedBy == null && row.PaymentId == null && row.Ground != "history");
    }
}
