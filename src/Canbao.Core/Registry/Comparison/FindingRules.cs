using Canbao.Vocabulary;

namespace Canbao.Core.Registry.Comparison;

/// <summary>What another office says of somebody.</summary>
/// <param name="Name">The name.</param>
/// <param name="Number">The identity number in full: kept sealed only.</param>
/// <param name="Word">What happened, or what kind; empty where the source has none.</param>
/// <param name="Day">Since when; null where the source does not say.</param>
/// <param name="Place">Where: address, firm, place of insurance or school.</param>
/// <param name="Unit">The school or class among the units, or null.</param>
public sealed record TheirRow(string Name, string Number, string Word, DateOnly? Day, string Place, string? Unit);

/// <summary>What the register says of somebody now.</summary>
public sealed record OurPerson
{
    /// <summary>The person.</summary>
    public required long PersonId { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Day of death, or null.</summary>
    public DateOnly? DiedOn { get; init; }

    /// <summary>The open span; null where there is none.</summary>
    public PersonStatusRow? Status { get; init; }

    /// <summary>Whether actively enrolled for the year that is looked at.</summary>
    public bool IsEnrolled { get; init; }
}

/// <summary>The ways in which a file and the register can differ.</summary>
public static class FindingKinds
{
    /// <summary>Not in the register.</summary>
    public const string MissingHere = "missing_here";

    /// <summary>Another name for the number.</summary>
    public const string NameDiffers = "name_differs";

    /// <summary>Dead, and the register does not know.</summary>
    public const string Dead = "dead";

    /// <summary>Dead before the year, and still enrolled for it.</summary>
    public const string DeadEnrolled = "dead_enrolled";

    /// <summary>Another day of death.</summary>
    public const string DeathDayDiffers = "death_day_differs";

    /// <summary>Moved here.</summary>
    public const string MovedIn = "moved_in";

    /// <summary>Moved away.</summary>
    public const string MovedOut = "moved_out";

    /// <summary>Insured there, and enrolled here.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Insured there, which the register does not say.</summary>
    public const string InsuredThere = "insured_there";

    /// <summary>In custody, which the register does not say.</summary>
    public const string Inmate = "inmate";

    /// <summary>Another school, class or stage.</summary>
    public const string SchoolDiffers = "school_differs";

    /// <summary>Ought to be enrolled and is not.</summary>
    public const string NotEnrolled = "not_enrolled";

    /// <summary>Covered here while insured there: what was enjoyed twice is to be returned.</summary>
    public const string Recovery = "recovery";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        MissingHere, NameDiffers, Dead, DeadEnrolled, DeathDayDiffers, MovedIn, MovedOut, Duplicate, InsuredThere, Inmate, SchoolDiffers,
        NotEnrolled, Recovery,
    ];

    /// <summary>How an office says it.</summary>
    public static string Chinese(string kind) => kind switch
    {
        MissingHere => "登记中没有此人",
        NameDiffers => "姓名与登记不同",
        Dead => "已死亡，登记为在世",
        DeadEnrolled => "已死亡，仍在参保",
        DeathDayDiffers => "死亡日期与登记不同",
        MovedIn => "户籍迁入",
        MovedOut => "户籍迁出",
        Duplicate => "重复参保",
        InsuredThere => "已在别处参保，登记中没有",
        Inmate => "被监管，登记中没有",
        SchoolDiffers => "学籍与登记不同",
        NotEnrolled => "尚未参保登记",
        Recovery => "重复享受待遇待追回",
        _ => kind,
    };
}

/// <summary>Tells in what a file and the register differ about one person. Knows no database.</summary>
public static class FindingRules
{
    /// <summary>The kinds of findings that come of a row; none where both say the same.</summary>
    /// <param name="source">Whose row.</param>
    /// <param name="row">What it says.</param>
    /// <param name="ours">What the register says; null for whoever is not in it.</param>
    /// <param name="year">The year whose enrolment is looked at.</param>
    public static IEnumerable<string> Compare(ComparisonSource source, TheirRow row, OurPerson? ours, InsuranceYear year)
    {
        if (ours is null)
            // The dead and people insured elsewhere need not be in the register.
            return source == ComparisonSource.Schools || source == ComparisonSource.Inmates
                || source == ComparisonSource.Police && row.Word is PoliceWords.Birth or PoliceWords.MovedIn
                    ? [FindingKinds.MissingHere]
                    : [];
        // Whose row it is has to be clear before anything else is.
        if (ours.Name != row.Name)
            return [FindingKinds.NameDiffers];
        return source.Code switch
        {
            "deaths" => Death(row, ours, year),
            // The day on which an entry was struck off is not the day of death, but it is the only one told.
            "police" when row.Word == PoliceWords.Death => Death(row, ours, year).Where(kind => kind != FindingKinds.DeathDayDiffers),
            _ when ours.DiedOn is not null => [],
            "police" => Move(row, ours),
            "employee" => Insured(ours, ours.Status?.Employment == Employment.Employee),
            "elsewhere" => Insured(ours, ours.Status?.OtherCover == Cover(row)),
            "inmates" => [.. When(ours.Status?.ScopeStatus != ScopeStatus.Inmate, FindingKinds.Inmate), .. NotEnrolled(ours)],
            _ => [.. When(!SameSchool(row, ours.Status), FindingKinds.SchoolDiffers), .. NotEnrolled(ours)],
        };
    }

    /// <summary>The insurance elsewhere that a row tells.</summary>
    public static OtherCover Cover(TheirRow row) =>
        RegistryWords.OtherCovers.TryRead(row.Word, out var cover) ? cover : OtherCover.ResidentElsewhere;

    /// <summary>The stage of school that a row tells.</summary>
    public static Student Stage(TheirRow row) => RegistryWords.Students.TryRead(row.Word, out var student) ? student : Student.School;

    static IEnumerable<string> Death(TheirRow row, OurPerson ours, InsuranceYear year) =>
        ours.IsEnrolled && row.Day < year.FirstDay ? [FindingKinds.DeadEnrolled]
        : ours.DiedOn is null ? [FindingKinds.Dead]
        : When(ours.DiedOn != row.Day, FindingKinds.DeathDayDiffers);

    static IEnumerable<string> Move(TheirRow row, OurPerson ours) => row.Word switch
    {
        PoliceWords.MovedIn => When(ours.Status?.Residence != Residence.LocalHukou, FindingKinds.MovedIn),
        PoliceWords.MovedOut => When(ours.Status?.Residence == Residence.LocalHukou, FindingKinds.MovedOut),
        _ => [],
    };

    static IEnumerable<string> Insured(OurPerson ours, bool isKnown) =>
        ours.IsEnrolled ? [FindingKinds.Duplicate] : When(!isKnown, FindingKinds.InsuredThere);

    static IEnumerable<string> NotEnrolled(OurPerson ours) => When(!ours.IsEnrolled, FindingKinds.NotEnrolled);

    static bool SameSchool(TheirRow row, PersonStatusRow? status) =>
        status is not null && status.Student == Stage(row) && (row.Unit is null || status.SchoolUnit == row.Unit)
        && (row.Day is null || status.SchoolEntry == row.Day);

    static IEnumerable<string> When(bool isSo, string kind) => isSo ? [kind] : [];
}
