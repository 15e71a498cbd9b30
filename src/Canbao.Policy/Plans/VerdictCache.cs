using Canbao.Policy.Facts;

namespace Canbao.Policy.Plans;

/// <summary>
/// Assesses many people with a plan: each signature is decided once and kept beside whatever the caller makes of its verdict. People
/// of a place have a few hundred signatures; the cache is bounded all the same, and a signature that has lost its place is decided
/// again. For one thread.
/// </summary>
/// <typeparam name="TExtra">What the caller keeps with a verdict, such as its text.</typeparam>
/// <param name="plan">The plan.</param>
/// <param name="make">Makes it.</param>
public sealed class VerdictCache<TExtra>(Plan plan, Func<Verdict, TExtra> make)
{
    const int Bits = 12;

    readonly Entry[] entries = new Entry[1 << Bits];

    /// <summary>The verdict for a person and what is kept with it. <see cref="Plan.Complete"/> adds the dates of cover.</summary>
    public Entry Find(in PersonFacts facts)
    {
        var signature = plan.Signature(facts);
        // Fibonacci hashing spreads the signatures, whose low bits hardly vary.
        var slot = (int)(unchecked(signature * 0x9E3779B97F4A7C15UL) >> (64 - Bits));
        var entry = entries[slot];
        return entry is not null && entry.Signature == signature ? entry : entries[slot] = Decide(signature);
    }

    Entry Decide(ulong signature)
    {
        var observer = default(NoObserver);
        var verdict = plan.Decide(signature, ref observer);
        return new Entry(signature, verdict, make(verdict));
    }

    /// <summary>A decided signature.</summary>
    /// <param name="Signature">The signature.</param>
    /// <param name="Verdict">What was decided.</param>
    /// <param name="Extra">What the caller keeps with it.</param>
    public sealed record Entry(ulong Signature, Verdict Verdict, TExtra Extra);
}
