using Canbao.Policy.Compare;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Policy.Tests;

public class PackDiffTests
{
    public static TheoryData<string> PackNames() => [.. Packs.Names];

    [Theory]
    [MemberData(nameof(PackNames))]
    public void A_pack_does_not_differ_from_itself(string pack)
    {
        var diff = PackDiff.Between(Packs.Load(pack), Packs.Load(pack));
        Assert.Empty(diff.Rules);
        Assert.Empty(diff.Effects);
    }

    [Fact]
    public void A_longer_period_is_told_with_the_days_and_people_it_helps()
    {
        var diff = PackDiff.Between(Packs.Load("baogou-2022"), Changed("baogou-2022",
            ("days: 2021-10-26..2021-12-10", "days: 2021-10-26..2021-12-20"), ("days: 2021-12-11..", "days: 2021-12-21..")));
        Assert.Equal(["集中征缴期", "集中征缴期后"], diff.Rules.Select(change => change.After!.Head.Says));
        Assert.All(diff.Effects, effect => Assert.Equal(new DateRange(new(2021, 12, 11), new(2021, 12, 20)), effect.Days));
        var ordinary = Assert.Single(diff.Effects, effect => effect.Who.Contains("普通成年居民", StringComparison.Ordinal));
        Assert.Equal("应缴 900.00 元，缴费30日后至年底享受待遇", ordinary.Before);
        Assert.Equal("应缴 320.00 元，保险年度全年享受待遇", ordinary.After);
        Assert.Contains(diff.Effects, effect => effect.Who.Contains("60至69岁居民", StringComparison.Ordinal)
            && effect.After.StartsWith("应缴 160.00 元（市财政承担 160.00 元）", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_is_not_touched_is_not_named()
    {
        var diff = PackDiff.Between(Packs.Load("lishi-2023"), Changed("lishi-2023",
            ("resident_pays: 35.00", "resident_pays: 50.00"), ("aid: 315.00", "aid: 300.00")));
        Assert.Equal("返贫致贫人口", Assert.Single(diff.Rules).After!.Head.Says);
        Assert.Equal("返贫致贫人口", Assert.Single(diff.Effects).Who);
        Assert.Contains("应缴 50.00 元（医疗救助资金承担 300.00 元）", diff.Effects[0].After, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_is_gone_and_one_that_is_new_are_told()
    {
        var diff = PackDiff.Between(Packs.Load("baogou-2022"), Changed("baogou-2022", ("id: severely_disabled", "id: renamed")));
        Assert.Equal([("severely_disabled", ""), ("", "renamed")],
            diff.Rules.Select(change => (change.Before?.Head.Id ?? "", change.After?.Head.Id ?? "")));
        Assert.Empty(diff.Effects);
    }

    [Fact]
    public void Seasons_of_two_years_are_compared_day_by_day_of_the_season()
    {
        var next = Packs.Text("baogou-2022").Replace("2022", "2023", StringComparison.Ordinal)
            .Replace("2021", "2022", StringComparison.Ordinal)
            .Replace("1952-01-01..1961-12-31", "1953-01-01..1962-12-31", StringComparison.Ordinal)
            .Replace("..1951-12-31", "..1952-12-31", StringComparison.Ordinal);
        var diff = PackDiff.Between(Packs.Load("baogou-2022"), Packs.Compile(next, "baogou-2022", [])!);
        Assert.NotEmpty(diff.Rules);
        Assert.Empty(diff.Effects);
    }

    static Plan Changed(string pack, params (string Old, string New)[] changes)
    {
        var text = changes.Aggregate(Packs.Text(pack), (all, change) => all.Replace(change.Old, change.New, StringComparison.Ordinal));
        var findings = new List<Finding>();
        return Packs.Compile(text, pack, findings) ?? throw new InvalidDataException(string.Join('\n', findings));
    }
}
