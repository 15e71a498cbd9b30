using Xunit;

namespace Canbao.Vocabulary.Tests;

public class MoneyCapitalsTests
{
    [Theory]
    [InlineData("0", "零元整")]
    [InlineData("0.01", "壹分")]
    [InlineData("0.50", "伍角整")]
    [InlineData("0.57", "伍角柒分")]
    [InlineData("1", "壹元整")]
    [InlineData("10", "壹拾元整")]
    [InlineData("320", "叁佰贰拾元整")]
    [InlineData("320.05", "叁佰贰拾元零伍分")]
    [InlineData("320.50", "叁佰贰拾元伍角整")]
    [InlineData("350.15", "叁佰伍拾元壹角伍分")]
    [InlineData("1001", "壹仟零壹元整")]
    [InlineData("1409.50", "壹仟肆佰零玖元伍角整")]
    [InlineData("6007.14", "陆仟零柒元壹角肆分")]
    [InlineData("10000", "壹万元整")]
    [InlineData("16409.02", "壹万陆仟肆佰零玖元零贰分")]
    [InlineData("20010", "贰万零壹拾元整")]
    [InlineData("107000.53", "壹拾万柒仟元伍角叁分")]
    [InlineData("100010.10", "壹拾万零壹拾元壹角整")]
    [InlineData("1000000", "壹佰万元整")]
    [InlineData("100000000", "壹亿元整")]
    [InlineData("100010000", "壹亿零壹万元整")]
    [InlineData("200000003.04", "贰亿零叁元零肆分")]
    [InlineData("1234567890.12", "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分")]
    [InlineData("-320", "负叁佰贰拾元整")]
    public void Amounts_are_written_as_receipts_ask(string yuan, string capitals)
    {
        Assert.True(Money.TryParseYuan(yuan, out var amount));
        Assert.Equal(capitals, amount.Capitals());
    }
}
