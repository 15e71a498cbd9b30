using System.CommandLine;
using System.Globalization;
using Canbao.Core.Files;
using Canbao.Core.Units;
using Canbao.Core.Work.Shadow;
using Canbao.Policy.Compare;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao policy shadow</c>: what a pack would mean for the people of an area; nothing is stored.</summary>
static class ShadowVerb
{
    public static Command Create()
    {
        var (pack, area) = (PolicyOptions.PackArgument(), Installation.AreaOption());
        var year = new Option<int?>("--year") { Description = "现行一方的保险年度，按该年度已绑定的政策包；不写则与 PACK 同年度", HelpName = "YEAR" };
        var against = new Option<string?>("--against") { Description = "与这个政策包比较；不写则与已绑定的比较", HelpName = "PACK" };
        var on = PolicyOptions.DayOption("--on", "PACK 一方假定的缴费日；不写则为今天");
        var other = PolicyOptions.DayOption("--against-on", "现行一方假定的缴费日；不写则为其年度的同月同日");
        var output = new Option<string?>("--output") { Description = "按单位的合计写成 CSV", HelpName = "FILE" };
        return Installation.Verb(
            "shadow", "用登记的人试算一个政策包：谁多缴、谁少缴，各承担方各多少；不存入任何内容",
            [pack, area, year, on, against, other, output],
            async (call, installation, cancel) =>
            {
                if (PolicyOptions.Load(call.GetValue(pack)!) is not { } plan)
                    return Program.Unusable;
                var today = BusinessDay.Of(Installation.Clock.GetUtcNow());
                var then = ShadowSide.Of(installation.Shelf, call.GetValue(pack)!, call.GetValue(on) ?? today);
                var now = call.GetValue(against) is { } named
                    ? ShadowSide.Of(installation.Shelf, named, then.On)
                    : new(call.GetValue(year) is { } number ? DuesVerbs.Year(number) : then.Year, then.On, null);
                now = now with { On = call.GetValue(other) ?? then.SameDayIn(now.Year) };
                var order = new ShadowOrder(now, then, today);
                var (code, started) = (call.GetValue(area), Installation.Clock.GetTimestamp());
                var (tree, totals) = await Installation.ShowAsync("试算", progress => installation.Database.ReadAsync(
                    async session => (
                        await UnitStore.ReadAsync(session, code),
                        await new ShadowRun(installation.Shelf, installation.Vault).RunAsync(
                            session, code, order, Installation.Shares(progress))),
                    cancel));
                var seconds = Installation.Clock.GetElapsedTime(started).TotalSeconds;
                if (now.Pack is { } old)
                    PackText.Write(
                        Console.Out, installation.Shelf.Find(old).Pack, plan.Pack,
                        PackDiff.Between(installation.Shelf.Find(old), plan));
                Tell(order, tree, totals);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"读取 {totals.People} 人，用时 {seconds:0.0} 秒；没有存入任何内容"));
                if (call.GetValue(output) is not { } path)
                    return 0;
                using var file = new PendingFile(path);
                ShadowFile.Write(totals, tree, file.Stream);
                file.Commit();
                return 0;
            });
    }

    static void Tell(ShadowOrder order, UnitTree tree, ShadowTotals totals)
    {
        var sum = totals.Sum(_ => true);
        Console.WriteLine($"现行：{Side(order.Now)}；试算：{Side(order.Then)}");
        Console.WriteLine($"{tree.Root.Name}  {Changes(sum, " 人")}");
        Console.WriteLine($"  个人应缴合计由 {Money.FromFen(sum.Now)} 元变为 {Money.FromFen(sum.Then)} 元");
        foreach (var bill in totals.BillsOf(_ => true))
            Console.WriteLine($"  {bill.Funder.Title}：{bill.PeopleNow} 人 {Money.FromFen(bill.Now)} 元 → "
                + $"{bill.PeopleThen} 人 {Money.FromFen(bill.Then)} 元，增减 {Money.FromFen(bill.Growth)} 元");
        foreach (var pair in totals.Pairs(_ => true))
            Console.WriteLine($"  {pair.Change.Chinese()}  {pair.People} 人  "
                + $"{ShadowChanges.Text(pair.Now)} → {ShadowChanges.Text(pair.Then)}  "
                + pair.Then.Clauses.Replace(";", "；", StringComparison.Ordinal));
        foreach (var unit in tree.ChildrenOf(tree.Root))
        {
            var codes = tree.Subtree(unit).Select(each => each.Code).ToHashSet(StringComparer.Ordinal);
            var own = totals.Sum(codes.Contains);
            Console.WriteLine($"  {unit.Name}：{own.People} 人，{Changes(own, "")}，"
                + $"个人应缴 {Money.FromFen(own.Now)} → {Money.FromFen(own.Then)} 元");
        }
    }

    static string Changes(ShadowSum sum, string people) =>
        string.Join('，', ShadowChanges.All.Select(change => $"{change.Chinese()} {sum.Of(change)}{people}"));

    static string Side(ShadowSide side) => $"{side.Pack ?? $"{side.Year}年度已绑定的政策包"}，{side.On:yyyy-MM-dd} 缴费";
}
