using Canbao.Policy.Cases;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Policy.Prove;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Policy.Tests;

/// <summary>Next year's draft of each pack that ships.</summary>
public class PackCloneTests
{
    public static TheoryData<string> PackNames() => [.. Packs.Names];

    /// <summary>The draft is proved like its original, is of the next year, and says what is to be filled in.</summary>
    [Theory, MemberData(nameof(PackNames))]
    public void A_clone_is_proved_and_says_what_is_open(string pack)
    {
        var old = Packs.Load(pack).Pack;
        var plan = Compiled(pack, Cloned(pack));
        Assert.Equal(("next", old.Year.Next), (plan.Pack.Id, plan.Pack.Year));
        Assert.Equal(old.AgeCountedOn.AddYears(1), plan.Pack.AgeCountedOn);
        Assert.Equal(["P421", "P421", "P421"], plan.Pack.Unfilled.Select(finding => finding.Code));
        Assert.All(plan.Pack.Unfilled, finding => Assert.InRange(finding.At.Line, 5, 20));
        Assert.Empty(old.Unfilled);
        var report = Prover.Prove(plan);
        Assert.True(report.IsProved, string.Join('\n', report.Failures.Select(failure => failure.Finding)));
    }

    /// <summary>What was proved by an example is so for people and days one year later, but around a 29 February.</summary>
    [Theory, MemberData(nameof(PackNames))]
    public void Its_cases_hold_but_for_those_that_are_told(string pack)
    {
        var clone = Cloned(pack);
        var plan = Compiled(pack, clone);
        var findings = new List<Finding>();
        var cases = CaseReader.Read(clone.Files[CaseReader.CaseFile], "cases", plan.Pack.Catalogue, findings);
        Assert.Empty(findings);
        Assert.Equal(Packs.Cases(pack).Length, cases.Length);
        var wrong = cases.Where(one => one.Differences(plan).Any()).ToList();
        Assert.All(wrong, one => Assert.Contains(
            clone.Notes, note => Enumerable.Range(one.At.Line, 6).Any(line => note.Contains($"{CaseReader.CaseFile} 第 {line} 行"))));
    }

    [Theory, MemberData(nameof(PackNames))]
    public void Every_comment_stays(string pack)
    {
        foreach (var (name, text) in Cloned(pack).Files)
        {
            var comments = File.ReadAllLines(Repository.Path("policies", pack, name)).Where(line => line.TrimStart().StartsWith('#'));
            Assert.Empty(comments.Except(text.Split('\n')));
        }
    }

    [Fact]
    public void A_day_that_the_next_year_lacks_is_told()
    {
        var clone = PackClone.Of(
            new Dictionary<string, string> { ["cases.yaml"] = "a: 2020-02-29\nb: 2023-02-28\nc: 2021-02-28 # 2021-02-28\n# 2020-02-29\n" },
            "old", "next");
        Assert.Equal("a: 2021-02-28\nb: 2024-02-28\nc: 2022-02-28 # 2021-02-28\n# 2020-02-29\n", clone.Files["cases.yaml"]);
        Assert.Equal(2, clone.Notes.Length);
        Assert.Contains("第 1 行：2020-02-29 在 2021 年没有同一天", clone.Notes[0], StringComparison.Ordinal);
        Assert.Contains("第 2 行：2024-02-28 不是当月最后一天", clone.Notes[1], StringComparison.Ordinal);
    }

    /// <summary>The draft of a draft keeps 待填 once, and years in words go on with the dates.</summary>
    [Fact]
    public void A_draft_can_be_cloned_again()
    {
        var again = PackClone.Of(Cloned("lingyuan-2022").Files, "next", "later").Files[PackLibrary.PackFile];
        Assert.Contains("  number: 待填 # 原为 晋政灵〔2021〕111号\n", again, StringComparison.Ordinal);
        Assert.Contains("集中登记期2023年9月1日至12月31日", again, StringComparison.Ordinal);
        Assert.Contains("insurance_year: 2024", again, StringComparison.Ordinal);
    }

    static ClonedPack Cloned(string pack) => PackClone.Of(
        Directory.EnumerateFiles(Repository.Path("policies", pack), "*.yaml")
            .ToDictionary(file => Path.GetFileName(file), File.ReadAllText),
        pack, "next");

    static Plan Compiled(string pack, ClonedPack clone)
    {
        var findings = new List<Finding>();
        var plan = Packs.Compile(clone.Files[PackLibrary.PackFile], pack, findings);
        Assert.True(plan is not null, string.Join('\n', findings));
        return plan;
    }
}
