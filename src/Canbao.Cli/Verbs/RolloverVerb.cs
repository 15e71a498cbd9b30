using System.CommandLine;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Rollover;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao rollover</c>: from one year to the next.</summary>
static class RolloverVerb
{
    const int MostUnits = 5;

    public static Command Create()
    {
        var area = Installation.AreaOption();
        var from = new Option<int>("--from") { Description = "上一年度", HelpName = "YEAR", Required = true };
        var to = new Option<int>("--to") { Description = "新年度", HelpName = "YEAR", Required = true };
        var does = new Option<bool>("--do") { Description = "办理缺的步骤：续保、到期名单、沿用任务、核定；不写则只看" };
        var on = PolicyOptions.DayOption("--on", "核定时假定的缴费日，也是续保的登记日（不晚于今天）；不写则为今天");
        return Installation.Verb("rollover", "年度结转：逐步看哪些已办、哪些还缺；重复办理不会变", [area, from, to, does, on],
            async (call, installation, cancel) =>
            {
                var (code, today) = (call.GetValue(area), BusinessDay.Of(Installation.Clock.GetUtcNow()));
                var year = RolloverDesk.Following(DuesVerbs.Year(call.GetValue(from)), DuesVerbs.Year(call.GetValue(to)));
                var names = CatalogueNames.Of(installation.Shelf.Library);
                var desk = new RolloverDesk(installation.Shelf, installation.Vault, new RosterDesk(installation.Vault, names));
                if (call.GetValue(does))
                    await DoAsync(installation, desk, (code, year, call.GetValue(on) ?? today, today), cancel);
                var (state, tree) = await installation.Database.ReadAsync(
                    async session => (
                        await desk.ReadAsync(session, code, year, today), await UnitStore.ReadAsync(session, code)),
                    cancel);
                Tell(state, tree, names);
                return state.IsDone ? 0 : 1;
            });
    }

    static async Task DoAsync(
        Installation installation, RolloverDesk desk, (int Area, InsuranceYear Year, DateOnly Day, DateOnly Today) of,
        CancellationToken cancel)
    {
        var (area, year, day, today) = of;
        var renewed = await DoAsync("默认续保", "enrol.renew", act => desk.RenewAsync(act, year, day > today ? null : day));
        Console.WriteLine($"续保 {renewed} 人");
        if (today >= year.FirstDay)
            Console.WriteLine($"生成到期名单 {await DoAsync("上年名单到期", "rollover.lists", act => desk.PrepareListsAsync(act, year))} 份");
        Console.WriteLine($"沿用任务 {await DoAsync("沿用上年任务", "target.carry", act => RolloverDesk.CarryTargetsAsync(act, year))} 项");
        var run = await Installation.ShowAsync("核定", progress => DoAsync(
            $"核定{year}年度应缴", "dues.make", act => desk.MakeDuesAsync(act, year, day, Installation.Shares(progress))));
        Console.WriteLine($"核定 {run.Seen} 人，新核定 {run.Added} 人，变化 {run.Changed} 人");

        Task<T> DoAsync<T>(string reason, string kind, Func<Act, Task<T>> work) =>
            Act.DoAsync(installation.Database, area, Installation.Doer(reason), kind, work, cancel);
    }

    static void Tell(RolloverState state, UnitTree tree, CategoryNames names)
    {
        Step(state.Packs.Count > 0 && state.WithoutPack.Count == 0, "政策包", state.WithoutPack.Count == 0
            ? string.Join('、', state.Packs.Select(row => $"{row.Pack}（{tree.Find(row.Unit)?.Name}，{row.FromDay:yyyy-MM-dd}起）"))
            : $"{state.WithoutPack.Count} 个单位没有政策包：{string.Join('、', state.WithoutPack.Take(MostUnits).Select(unit => unit.Name))}"
                + (state.WithoutPack.Count > MostUnits ? " 等" : ""));
        Step(state.ToRenew == 0, "续保", $"待续保 {state.ToRenew} 人");
        foreach (var (obstacle, people) in state.NotRenewed)
            Console.WriteLine($"      没有续保：{RegistryWords.Obstacle(obstacle)} {people} 人");
        Step(state.ListsAreDone, "当年名单", state.Lists.Count == 0 ? "没有到期的名单" : $"{state.Lists.Count} 份");
        foreach (var list in state.Lists)
            Console.WriteLine($"      {Departments.Chinese(list.Department)} {names.Chinese(list.Term.Category)} {list.People} 人："
                + $"{YearListWords.Of(list, state.Year)}（{list.Term.Why}）");
        Step(state is { TargetsMissing: 0, TargetsCarried: 0 }, "任务", $"缺 {state.TargetsMissing} 项，沿用上年待重新下达 {state.TargetsCarried} 项");
        Step(state.NotAssessed == 0, "核定", $"还没有核定 {state.NotAssessed} 人");
        foreach (var (turn, people) in state.Turning)
            Console.WriteLine($"  提示  {RolloverPeople.Chinese(turn, state.Year)} {people} 人");
    }

    static void Step(bool isDone, string name, string text) => Console.WriteLine($"  {(isDone ? "已办" : "待办")}  {name}：{text}");
}
