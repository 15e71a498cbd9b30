namespace Canbao.Vocabulary;

/// <summary>The level of an administrative division (行政区划), highest first.</summary>
public enum DivisionLevel
{
    /// <summary>省、自治区、直辖市: 2 digits.</summary>
    Province,

    /// <summary>地级市、自治州、盟: 4 digits.</summary>
    City,

    /// <summary>县、县级市、市辖区: 6 digits.</summary>
    County,

    /// <summary>乡、镇、街道: 9 digits.</summary>
    Town,

    /// <summary>村、社区 (committee): 12 digits.</summary>
    Village,
}
