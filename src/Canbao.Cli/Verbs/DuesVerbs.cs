using System.CommandLine;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Policy;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao dues</c>: what everybody of an area owes, from the register.</summary>
static class DuesVerbs
{
    const int MostShown = 20;

    public static Command Create() => new("dues", "按登记核定一个地区每个人的应缴金额") { Make(), Pending() };

    static Command Make()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        var on = PolicyOptions.DayOption("--on", "按这一天缴费核定；不写则为今天");
        var dry = new Option<bool>("--dry-run") { Description = "只试算：谁会变，为什么" };
        return Installation.Verb("make", "核定所有人，只改有变化的", [area, year, on, dry], async (call, installation, cancel) =>
        {
            var insuranceYear = Year(call.GetValue(year));
            var day = call.GetValue(on) ?? BusinessDay.Of(Installation.Clock.GetUtcNow());
            var code = call.GetValue(area);
            var run = await Installation.ShowAsync("核定", progress => call.GetValue(dry)
                ? installation.Database.ReadAsync(
                    session => installation.Dues.TryAsync(session, code, insuranceYear, day, Installation.Shares(progress)), cancel)
                : Act.DoAsync(installation.Database, code, Installation.Doer($"核定{insuranceYear}年度应缴"), "dues.make",
                    act => installation.Dues.MakeAsync(act, insuranceYear, day, Installation.Shares(progress)), cancel));
            Tell(run, call.GetValue(dry));
            return 0;
        });
    }

    static Command Pending()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        return Installation.Verb("pending", "列出待主管部门确定的人", [area, year], async (call, installation, cancel) =>
        {
            var rows = await installation.Database.ReadAsync(
                session => Dues.OfOutcomeAsync(
                    session, call.GetValue(area), Year(call.GetValue(year)), Outcome.PolicyPending.Code(), int.MaxValue),
                cancel);
            foreach (var row in rows)
                Console.WriteLine($"{row.Unit}\t{row.PersonId}");
            Console.Error.WriteLine($"待主管部门确定 {rows.Count} 人");
            return 0;
        });
    }

    internal static InsuranceYear Year(int year) => year is >= InsuranceYear.MinYear and <= InsuranceYear.MaxYear
        ? new(year)
        : throw new RefusedException("A104", $"保险年度 {year} 不对；应为四位年份，如 2022");

    static void Tell(DueRun run, bool isDry)
    {
        foreach (var change in run.Changes.Take(isDry ? int.MaxValue : MostShown))
            Console.WriteLine($"{change.Unit}\t{change.PersonId}\t{Text(change.Old!)} → {Text(change.New)}\t{Why(change)}");
        Console.WriteLine($"{(isDry ? "试算，没有存入：" : "")}共 {run.Seen} 人，新核定 {run.Added} 人，变化 {run.Changed} 人，不变 {run.Unchanged} 人");
        foreach (var (outcome, people) in run.ByOutcome.OrderByDescending(pair => pair.Value))
            Console.WriteLine($"  {DueText.Outcome(outcome)}：{people} 人");
    }

    static string Why(DueChange change) => change.FactsDiffer ? "事实有变" : "日期或政策有变";

    static string Text(DueVerdictRow verdict) =>
        verdict.Personal is { } fen ? $"应缴 {Money.FromFen(fen)} 元" : DueText.Outcome(verdict.Outcome);
}
