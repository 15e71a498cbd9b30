using Xunit;

namespace Canbao.Tidy.Tests;

/// <summary>Packs, cases and tests name only clauses of docs/clauses.yaml, and leave none of them out that is due.</summary>
public class RegisterTests(ITestOutputHelper output)
{
    static readonly string[] Kinds = ["policy", "process", "form", "data", "outside"];

    /// <summary>The kinds whose every entry must be named today: policy by a case, any other by a test.</summary>
    static readonly string[] CoveredKinds = ["policy"];

    /// <summary>Work with registrations, lists, comparisons, clocks and money, which a test has to prove; the rest follows.</summary>
    static readonly string[] CoveredWork =
    [
        "laishan 二(一)", "laishan 二(五)", "laishan 二(六)",
        "baogou 二(四)-first", "baogou 二(四)-duplicate", "baogou 二(五)2", "baogou 三(一)-branches", "baogou 三(二)", "baogou 三(三)",
        "lishi 一-household", "lishi 三-lists", "lishi 五(六)", "lishi 六(一)", "lishi 六(五)-(六)", "lishi 六(七)", "lishi 六(八)",
        "lishi 六(九)", "lishi 六(九)-chronic", "lishi 六(十)-(十一)", "lishi 六(十三)", "lishi 七(二)-5days", "lishi 七(二)-deaths",
        "lishi 附件3", "lishi 附件4",
        "jincheng 五(一)", "jincheng 六-one-identity", "jincheng 六-flag-first", "jincheng 七(三)-compare", "jincheng 七(四)",
        "lingyuan 四(一)", "lingyuan 四(二)", "lingyuan 四(三)", "lingyuan 四(五)", "lingyuan 四(六)-lists", "lingyuan 六(二)", "lingyuan 七",
        // The money.
        "laishan 二(二)", "laishan 二(三)", "laishan 二(四)", "laishan 四(一)-(三),(五)", "laishan 四(四)-village", "laishan 四(四)-schools",
        "baogou 二(二)-budget", "baogou 二(五)1", "baogou 三(四)", "baogou 三(五)", "baogou 四(一)", "baogou 四(二)",
        "lishi 五(一)-(五)", "lishi 六(三)", "lishi 六(十四)", "lishi 七(一)",
        "jincheng 五(二)", "lingyuan 四(六)-new",
        // The season.
        "laishan 六(二)-expansion",
    ];

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
        Assert.All(CoveredWork, id => Assert.Contains(Register.Entries, entry => entry.Id == id));
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
        where CoveredKinds.Contains(entry.Kind) || CoveredWork.Contains(entry.Id)
        where (entry.Kind == "policy" ? inCases : inTests).All(use => use.Id != entry.Id)
        select entry;
}
