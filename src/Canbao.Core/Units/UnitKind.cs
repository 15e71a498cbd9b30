namespace Canbao.Core.Units;

/// <summary>What a unit of the collection tree is. The tree is not that of administrative divisions (decision 21).</summary>
public enum UnitKind
{
    /// <summary>省.</summary>
    Province,

    /// <summary>市.</summary>
    City,

    /// <summary>市本级: the city's own people, beside its counties.</summary>
    CityProper,

    /// <summary>县、市、区.</summary>
    County,

    /// <summary>开发区、园区.</summary>
    DevelopmentZone,

    /// <summary>乡镇、街道.</summary>
    Township,

    /// <summary>党总支片区: between town and village.</summary>
    Branch,

    /// <summary>村、社区.</summary>
    Village,

    /// <summary>教育系统.</summary>
    EducationSystem,

    /// <summary>学校、幼儿园.</summary>
    School,

    /// <summary>班级.</summary>
    SchoolClass,

    /// <summary>外来工.</summary>
    MigrantWorkers,

    /// <summary>镇直、区直: people of the town's own offices.</summary>
    TownDirect,
}

/// <summary>The words of kinds, and which kinds stand under which.</summary>
public static class UnitKinds
{
    static readonly (UnitKind Kind, string Code, string Chinese, UnitKind[] Under)[] All =
    [
        (UnitKind.Province, "province", "省", []),
        (UnitKind.City, "city", "市", [UnitKind.Province]),
        (UnitKind.CityProper, "city_proper", "市本级", [UnitKind.City]),
        (UnitKind.County, "county", "县（市、区）", [UnitKind.City]),
        (UnitKind.DevelopmentZone, "development_zone", "开发区", [UnitKind.City, UnitKind.County]),
        (UnitKind.Township, "township", "乡镇、街道", [UnitKind.County, UnitKind.DevelopmentZone]),
        (UnitKind.Branch, "branch", "党总支片区", [UnitKind.Township]),
        (UnitKind.Village, "village", "村、社区", [UnitKind.Township, UnitKind.Branch, UnitKind.DevelopmentZone]),
        (UnitKind.EducationSystem, "education_system", "教育系统", [UnitKind.City, UnitKind.County]),
        (UnitKind.School, "school", "学校", [UnitKind.EducationSystem, UnitKind.City, UnitKind.County, UnitKind.Township]),
        (UnitKind.SchoolClass, "class", "班级", [UnitKind.School]),
        (UnitKind.MigrantWorkers, "migrant_workers", "外来工", [UnitKind.Township, UnitKind.County]),
        (UnitKind.TownDirect, "town_direct", "镇直", [UnitKind.Township, UnitKind.County]),
    ];

    /// <summary>All codes, as files write them.</summary>
    public static string Known { get; } = string.Join("、", All.Select(kind => kind.Code));

    /// <summary>The code of a kind.</summary>
    public static string Code(this UnitKind kind) => All[(int)kind].Code;

    /// <summary>How an office says it.</summary>
    public static string Chinese(this UnitKind kind) => All[(int)kind].Chinese;

    /// <summary>Whether a unit of this kind may stand under one of another. Any kind may be the root of a tree.</summary>
    public static bool MayStandUnder(this UnitKind kind, UnitKind parent) => All[(int)kind].Under.Contains(parent);

    /// <summary>Reads a code.</summary>
    public static bool TryParse(string code, out UnitKind kind)
    {
        var index = Array.FindIndex(All, candidate => candidate.Code == code);
        kind = index < 0 ? default : All[index].Kind;
        return index >= 0;
    }
}
