using System.Runtime.Intrinsics.X86;

namespace Canbao.Core.Assessment.Batch;

/// <summary>A key's 128-bit hash under a secret of the run.</summary>
/// <param name="High">The upper half.</param>
/// <param name="Low">The lower half.</param>
public readonly record struct IdHash(ulong High, ulong Low);

/// <summary>
/// The keys seen so far, kept as hashes so wide, and under a secret, that two different keys are never taken for one: with a
/// thousand million keys the chance is below one in 10^20, whoever made the file. Between 18 and 24 bytes a key: it is split into
/// shards that each grow in small steps.
/// </summary>
public sealed class SeenIds
{
    const int Shards = 64;
    const double FullAt = 0.85;
    const double GrowBy = 1.22;
    const double StartAt = 0.74;

    readonly Shard[] shards = new Shard[Shards];

    /// <summary>An empty set.</summary>
    /// <param name="expected">About how many keys will come; it costs time, not exactness, if more do.</param>
    public SeenIds(long expected)
    {
        for (var i = 0; i < Shards; i++)
            shards[i] = new Shard((int)Math.Min(expected / (Shards * StartAt) + 64, 1 << 24));
    }

    /// <summary>Bytes that the slots take, free ones included.</summary>
    public long SlotBytes => shards.Sum(shard => shard.Bytes);

    /// <summary>Adds a key by its hash; false where it was seen before.</summary>
    public bool Add(in IdHash hash) => ShardOf(hash).Add(hash.High, Marked(hash.Low));

    /// <summary>Brings a hash's place near the processor, some rows before it is added: the table is larger than its caches.</summary>
    public void Prefetch(in IdHash hash) => ShardOf(hash).Prefetch(hash.High);

    Shard ShardOf(in IdHash hash) => shards[(int)(hash.Low >> 1 & (Shards - 1))];

    /// <summary>The lowest bit marks a slot as taken; 127 bits are left to tell keys apart.</summary>
    static ulong Marked(ulong low) => low | 1;

    sealed class Shard(int slots)
    {
        // Pairs of upper and lower half; a lower half of 0 is a free slot.
        ulong[] halves = new ulong[2 * slots];
        int count;

        public long Bytes => halves.LongLength * sizeof(ulong);

        public bool Add(ulong high, ulong low)
        {
            if (count >= halves.Length / 2 * FullAt)
                Grow();
            if (!Place(halves, high, low))
                return false;
            count++;
            return true;
        }

        public unsafe void Prefetch(ulong high)
        {
            if (!Sse.IsSupported)
                return;
            fixed (ulong* first = halves)
                Sse.Prefetch0(first + StartOf(halves, high));
        }

        static int StartOf(ulong[] table, ulong high) => 2 * (int)Math.BigMul(high, (ulong)table.Length / 2, out _);

        static bool Place(ulong[] table, ulong high, ulong low)
        {
            var slot = StartOf(table, high);
            while (table[slot + 1] != 0)
            {
                if (table[slot] == high && table[slot + 1] == low)
                    return false;
                slot += 2;
                if (slot == table.Length)
                    slot = 0;
            }

            table[slot] = high;
            table[slot + 1] = low;
            return true;
        }

        void Grow()
        {
            var grown = new ulong[2 * ((int)(halves.Length / 2 * GrowBy) + 1)];
            for (var slot = 0; slot < halves.Length; slot += 2)
                if (halves[slot + 1] != 0)
                    Place(grown, halves[slot], halves[slot + 1]);
            halves = grown;
        }
    }
}
