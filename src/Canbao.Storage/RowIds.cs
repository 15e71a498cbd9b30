namespace Canbao.Storage;

/// <summary>
/// Makes identifiers that need no server: positive, growing within this program, unique beyond it (milliseconds since 2020, then 21 bits
/// that begin anywhere, so that two programs in the same millisecond hardly meet; a primary key refuses the rest).
/// </summary>
public static class RowIds
{
    const int LowBits = 21;

    static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static long last;

    /// <summary>An identifier of so much earlier.</summary>
    public static long Before(long id, TimeSpan span) => Math.Max(0, id - ((long)span.TotalMilliseconds << LowBits));

    /// <summary>The next one.</summary>
    internal static long Next(TimeProvider clock)
    {
        long fresh = ((long)(clock.GetUtcNow() - Epoch).TotalMilliseconds << LowBits) + Random.Shared.Next(1 << (LowBits - 1));
        while (true)
        {
            long seen = Volatile.Read(ref last);
            long next = Math.Max(fresh, seen + 1);
            if (Interlocked.CompareExchange(ref last, next, seen) == seen)
                return next;
        }
    }
}
