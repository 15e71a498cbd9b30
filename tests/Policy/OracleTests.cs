using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Policy.Tests.Oracle;
using Xunit;

namespace Canbao.Policy.Tests;

/// <summary>Each notice is written out a second time by hand, from its text; over many people it must answer as the pack does.</summary>
public class OracleTests
{
    const int People = 200_000;

    delegate Expected Notice(in PersonFacts person);

    static readonly Dictionary<string, (Notice Answer, string[] Turns, string[] Births)> Notices = new()
    {
        ["baogou-2022"] = (BaogouNotice.Answer,
            ["2021-10-26", "2021-12-10", "2021-12-31", "2022-02-28", "2022-11-30", "2022-12-31"],
            ["1951-12-31", "1952-01-01", "1961-12-31", "1962-01-01"]),
        ["jincheng-2022"] = (JinchengNotice.Answer,
            ["2021-09-01", "2021-09-25", "2021-10-25", "2021-11-01", "2021-12-25", "2021-12-31", "2022-12-31"], ["2021-12-26"]),
        ["laishan-2022"] = (LaishanNotice.Answer, ["2021-09-01", "2021-12-31", "2022-12-31"], ["2003-12-31", "2004-01-01"]),
        ["lingyuan-2022"] = (LingyuanNotice.Answer,
            ["2021-10-10", "2021-12-31", "2022-03-10", "2022-06-30", "2022-10-31", "2022-12-31"],
            ["1961-12-31", "1962-01-01", "2003-12-31", "2004-01-01", "2022-01-01"]),
        ["lishi-2023"] = (LishiNotice.Answer, ["2022-09-01", "2022-12-25", "2022-12-31", "2023-03-26", "2023-12-31"], ["2022-12-26"]),
    };

    [Fact]
    public void Every_pack_has_a_notice_written_out() => Assert.Equal(Packs.Names, Notices.Keys.Order());

    [Theory]
    [InlineData("baogou-2022")]
    [InlineData("jincheng-2022")]
    [InlineData("laishan-2022")]
    [InlineData("lingyuan-2022")]
    [InlineData("lishi-2023")]
    public void The_pack_answers_as_the_notice(string pack)
    {
        var plan = Packs.Load(pack);
        var chosen = Enum.GetValues<StageName>().ToDictionary(stage => stage, _ => new int[64]);
        var differences = Differences(pack, plan, People, verdict =>
        {
            foreach (var (stage, counts) in chosen)
                if (verdict.RuleOf(stage) is >= 0 and var rule)
                    counts[rule]++;
        }).Take(20).ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences));

        // The comparison says something only where people reach every rule.
        AssertMet(plan.Stages.Scope, chosen);
        AssertMet(plan.Stages.Registration, chosen);
        AssertMet(plan.Stages.Periods, chosen);
        AssertMet(plan.Stages.PersonalStandard, chosen);
        AssertMet(plan.Stages.Payment, chosen);
        AssertMet(plan.Stages.Assistance, chosen);
        AssertMet(plan.Stages.Cover, chosen);
        AssertMet(plan.Stages.Refunds, chosen);
    }

    /// <summary>The first people at whom a plan differs from the notice that it puts into rules.</summary>
    internal static IEnumerable<string> Differences(string pack, Plan plan, int people, Action<Verdict>? met = null)
    {
        var (notice, turns, births) = Notices[pack];
        var random = new RandomPeople(20220101, [.. turns.Select(day => DateOnly.Parse(day))],
            [.. births.Select(day => DateOnly.Parse(day))]);
        for (var i = 0; i < people; i++)
        {
            var person = random.Next();
            var answer = plan.Assess(person);
            met?.Invoke(answer.Verdict);
            var (want, got) = (notice(person), Expected.Of(answer));
            if (want != got)
                yield return $"canbao explain --policy {pack} {FactsText.Options(person, plan.Pack.Catalogue)}\n"
                    + $"  notice {want}\n  pack   {got}";
        }
    }

    static void AssertMet<TResult>(Stage<TResult> stage, Dictionary<StageName, int[]> chosen)
    {
        for (var rule = 0; rule < stage.Rules.Length; rule++)
            Assert.True(chosen[stage.Name][rule] >= 20, $"{stage.Name} {stage.Rules[rule].Head.Id}: {chosen[stage.Name][rule]}");
    }
}
