using System.CommandLine;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao channel</c>: who may send payments.</summary>
static class ChannelVerbs
{
    public static Command Create() => new("channel", "缴费渠道：新增、停用、限制、查看、缴费文件入账、模拟")
    {
        Add(), Close(), Limit(), List(), ChannelPostVerb.Create(), SandboxVerb.Create(),
    };

    static Command Add()
    {
        var area = Installation.AreaOption();
        var code = CodeOption();
        var name = new Option<string>("--name") { Description = "渠道名称，如 农商银行", HelpName = "NAME", Required = true };
        var key = new Option<string?>("--sm2")
        {
            Description = "渠道的 SM2 公钥（130位十六进制）；不写则用 HMAC-SHA256，由本系统生成共享密钥并只显示一次",
            HelpName = "KEY",
        };
        return Installation.Verb("add", "新增渠道", [area, code, name, key], async (call, installation, cancel) =>
        {
            var secret = await Act.DoAsync(installation.Database, call.GetValue(area), Installation.Doer("新增缴费渠道"), "channel.add",
                act => new Channels(installation.Vault).AddAsync(act, call.GetValue(code)!, call.GetValue(name)!, Key(call.GetValue(key))),
                cancel);
            Console.WriteLine($"已新增渠道 {call.GetValue(area)}/{call.GetValue(code)} {call.GetValue(name)}");
            if (secret.Length > 0)
                Console.WriteLine($"共享密钥（只显示这一次，请交给渠道妥善保管）：{Convert.ToHexStringLower(secret)}");
            return 0;
        });
    }

    static Command Close()
    {
        var area = Installation.AreaOption();
        var code = CodeOption();
        return Installation.Verb("close", "停用渠道：此后它的消息一律不处理", [area, code], async (call, installation, cancel) =>
        {
            await Act.DoAsync(installation.Database, call.GetValue(area), Installation.Doer("停用缴费渠道"), "channel.close",
                act => Channels.CloseAsync(act, call.GetValue(code)!), cancel);
            Console.WriteLine($"已停用渠道 {call.GetValue(area)}/{call.GetValue(code)}");
            return 0;
        });
    }

    static Command Limit()
    {
        var area = Installation.AreaOption();
        var code = CodeOption();
        var refuse = new Option<string>("--refuse")
        {
            Description = "不能经它缴费的学生类别，用顿号或逗号分隔，如 高校、中职；写 无 则不限制",
            HelpName = "WORDS",
            Required = true,
        };
        return Installation.Verb("limit", "限制渠道：列出的学生不能经它缴费，如农村金融服务点不收大中专学生", [area, code, refuse],
            async (call, installation, cancel) =>
            {
                var kinds = new List<Student>();
                foreach (var word in call.GetValue(refuse)!.Split(['、', ',', '，'], StringSplitOptions.TrimEntries))
                    if (RegistryWords.Students.TryRead(word, out var kind))
                        kinds.Add(kind);
                    else if (word != "无")
                        return Installation.Refuse($"C301 没有学生类别“{word}”；可写{RegistryWords.Students.Known}");
                await Act.DoAsync(installation.Database, call.GetValue(area), Installation.Doer("限制缴费渠道"), "channel.limit",
                    act => Channels.LimitAsync(act, call.GetValue(code)!, kinds), cancel);
                Console.WriteLine(kinds.Count == 0 ? $"渠道 {call.GetValue(code)} 不再限制学生"
                    : $"渠道 {call.GetValue(code)} 不收：{Words(kinds)}");
                return 0;
            });
    }

    static string Words(IEnumerable<Student> kinds) => string.Join("、", kinds.Select(kind => RegistryWords.Students[kind]));

    static Command List()
    {
        var area = Installation.AreaOption();
        return Installation.Verb("list", "列出渠道", [area], async (call, installation, cancel) =>
        {
            foreach (var row in await installation.Database.ReadAsync(session => Channels.ListAsync(session, call.GetValue(area)), cancel))
                Console.WriteLine($"{row.Channel}\t{row.Name}\t{row.Algorithm}\t{(row.ClosedBy is null ? "启用" : "已停用")}"
                    + (row.Refuses is null ? "" : $"\t不收{Words(row.RefusedStudents)}学生"));
            return 0;
        });
    }

    static Option<string> CodeOption() => new("--code") { Description = "渠道代码，如 wechat、rural-bank", HelpName = "CODE", Required = true };

    static byte[]? Key(string? hex)
    {
        try
        {
            return hex is null ? null : Convert.FromHexString(hex);
        }
        catch (FormatException)
        {
            throw new RefusedException("N111", "SM2公钥须为未压缩格式的130位十六进制，以04开头");
        }
    }
}
