namespace Canbao.Core.DemoData;

/// <summary>What is particular to an area.</summary>
/// <param name="Code">Six digits, the tenant's.</param>
/// <param name="Place">The notice, as <c>data/units</c> calls it.</param>
/// <param name="Root">The unit that the area's tree begins with.</param>
/// <param name="Size">People of about what the area has, as a weight among areas.</param>
/// <param name="Address">What its addresses begin with.</param>
sealed record DemoArea(int Code, string Place, string Root, int Size, string Address)
{
    const string Shanxi =
        "extreme_poverty_rural extreme_poverty_urban minimum_living_rural minimum_living_urban minimum_living_marginal orphan " +
        "unattended_child stable_alleviated monitored_household unstable_alleviated marginal_risk sudden_hardship returned_to_poverty";

    /// <summary>All areas, in the order of their codes within a place.</summary>
    public static DemoArea[] All { get; } =
    [
        new(370481, "baogou", "baogou", 62_000, "山东省滕州市鲍沟镇")
        {
            Employees = 20_000,
            Categories = DemoCategory.Of("extreme_poverty_rural minimum_living_rural minimum_living_urban orphan unattended_child " +
                "key_hardship_child poverty_alleviated monitored_household fp_one_daughter fp_two_daughters fp_only_child_harmed " +
                "severe_disability entitled_group"),
        },
        new(370613, "laishan", "laishan", 260_000, "山东省烟台市莱山区")
        {
            Employees = 38_000,
            CollegeStudents = 60,
            HasTiers = true,
            Categories =
            [
                .. DemoCategory.Of("extreme_poverty_rural extreme_poverty_urban minimum_living_rural minimum_living_urban orphan " +
                    "registered_poor severe_disability sixties_retrenched").Select(category => category.FromAgriculture()),
            ],
        },
        new(141102, "lishi", "lishi", 260_000, "山西省吕梁市离石区") { Year = 2023, CollegeStudents = 15 },
        new(350582, "lingyuan", "lingyuan", 40_000, "福建省晋江市灵源街道")
        {
            Employees = 28_000,
            HasSchools = false,
            Categories = DemoCategory.Of("extreme_poverty_rural extreme_poverty_urban minimum_living_rural minimum_living_urban " +
                "registered_poor orphan unattended_child low_income_family key_entitled_group five_old sixties_retrenched " +
                "severe_disability disability multi_disability_household fp_special_family fp_one_daughter fp_two_daughters " +
                "fp_daughters_only fp_only_son retired_cadre_survivor moral_model old_area_village needy_student"),
        },
        new(140500, "jincheng", "jincheng-00", 30_000, "山西省晋城市") { Employees = 85_000, HasSchools = false },
        new(140502, "jincheng", "jincheng-01", 227_000, "山西省晋城市城区") { Employees = 32_000, CollegeStudents = 30 },
        new(140521, "jincheng", "jincheng-06", 191_000, "山西省晋城市沁水县"),
        new(140522, "jincheng", "jincheng-04", 349_000, "山西省晋城市阳城县"),
        new(140524, "jincheng", "jincheng-05", 231_000, "山西省晋城市陵川县"),
        new(140525, "jincheng", "jincheng-02", 449_000, "山西省晋城市泽州县"),
        new(140581, "jincheng", "jincheng-03", 438_000, "山西省高平市"),
    ];

    /// <summary>The insurance year that the season collects for.</summary>
    public int Year { get; init; } = 2022;

    /// <summary>How many of 100,000 people of working age belong in employee insurance.</summary>
    public int Employees { get; init; } = 22_000;

    /// <summary>How many of a thousand people live at a college of the area.</summary>
    public int CollegeStudents { get; init; }

    /// <summary>Whether schools collect in the area's tree.</summary>
    public bool HasSchools { get; init; } = true;

    /// <summary>Whether adults choose a tier.</summary>
    public bool HasTiers { get; init; }

    /// <summary>The categories that the place's notice knows.</summary>
    public DemoCategory[] Categories { get; init; } = DemoCategory.Of(Shanxi);

    /// <summary>The day that the files stand for, in the autumn before the insurance year.</summary>
    public DateOnly Day => new(Year - 1, 9, 30);

    /// <summary>The folder of its files below the one that was asked for; a place of several areas has one for each.</summary>
    public string Folder => Place == "jincheng" ? Path.Combine(Place, $"{Code}") : Place;

    /// <summary>The category of a code, or null where the notice does not know it.</summary>
    public DemoCategory? Category(string code) => Array.Find(Categories, category => category.Code == code);
}
