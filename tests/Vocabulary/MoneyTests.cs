using System.Numerics;
using CsCheck;
using Xunit;

namespace Canbao.Vocabulary.Tests;

public sealed class MoneyTests
{
    static readonly Gen<Money> AnyMoney = Gen.OneOf(Gen.Long, Gen.Long[-200, 200], Gen.Const(long.MinValue), Gen.Const(long.MaxValue))
        .Select(Money.FromFen);

    /// <summary>Few enough to meet their equals often.</summary>
    static readonly Gen<Money> Neighbours = Gen.Long[-2, 2].Select(Money.FromFen);

    static readonly Gen<int[]> Weights = Gen.OneOf(Gen.Int[0, int.MaxValue], Gen.Int[0, 4]).Array[1, 6].Where(w => w.Any(x => x > 0));

    [Theory]
    [InlineData("320", 32000)]
    [InlineData("320.00", 32000)]
    [InlineData("320.50", 32050)]
    [InlineData("0", 0)]
    [InlineData("0.00", 0)]
    [InlineData("0.05", 5)]
    [InlineData("-0.05", -5)]
    [InlineData("-320", -32000)]
    [InlineData("92233720368547758.07", long.MaxValue)]
    [InlineData("-92233720368547758.08", long.MinValue)]
    public void Yuan_are_read_whole_or_with_two_decimals(string text, long fen)
    {
        Assert.True(Money.TryParseYuan(text, out var money));
        Assert.Equal(fen, money.Fen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("320.5")]
    [InlineData("320.500")]
    [InlineData("320.")]
    [InlineData(".50")]
    [InlineData("-.50")]
    [InlineData("+320")]
    [InlineData("--320")]
    [InlineData("1,000.00")]
    [InlineData("1.000.00")]
    [InlineData(" 320")]
    [InlineData("320 ")]
    [InlineData("３２０")]
    [InlineData("3２0.00")]
    [InlineData("320.0０")]
    [InlineData("0320")]
    [InlineData("00")]
    [InlineData("-0")]
    [InlineData("-0.00")]
    [InlineData("1e3")]
    [InlineData("￥320")]
    [InlineData("320元")]
    [InlineData("92233720368547758.08")]
    [InlineData("-92233720368547758.09")]
    [InlineData("922337203685477580")]
    [InlineData("99999999999999999999999999999999999999999")]
    public void Any_other_text_is_no_amount(string text)
    {
        Assert.False(Money.TryParseYuan(text, out var money));
        Assert.Equal(Money.Zero, money);
    }

    [Theory]
    [InlineData(32000, "320.00")]
    [InlineData(-5, "-0.05")]
    [InlineData(0, "0.00")]
    [InlineData(-100, "-1.00")]
    [InlineData(long.MinValue, "-92233720368547758.08")]
    public void Amounts_are_written_in_yuan_with_two_decimals(long fen, string text) =>
        Assert.Equal(text, Money.FromFen(fen).ToString());

    [Fact]
    public void What_is_written_is_read_back() =>
        AnyMoney.Sample(money => Money.TryParseYuan(money.ToString(), out var back) && back == money);

    [Theory]
    [InlineData(101, 1, 2, 51)]
    [InlineData(-101, 1, 2, -51)]
    [InlineData(100, 1, 3, 33)]
    [InlineData(200, 1, 3, 67)]
    [InlineData(32000, 60, 100, 19200)]
    [InlineData(35001, 50, 100, 17501)]
    [InlineData(35001, 0, 100, 0)]
    [InlineData(100, 5, 2, 250)]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue)]
    [InlineData(long.MinValue, long.MaxValue, long.MaxValue, long.MinValue)]
    public void A_share_is_rounded_half_up_to_the_fen(long fen, long numerator, long denominator, long expected) =>
        Assert.Equal(expected, Money.FromFen(fen).Share(numerator, denominator).Fen);

    [Fact]
    public void A_share_agrees_with_unbounded_arithmetic() =>
        Gen.Select(
            AnyMoney,
            Gen.OneOf(Gen.Long[0, long.MaxValue], Gen.Long[0, 100]),
            Gen.OneOf(Gen.Long[1, long.MaxValue], Gen.Long[1, 100]))
            .Sample((money, numerator, denominator) =>
            {
                var product = BigInteger.Abs(money.Fen) * numerator;
                var expected = (2 * product + denominator) / (2 * (BigInteger)denominator) * (money.Fen < 0 ? -1 : 1);
                if (expected < long.MinValue || expected > long.MaxValue)
                    Assert.Throws<OverflowException>(() => money.Share(numerator, denominator));
                else
                    Assert.Equal((long)expected, money.Share(numerator, denominator).Fen);
            });

    [Fact]
    public void A_share_of_a_reversal_mirrors_the_share() =>
        Gen.Select(Gen.Long[-1_000_000, 1_000_000], Gen.Long[0, 100])
            .Sample((fen, percent) => Money.FromFen(-fen).Share(percent, 100) == -Money.FromFen(fen).Share(percent, 100));

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(1, 0)]
    [InlineData(1, -2)]
    public void A_share_that_makes_no_sense_is_refused(long numerator, long denominator) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Money.FromFen(1).Share(numerator, denominator));

    [Theory]
    [InlineData(100, new[] { 1, 1, 1 }, new long[] { 33, 33, 34 })]
    [InlineData(200, new[] { 1, 1, 1 }, new long[] { 67, 67, 66 })]
    [InlineData(101, new[] { 1, 1 }, new long[] { 51, 50 })]
    [InlineData(-101, new[] { 1, 1 }, new long[] { -51, -50 })]
    [InlineData(2, new[] { 1, 1, 1, 1 }, new long[] { 1, 1, 0, 0 })]
    [InlineData(58000, new[] { 60, 20, 20 }, new long[] { 34800, 11600, 11600 })]
    [InlineData(7, new[] { 5 }, new long[] { 7 })]
    [InlineData(7, new[] { 0, 5, 0 }, new long[] { 0, 7, 0 })]
    [InlineData(100, new[] { 1, 1, 1, 0 }, new long[] { 33, 33, 33, 1 })]
    public void A_split_rounds_each_part_and_the_last_takes_the_remainder(long fen, int[] weights, long[] parts) =>
        Assert.Equal(parts, Money.FromFen(fen).Split(weights).Select(part => part.Fen));

    [Fact]
    public void A_split_always_adds_up() =>
        Gen.Select(AnyMoney, Weights).Sample((money, weights) =>
            money.Split(weights).Aggregate(Money.Zero, (sum, part) => sum + part) == money);

    [Fact]
    public void No_part_of_a_split_has_the_opposite_sign() =>
        Gen.Select(AnyMoney, Weights).Sample((money, weights) =>
            money.Split(weights).All(part => money.Fen < 0 ? part.Fen <= 0 : part.Fen >= 0));

    [Fact]
    public void Each_part_but_the_last_is_its_share_unless_less_is_left() =>
        Gen.Select(Gen.Long[0, 1_000_000], Weights).Sample((fen, weights) =>
        {
            long left = fen;
            var parts = Money.FromFen(fen).Split(weights);
            var total = weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + weight);
            for (int i = 0; i < weights.Length - 1; i++)
            {
                var share = (2 * (BigInteger)fen * weights[i] + total) / (2 * total);
                Assert.Equal((long)BigInteger.Min(share, left), parts[i].Fen);
                left -= parts[i].Fen;
            }
        });

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 0, 0 })]
    [InlineData(new[] { 1, -1 })]
    [InlineData(new[] { 2, -1 })]
    public void A_split_by_no_weight_is_refused(int[] weights) =>
        Assert.Throws<ArgumentException>(() => Money.FromFen(1).Split(weights));

    [Fact]
    public void Arithmetic_is_checked()
    {
        var most = Money.FromFen(long.MaxValue);
        var least = Money.FromFen(long.MinValue);
        Assert.Throws<OverflowException>(() => most + Money.FromFen(1));
        Assert.Throws<OverflowException>(() => least - Money.FromFen(1));
        Assert.Throws<OverflowException>(() => -least);
        Assert.Equal(Money.FromFen(-1), most + least);
    }

    [Fact]
    public void Amounts_compare_as_their_fen_do() =>
        Gen.Select(Neighbours, Neighbours).Sample((left, right) =>
            left.CompareTo(right) == left.Fen.CompareTo(right.Fen)
            && left < right == left.Fen < right.Fen && left <= right == left.Fen <= right.Fen
            && left > right == left.Fen > right.Fen && left >= right == left.Fen >= right.Fen);
}
