namespace Canbao.Core.Reporting;

/// <summary>What targets count.</summary>
/// <param name="Code">As it is stored.</param>
/// <param name="Published">As files of published figures write it.</param>
/// <param name="Chinese">As an office says it.</param>
public sealed record TargetMeasure(string Code, string Published, string Chinese)
{
    /// <summary>Residents insured (<c>lishi 附件2</c>, <c>jincheng 附件2</c>, <c>lingyuan 附件1</c>).</summary>
    public static readonly TargetMeasure Residents = new("residents", "resident_target", "居民参保");

    /// <summary>Residents newly insured (<c>laishan 附件</c>).</summary>
    public static readonly TargetMeasure NewResidents = new("new_residents", "new_resident", "居民新增参保");

    /// <summary>People in employee insurance (<c>jincheng 附件1</c>).</summary>
    public static readonly TargetMeasure Employees = new("employees", "employee_target", "职工参保");

    /// <summary>People newly in employee insurance (<c>laishan 附件</c>, <c>laishan 五(一)</c>).</summary>
    public static readonly TargetMeasure NewEmployees = new("new_employees", "new_employee", "职工新增参保");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TargetMeasure> All { get; } = [Residents, NewResidents, Employees, NewEmployees];

    /// <summary>The measure of a code; null where there is none.</summary>
    public static TargetMeasure? Find(string code) => All.FirstOrDefault(measure => measure.Code == code || measure.Published == code);
}

/// <summary>What figures from outside count.</summary>
public static class Measures
{
    /// <summary>户籍人口.</summary>
    public const string Hukou = "hukou_population";

    /// <summary>有效居住证.</summary>
    public const string Permits = "valid_permits";

    /// <summary>普查常住人口.</summary>
    public const string Census = "census_population";

    /// <summary>常住人口.</summary>
    public const string Residents = "resident_population";

    /// <summary>居民参保人数.</summary>
    public const string ResidentEnrolled = "resident_enrolled";

    /// <summary>职工参保人数.</summary>
    public const string EmployeeEnrolled = "employee_enrolled";

    /// <summary>已激活电子凭证.</summary>
    public const string CredentialsActive = "credentials_active";

    /// <summary>电子凭证统计的参保人数.</summary>
    public const string CredentialsEnrolled = "enrolled";

    /// <summary>公布的未激活人数; what a notice publishes stays beside what is computed (decision 24).</summary>
    public const string CredentialsInactive = "credentials_inactive";

    /// <summary>公布的达标所需人数.</summary>
    public const string CredentialsNeeded = "credentials_needed";

    /// <summary>公布的激活差距.</summary>
    public const string CredentialsGap = "credentials_gap";

    /// <summary>公布的新增参保合计.</summary>
    public const string NewTotal = "new_total";

    static readonly (string Code, string Chinese)[] Words =
    [
        (Hukou, "户籍人口"), (Permits, "有效居住证"), (Census, "普查常住人口"), (Residents, "常住人口"), (ResidentEnrolled, "居民参保人数"),
        (EmployeeEnrolled, "职工参保人数"), (CredentialsActive, "已激活电子凭证"), (CredentialsEnrolled, "电子凭证统计参保人数"),
        (CredentialsInactive, "公布的未激活人数"), (CredentialsNeeded, "公布的达标所需激活人数"), (CredentialsGap, "公布的激活差距"),
        (NewTotal, "公布的新增参保合计"),
    ];

    /// <summary>All of them with their words.</summary>
    public static IReadOnlyList<(string Code, string Chinese)> All => Words;

    /// <summary>As an office says it.</summary>
    public static string Chinese(string measure) => Words.FirstOrDefault(word => word.Code == measure).Chinese ?? measure;

    /// <summary>Reads a code or a word; null where it is none.</summary>
    public static string? Find(string text) => Words.FirstOrDefault(word => word.Code == text || word.Chinese == text).Code;
}

/// <summary>What a target rests on.</summary>
/// <param name="Code">As it is stored.</param>
/// <param name="Chinese">As an office says it.</param>
public sealed record TargetBasis(string Code, string Chinese)
{
    /// <summary>Entered, as a notice or a higher office has it.</summary>
    public static readonly TargetBasis Entered = new("entered", "下达");

    /// <summary>Hukou population and valid permits together (<c>lingyuan 附件1</c>).</summary>
    public static readonly TargetBasis HukouAndPermits = new("hukou_and_permits", "户籍人口＋有效居住证");

    /// <summary>A share of the census population (<c>jincheng 一</c>).</summary>
    public static readonly TargetBasis CensusShare = new("census_share", "普查常住人口×比例");

    /// <summary>Resident population without who was insured the year before (<c>laishan 三</c>).</summary>
    public static readonly TargetBasis NotYetInsured = new("not_yet_insured", "常住人口－上年参保人数");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TargetBasis> All { get; } = [Entered, HukouAndPermits, CensusShare, NotYetInsured];

    /// <summary>The basis of a code; null where there is none.</summary>
    public static TargetBasis? Find(string code) => All.FirstOrDefault(basis => basis.Code == code);
}
