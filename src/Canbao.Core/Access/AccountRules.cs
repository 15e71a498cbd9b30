using Canbao.Vocabulary;

namespace Canbao.Core.Access;

/// <summary>What accounts and passwords have to be.</summary>
public static class AccountRules
{
    /// <summary>The fewest characters of a password.</summary>
    public const int ShortestPassword = 10;

    const int LongestPassword = 128;
    const int DifferentCharacters = 5;

    /// <summary>A login as it is kept: without blanks around it, in small letters.</summary>
    public static string Clean(string login) => login.Trim().ToLowerInvariant();

    /// <exception cref="RefusedException">L101 to L105: something is missing or not known.</exception>
    internal static void Check(NewAccount account)
    {
        if (account.Login.Length is < 3 or > 32 || !account.Login.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
            throw new RefusedException("L101", "登录名应为 3 至 32 位小写字母、数字、点、短横或下划线；请改一个");
        if (string.IsNullOrWhiteSpace(account.Name) || account.Name.Length > 50)
            throw new RefusedException("L102", "姓名不能为空，最多 50 个字；请填写使用人的姓名");
        if (account.Unit.Length == 0)
            throw new RefusedException("L103", "请选择账号所属的单位");
        if (account.Role == Role.ListDepartment && (account.Department is null || !Departments.IsKnown(account.Department)))
            throw new RefusedException("L104", "名单部门的账号要写明是哪个部门；请选择部门");
        if (account.Role != Role.ListDepartment && account.Department is not null)
            throw new RefusedException("L105", "只有名单部门的账号才写部门；请去掉部门或改角色");
    }

    /// <exception cref="RefusedException">L110: too weak.</exception>
    internal static void CheckPassword(string login, string password)
    {
        if (password.Length is < ShortestPassword or > LongestPassword)
            throw new RefusedException("L110", $"密码应为 {ShortestPassword} 至 {LongestPassword} 位；请换一个");
        if (password.Distinct().Count() < DifferentCharacters)
            throw new RefusedException("L110", $"密码至少要有 {DifferentCharacters} 个不同的字符；请换一个");
        if (password.Contains(login, StringComparison.OrdinalIgnoreCase))
            throw new RefusedException("L110", "密码中不能包含登录名；请换一个");
    }

    internal static Role RoleOf(AccountRow account) => Roles.TryParse(account.Role, out var role)
        ? role
        : throw new InvalidDataException($"The account {account.Login} has a role that this program does not know.");
}
