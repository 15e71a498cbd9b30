using System.CommandLine;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Counting;
using Canbao.Core.Work.WorkFunds;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao work-funds</c>: what communities get for enrolment, forecast and decided.</summary>
static class WorkFundVerbs
{
    public static Command Create() => new("work-funds", "工作经费：按参保率和激活率每人多少，预计、核定、更正") { Show(), Fix() };

    static Command Show()
    {
        var (area, year, unit) = (Installation.AreaOption(), Installation.YearOption(), UnitOption());
        return Installation.Verb("show", "列出各社区（村）怎样算出；核定过的按最后一版", [area, year, unit], async (call, installation, cancel) =>
        {
            var (book, _) = await ReadAsync(
                installation, (call.GetValue(area), call.GetValue(unit), new(call.GetValue(year))), cancel);
            Console.WriteLine(book.Last is { } last ? $"{book.Unit.Name}：第 {last.Version} 版，{last.DecidedOn:yyyy-MM-dd} 核定，摘要 {last.Digest}"
                : $"{book.Unit.Name}：{(book.IsForecast ? "预计" : "尚未核定")}，截至 {book.Rule.On:yyyy-MM-dd}");
            foreach (var line in book.Lines)
            {
                var next = book.Last is null && book.IsForecast ? FundsRule.Next(book.Rule, line) : "";
                Console.WriteLine($"{line.Name}\t{line.Working}{(next.Length > 0 ? $"\t{next}" : "")}");
            }

            Console.WriteLine(
                $"合计\t{book.Lines.Sum(line => line.Settled)} 人\t{Money.FromFen(book.Lines.Sum(line => line.Amount))} 元");
            if (!book.IsIntact)
                return Fault("T517 保存的各行与核定时的摘要不符，可能被改动；请报告管理员");
            return book.Differs ? Fault("提示：现在重算与核定不同；如应更正，用 canbao work-funds fix --reason") : 0;
        });
    }

    static Command Fix()
    {
        var (area, year, unit) = (Installation.AreaOption(), Installation.YearOption(), UnitOption());
        var reason = new Option<string>("--reason")
        {
            Description = "更正已核定的须写明原因",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "",
        };
        return Installation.Verb("fix", "到期后核定；再次核定是更正，另立一版", [area, year, unit, reason], async (call, installation, cancel) =>
        {
            var (book, viewer) = await ReadAsync(
                installation, (call.GetValue(area), call.GetValue(unit), new(call.GetValue(year))), cancel);
            var row = await Act.DoAsync(
                installation.Database, viewer.Area, Installation.Doer("核定工作经费"), "work_fund.decide",
                act => new WorkFundDesk(installation.Shelf).DecideAsync(
                    act, viewer, (book.Unit.Code, book.Year), book.Digest, call.GetValue(reason)!), cancel);
            Console.WriteLine($"{book.Unit.Name}第 {row.Version} 版：{row.People} 人，{Money.FromFen(row.Amount)} 元，摘要 {row.Digest}");
            return 0;
        });
    }

    /// <exception cref="RefusedException">T510: no work funds there.</exception>
    static async Task<(WorkFundBook Book, Viewer Viewer)> ReadAsync(
        Installation installation, (int Area, string? Unit, InsuranceYear Year) which, CancellationToken cancel)
    {
        var counter = new Counter(new CountedPeople(CatalogueNames.Of(installation.Shelf.Library)), installation.Vault);
        await counter.FollowAsync(installation.Database, which.Area, [which.Year], cancel);
        return await installation.Database.ReadAsync(
            async session =>
            {
                var tree = await UnitStore.ReadAsync(session, which.Area);
                // Whoever runs the program sees the whole area, as the bureau does.
                var viewer = new Viewer("@funds", "", Role.Bureau, which.Area, tree.Root.Code, tree.PathOf(tree.Root), null);
                var desk = new WorkFundDesk(installation.Shelf);
                var units = await desk.UnitsAsync(session, viewer, tree, which.Year);
                var unit = which.Unit ?? (units.Count > 0 ? units[0].Code : "");
                var today = BusinessDay.Of(Installation.Clock.GetUtcNow());
                return (await desk.ReadAsync(session, viewer, tree, (unit, which.Year), today)
                    ?? throw new RefusedException("T510", $"{which.Unit ?? "本地区"}{which.Year}年度没有工作经费的规定；请核对单位和年度"), viewer);
            },
            cancel);
    }

    static int Fault(string text)
    {
        Console.Error.WriteLine($"canbao: {text}");
        return 1;
    }

    static Option<string?> UnitOption() => new("--unit") { Description = "规定所属的单位，如街道；不写则为第一个", HelpName = "CODE" };
}
