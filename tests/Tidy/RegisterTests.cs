using Xunit;

namespace Canbao.Tidy.Tests;

/// <summary>Packs, cases and tests name only clauses of docs/clauses.yaml, and leave none of them out that is due.</summary>
public class RegisterTests(ITestOutputHelper output)
{
    static readonly string[] Kinds = ["policy", "process", "form", "data", "outside"];

    /// <summary>The kinds whose every entry must be named: policy by a case, any other by a test.</summary>
    static readonly string[] CoveredKinds = ["policy", "process", "form", "data"];

    [Fact]
    public void Entries_are_well_formed()
    {
        Assert.Equal(5, Register.Entries.Select(entry => entry.Notice).Distinct().Count());
        Assert.Distinct(Register.Entries.Select(entry => entry.Id));
        Assert.All(Register.Entries, entry =>
        {
            Assert.StartsWith(entry.Notice.Split('-')[0] + " ", entry.Id, StringComparison.Ordinal);
            Assert.Contains(entry.Kind, Kinds);
            Assert.NotEmpty(entry.Asks);
        });
    }

    [Fact]
    public void Packs_list_clauses_of_the_register() => AssertKnown(Register.InPacks);

    [Fact]
    public void Cases_name_clauses_of_the_register() => AssertKnown(Register.InCases);

    [Fact]
    public void Tests_name_clauses_of_the_register() => AssertKnown(Register.InTests, mayBeEmpty: true);

    [Fact]
    public void Every_entry_of_a_covered_kind_is_named() => Assert.Empty(Unnamed(Register.Entries, Register.InCases, Register.InTests));

    [Fact]
    public void Entries_of_other_kinds_that_are_named_are_reported()
    {
        foreach (var entry in Register.Entries.Where(entry => !CoveredKinds.Contains(entry.Kind)))
            if (Register.InCases.Concat(Register.InTests).Count(use => use.Id == entry.Id) is > 0 and var times)
                output.WriteLine($"{entry.Id} ({entry.Kind}) is named {times} times");
        Assert.All(CoveredKinds, kind => Assert.Contains(kind, Kinds));
    }

    [Fact]
    public void An_unknown_clause_is_found()
    {
        var pack = new Pack(
            "policies/here", "clause_prefix: here\nclauses:\n  一: known\n  九: unknown\n", "- {case: a, clauses: [一, 八]}\n");
        var test = new SourceFile("tests/Core/A.cs", "class A\n{\n    [Clause(\"here 七\")]\n    [Clause(Name)]\n    void B() { }\n}\n");
        Clause[] entries = [new("here", "here 一", "policy", "one")];
        Assert.Equal(
            [
                "policies/here/policy.yaml:4: here 九", "policies/here/cases.yaml:1: here 八",
                "tests/Core/A.cs:3: names: here 七", "tests/Core/A.cs:4: names: Name",
            ],
            Unknown(entries, [.. Register.ListedByPack(pack), .. Register.NamedByCases(pack), .. Register.NamedByTests(test)]));
    }

    [Fact]
    public void An_entry_left_out_is_found()
    {
        var entries = Register.Read(
            """
            here-2022:
              - {id: "here 一", kind: policy, asks: "named by a case"}
              - {id: "here 二", kind: policy, asks: "named by nothing"}
              - {id: "here 三", kind: policy, asks: "named by a test only, which proves no pack"}
              - {id: "here 四", kind: outside, asks: "not software's to do"}
            """);
        Assert.Equal(["here 二", "here 三"], Unnamed(entries, [new("here 一", "")], [new("here 三", "")]).Select(entry => entry.Id));
    }

    static void AssertKnown(IReadOnlyList<ClauseUse> uses, bool mayBeEmpty = false)
    {
        Assert.True(mayBeEmpty || uses.Count > 0);
        Assert.Empty(Unknown(Register.Entries, uses));
    }

    static IEnumerable<string> Unknown(IReadOnlyList<Clause> entries, IEnumerable<ClauseUse> uses) =>
        from use in uses where entries.All(entry => entry.Id != use.Id) select $"{use.Place}: {use.Id}";

    static IEnumerable<Clause> Unnamed(IEnumerable<Clause> entries, IReadOnlyList<ClauseUse> inCases, IReadOnlyList<ClauseUse> inTests) =>
        from entry in entries
        where CoveredKinds.Contains(entry.Kind)
        where (entry.Kind == "policy" ? inCases : inTests).All(use => use.Id != entry.Id)
        select entry;
}
