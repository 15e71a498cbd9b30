using System.CommandLine;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Core.Work.Funding;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao funding</c>: what each funder owes.</summary>
static class FundingVerbs
{
    public static Command Create() => new("funding", "资助资金：核算各承担方应拨的资金，查看账单") { Book(), Bill() };

    static Command Book()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        return Installation.Verb("book", "按现在的缴费、名单和政策核算，只补记变动的部分", [area, year],
            async (call, installation, cancel) =>
            {
                var insuranceYear = DuesVerbs.Year(call.GetValue(year));
                var booked = await Installation.ShowAsync("核算", progress => Act.DoAsync(
                    installation.Database, call.GetValue(area), Installation.Doer($"核算{insuranceYear}年度资助资金"), "funding.book",
                    act => new ShareBooking(installation.Dues).BookAsync(act, insuranceYear, Installation.Shares(progress)), cancel));
                Console.WriteLine(FundingText.Told(booked));
                return 0;
            });
    }

    static Command Bill()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        return Installation.Verb("bill", "各承担方应拨的资金，按资助对象", [area, year], async (call, installation, cancel) =>
        {
            var (code, insuranceYear) = (call.GetValue(area), DuesVerbs.Year(call.GetValue(year)));
            var parts = await installation.Database.ReadAsync(
                async session =>
                {
                    var tree = await UnitStore.ReadAsync(session, code);
                    var path = tree.PathOf(tree.Root);
                    var viewer = new Viewer("@bill", "", Role.Bureau, code, tree.Root.Code, path, null);
                    return await FundingBills.BillAsync(session, viewer, new(insuranceYear, new(path)));
                },
                cancel);
            foreach (var same in parts.GroupBy(part => part.Ground).OrderBy(same => same.Key.Account, StringComparer.Ordinal))
            {
                Console.WriteLine($"{same.Key.PayerName}  {same.Key.Name}  {same.Key.Clause}  应拨 {Sum(same, part => part.Owed)} 元，"
                    + $"未申请 {Sum(same, part => part.Open)} 元，申请中 {Sum(same, part => part.Claimed)} 元，"
                    + $"已结清 {Sum(same, part => part.Settled)} 元");
            }

            Console.WriteLine($"合计  应拨 {Sum(parts, part => part.Owed)} 元");
            return 0;
        });
    }

    static Money Sum(IEnumerable<BillPart> parts, Func<BillPart, long> what) => Money.FromFen(parts.Sum(what));
}
