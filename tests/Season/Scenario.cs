using System.Globalization;
using Canbao.Storage;

namespace Canbao.Season.Tests;

/// <summary>What decides a season; played one deed after another, the same numbers play the same season again.</summary>
sealed record Scenario(int Seed, int People, int Rounds)
{
    public const string Verb = "season";

    /// <summary>How many tenants share the database.</summary>
    public int Areas { get; init; } = 1;

    /// <summary>Whether channels, agents and desks work at the same time.</summary>
    public bool IsParallel { get; init; }

    /// <summary>Whether deeds are made to fail.</summary>
    public bool HasFaults { get; init; } = true;

    /// <summary>The command that plays it again.</summary>
    public string Replay(Engine engine) => string.Create(CultureInfo.InvariantCulture,
        $"artifacts/bin/Canbao.Season.Tests/release/Canbao.Season.Tests {Verb} {engine} {Text}");

    public string Text => string.Join(' ', Seed, People, Rounds, Areas, IsParallel ? "parallel" : "single", HasFaults ? "faults" : "calm");

    public static Scenario Of(IReadOnlyList<string> words) => new(Number(words[0]), Number(words[1]), Number(words[2]))
    {
        Areas = Number(words[3]),
        IsParallel = words[4] == "parallel",
        HasFaults = words[5] == "faults",
    };

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>The season's clock: it stands still until a round sets it.</summary>
sealed class SeasonClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2021, 11, 5, 9, 30, 0, TimeSpan.FromHours(8));

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}
