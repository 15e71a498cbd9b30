using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Policy;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
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

/// <summary>Whether a payment may go back.</summary>
/// <param name="Basis">On what it rests; null where it may not.</param>
/// <param name="Code">C172: the pack's rule forbids it. C173: the register says otherwise. Empty where it may.</param>
/// <param name="Refusal">Why it may not; empty where it may.</param>
public readonly record struct RefundAnswer(RefundBasis? Basis, string Code, string Refusal);

/// <summary>What decides whether a payment may go back: the pack of its own day, and what the register says of the reason.</summary>
/// <param name="dues">What people owe.</param>
public sealed class RefundRules(Dues dues)
{
    const int MostNamed = 5000;

    /// <summary>Whether payments may go back, in a few statements for each year and payment day however many they are.</summary>
    /// <param name="session">A read, or the deed's transaction.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="payments">The payments.</param>
    /// <param name="reason">Why.</param>
    /// <param name="today">The day of the request.</param>
    /// <returns>By payment.</returns>
    public async Task<IReadOnlyDictionary<long, RefundAnswer>> JudgeAsync(
        Session session, int area, IReadOnlyCollection<PaymentRow> payments, string reason, DateOnly today)
    {
        var answers = new Dictionary<long, RefundAnswer>();
        foreach (var same in payments.GroupBy(payment => (payment.InsuranceYear, payment.PaidOn)))
            foreach (var part in same.Chunk(MostNamed))
                await JudgeAsync(session, area, (part, reason, today), answers);
        return answers;
    }

    /// <summary>Judges payments of one year and payment day.</summary>
    async Task JudgeAsync(
        Session session, int area, (PaymentRow[] Payments, string Reason, DateOnly Today) asked, Dictionary<long, RefundAnswer> answers)
    {
        var (payments, reason, today) = asked;
        var (year, day) = (new InsuranceYear(payments[0].InsuranceYear), payments[0].PaidOn);
        long[] people = [.. payments.Select(payment => payment.PersonId).Distinct()];
        var borne = await BorneOutAsync(session, area, year, (people, payments), reason);
        var plans = await dues.PlansAsync(session, area, year, people, day);
        var listed = reason == Refunds.NewlyExempt && plans.Values.Any(one => one.Plan.Pack.NewlyExempt is not null)
            ? await AssistedCover.ListedAsync(session, area, today, people) : [];
        foreach (var payment in payments)
            answers[payment.PaymentId] = !borne.Contains(payment.PaymentId) ? new(null, "C173", NotBorneOut(reason, year.FirstDay))
                : plans.TryGetValue(payment.PersonId, out var plan)
                    ? Judge(plan, listed.TryGetValue(payment.PersonId, out var on) ? on : null, today)
                    : new(new(Refunds.BySupervisor, "", "", null), "", "");
    }

    static RefundAnswer Judge((Plan Plan, PersonFacts Facts) asked, DateOnly? listed, DateOnly today)
    {
        var (plan, facts) = asked;
        if (listed is { } day && plan.Pack.NewlyExempt is { } exempt && exempt.Listed.Contains(day))
            return new(new(Refunds.ByRule, exempt.Source.Says, plan.Pack.Cite(exempt.Source.Clause), null), "", "");
        if (plan.RefundRule(facts) is not var (head, until))
            return new(new(Refunds.BySupervisor, "", "", null), "", "");
        var clause = plan.Pack.Cite(head.Clause);
        return today <= until ? new(new(Refunds.ByRule, head.Says, clause, until), "", "")
            : new(null, "C172", $"按“{head.Says}”（{clause}），{until:yyyy-MM-dd} 后不予退费；这笔缴费不能退");
    }

    /// <summary>The payments whose reason the register bears out.</summary>
    static async Task<HashSet<long>> BorneOutAsync(
        Session session, int area, InsuranceYear year, (long[] People, PaymentRow[] Payments) of, string reason)
    {
        var (people, first) = (of.People, year.FirstDay);
        switch (reason)
        {
            case Refunds.NewlyExempt:
                var owed = await OwedAsync(session, area, year, people);
                return Those(payment => owed.TryGetValue(payment.PersonId, out long due) && due < payment.Amount);
            case Refunds.DiedBeforeYear:
                return await WhoAsync(session.Table<PersonRow>()
                    .Where(row => row.Area == area && people.Contains(row.PersonId) && row.DiedOn < first).Select(row => row.PersonId));
            case Refunds.EmployeeBeforeYear:
                return await WhoAsync(session.Table<PersonStatusRow>()
                    .Where(row => row.Area == area && people.Contains(row.PersonId) && row.Employment == Employment.Employee
                        && row.FromDay < first && (row.UntilDay == null || row.UntilDay >= first)).Select(row => row.PersonId));
            case Refunds.Duplicate:
                return await WhoAsync(session.Table<PersonStatusRow>()
                    .Where(row => row.Area == area && people.Contains(row.PersonId) && row.OtherCover != OtherCover.None
                        && (row.UntilDay == null || row.UntilDay >= first)).Select(row => row.PersonId));
            case Refunds.PaidTwice or Refunds.OfficeError:
                return Those(_ => true);
            default:
                return [];
        }

        HashSet<long> Those(Func<PaymentRow, bool> which) => [.. of.Payments.Where(which).Select(payment => payment.PaymentId)];

        async Task<HashSet<long>> WhoAsync(IQueryable<long> which)
        {
            var who = (await which.ToListAsync()).ToHashSet();
            return Those(payment => who.Contains(payment.PersonId));
        }
    }

    static string NotBorneOut(string reason, DateOnly first) => reason switch
    {
        Refunds.NewlyExempt => "按最近一次核定，此人并没有少缴或免缴；名单生效并重新核定后再申请",
        Refunds.DiedBeforeYear => $"登记显示此人没有在{first:yyyy-MM-dd}之前死亡；如登记有误，请先更正",
        Refunds.EmployeeBeforeYear => $"登记显示此人没有在{first:yyyy-MM-dd}之前转为职工医保；请先变更就业情况",
        Refunds.Duplicate => "登记显示此人没有在外地参保；请先处理比对结果或变更登记",
        _ => "请选择退费原因",
    };

    /// <summary>What people owe by the verdicts that were kept last, fen.</summary>
    static async Task<Dictionary<long, long>> OwedAsync(Session session, int area, InsuranceYear year, long[] people)
    {
        var (number, due) = (year.Year, Outcome.Due.Code());
        return await (
            from kept in session.Table<DueRow>()
            join verdict in session.Table<DueVerdictRow>()
                on new { kept.Area, kept.VerdictId } equals new { verdict.Area, verdict.VerdictId }
            where kept.Area == area && verdict.Area == area && people.Contains(kept.PersonId) && kept.InsuranceYear == number
                && verdict.Outcome == due && verdict.Personal != null
            select new { kept.PersonId, verdict.Personal }).ToDictionaryAsync(one => one.PersonId, one => one.Personal!.Value);
    }
}
