using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Policy;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Core.Work.Refunding;

/// <summary>On what a refund rests.</summary>
/// <param name="Basis">A rule of the pack, or a supervisor's decision where the pack is silent (decision 18).</param>
/// <param name="Rule">What the rule says; empty where the pack is silent.</param>
/// <param name="Clause">Its clause; empty where the pack is silent.</param>
/// <param name="Until">The last day of a request, or null.</param>
public readonly record struct RefundBasis(string Basis, string Rule, string Clause, DateOnly? Until);

/// <summary>What decides whether a payment may go back: the pack of its own day, and what the register says of the reason.</summary>
/// <param name="dues">What people owe.</param>
public sealed class RefundRules(Dues dues)
{
    /// <summary>Whether a payment may go back.</summary>
    /// <param name="session">A read, or the deed's transaction.</param>
    /// <param name="payment">The payment.</param>
    /// <param name="reason">Why.</param>
    /// <param name="today">The day of the request.</param>
    /// <exception cref="RefusedException">C172: the pack's rule forbids it. C173: the register says otherwise.</exception>
    public async Task<RefundBasis> JudgeAsync(Session session, PaymentRow payment, string reason, DateOnly today)
    {
        if (await WrongAsync(session, payment, reason) is { } wrong)
            throw new RefusedException("C173", wrong);
        var year = new InsuranceYear(payment.InsuranceYear);
        if (await dues.PlanAsync(session, payment.Area, year, payment.PersonId, payment.PaidOn) is not var (plan, facts))
            return new(Refunds.BySupervisor, "", "", null);
        if (reason == Refunds.NewlyExempt && plan.Pack.NewlyExempt is { } exempt)
        {
            var listed = await AssistedCover.ListedAsync(session, payment.Area, today, [payment.PersonId]);
            if (listed.TryGetValue(payment.PersonId, out var day) && exempt.Listed.Contains(day))
                return new(Refunds.ByRule, exempt.Source.Says, plan.Pack.Cite(exempt.Source.Clause), null);
        }

        if (plan.RefundRule(facts) is not var (head, until))
            return new(Refunds.BySupervisor, "", "", null);
        var clause = plan.Pack.Cite(head.Clause);
        return today <= until ? new(Refunds.ByRule, head.Says, clause, until) : throw new RefusedException(
            "C172", $"按“{head.Says}”（{clause}），{until:yyyy-MM-dd} 后不予退费；这笔缴费不能退");
    }

    static async Task<string?> WrongAsync(Session session, PaymentRow payment, string reason)
    {
        var (area, person, year) = (payment.Area, payment.PersonId, new InsuranceYear(payment.InsuranceYear));
        var first = year.FirstDay;
        switch (reason)
        {
            case Refunds.NewlyExempt:
                return await KeptAsync(session, payment) is { } due && due < payment.Amount
                    ? null : "按最近一次核定，此人并没有少缴或免缴；名单生效并重新核定后再申请";
            case Refunds.DiedBeforeYear:
                return await session.Table<PersonRow>().AnyAsync(row => row.Area == area && row.PersonId == person && row.DiedOn < first)
                    ? null : $"登记显示此人没有在{first:yyyy-MM-dd}之前死亡；如登记有误，请先更正";
            case Refunds.EmployeeBeforeYear:
                return await session.Table<PersonStatusRow>().AnyAsync(row => row.Area == area && row.PersonId == person
                        && row.Employment == Employment.Employee && row.FromDay < first && (row.UntilDay == null || row.UntilDay >= first))
                    ? null : $"登记显示此人没有在{first:yyyy-MM-dd}之前转为职工医保；请先变更就业情况";
            case Refunds.Duplicate:
                return await session.Table<PersonStatusRow>().AnyAsync(row => row.Area == area && row.PersonId == person
                        && row.OtherCover != OtherCover.None && (row.UntilDay == null || row.UntilDay >= first))
                    ? null : "登记显示此人没有在外地参保；请先处理比对结果或变更登记";
            case Refunds.PaidTwice or Refunds.OfficeError:
                return null;
            default:
                return "请选择退费原因";
        }
    }

    /// <summary>What a person owes by the verdict that was kept last, fen.</summary>
    static Task<long?> KeptAsync(Session session, PaymentRow payment)
    {
        var (area, person, year, due) = (payment.Area, payment.PersonId, payment.InsuranceYear, Outcome.Due.Code());
        return (
            from kept in session.Table<DueRow>()
            join verdict in session.Table<DueVerdictRow>()
                on new { kept.Area, kept.VerdictId } equals new { verdict.Area, verdict.VerdictId }
            where kept.Area == area && verdict.Area == area && kept.PersonId == person && kept.InsuranceYear == year
                && verdict.Outcome == due
            select verdict.Personal).FirstOrDefaultAsync();
    }
}
