using System.Diagnostics;

namespace Canbao.Bench;

/// <summary>A clock that hardly moves; identifiers grow with it.</summary>
sealed class StillClock(DateTimeOffset at) : TimeProvider
{
    readonly long start = Stopwatch.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => (at + Stopwatch.GetElapsedTime(start) / 1000).ToUniversalTime();
}
