namespace Canbao.Core.Access;

/// <summary>What an account is for.</summary>
public enum Role
{
    /// <summary>村社保协办员、网格员.</summary>
    Agent,

    /// <summary>乡镇、街道经办.</summary>
    Street,

    /// <summary>医保局、医保中心.</summary>
    Bureau,

    /// <summary>税务.</summary>
    Tax,

    /// <summary>A department that gives lists of people: 民政, 残联 and others; the account says which.</summary>
    ListDepartment,

    /// <summary>财政.</summary>
    Finance,

    /// <summary>学校.</summary>
    School,

    /// <summary>领导、督查.</summary>
    Supervisor,

    /// <summary>账号管理员: accounts only, no people and no money.</summary>
    Administrator,

    /// <summary>安全审计员: reads who did what.</summary>
    SecurityAuditor,
}

/// <summary>The words of roles.</summary>
public static class Roles
{
    static readonly (Role Role, string Code, string Chinese)[] Words =
    [
        (Role.Agent, "agent", "村社区协办员"),
        (Role.Street, "street", "乡镇街道经办"),
        (Role.Bureau, "bureau", "医保经办"),
        (Role.Tax, "tax", "税务征收"),
        (Role.ListDepartment, "list_department", "名单部门"),
        (Role.Finance, "finance", "财政"),
        (Role.School, "school", "学校"),
        (Role.Supervisor, "supervisor", "领导督查"),
        (Role.Administrator, "administrator", "账号管理员"),
        (Role.SecurityAuditor, "security_auditor", "安全审计员"),
    ];

    /// <summary>All of them, in the order in which forms list them.</summary>
    public static IReadOnlyList<Role> All { get; } = [.. Words.Select(word => word.Role)];

    /// <summary>All codes, as the command line takes them.</summary>
    public static string Known { get; } = string.Join("、", Words.Select(word => word.Code));

    /// <summary>The code, as it is stored.</summary>
    public static string Code(this Role role) => Words[(int)role].Code;

    /// <summary>How an office says it.</summary>
    public static string Chinese(this Role role) => Words[(int)role].Chinese;

    /// <summary>Reads a code.</summary>
    public static bool TryParse(string? code, out Role role)
    {
        var index = Array.FindIndex(Words, word => word.Code == code);
        role = index < 0 ? default : Words[index].Role;
        return index >= 0;
    }
}
