using Canbao.Core.Units;

namespace Canbao.Core.Work.Timelines;

/// <summary>What something that happened was about, for the filter of a timeline.</summary>
public enum TimelineKind
{
    /// <summary>Who somebody is and where: registered, moved, merged, names and numbers changed, papers.</summary>
    Register,

    /// <summary>Enrolments.</summary>
    Enrolment,

    /// <summary>Categories of departments' lists.</summary>
    List,

    /// <summary>What is owed, and who bears the rest.</summary>
    Due,

    /// <summary>Payments, receipts, batches, refunds.</summary>
    Money,

    /// <summary>Cover.</summary>
    Cover,

    /// <summary>Visits and the ledger of the uninsured.</summary>
    Outreach,

    /// <summary>Findings of comparisons, applications of residents.</summary>
    Case,

    /// <summary>Who looked at the whole number, a paper or a photo.</summary>
    Access,
}

/// <summary>What stands behind an entry and has a page of its own.</summary>
public enum SourceKind
{
    /// <summary>A payment's receipt.</summary>
    Receipt,

    /// <summary>A batch of cash or a group payment.</summary>
    Batch,

    /// <summary>A refund.</summary>
    Refund,

    /// <summary>A department's list that took effect.</summary>
    Roster,

    /// <summary>A finding of a comparison.</summary>
    Finding,

    /// <summary>A case of the ledger of the uninsured; told by person and year.</summary>
    Case,

    /// <summary>A claim of a funder's money.</summary>
    Claim,

    /// <summary>A resident's application.</summary>
    Application,
}

/// <summary>What an entry came from.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Which one.</param>
/// <param name="Name">How an office calls it.</param>
/// <param name="Unit">Whose it is: who does not see the unit cannot open it; null where the person's own scope decides.</param>
/// <param name="Year">The insurance year of a case.</param>
public sealed record TimelineSource(SourceKind Kind, long Id, string Name, string? Unit = null, int Year = 0);

/// <summary>One thing that happened, as an office says it. Numbers are masked, as acts hold them.</summary>
/// <param name="At">When; the beginning of the day where only that is known.</param>
/// <param name="Kind">What it was about.</param>
/// <param name="What">What was done.</param>
/// <param name="Detail">To what, from what to what.</param>
public sealed record TimelineEntry(DateTimeOffset At, TimelineKind Kind, string What, string Detail)
{
    /// <summary>The act; 0 where only the day is known.</summary>
    public long ActId { get; init; }

    /// <summary>Its place among the changes of the act.</summary>
    public int Place { get; init; }

    /// <summary>The member of a household whom it happened to; null for the household itself.</summary>
    public long? PersonId { get; init; }

    /// <summary>Who did it: a login, or a program with <c>@</c>.</summary>
    public string Account { get; init; } = "";

    /// <summary>Unit and role of the account; empty for programs and for accounts that are gone.</summary>
    public string Office { get; init; } = "";

    /// <summary>The reason that was given.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The clauses on which it rests, with the notice's prefix; empty for none.</summary>
    public string Clauses { get; init; } = "";

    /// <summary>What it came from.</summary>
    public IReadOnlyList<TimelineSource> Sources { get; init; } = [];

    /// <summary>Whether the time of day is known.</summary>
    public bool HasTime => ActId != 0;
}

/// <summary>Everything that happened to somebody or a household, newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="IsCut">Whether the oldest are left out, since there are too many.</param>
/// <param name="Names">The names of the members by person.</param>
public sealed record Timeline(IReadOnlyList<TimelineEntry> Entries, bool IsCut, IReadOnlyDictionary<long, string> Names);

/// <summary>Whose timeline is asked for. That the asker may see them is the asker's matter.</summary>
/// <param name="Area">The tenant.</param>
/// <param name="People">The people; records that were merged into theirs are theirs.</param>
/// <param name="Units">The tree, for names.</param>
/// <param name="Today">The business day.</param>
public sealed record TimelineOrder(int Area, IReadOnlyCollection<long> People, UnitTree Units, DateOnly Today)
{
    /// <summary>The household whose own changes belong to it; null for people alone.</summary>
    public long? Household { get; init; }

    /// <summary>Whether who looked at whole numbers and papers is told: to auditors only.</summary>
    public bool WithAccesses { get; init; }
}
