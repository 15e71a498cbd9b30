using Canbao.Core.Files;
using Canbao.Core.Registry;

namespace Canbao.Core.Rosters;

/// <summary>What a list does to one person's category.</summary>
/// <param name="Person">Who.</param>
/// <param name="Category">The category's code.</param>
/// <param name="IsAddition">Whether the person comes to hold it, or ceases to.</param>
/// <param name="Day">From this day.</param>
/// <param name="Line">The file's line; null where a full list leaves the person out.</param>
public sealed record RosterChange(ListedPerson Person, string Category, bool IsAddition, DateOnly Day, long? Line);

/// <summary>Where two departments do not say the same of a person.</summary>
/// <param name="Person">Who.</param>
/// <param name="Category">The category on this list.</param>
/// <param name="IsRemoved">Whether this list ends it while the other keeps it; else both list the person on different grounds.</param>
/// <param name="OtherDepartment">The other department.</param>
/// <param name="OtherCategory">The category on its list.</param>
public sealed record RosterConflict(ListedPerson Person, string Category, bool IsRemoved, string OtherDepartment, string OtherCategory);

/// <summary>What a list would do, or did. Worked out from the file and the register, and stored nowhere.</summary>
public sealed class RosterOutcome
{
    /// <summary>Rows read.</summary>
    public long Rows { get; internal set; }

    /// <summary>Rows refused; each has at least one of <see cref="Faults"/>.</summary>
    public int Rejected { get; internal set; }

    /// <summary>Rows that say once more what a row before them says.</summary>
    public int Repeated { get; internal set; }

    /// <summary>Everything that is wrong, row by row.</summary>
    public List<IntakeFault> Faults { get; private set; } = [];

    /// <summary>Why the whole list is stopped; empty where it is not.</summary>
    public List<string> Stops { get; } = [];

    /// <summary>Names of categories that stopped it, to be told what they mean.</summary>
    public List<string> UnknownCategories { get; } = [];

    /// <summary>Columns that were passed over.</summary>
    public IReadOnlyList<string> UnknownColumns { get; internal set; } = [];

    /// <summary>What whoever uploads should know of the file, in Chinese.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>What changes, by person.</summary>
    public List<RosterChange> Changes { get; } = [];

    /// <summary>Removals that are not applied since rows were refused.</summary>
    public List<RosterChange> HeldBack { get; } = [];

    /// <summary>Where departments differ.</summary>
    public List<RosterConflict> Conflicts { get; } = [];

    /// <summary>People on the list of whom nothing changes.</summary>
    public IReadOnlyList<ListedPerson> Same { get; internal set; } = [];

    /// <summary>People who come on the list.</summary>
    public int Added { get; internal set; }

    /// <summary>People who leave it.</summary>
    public int Removed { get; internal set; }

    /// <summary>People who hold another category of it than before.</summary>
    public int Changed { get; internal set; }

    /// <summary>People on it of whom nothing changes.</summary>
    public int Unchanged => Same.Count;

    /// <summary>People whom the department holds in the categories concerned.</summary>
    public int Held { get; internal set; }

    /// <summary>Whether so many leave that a second person has to agree.</summary>
    public bool NeedsSecond { get; internal set; }

    /// <summary>The outcome in one word: another outcome has another.</summary>
    public string Digest { get; internal set; } = "";

    /// <summary>What changes for those who come on the list, leave it, or change within it: each person with all changes.</summary>
    /// <param name="comes">Whether they come to hold a category.</param>
    /// <param name="leaves">Whether they cease to hold one.</param>
    public IEnumerable<IGrouping<ListedPerson, RosterChange>> People(bool comes, bool leaves) =>
        from change in Changes
        group change by change.Person into person
        where person.Any(change => change.IsAddition) == comes && person.Any(change => !change.IsAddition) == leaves
        select person;

    /// <summary>Rows that were refused, by code.</summary>
    public IReadOnlyDictionary<string, int> Unmatched =>
        Faults.GroupBy(fault => fault.Code).ToDictionary(each => each.Key, each => each.Count());

    /// <summary>The spans to write: new ones have no version yet.</summary>
    internal List<CategorySpanRow> Spans { get; } = [];

    /// <summary>Brings what is wrong into the order of the file.</summary>
    internal void SortFaults() => Faults = [.. Faults.OrderBy(fault => fault.Line)];
}

/// <summary>Codes of refused rows.</summary>
public static class RosterFaults
{
    /// <summary>The number is none.</summary>
    public const string WrongNumber = "M201";

    /// <summary>The register has another name for the number.</summary>
    public const string OtherName = "M202";

    /// <summary>Nobody of that number is in the register.</summary>
    public const string NotRegistered = "M203";

    /// <summary>The person has died.</summary>
    public const string Dead = "M204";

    /// <summary>The person is insured elsewhere.</summary>
    public const string InsuredElsewhere = "M205";

    /// <summary>The day is still to come.</summary>
    public const string LaterDay = "M206";

    /// <summary>The category ended on a later day already.</summary>
    public const string EndedAlready = "M207";

    /// <summary>The category begins on a later day only.</summary>
    public const string BeginsLater = "M208";

    /// <summary>Two rows contradict each other.</summary>
    public const string Contradicting = "M209";

    /// <summary>Neither an addition nor a removal.</summary>
    public const string UnknownChange = "M210";

    /// <summary>A code in a few words; empty for those of the file itself.</summary>
    public static string Chinese(string code) => code switch
    {
        WrongNumber => "证件号码有误",
        OtherName => "姓名与登记不同",
        NotRegistered => "登记中没有此人",
        Dead => "已死亡",
        InsuredElsewhere => "已在别处参保",
        LaterDay => "时间晚于今天",
        EndedAlready => "已在之后退出",
        BeginsLater => "之后才列入",
        Contradicting => "前后矛盾",
        UnknownChange => "调整类型不对",
        _ => "",
    };
}
