namespace Canbao.Core.Assessment.Batch;

/// <summary>
/// The keys seen so far, kept as 128-bit hashes under a secret of the run, so that two different keys are never taken for one: with
/// a thousand million keys the chance is below one in 10^20, whoever made the file. Between 16 and 24 bytes a key; grows in many small steps, never doubling.
/// </summary>
public sealed class SeenIds
{
    const int Shards = 64;
    const double FullAt = 0.85;
    const double GrowBy = 1.22;

    readonly Shard[] shards = new Shard[Shards];

    /// <summary>An empty set.</summary>
    public SeenIds()
    {
        for (var i = 0; i < Shards; i++)
            shards[i] = new Shard();
    }

    /// <summary>Bytes that the slots take, free ones included.</summary>
    public long SlotBytes => 16L * shards.Sum(shard => (long)shard.SlotCount);

    /// <summary>Adds a key by its hash; false where it was seen before.</summary>
    public bool Add(UInt128 hash)
    {
        // 0 marks a free slot; one hash in 2^128 gives way to another.
        if (hash == UInt128.Zero)
            hash = UInt128.One;
        return shards[(int)(hash & (Shards - 1))].Add(hash);
    }

    sealed class Shard
    {
        UInt128[] slots = new UInt128[64];
        int count;

        public int SlotCount => slots.Length;

        public bool Add(UInt128 hash)
        {
            if (count >= slots.Length * FullAt)
                Grow();
            var slot = SlotOf(hash, slots.Length);
            while (slots[slot] != UInt128.Zero)
            {
                if (slots[slot] == hash)
                    return false;
                slot = slot + 1 == slots.Length ? 0 : slot + 1;
            }

            slots[slot] = hash;
            count++;
            return true;
        }

        static int SlotOf(UInt128 hash, int length) => (int)Math.BigMul((ulong)(hash >> 64), (ulong)length, out _);

        void Grow()
        {
            var old = slots;
            slots = new UInt128[(int)(old.Length * GrowBy) + 1];
            foreach (var hash in old)
            {
                if (hash == UInt128.Zero)
                    continue;
                var slot = SlotOf(hash, slots.Length);
                while (slots[slot] != UInt128.Zero)
                    slot = slot + 1 == slots.Length ? 0 : slot + 1;
                slots[slot] = hash;
            }
        }
    }
}
