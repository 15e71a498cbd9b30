namespace Canbao.Core.Access;

/// <summary>The departments that give lists, by the codes that rosters name as their owners.</summary>
public static class Departments
{
    /// <summary>Codes and names, in the order in which forms list them.</summary>
    public static IReadOnlyList<(string Code, string Chinese)> All { get; } =
    [
        ("civil_affairs", "民政部门"),
        ("rural_revitalisation", "乡村振兴部门"),
        ("disabled_federation", "残联"),
        ("health", "卫生健康部门"),
        ("veterans_affairs", "退役军人事务部门"),
        ("education", "教育部门"),
        ("police", "公安部门"),
        ("organisation", "组织部门"),
        ("civilisation_office", "文明办"),
        ("human_resources", "人力资源社会保障部门"),
        ("justice", "司法行政部门"),
        ("trade_unions", "工会"),
        ("statistics", "统计部门"),
        ("publicity", "宣传部门"),
        ("agriculture", "农业农村部门"),
        ("community", "社区"),
        ("school", "学校"),
    ];

    /// <summary>Whether there is such a department.</summary>
    public static bool IsKnown(string code) => All.Any(department => department.Code == code);

    /// <summary>How an office says it; empty for none.</summary>
    public static string Chinese(string? code) => All.FirstOrDefault(department => department.Code == code).Chinese ?? "";

    /// <summary>How an office says a department or a role, by its code; the code itself for neither.</summary>
    public static string Office(string code) => Chinese(code) is { Length: > 0 } name ? name
        : Roles.TryParse(code, out var role) ? role.Chinese() : code;
}
