using Xunit;

namespace Canbao.Vocabulary.Tests;

public sealed class RefusalTests
{
    [Fact]
    public void No_two_refusals_share_a_code()
    {
        string[] codes = [.. CitizenNumberRefusals.Codes, .. DivisionCodeRefusals.Codes, .. PersonNameRefusals.Codes];
        Assert.Equal(codes, codes.Distinct());
    }

    [Fact]
    public void A_refusal_prints_its_code_and_its_text() =>
        Assert.Equal("citizen_number.empty 证件号码为空，请填写。", CitizenNumberRefusals.Empty.ToString());
}
