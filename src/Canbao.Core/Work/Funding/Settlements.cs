using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Funding;
using Canbao.Core.Registry;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Core.Work.Funding;

/// <summary>That somebody's enrolment is settled: paid, or covered as assisted.</summary>
/// <param name="PersonId">Whose.</param>
/// <param name="Unit">The unit that it counts for.</param>
/// <param name="Day">On which day, whose price and facts hold.</param>
/// <param name="Paid">What the resident paid.</param>
readonly record struct Settled(long PersonId, string Unit, DateOnly Day, Money Paid);

/// <summary>Whose enrolment is settled. What systems before this one took is theirs to claim.</summary>
static class Settlements
{
    public static async Task<List<Settled>> ReadAsync(Act act, InsuranceYear year)
    {
        var (session, area) = (act.Session, act.Area);
        var paid = await Payments(act, year).Select(row => new { row.PersonId, row.Unit, row.PaidOn, row.Amount }).ToListAsync();
        var assisted = await (
            from span in Spans(act, year)
            join enrolment in session.Table<EnrolmentRow>() on new { span.Area, span.InsuranceYear, span.PersonId }
                equals new { enrolment.Area, enrolment.InsuranceYear, enrolment.PersonId }
            join written in session.Table<ActRow>() on new { span.Area, span.ActId } equals new { written.Area, written.ActId }
            where enrolment.Area == area && written.Area == area
            select new { span.PersonId, enrolment.Unit, enrolment.EndedOn, span.AsOf, written.At }).ToListAsync();
        // Somebody may have been enrolled twice, and cover may have gone on: each counts once, and a payment before assistance.
        var all = new Dictionary<long, Settled>(paid.Count + assisted.Count);
        foreach (var one in paid)
            all[one.PersonId] = new(one.PersonId, one.Unit, one.PaidOn, Money.FromFen(one.Amount));
        foreach (var one in assisted.OrderByDescending(one => one.EndedOn ?? DateOnly.MaxValue))
            all.TryAdd(one.PersonId, new(one.PersonId, one.Unit, one.AsOf ?? BusinessDay.Of(one.At), Money.Zero));
        return [.. all.Values];
    }

    /// <summary>The shares of people whose enrolment is not settled (any more).</summary>
    public static IQueryable<FunderShareRow> Unsettled(Act act, InsuranceYear year, IQueryable<FunderShareRow> shares)
    {
        var (payments, spans) = (Payments(act, year), Spans(act, year));
        return shares.Where(share => !payments.Any(row => row.PersonId == share.PersonId)
            && !spans.Any(row => row.PersonId == share.PersonId));
    }

    static IQueryable<PaymentRow> Payments(Act act, InsuranceYear year)
    {
        int number = year.Year;
        return act.Session.Table<PaymentRow>().Where(row => row.Area == act.Area && row.InsuranceYear == number
            && row.ReversedBy == null && row.TransferId != null);
    }

    static IQueryable<CoverSpanRow> Spans(Act act, InsuranceYear year)
    {
        int number = year.Year;
        return act.Session.Table<CoverSpanRow>().Where(row => row.Area == act.Area && row.InsuranceYear == number
            && row.VoidedBy == null && row.PaymentId == null && row.Ground != "history");
    }
}
