using System.CommandLine;
using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Core.Events;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao clocks</c>: hand-overs with a time of working days.</summary>
static class ClockVerbs
{
    public static Command Create() => new("clocks", "有办理时限的移交：待办、超期、已办") { List(), Done() };

    static Command List()
    {
        var area = Installation.AreaOption();
        var office = new Option<string?>("--office") { Description = "只看一个单位：部门或岗位代码", HelpName = "CODE" };
        var all = new Option<bool>("--all") { Description = "已办结的也列出" };
        return Installation.Verb("list", "列出时限，超期的在前", [area, office, all], async (call, installation, cancel) =>
        {
            var today = BusinessDay.Of(Installation.Clock.GetUtcNow());
            var clocks = await installation.Database.ReadAsync(
                session => Clocks.Published.ListAsync(
                    session, call.GetValue(area), today, call.GetValue(office), isRunning: !call.GetValue(all)),
                cancel);
            foreach (var clock in clocks)
                Console.WriteLine(string.Join(
                    "  ", clock.Row.ClockId, Stand(clock), Departments.Office(clock.Row.Office), clock.Kind.Chinese, clock.Row.Subject));
            foreach (var sum in Clocks.Sum(clocks))
                Console.WriteLine($"{Departments.Office(sum.Office)}：超期 {sum.Overdue}，"
                    + $"待办 {sum.Running}，逾期办结 {sum.DoneLate}，按时办结 {sum.Done}");
            return clocks.Exists(clock => clock.State == ClockState.Overdue) ? 1 : 0;
        });
    }

    static Command Done()
    {
        var area = Installation.AreaOption();
        var id = new Argument<long>("ID") { Description = "时限编号，见 canbao clocks list" };
        var on = PolicyOptions.DayOption("--on", "办结日期；不写则为今天");
        var reason = new Option<string>("--reason") { Description = "说明，如文号或回执", HelpName = "TEXT", Required = true };
        return Installation.Verb("done", "登记一项移交已办结", [id, area, on, reason], async (call, installation, cancel) =>
        {
            var done = await Act.DoAsync(
                installation.Database, call.GetValue(area), Installation.Doer(call.GetValue(reason)!), "clock.done",
                act => Clocks.DoneAsync(act, call.GetValue(id), call.GetValue(on) ?? act.Today), cancel);
            Console.WriteLine(done.DoneOn > done.DueOn ? $"已登记办结，期限是{done.DueOn:yyyy-MM-dd}，属逾期办结" : "已登记办结");
            return 0;
        });
    }

    static string Stand(Clock clock) => clock.State switch
    {
        ClockState.Overdue => $"{clock.Row.DueOn:yyyy-MM-dd} 超期 {-clock.DaysLeft} {clock.Kind.Unit}",
        ClockState.Running => $"{clock.Row.DueOn:yyyy-MM-dd} 还有 {clock.DaysLeft} {clock.Kind.Unit}",
        ClockState.Undated => "期限待放假安排公布",
        ClockState.DoneLate => $"{clock.Row.DueOn:yyyy-MM-dd} 逾期办结 {clock.Row.DoneOn:yyyy-MM-dd}",
        _ => $"{clock.Row.DueOn:yyyy-MM-dd} 按时办结 {clock.Row.DoneOn:yyyy-MM-dd}",
    };
}
