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
/// <param name="Code">Why it may not: C172 or C173; empty where it may.</param>
/// <param name="Refusal">The same in words.</param>
public readonly record struct RefundAnswer(RefundBasis? Basis, string Code, string Refusal);

/// <summary>What decides whether a payment may go back: the pack of its own day, and what the register says of the reason.</summary>
/// <param name="dues">What people owe.</param>
public sealed class RefundRules(Dues dues)
{
    const int MostAtOnce = 1000;

    /// <summary>Whether a payment may go back.</summary>
    /// <param name="session">A read, or the deed's transaction.</param>
    /// <param name="payment">The payment.</param>
    /// <param name="reason">Why.</param>
    /// <param name="today">The day of the request.</param>
    /// <exception cref="RefusedException">C172: the pack's rule forbids it. C173: the register says otherwise.</exception>
    public async Task<RefundBasis> JudgeAsync(Session session, PaymentRow payment, string reason, DateOnly today)
    {
        var answer = (await JudgeAsync(session, [payment], reason, today))[0];
        return answer.Basis ?? throw new RefusedException(answer.Code, answer.Refusal);
    }

    /// <summary>Whether payments of one area and year may go back, in a few statements however many they are.</summary>
    /// <returns>The answers, in the order of the payments.</returns>
    public async Task<IReadOnlyList<RefundAnswer>> JudgeAsync(
        Session session, IReadOnlyList<PaymentRow> payments, string reason, DateOnly today)
    {
        var answers = new List<RefundAnswer>(payments.Count);
        foreach (var part in payments.Chunk(MostAtOnce))
            answers.AddRange(await JudgePartAsync(session, part, reason, today));
        return answers;
    }

    async Task<IEnumerable<RefundAnswer>> JudgePartAsync(Session session, PaymentRow[] payments, string reason, DateOnly today)
    {
        var (area, year) = (payments[0].Area, new InsuranceYear(payments[0].InsuranceYear));
        var (borneOut, wrong) = await BorneOutAsync(session, payments, reason);
        var plans = new Dictionary<(long, DateOnly), (Plan Plan, PersonFacts Facts)>();
        foreach (var same in payments.Where(payment => borneOut.Contains(payment.PaymentId)).GroupBy(payment => payment.PaidOn))
            foreach (var (person, plan) in await dues.PlansAsync(session, area, year, [.. same.Select(row => row.PersonId)], same.Key))
                plans.Add((person, same.Key), plan);
        var listed = reason == Refunds.NewlyExempt && plans.Values.Any(one => one.Plan.Pack.NewlyExempt is not null)
            ? await AssistedCover.ListedAsync(session, area, today, [.. plans.Keys.Select(key => key.Item1).Distinct()]) : [];
        return payments.Select(payment => !borneOut.Contains(payment.PaymentId) ? new(null, "C173", wrong)
            : plans.TryGetValue((payment.PersonId, payment.PaidOn), out var found)
                ? Answer(found, listed.TryGetValue(payment.PersonId, out var day) ? day : null, today)
            : Silent);
    }

    static RefundAnswer Silent => new(new(Refunds.BySupervisor, "", "", null), "", "");

    /// <summary>What the pack says; <paramref name="listed"/> is the day of the list that made somebody exempt.</summary>
    static RefundAnswer Answer((Plan Plan, PersonFacts Facts) found, DateOnly? listed, DateOnly today)
    {
        var pack = found.Plan.Pack;
        if (pack.NewlyExempt is { } exempt && listed is { } day && exempt.Listed.Contains(day))
            return new(new(Refunds.ByRule, exempt.Source.Says, pack.Cite(exempt.Source.Clause), null), "", "");
        if (found.Plan.RefundRule(found.Facts) is not var (head, until))
            return Silent;
        var clause = pack.Cite(head.Clause);
        return today <= until ? new(new(Refunds.ByRule, head.Says, clause, until), "", "")
            : new(null, "C172", $"按“{head.Says}”（{clause}），{until:yyyy-MM-dd} 后不予退费；这笔缴费不能退");
    }

    /// <summary>The payments of which the register says what the reason says, and what is told of the others.</summary>
    static async Task<(HashSet<long> Payments, string Wrong)> BorneOutAsync(Session session, PaymentRow[] payments, string reason)
    {
        var (area, first) = (payments[0].Area, new InsuranceYear(payments[0].InsuranceYear).FirstDay);
        long[] people = [.. payments.Select(payment => payment.PersonId).Distinct()];
        var statuses = session.Table<PersonStatusRow>().Where(row => row.Area == area && people.Contains(row.PersonId)
            && (row.UntilDay == null || row.UntilDay >= first));
        switch (reason)
        {
            case Refunds.NewlyExempt:
                var kept = await KeptAsync(session, payments[0], people);
                return ([.. payments.Where(payment => kept.TryGetValue(payment.PersonId, out long due) && due < payment.Amount)
                    .Select(payment => payment.PaymentId)], "按最近一次核定，此人并没有少缴或免缴；名单生效并重新核定后再申请");
            case Refunds.DiedBeforeYear:
                return Of(await session.Table<PersonRow>()
                    .Where(row => row.Area == area && people.Contains(row.PersonId) && row.DiedOn < first)
                    .Select(row => row.PersonId).ToListAsync(), $"登记显示此人没有在{first:yyyy-MM-dd}之前死亡；如登记有误，请先更正");
            case Refunds.EmployeeBeforeYear:
                return Of(await statuses.Where(row => row.Employment == Employment.Employee && row.FromDay < first)
                    .Select(row => row.PersonId).ToListAsync(), $"登记显示此人没有在{first:yyyy-MM-dd}之前转为职工医保；请先变更就业情况");
            case Refunds.Duplicate:
                return Of(await statuses.Where(row => row.OtherCover != OtherCover.None)
                    .Select(row => row.PersonId).ToListAsync(), "登记显示此人没有在外地参保；请先处理比对结果或变更登记");
            case Refunds.PaidTwice or Refunds.OfficeError:
                return Of(people, "");
            default:
                return ([], "请选择退费原因");
        }

        (HashSet<long>, string) Of(IReadOnlyCollection<long> right, string wrong) =>
            ([.. payments.Where(payment => right.Contains(payment.PersonId)).Select(payment => payment.PaymentId)], wrong);
    }

    /// <summary>What people owe by the verdict that was kept last, fen; who owes nothing that can be told is left out.</summary>
    static async Task<Dictionary<long, long>> KeptAsync(Session session, PaymentRow payment, long[] people)
    {
        var (area, year, due) = (payment.Area, payment.InsuranceYear, Outcome.Due.Code());
        return (await (
            from kept in session.Table<DueRow>()
            join verdict in session.Table<DueVerdictRow>()
                on new { kept.Area, kept.VerdictId } equals new { verdict.Area, verdict.VerdictId }
            where kept.Area == area && verdict.Area == area && people.Contains(kept.PersonId) && kept.InsuranceYear == year
                && verdict.Outcome == due && verdict.Personal != null
            select new { kept.PersonId, Personal = verdict.Personal!.Value }).ToListAsync())
            .ToDictionary(one => one.PersonId, one => one.Personal);
    }
}
