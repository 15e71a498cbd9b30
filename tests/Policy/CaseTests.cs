using Xunit;

namespace Canbao.Policy.Tests;

/// <summary>Each worked example beside a pack is a test; it carries the clauses that it proves as traits.</summary>
public class CaseTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases() =>
        from pack in Packs.Names
        let cases = Packs.Cases(pack)
        let prefix = Packs.Load(pack).Pack.ClausePrefix
        from example in cases
        select new TheoryDataRow<string, string>(pack, example.Says)
        {
            Traits = new() { ["clause"] = [.. example.Clauses.Select(clause => $"{prefix} {clause}")] },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_pack_answers_as_the_case_says(string pack, string says)
    {
        var plan = Packs.Load(pack);
        var example = Packs.Cases(pack).Single(candidate => candidate.Says == says);
        Assert.Empty(example.Differences(plan));
    }
}
