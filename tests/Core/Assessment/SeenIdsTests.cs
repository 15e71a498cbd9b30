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
            var seen = new SeenIds(0);
            var set = new HashSet<int>();
            return keys.All(key => seen.Add(Mixed((ulong)key)) == set.Add(key));
        });

    [Fact]
    public void Hashes_that_fall_into_one_place_are_told_apart()
    {
        var seen = new SeenIds(0);
        var set = new HashSet<IdHash>();
        foreach (var high in new ulong[] { 0, 1, ulong.MaxValue, ulong.MaxValue - 1, 1UL << 63 })
            for (var low = 0UL; low < 500; low += 1 + low % 3)
                foreach (var _ in new[] { 1, 2 })
                {
                    // The lowest bit is not looked at: it marks a slot as taken.
                    Assert.Equal(set.Add(new IdHash(high, low | 1)), seen.Add(new IdHash(high, low)));
                }
    }

    [Fact]
    public void A_key_takes_at_most_24_bytes_and_none_is_lost_as_the_set_grows()
    {
        const int Base = 64 * 64 * 16;
        const ulong Most = 1_000_000;
        var seen = new SeenIds(0);
        for (var key = 0UL; key < Most; key++)
        {
            Assert.True(seen.Add(Mixed(key)));
            if (key % 1_009 == 0)
                Assert.True(seen.SlotBytes <= Math.Max(Base, 24 * (long)key), $"{seen.SlotBytes} bytes for {key} keys");
        }

        for (var key = 0UL; key < Most; key++)
            Assert.False(seen.Add(Mixed(key)));
    }

    [Fact]
    public void A_set_of_the_expected_size_takes_at_most_24_bytes_a_key()
    {
        const long Most = 1_000_000;
        var seen = new SeenIds(Most);
        for (var key = 0UL; key < Most; key++)
            seen.Add(Mixed(key));
        Assert.InRange(seen.SlotBytes, 16 * Most, 24 * Most);
    }

    static IdHash Mixed(ulong key)
    {
        var hash = System.IO.Hashing.XxHash128.HashToUInt128(BitConverter.GetBytes(key), 5);
        return new IdHash((ulong)(hash >> 64), unchecked((ulong)hash));
    }
}
