namespace Canbao.Core.DemoData;

/// <summary>
/// Chance that a seed decides: SplitMix64, written out here because the base library may change what <see cref="Random"/> makes of a
/// seed from one version to the next.
/// </summary>
sealed class Chance(ulong seed)
{
    /// <summary>What <see cref="In"/> counts by.</summary>
    const int Whole = 100_000;

    ulong state = seed;

    /// <summary>A chance of its own for one part of the work, so that one part does not move another.</summary>
    public static Chance Of(long seed, int area) => new(unchecked(((ulong)seed * 0xD1342543DE82EF95) ^ ((ulong)area * 0x9E3779B97F4A7C15)));

    /// <summary>A number from 0, below a bound.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>A number between two, both inclusive.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>Whether something happens that happens so often in 100,000 times.</summary>
    public bool In(int times) => Below(Whole) < times;

    /// <summary>One of a list.</summary>
    public T Pick<T>(ReadOnlySpan<T> list) => list[Below(list.Length)];

    /// <summary>A number near a middle: the sum of three throws, at most <paramref name="spread"/> away from it.</summary>
    public int Near(int middle, int spread)
    {
        var third = Math.Max(1, (2 * spread / 3) + 1);
        return middle - spread + Below(third) + Below(third) + Below(third);
    }

    /// <summary>An index, as often as its weight says.</summary>
    /// <param name="sums">The weights, each added to those before it.</param>
    public int Weighted(ReadOnlySpan<int> sums)
    {
        var at = sums.BinarySearch(Below(sums[^1]) + 1);
        return at < 0 ? ~at : at;
    }

    /// <summary>Weights, each added to those before it, for <see cref="Weighted"/>.</summary>
    public static int[] Sums(IEnumerable<int> weights)
    {
        var sum = 0;
        return [.. weights.Select(weight => sum += weight)];
    }

    ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
