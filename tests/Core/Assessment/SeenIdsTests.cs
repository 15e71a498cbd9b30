using Canbao.Core.Assessment.Batch;
using CsCheck;
using Xunit;

namespace Canbao.Core.Tests.Assessment;

public class SeenIdsTests
{
    [Fact]
    public void Keys_are_told_apart_exactly_as_a_set_does() =>
        Gen.Int[0, 300].Array[0, 2_000].Sample(keys =>
        {
            var seen = new SeenIds();
            var set = new HashSet<int>();
            return keys.All(key => seen.Add(Mixed((ulong)key)) == set.Add(key));
        });

    [Fact]
    public void Hashes_that_fall_into_one_place_are_told_apart()
    {
        var seen = new SeenIds();
        var set = new HashSet<UInt128>();
        foreach (var high in new ulong[] { 0, 1, ulong.MaxValue, ulong.MaxValue - 1, 1UL << 63 })
            for (var low = 0UL; low < 500; low += 1 + low % 3)
                foreach (var _ in new[] { 1, 2 })
                {
                    // Zero marks a free slot and gives way to one.
                    var hash = new UInt128(high, low);
                    Assert.Equal(set.Add(hash == 0 ? 1 : hash), seen.Add(hash));
                }
    }

    [Fact]
    public void A_key_takes_at_most_24_bytes_and_none_is_lost_as_the_set_grows()
    {
        const int Base = 64 * 64 * 16;
        const ulong Most = 1_000_000;
        var seen = new SeenIds();
        for (var key = 0UL; key < Most; key++)
        {
            Assert.True(seen.Add(Mixed(key)));
            if (key % 1_009 == 0)
                Assert.True(seen.SlotBytes <= Math.Max(Base, 24 * (long)key), $"{seen.SlotBytes} bytes for {key} keys");
        }

        for (var key = 0UL; key < Most; key++)
            Assert.False(seen.Add(Mixed(key)));
    }

    static UInt128 Mixed(ulong key) => System.IO.Hashing.XxHash128.HashToUInt128(BitConverter.GetBytes(key), 5);
}
