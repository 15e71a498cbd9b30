using System.CommandLine;
using Canbao.Core.Events;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao audit</c>: the chain that shows any later change of what was recorded.</summary>
static class AuditVerbs
{
    public static Command Create() => new("audit", "封存和核验操作记录") { Seal(), Verify(), Head() };

    static Command Seal()
    {
        var area = Installation.AreaOption();
        return Installation.Verb("seal", "把已提交、尚未封存的记录接到审计链上（网站运行时每分钟自动进行）", [area],
            async (call, installation, cancel) =>
            {
                var all = await new AuditChain(installation.Vault).SealAsync(installation.Database, call.GetValue(area), cancel);
                Console.WriteLine($"已封存 {all} 条记录");
                return 0;
            });
    }

    static Command Head()
    {
        var area = Installation.AreaOption();
        return Installation.Verb("head", "打印链头；每天存到别处，日后用来证明末尾没有被删", [area], async (call, installation, cancel) =>
        {
            Console.WriteLine(await installation.Database.ReadAsync(
                session => AuditChain.HeadAsync(session, call.GetValue(area)), cancel));
            return 0;
        });
    }

    static Command Verify()
    {
        var area = Installation.AreaOption();
        var head = new Option<string?>("--head") { Description = "留存的链头文件（canbao audit head 的输出）", HelpName = "FILE" };
        return Installation.Verb("verify", "核验整条审计链，指出第一条被改动的记录", [area, head], async (call, installation, cancel) =>
        {
            AuditHead? kept = null;
            if (call.GetValue(head) is { } path
                && (!File.Exists(path) || (kept = AuditHead.Parse(await File.ReadAllTextAsync(path, cancel))) is null
                    || kept.Area != call.GetValue(area)))
                return Installation.Refuse($"E105 {path} 不是这个地区的链头文件；请核对");
            var fault = await installation.Database.ReadAsync(
                session => new AuditChain(installation.Vault).VerifyAsync(session, call.GetValue(area), kept), cancel);
            if (fault is null)
            {
                var now = await installation.Database.ReadAsync(
                    session => AuditChain.HeadAsync(session, call.GetValue(area)), cancel);
                Console.WriteLine($"审计链完整：{now.SealNo} 条记录都与封存时相同");
                return 0;
            }

            Console.Error.WriteLine($"canbao: {fault.Code} {fault.Text}");
            return 1;
        });
    }
}
