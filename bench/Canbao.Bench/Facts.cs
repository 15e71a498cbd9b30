namespace Canbao.Bench;

/// <summary>Where a person is registered, in the order of <see cref="Codes.Residence"/>.</summary>
enum Residence : byte { LocalHukou, ResidencePermit, NonLocal, HongKongMacaoTaiwan }

/// <summary>Whether a person belongs in employee insurance, in the order of <see cref="Codes.Employment"/>.</summary>
enum Employment : byte { None, Employee, Flexible }

/// <summary>What a person studies, in the order of <see cref="Codes.Student"/>.</summary>
enum Student : byte { None, Kindergarten, School, College, Vocational }

/// <summary>Other grounds of scope, in the order of <see cref="Codes.ScopeStatus"/>.</summary>
enum ScopeStatus : byte { None, Clergy, Inmate, ArmedPolice, Foundling, FailingFirm, MigrantChild }

/// <summary>Cover held elsewhere, in the order of <see cref="Codes.OtherCover"/>.</summary>
enum OtherCover : byte { None, EmployeeElsewhere, ResidentElsewhere }

/// <summary>One person of the input file, read and checked: what every in-memory contender is given.</summary>
struct Facts
{
    public DateOnly BirthDate;
    public DateOnly? SchoolEntryDate;
    public DateOnly? EmployeeCoverEnded;
    public DateOnly? RegisteredOn;
    public DateOnly PaidOn;
    public ulong Categories;
    public Residence Residence;
    public Employment Employment;
    public Student Student;
    public ScopeStatus ScopeStatus;
    public OtherCover OtherCover;
    public byte Tier;
    public bool FirstTime;
}

/// <summary>The words of the input columns. A code's place in its list is its enum value or its bit.</summary>
static class Codes
{
    public static readonly string[] Columns =
    [
        "person_id", "birth_date", "residence", "employment", "student", "school_entry_date", "scope_status", "categories", "tier",
        "employee_cover_ended", "other_cover", "first_time", "registered_on", "paid_on",
    ];

    public static readonly string[] Residence = ["local_hukou", "residence_permit", "non_local", "hmt"];
    public static readonly string[] Employment = ["none", "employee", "flexible"];
    public static readonly string[] Student = ["none", "kindergarten", "school", "college", "vocational"];
    public static readonly string[] ScopeStatus =
        ["", "clergy", "inmate", "armed_police", "foundling", "failing_firm", "migrant_child"];

    public static readonly string[] Tier = ["", "1", "2"];
    public static readonly string[] OtherCover = ["none", "employee_elsewhere", "resident_elsewhere"];
    public static readonly string[] FirstTime = ["no", "yes"];

    public static readonly string[] Categories =
    [
        "extreme_poverty_rural", "extreme_poverty_urban", "minimum_living_rural", "minimum_living_urban", "minimum_living_marginal",
        "low_income_family", "orphan", "unattended_child", "key_hardship_child", "foundling", "registered_poor", "poverty_alleviated",
        "stable_alleviated", "monitored_household", "unstable_alleviated", "marginal_risk", "sudden_hardship", "returned_to_poverty",
        "severe_disability", "disability", "multi_disability_household", "entitled_group", "key_entitled_group", "five_old",
        "sixties_retrenched", "fp_special_family", "fp_one_daughter", "fp_two_daughters", "fp_daughters_only", "fp_only_son",
        "fp_only_child_harmed", "retired_cadre_survivor", "moral_model", "old_area_village", "needy_student",
    ];

    /// <summary>The bits of the named categories.</summary>
    public static ulong Bits(params ReadOnlySpan<string> names)
    {
        var bits = 0UL;
        foreach (var name in names)
        {
            var at = Array.IndexOf(Categories, name);
            if (at < 0) throw new ArgumentException($"no category {name}", nameof(names));
            bits |= 1UL << at;
        }

        return bits;
    }
}
