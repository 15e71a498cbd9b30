using System.CommandLine;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Work;
using Canbao.Core.Work.Reconciliation;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao reconcile</c>: a channel's day against its statement and the bank.</summary>
static class ReconcileVerbs
{
    public static Command Create() =>
        new("reconcile", "对账：导入对账单、登记缴存、核对、日结、查看") { Import(), Deposit(), Run(), Close(), Show() };

    static Command Import()
    {
        var (area, code, day, year) = (Installation.AreaOption(), CodeOption(), DayOption(), Installation.YearOption());
        var file = new Argument<string>("FILE") { Description = "渠道对账单（.csv 或 .xlsx），有流水号、金额、缴费时间三列" };
        return Installation.Verb("import", "导入渠道某日的对账单并核对", [area, code, day, year, file], async (call, installation, cancel) =>
        {
            await using var content = TableFile.At(call.GetValue(file)!).Open();
            var order = new StatementOrder(
                call.GetValue(code)!, call.GetValue(day)!.Value, new(call.GetValue(year)), call.GetValue(file)!, content);
            var (statement, isNew) = await Act.DoAsync(
                installation.Database, call.GetValue(area), Installation.Doer("导入渠道对账单"), "statement.import",
                act => Reconciler(installation).ImportAsync(act, order), cancel);
            Console.WriteLine(isNew
                ? $"已导入 {statement.Lines} 行，计 {Money.FromFen(statement.Amount)} 元" : "这份对账单已经导入过，没有变化");
            return await ShowAsync(installation, call.GetValue(area), statement.Channel, statement.Day, cancel);
        });
    }

    static Command Deposit()
    {
        var (area, code, day) = (Installation.AreaOption(), CodeOption(), DayOption());
        var slip = new Option<string>("--slip") { Description = "缴存凭证号", HelpName = "NO", Required = true };
        var amount = new Option<string>("--amount") { Description = "金额（元）", HelpName = "YUAN", Required = true };
        return Installation.Verb("deposit", "登记缴入国库的款项", [area, code, day, slip, amount], async (call, installation, cancel) =>
        {
            if (!Money.TryParseYuan(call.GetValue(amount), out var sum))
                return Installation.Refuse("C160 金额须以元为单位，如 320.00");
            await Act.DoAsync(installation.Database, call.GetValue(area), Installation.Doer("登记缴存"), "deposit.enter",
                act => DayDesk.DepositAsync(act, call.GetValue(code)!, call.GetValue(day)!.Value, sum, call.GetValue(slip)!), cancel);
            return await ShowAsync(installation, call.GetValue(area), call.GetValue(code)!, call.GetValue(day)!.Value, cancel);
        });
    }

    static Command Run()
    {
        var (area, code, day) = (Installation.AreaOption(), CodeOption(), DayOption());
        return Installation.Verb("run", "重新核对某日", [area, code, day], async (call, installation, cancel) =>
        {
            await Act.DoAsync(installation.Database, call.GetValue(area), Installation.Doer("核对渠道款项"), "reconcile.run",
                act => Reconciler(installation).RunAsync(act, call.GetValue(code)!, call.GetValue(day)!.Value), cancel);
            return await ShowAsync(installation, call.GetValue(area), call.GetValue(code)!, call.GetValue(day)!.Value, cancel);
        });
    }

    static Command Close()
    {
        var (area, code, day) = (Installation.AreaOption(), CodeOption(), DayOption());
        return Installation.Verb("close", "日结：须由没有经办当日款项的人办理", [area, code, day], async (call, installation, cancel) =>
        {
            await Act.DoAsync(installation.Database, call.GetValue(area), Installation.Doer("日结"), "day.close",
                act => DayDesk.CloseAsync(act, call.GetValue(code)!, call.GetValue(day)!.Value), cancel);
            return await ShowAsync(installation, call.GetValue(area), call.GetValue(code)!, call.GetValue(day)!.Value, cancel);
        });
    }

    static Command Show()
    {
        var (area, code, day) = (Installation.AreaOption(), CodeOption(), DayOption());
        return Installation.Verb("show", "查看某日三方金额和差异", [area, code, day], (call, installation, cancel) =>
            ShowAsync(installation, call.GetValue(area), call.GetValue(code)!, call.GetValue(day)!.Value, cancel));
    }

    /// <summary>Tells how a day stands; 1 while something is open.</summary>
    static async Task<int> ShowAsync(Installation installation, int area, string channel, DateOnly day, CancellationToken cancel)
    {
        var (sums, kinds, close) = await installation.Database.ReadAsync(
            async session =>
            {
                var statement = await Statements.FindAsync(session, area, channel, day);
                return (await DayDesk.SumsAsync(session, area, channel, day),
                    statement is null ? [] : await Discrepancies.SumsAsync(session, statement),
                    await ChannelDays.CloseAsync(session, area, channel, day));
            },
            cancel);
        Console.WriteLine($"渠道对账单：{(sums.Statement is { } fen ? $"{Money.FromFen(fen)} 元" : "未导入")}");
        Console.WriteLine($"我方入账：{Money.FromFen(sums.Told)} 元");
        Console.WriteLine($"缴入国库：{Money.FromFen(sums.Deposited)} 元");
        foreach (var (kind, chinese) in Discrepancies.Kinds)
            if (kinds.FirstOrDefault(sum => sum.Kind == kind) is { } sum)
                Console.WriteLine($"{chinese}：{sum.Count} 条，待处理 {sum.Open} 条");
        Console.WriteLine(close is null ? "未日结" : $"已日结（{close.Account}）");
        return kinds.Any(sum => sum.Open > 0) ? 1 : 0;
    }

    static Reconciler Reconciler(Installation installation) =>
        new(new ChannelDesk(installation.Dues, installation.Vault), installation.Vault);

    static Option<string> CodeOption() => new("--code") { Description = "渠道代码", HelpName = "CODE", Required = true };

    static Option<DateOnly?> DayOption()
    {
        var option = PolicyOptions.DayOption("--day", "对账日期");
        option.Required = true;
        return option;
    }
}
