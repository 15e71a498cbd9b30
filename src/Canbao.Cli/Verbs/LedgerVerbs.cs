using System.CommandLine;
using Canbao.Core.Ledger;
using Canbao.Core.Work;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao ledger</c>: where the money is, and whether everything that is kept adds up.</summary>
static class LedgerVerbs
{
    public static Command Create() => new("ledger", "账户余额，核验总账") { Balances(), Verify() };

    static Command Balances()
    {
        var area = Installation.AreaOption();
        return Installation.Verb("balances", "列出各账户余额（元）", [area], async (call, installation, cancel) =>
        {
            var balances = await installation.Database.ReadAsync(
                session => Transfers.BalancesAsync(session, call.GetValue(area)), cancel);
            foreach (var (account, fen) in balances.OrderBy(one => one.Key, StringComparer.Ordinal))
                Console.WriteLine($"{account,-24}{Money.FromFen(fen),16}");
            Console.WriteLine($"{"合计",-22}{Money.FromFen(balances.Values.Sum()),16}");
            return 0;
        });
    }

    static Command Verify()
    {
        var area = Installation.AreaOption();
        return Installation.Verb("verify", "逐笔核验：借贷平衡、现金不为负、缴费与转账、挂账、待遇期相符", [area],
            async (call, installation, cancel) =>
            {
                var faults = await installation.Database.ReadAsync(
                    session => MoneyCheck.RunAsync(session, call.GetValue(area)), cancel);
                foreach (var fault in faults)
                    Console.Error.WriteLine($"canbao: {fault.Code} {fault.Text}");
                if (faults.Count > 0)
                    return 1;
                Console.WriteLine("总账核验通过：转账、结存、缴费、挂账、待遇期全部相符");
                return 0;
            });
    }
}
