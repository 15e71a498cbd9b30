using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Policy;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Core.Work.Refunding;

/// <summary>Somebody who paid and owes less, or nothing, by the due kept last.</summary>
/// <param name="Payment">What was paid.</param>
/// <param name="Name">The name.</param>
/// <param name="NumberMask">The number as screens show it.</param>
/// <param name="UnitName">The unit.</param>
/// <param name="Due">What is owed now.</param>
/// <param name="Basis">On what the refund rests; null where it is not allowed.</param>
/// <param name="Refusal">Why it is not allowed; empty where it is.</param>
public sealed record ExemptPayer(
    PaymentRow Payment, string Name, string NumberMask, string UnitName, Money Due, RefundBasis? Basis, string Refusal);

/// <summary>
/// Everybody who already paid and was made exempt by a list (<c>lingyuan 四(六)-new</c>): one preview, then requested together or not at all.
/// </summary>
/// <param name="dues">What people owe.</param>
/// <param name="vault">Seals whom the money goes to.</param>
public sealed class MassRefund(Dues dues, Vault vault)
{
    readonly RefundRules rules = new(dues);
    readonly RefundDesk desk = new(dues, vault);

    /// <summary>Who of some units would get money back; those who may not are told with the reason.</summary>
    public async Task<IReadOnlyList<ExemptPayer>> PreviewAsync(
        Session session, int area, UnitRange within, InsuranceYear year, DateOnly today)
    {
        var found = await FindAsync(session, area, within, year);
        var answers = await rules.JudgeAsync(session, area, [.. found.Select(payer => payer.Payment)], Refunds.NewlyExempt, today);
        return found.ConvertAll(payer => payer with
        {
            Basis = answers[payer.Payment.PaymentId].Basis,
            Refusal = answers[payer.Payment.PaymentId].Refusal,
        });
    }

    /// <summary>Asks for all of a preview that are allowed.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="shown">How many, and how much, the preview showed.</param>
    /// <param name="remark">What the maker adds.</param>
    /// <exception cref="RefusedException">C180: the preview is another by now, or empty; else as of <see cref="RefundDesk"/>.</exception>
    public async Task<IReadOnlyList<RefundRow>> RequestAsync(
        Act act, Viewer viewer, InsuranceYear year, BatchCount shown, string remark)
    {
        var preview = await PreviewAsync(act.Session, act.Area, viewer.Scope, year, act.Today);
        var allowed = preview.Where(one => one.Basis is not null).ToList();
        if (allowed.Count == 0 || Count(allowed) != shown)
            throw new RefusedException("C180", "可退费的人员或金额已有变化；请核对新的预览后再申请");
        return await desk.RequestAsync(
            act, viewer, [.. allowed.Select(one => one.Payment.PaymentId)], Refunds.NewlyExempt, remark, new("", ""));
    }

    /// <summary>How many people, and how much, are allowed.</summary>
    public static BatchCount Count(IEnumerable<ExemptPayer> payers)
    {
        var allowed = payers.Where(one => one.Basis is not null).ToList();
        return new(allowed.Count, Money.FromFen(allowed.Sum(one => one.Payment.Amount)));
    }

    static async Task<List<ExemptPayer>> FindAsync(Session session, int area, UnitRange within, InsuranceYear year)
    {
        var (number, first, end, due) = (year.Year, within.First, within.End, Outcome.Due.Code());
        var rows = await (
            from payment in session.Table<PaymentRow>()
            join kept in session.Table<DueRow>() on new { payment.Area, payment.InsuranceYear, payment.PersonId }
                equals new { kept.Area, kept.InsuranceYear, kept.PersonId }
            join verdict in session.Table<DueVerdictRow>() on new { kept.Area, kept.VerdictId }
                equals new { verdict.Area, verdict.VerdictId }
            join person in session.Table<PersonRow>() on new { payment.Area, payment.PersonId } equals new { person.Area, person.PersonId }
            join unit in session.Table<UnitRow>() on new { payment.Area, Code = payment.Unit } equals new { unit.Area, unit.Code }
            where payment.Area == area && kept.Area == area && verdict.Area == area && person.Area == area && unit.Area == area
                && payment.InsuranceYear == number && payment.ReversedBy == null && payment.TransferId != null
                && verdict.Outcome == due && verdict.Personal < payment.Amount
                && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
                && !session.Table<RefundRow>().Any(row => row.Area == area && row.PaymentId == payment.PaymentId
                    && row.State != Refunds.Refused)
                && !session.Table<CollectionBatchRow>().Any(row => row.Area == area && row.BatchId == payment.BatchId
                    && row.State == Batches.Open)
            orderby unit.Path, payment.PaymentId
            select new { Payment = payment, person.Name, person.NumberMask, Unit = unit.Name, verdict.Personal }).ToListAsync();
        return rows.ConvertAll(row => new ExemptPayer(
            row.Payment, row.Name, row.NumberMask, row.Unit, Money.FromFen(row.Personal ?? 0), null, ""));
    }
}
