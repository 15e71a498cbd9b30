using Canbao.Policy.Packs;
using Xunit;

namespace Canbao.Policy.Tests;

/// <summary>
/// Packs with one rule changed that still read: a case that names the rule's clause fails then, and so does the comparison with the
/// notice written out by hand.
/// </summary>
public class MutationTests
{
    const string Folder = "Mutations";

    public static TheoryData<string> Names() => [.. PackPatch.Names(Folder)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_of_the_clause_fails(string name)
    {
        var patch = PackPatch.Read(Folder, name);
        var unchanged = Packs.Load(patch.Pack);
        var findings = new List<Finding>();
        var changed = patch.Load(findings);
        Assert.Empty(findings);

        var ofClause = Packs.Cases(patch.Pack)
            .Where(example => example.Clauses.Any(clause => unchanged.Pack.Cite(clause) == patch.Clause)).ToList();
        Assert.All(ofClause, example => Assert.Empty(example.Differences(unchanged)));
        Assert.Contains(ofClause, example => example.Differences(changed!).Any());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_notice_written_out_differs(string name)
    {
        var patch = PackPatch.Read(Folder, name);
        Assert.NotEmpty(OracleTests.Differences(patch.Pack, patch.Load([])!, 200_000).Take(1));
    }

    [Fact]
    public void Every_pack_has_a_mutation() =>
        Assert.Empty(Packs.Names.Except(PackPatch.Names(Folder).Select(name => PackPatch.Read(Folder, name).Pack)));
}
