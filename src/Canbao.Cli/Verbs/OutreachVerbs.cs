using System.CommandLine;
using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Core.Work.Outreach;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao outreach</c>: the ledger of those who should be insured and are not.</summary>
static class OutreachVerbs
{
    public static Command Create() => new("outreach", "扩面台账：应参保而未登记、未缴费的人，逐人立项") { Open(), List() };

    static Command Open()
    {
        var (area, year, unit) = (Installation.AreaOption(), Installation.YearOption(), UnitOption());
        return Installation.Verb("open", "比对登记和缴费：新立未参保的人，已缴费的自动结案", [area, year, unit],
            async (call, installation, cancel) =>
            {
                var (code, insuranceYear) = (call.GetValue(area), DuesVerbs.Year(call.GetValue(year)));
                if (await WithinAsync(installation, code, call.GetValue(unit), cancel) is not var (_, within))
                    return NoUnit(call.GetValue(unit));
                await new AuditChain(installation.Vault).SealAsync(installation.Database, code, cancel);
                var followed = await OutreachFollower.FollowAsync(installation.Database, code, cancel);
                var run = followed + await Act.DoAsync(
                    installation.Database, code, Installation.Doer($"比对生成{insuranceYear}年度扩面台账"), "outreach.open",
                    act => OutreachDesk.OpenAsync(act, insuranceYear, within), cancel);
                Console.WriteLine(OutreachText.Told(run));
                return 0;
            });
    }

    static Command List()
    {
        var (area, year, unit) = (Installation.AreaOption(), Installation.YearOption(), UnitOption());
        return Installation.Verb("list", "各单位在办和结案的人数", [area, year, unit], async (call, installation, cancel) =>
        {
            var (code, insuranceYear) = (call.GetValue(area), DuesVerbs.Year(call.GetValue(year)));
            if (await WithinAsync(installation, code, call.GetValue(unit), cancel) is not var (tree, within))
                return NoUnit(call.GetValue(unit));
            var counts = await installation.Database.ReadAsync(
                session => OutreachFigures.ReadAsync(session, code, within, insuranceYear), cancel);
            Console.WriteLine("单位\t未登记\t已登记未缴费\t自动结案\t不计入应参保\t其他结案");
            foreach (var each in tree.All.Where(each => counts.ContainsKey(each.Code)))
                Console.WriteLine(Line(each.Name, counts[each.Code]));
            Console.WriteLine(Line("合计", counts.Values.Aggregate(default(OutreachCounts), (sum, each) => sum + each)));
            return 0;
        });

        static string Line(string name, OutreachCounts counts) => string.Join(
            '\t', name, counts.Unregistered, counts.Unpaid, counts.Settled, counts.Excluded, counts.Given);
    }

    static Option<string?> UnitOption() => new("--unit") { Description = "只办这个单位及下级；不写则为全地区", HelpName = "CODE" };

    static async Task<(UnitTree Tree, UnitRange Within)?> WithinAsync(
        Installation installation, int area, string? code, CancellationToken cancel)
    {
        var tree = await installation.Database.ReadAsync(session => UnitStore.ReadAsync(session, area), cancel);
        return (code is null ? tree.Root : tree.Find(code)) is { } unit ? (tree, new UnitRange(tree.PathOf(unit))) : null;
    }

    static int NoUnit(string? code) => Installation.Refuse($"O111 没有单位“{code}”；请核对单位代码");
}
