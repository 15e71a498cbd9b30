using Canbao.Core.Access;
using Canbao.Core.Rosters;

namespace Canbao.Core.Work.Jobs;

/// <summary>Work on an insurance year.</summary>
/// <param name="Year">The insurance year.</param>
public sealed record YearOrder(int Year);

/// <summary>Work on an insurance year for a day.</summary>
/// <param name="Year">The insurance year.</param>
/// <param name="Day">The payment day that is assumed, or the Friday of lists.</param>
public sealed record DayOrder(int Year, DateOnly Day);

/// <summary>A list that is to be applied as it was shown.</summary>
/// <param name="Viewer">Who applies it.</param>
/// <param name="Upload">The kept file.</param>
/// <param name="Department">Whose list it is.</param>
/// <param name="Kind">What it is.</param>
/// <param name="From">The day from which a full list is so.</param>
/// <param name="Years">The open insurance years.</param>
public sealed record ListOrder(Viewer Viewer, long Upload, string Department, RosterKind Kind, DateOnly From, int[] Years)
{
    /// <summary>The category of all rows; empty where a column tells it.</summary>
    public required string Category { get; init; }

    /// <summary>The day on which the department gave the list; null for that on which it was kept.</summary>
    public DateOnly? HandedInOn { get; init; }

    /// <summary>Which columns are meant, theirs to ours.</summary>
    public required Dictionary<string, string> Columns { get; init; }

    /// <summary>Which categories are meant, theirs to codes.</summary>
    public required Dictionary<string, string> Words { get; init; }

    /// <summary>The outcome that was shown.</summary>
    public required string Digest { get; init; }

    /// <summary>The effects that were shown.</summary>
    public required string EffectsDigest { get; init; }

    /// <summary>Whether refunds are asked for.</summary>
    public bool WithRefunds { get; init; }
}

/// <summary>What is compared for the people of a unit.</summary>
/// <param name="Unit">The unit's code; empty for everybody of the area.</param>
/// <param name="Now">As it is.</param>
/// <param name="Then">As it would be.</param>
public sealed record CompareOrder(string Unit, SideOrder Now, SideOrder Then);

/// <summary>A side that is compared (<see cref="Shadow.ShadowSide"/>).</summary>
/// <param name="Year">The insurance year.</param>
/// <param name="On">The payment day.</param>
/// <param name="Pack">The pack; null for whatever is bound.</param>
public sealed record SideOrder(int Year, DateOnly On, string? Pack);
