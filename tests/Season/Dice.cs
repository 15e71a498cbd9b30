namespace Canbao.Season.Tests;

/// <summary>Chance that a seed decides (SplitMix64), the same on every machine and in every version of the base library.</summary>
sealed class Dice(ulong seed)
{
    ulong state = seed;

    /// <summary>Chance of its own for one purpose, so that one part of a season does not move another.</summary>
    public static Dice Of(long seed, string purpose)
    {
        unchecked
        {
            ulong hash = 0xCBF29CE484222325 ^ ((ulong)seed * 0x9E3779B97F4A7C15);
            foreach (char letter in purpose)
                hash = (hash ^ letter) * 0x100000001B3;
            return new(hash);
        }
    }

    /// <summary>A number from 0, below a bound.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Whether something happens that happens so often in a hundred times.</summary>
    public bool In(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

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
