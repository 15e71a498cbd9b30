using System.CommandLine;
using Canbao.Core.Secrets;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao keys</c>: the file with the keys that seal personal data.</summary>
static class KeysVerbs
{
    public static Command Create() => new("keys", "新建、轮换和查看加密个人信息的密钥文件")
    {
        CreateFile(),
        Of("rotate", "增加一把新密钥，此后的内容用它加密；旧密钥保留，用来读取旧内容", path =>
        {
            var (number, _) = Vault.Rotate(path, TimeProvider.System).Keys[^1];
            Console.WriteLine($"已增加 {number} 号密钥；请立即备份 {path}，并重启正在使用它的程序");
        }),
        Of("show", "显示密钥文件的算法和各密钥的编号、日期；不显示密钥本身", path => Show(Vault.Open(path))),
    };

    static Command CreateFile()
    {
        var file = FileArgument();
        var suite = new Option<string>("--suite")
        {
            Description = "算法：aes 为 AES-256-GCM 和 HMAC-SHA256，sm 为国密 SM4-GCM 和 HMAC-SM3；不写则为 aes",
            HelpName = "SUITE",
            DefaultValueFactory = _ => "aes",
        };
        var demo = new Option<bool>("--demo") { Description = "演示用：标记这份密钥只用于编造的数据，正式的网页服务拒绝使用它" };
        suite.Validators.Add(value =>
        {
            if (value.GetValueOrDefault<string>() is not ("aes" or "sm"))
                value.AddError("--suite 可写：aes、sm");
        });
        var command = new Command("create", "新建密钥文件；已有的文件不会被覆盖") { file, suite, demo };
        command.SetAction(call => Run(() =>
        {
            var path = call.GetValue(file)!;
            Vault.Create(path, call.GetValue(suite)!, TimeProvider.System, call.GetValue(demo));
            Console.WriteLine($"已新建密钥文件 {path}，只有当前账号可以读取");
            Console.WriteLine("请立即备份到与数据库及其备份分开的安全处：丢失它，全部加密内容都不能再读取");
        }));
        return command;
    }

    static Command Of(string name, string description, Action<string> run)
    {
        var file = FileArgument();
        var command = new Command(name, description) { file };
        command.SetAction(call => Run(() => run(call.GetValue(file)!)));
        return command;
    }

    static Argument<string> FileArgument() => new("FILE") { Description = "密钥文件，应放在数据库及其备份之外" };

    static void Show(Vault vault)
    {
        Console.WriteLine(vault.Suite == "sm" ? "算法：sm（SM4-GCM、HMAC-SM3）" : "算法：aes（AES-256-GCM、HMAC-SHA256）");
        if (vault.IsDemo)
            Console.WriteLine("演示用密钥：不能用于正式数据");
        foreach (var (number, created) in vault.Keys)
            Console.WriteLine($"{number} 号密钥：{created:yyyy-MM-dd} 生成{(number == vault.Keys[^1].Number ? "，正在使用" : "，只用来读取")}");
    }

    static int Run(Action run)
    {
        try
        {
            run();
            return 0;
        }
        catch (SecretsException fault)
        {
            Console.Error.WriteLine($"canbao: {fault.Code} {fault.Message}");
            return Program.Unusable;
        }
    }
}
