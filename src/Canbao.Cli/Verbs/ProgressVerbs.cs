using System.CommandLine;
using Canbao.Core.Reporting;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Counting;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao progress</c>: how far units are, and whether what is kept of it is what a recount says.</summary>
static class ProgressVerbs
{
    const int MostFaults = 20;

    public static Command Create() => new("progress", "各单位进度，核验计数") { Show(), Verify() };

    static Command Show()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        return Installation.Verb("show", "列出各单位应参保、已登记、已缴费人数", [area, year], async (call, installation, cancel) =>
        {
            var (code, chosen) = (call.GetValue(area), new InsuranceYear(call.GetValue(year)));
            await CounterOf(installation).FollowAsync(installation.Database, code, [chosen], cancel);
            var (tree, lines) = await installation.Database.ReadAsync(
                async session =>
                {
                    var tree = await UnitStore.ReadAsync(session, code);
                    return (tree, await Tally.ReadAsync(session, code, new(tree.PathOf(tree.Root)), chosen));
                },
                cancel);
            var figures = lines.GroupBy(line => line.Unit).ToDictionary(unit => unit.Key, ProgressFigures.Of, StringComparer.Ordinal);
            Console.WriteLine("单位\t应参保\t已登记\t已缴费\t个人不缴\t待缴费\t暂不能缴\t完成率‰");
            foreach (var unit in tree.All)
            {
                var sum = tree.Subtree(unit)
                    .Aggregate(default(ProgressFigures), (sum, each) => sum + figures.GetValueOrDefault(each.Code));
                Console.WriteLine(
                    $"{unit.Name}\t{sum.Expected}\t{sum.Enrolled}\t{sum.Paid}\t{sum.Free}\t{sum.Owing}\t{sum.Unclear}\t{sum.RatePerMille}");
            }

            return 0;
        });
    }

    static Command Verify()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        return Installation.Verb("verify", "重新清点每个人，与日常累计的进度数核对", [area, year], async (call, installation, cancel) =>
        {
            var (code, chosen) = (call.GetValue(area), new InsuranceYear(call.GetValue(year)));
            await CounterOf(installation).FollowAsync(installation.Database, code, [chosen], cancel);
            var faults = await installation.Database.ReadAsync(
                session => new CountCheck(CountedOf(installation)).RunAsync(session, code, chosen, MostFaults), cancel);
            foreach (var fault in faults)
                Console.Error.WriteLine($"canbao: {fault.Code} {fault.Text}");
            if (faults.Count > 0)
                return 1;
            Console.WriteLine("进度核验通过：逐人、逐单位、逐日的数都与重新清点一致");
            return 0;
        });
    }

    static CountedPeople CountedOf(Installation installation) => new(CatalogueNames.Of(installation.Shelf.Library));

    static Counter CounterOf(Installation installation) => new(CountedOf(installation), installation.Vault);
}
