using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work;

/// <summary>What a death or a corrected number means for enrolments, lists, payments and cover.</summary>
/// <param name="people">The register.</param>
/// <param name="enrolments">The registrations.</param>
public sealed class LifeEvents(People people, Enrolments enrolments)
{
    const string Merged = "合并重复记录";

    /// <summary>
    /// Notes a death and ends the enrolments of years that begin after it (<c>lishi 七(二)-deaths</c>). What was paid for them is for the
    /// refund desk; the year of the death stays as it is.
    /// </summary>
    /// <exception cref="RefusedException">R101, R106 as of <see cref="People.DiedAsync"/>.</exception>
    public async Task DieAsync(Act act, long person, DateOnly day)
    {
        await People.DiedAsync(act, person, day);
        await CoverEnds.EndAsync(act, person, day, CoverEnds.Death);
        foreach (var enrolment in await Enrolments.AllAsync(act.Session, act.Area, person))
        {
            var year = new InsuranceYear(enrolment.InsuranceYear);
            if (enrolment.EndedOn is null && day < year.FirstDay)
                await enrolments.CancelAsync(act, year, person, "死亡");
        }
    }

    /// <summary>
    /// Corrects a number. Where another record has it, that record goes on and takes over what only the other had: enrolments, payments,
    /// cover and categories. What both had stays with each; of two enrolments for a year one ends.
    /// </summary>
    /// <returns>The record that goes on.</returns>
    /// <exception cref="RefusedException">R101: no such person.</exception>
    public async Task<PersonRow> CorrectNumberAsync(Act act, long id, CitizenNumber number)
    {
        var before = await People.RequireAsync(act, id);
        var kept = await people.CorrectNumberAsync(act, id, number);
        if (kept.PersonId == before.PersonId)
        {
            await enrolments.ReclaimAsync(act, before, kept);
            return kept;
        }

        foreach (var enrolment in await Enrolments.AllAsync(act.Session, act.Area, before.PersonId))
            if (enrolment.EndedOn is null)
                await enrolments.TakeOverAsync(act, enrolment, before, kept, Merged);
        await MovePaymentsAsync(act, before.PersonId, kept.PersonId);
        await Categories.TakeOverAsync(act.Session, act.Area, before.PersonId, kept.PersonId);
        return kept;
    }

    static async Task MovePaymentsAsync(Act act, long from, long to)
    {
        var area = act.Area;
        var payments = await act.Session.Table<PaymentRow>()
            .Where(row => row.Area == area && row.PersonId == from && row.ReversedBy == null).ToListAsync();
        foreach (var payment in payments)
        {
            int year = payment.InsuranceYear;
            if (await act.Session.Table<PaymentRow>().AnyAsync(row => row.Area == area && row.PersonId == to
                && row.InsuranceYear == year && row.ReversedBy == null))
                continue;
            await act.Session.Table<PaymentRow>().Where(row => row.Area == area && row.PaymentId == payment.PaymentId)
                .Set(row => row.PersonId, to).UpdateAsync();
            act.Record("person", to, "paid", null,
                new { Year = year, Amount = Money.FromFen(payment.Amount).ToString(), payment.Channel, Receipt = payment.ReceiptNo });
            await act.Session.Table<RefundRow>().Where(row => row.Area == area && row.PaymentId == payment.PaymentId)
                .Set(row => row.PersonId, to).UpdateAsync();
            await act.Session.Table<ChannelNoticeRow>().Where(row => row.Area == area && row.PaymentId == payment.PaymentId)
                .Set(row => row.PersonId, to).UpdateAsync();
            await act.Session.Table<CoverSpanRow>().Where(row => row.Area == area && row.PersonId == from && row.InsuranceYear == year
                && row.VoidedBy == null && !act.Session.Table<CoverSpanRow>().Any(other => other.Area == area && other.PersonId == to
                    && other.InsuranceYear == year && other.VoidedBy == null))
                .Set(row => row.PersonId, to).UpdateAsync();
        }
    }
}
