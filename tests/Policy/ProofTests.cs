using Canbao.Policy.Prove;
using Xunit;

namespace Canbao.Policy.Tests;

public class ProofTests
{
    public static TheoryData<string> PackNames() => [.. Packs.Names];

    [Theory]
    [MemberData(nameof(PackNames))]
    public void The_pack_is_proved(string pack)
    {
        var report = Prover.Prove(Packs.Load(pack));
        Assert.True(report.IsProved, string.Join('\n', report.Failures.Select(failure => failure.Finding)));
    }
}
