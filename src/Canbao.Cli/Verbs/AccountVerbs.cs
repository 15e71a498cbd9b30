using System.CommandLine;
using Canbao.Core.Access;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao account</c>: the first administrator of an area; the others are made on the pages.</summary>
static class AccountVerbs
{
    public static Command Create() => new("account", "管理登录账号") { Add(), ResetFactor() };

    static Command Add()
    {
        var area = Installation.AreaOption();
        var login = Text("--login", "LOGIN", "登录名");
        var name = Text("--name", "NAME", "使用人姓名");
        var role = Text("--role", "ROLE", $"岗位：{Roles.Known}");
        var unit = Text("--unit", "UNIT", "单位代码；账号看得到这个单位和它的下级单位");
        var department = new Option<string?>("--department")
        {
            Description = $"岗位为 list_department 时的部门：{string.Join('、', Departments.All.Select(each => each.Code))}",
            HelpName = "DEPARTMENT",
        };
        var file = new Option<string?>("--password-file")
        {
            Description = "第一行为初始密码的文件；不写则从标准输入读一行",
            HelpName = "FILE",
        };
        role.Validators.Add(value =>
        {
            if (!Roles.TryParse(value.GetValueOrDefault<string>(), out _))
                value.AddError($"--role 可写：{Roles.Known}");
        });
        return Installation.Verb(
            "add", "新建账号；本人第一次登录时必须改掉初始密码", [area, login, name, role, unit, department, file],
            async (call, installation, cancel) =>
            {
                var chosen = Roles.All.Single(each => each.Code() == call.GetValue(role));
                var account = new NewAccount(
                    call.GetValue(login)!, call.GetValue(name)!, chosen, call.GetValue(unit)!, call.GetValue(department));
                var password = Password(call.GetValue(file));
                await Accounts.AddAsync(
                    installation.Database, call.GetValue(area), Installation.Doer("命令行新建账号"), account, password, null, cancel);
                Console.WriteLine($"已新建账号 {AccountRules.Clean(account.Login)}（{chosen.Chinese()}）；第一次登录时必须改掉初始密码");
                return 0;
            });
    }

    static Command ResetFactor()
    {
        var (area, login) = (Installation.AreaOption(), Text("--login", "LOGIN", "登录名"));
        var reason = Text("--reason", "REASON", "原因，记入审计");
        return Installation.Verb(
            "reset-factor", "重置动态验证码：本人手机丢失，又没有别的账号管理员时用", [area, login, reason],
            async (call, installation, cancel) =>
            {
                if (string.IsNullOrWhiteSpace(call.GetValue(reason)))
                    throw new RefusedException("L111", "请写明原因");
                var cleaned = AccountRules.Clean(call.GetValue(login)!);
                await Accounts.ResetFactorAsync(
                    installation.Database, call.GetValue(area), Installation.Doer(call.GetValue(reason)!), cleaned, cancel);
                Console.WriteLine($"已重置 {cleaned} 的动态验证码；下次登录只需密码");
                return 0;
            });
    }

    static Option<string> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Required = true };

    static string Password(string? file)
    {
        try
        {
            return (file is null ? Console.In.ReadLine() : File.ReadLines(file).FirstOrDefault()) ?? "";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException("L113", $"读不了密码文件 {file}；请核对文件名和权限");
        }
    }
}
