using System.Collections.Immutable;
using Canbao.Vocabulary;

namespace Canbao.Core.Reporting.Forms;

/// <summary>How people stand in the insurance; everybody stands in exactly one way.</summary>
[Flags]
public enum Standings
{
    /// <summary>In none.</summary>
    None = 0,

    /// <summary>Enrolled, and paid or owing nothing: what forms call 参保.</summary>
    Settled = 1,

    /// <summary>Should be enrolled and paid for, and is not yet.</summary>
    Unsettled = 2,

    /// <summary>In employee insurance here.</summary>
    Employee = 4,

    /// <summary>Insured elsewhere.</summary>
    Elsewhere = 8,

    /// <summary>Whoever should be in residents' insurance here.</summary>
    Due = Settled | Unsettled,

    /// <summary>Whoever counts as living here.</summary>
    Here = Due | Employee,

    /// <summary>Everybody.</summary>
    All = Here | Elsewhere,
}

/// <summary>Some of the people of a unit: whom a number of a form counts, and whom it opens to (promise 7).</summary>
/// <param name="Standings">How they stand.</param>
/// <param name="IsLocal">Whether their household registration is local; null for either.</param>
public sealed record PeopleSlice(Standings Standings, bool? IsLocal = null)
{
    /// <summary>The categories under one of which they count; empty for any and none.</summary>
    public ImmutableArray<string> In { get; init; } = [];

    /// <summary>The categories under none of which they count.</summary>
    public ImmutableArray<string> NotIn { get; init; } = [];

    /// <summary>Whether others bear a part of what they would pay; null for either.</summary>
    public bool? IsAided { get; init; }

    /// <summary>Whether it has the people of a line.</summary>
    public bool Has(TallyLine line) =>
        Has(line.Profile) && (In.IsEmpty || In.Contains(line.Category)) && !NotIn.Contains(line.Category);

    /// <summary>Whether it has people of a kind, in whatever category they count.</summary>
    public bool Has(TallyProfile profile) =>
        Standings.HasFlag(StandingOf(profile))
        && (IsLocal is not { } local || local == (profile.Residence == Residence.LocalHukou))
        && (IsAided is not { } aided || aided == profile.IsAided);

    /// <summary>How many of some lines it has.</summary>
    public long Count(IEnumerable<TallyLine> lines) => lines.Where(Has).Sum(line => line.People);

    /// <summary>How the people of a line stand.</summary>
    public static Standings StandingOf(TallyProfile profile) => profile switch
    {
        { Part: TallyPart.Paid or TallyPart.Free } => Standings.Settled,
        { Part: not TallyPart.Outside } => Standings.Unsettled,
        { OtherCover: OtherCover.None } => Standings.Employee,
        _ => Standings.Elsewhere,
    };
}
