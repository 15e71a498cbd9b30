using System.CommandLine;
using Canbao.Core.Secrets;
using Canbao.Core.Work.Backup;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao backup</c>: whole copies of an installation, and installations made from them.</summary>
static class BackupVerbs
{
    /// <summary>What was restored is not sound.</summary>
    const int NotSound = 1;

    public static Command Create() => new("backup", "备份整个系统（数据库和密钥），核对备份，从备份恢复") { Make(), Verify(), Restore() };

    static Command Make()
    {
        var (folder, passphrase) = (FolderArgument("要新建的备份文件夹"), PassphraseOption("不写则从标准输入读一行"));
        var without = new Option<bool>("--without-keys") { Description = "不包含密钥：密钥文件已另外保管，丢失它，备份里加密的内容都不能再读取" };
        return Installation.Verb("create", "备份；可以在系统使用时进行，备份的是开始时刻的全部内容", [folder, passphrase, without],
            async (call, installation, cancel) =>
            {
                var sealing = call.GetValue(without) ? null : Passphrase(call.GetValue(passphrase));
                var keys = call.GetValue<string>("--keys")!;
                var path = call.GetValue(folder)!;
                var made = await Installation.ShowAsync("备份", _ => Backups.CreateAsync(
                    installation.Database, keys, path, sealing, Installation.Doer("命令行备份"), Installation.Clock, cancel));
                Console.WriteLine($"已备份到 {path}：数据库 {Size(made.Database.Bytes)}，第 {made.Schema} 版，{made.Heads.Count} 个地区");
                Console.WriteLine(made.Keys is null
                    ? "没有包含密钥：请确认密钥文件另有备份，两样都有才能恢复"
                    : "包含用口令加密的密钥：请把口令与备份分开保管，两样都有才能恢复");
                return 0;
            });
    }

    static Command Verify()
    {
        var (folder, passphrase) = (FolderArgument("备份文件夹"), PassphraseOption("写了则试着打开其中的密钥"));
        var keys = new Option<string?>("--keys") { Description = "密钥文件：用它核对清单的签名；不写则用备份里的密钥", HelpName = "FILE" };
        var command = new Command("verify", "核对备份是否完整、未被改动，本程序能否恢复它") { folder, keys, passphrase };
        command.SetAction((call, cancel) => Installation.TellAsync(async () =>
        {
            var path = call.GetValue(folder)!;
            var manifest = await Backups.CheckAsync(path, cancel);
            Restoring.RequireSchema(manifest);
            var vault = call.GetValue(keys) is { } file ? Vault.Open(file) : null;
            if (call.GetValue(passphrase) is { } kept)
                vault = (await Backups.KeysOfAsync(path, manifest, Passphrase(kept), cancel)).Vault;
            if (vault is not null)
                Backups.RequireSignature(manifest, vault);
            Console.WriteLine($"备份完整：{manifest.MadeAt.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm}，第 {manifest.Schema} 版，"
                + string.Join('、', manifest.Files.Select(one => $"{one.Name} {Size(one.Bytes)}")));
            Console.WriteLine(vault is null ? "没有核对签名：请用 --keys 或 --passphrase-file 再核对一次" : "清单的签名与密钥相符");
            return 0;
        }));
        return command;
    }

    static Command Restore()
    {
        var (database, keys) = (Installation.DatabaseOption(), Installation.KeysOption());
        var (folder, passphrase) = (FolderArgument("备份文件夹"), PassphraseOption("密钥文件不存在、要从备份里取时用；不写则从标准输入读一行"));
        var command = new Command("restore", "恢复到空的数据库，再核验审计链和总账") { folder, database, keys, passphrase };
        command.SetAction((call, cancel) => Installation.TellAsync(async () =>
        {
            await using var target = Database.Open(call.GetValue(database)!, Installation.Clock);
            var restored = await Installation.ShowAsync("恢复", _ => Restoring.RunAsync(
                target, call.GetValue(keys)!, call.GetValue(folder)!, () => Passphrase(call.GetValue(passphrase)),
                Installation.Doer("命令行恢复"), cancel));
            foreach (var fault in restored.Faults)
                Console.Error.WriteLine($"canbao: {fault}");
            if (restored.Faults.Count > 0)
                return NotSound;
            Console.WriteLine($"已恢复 {restored.Areas} 个地区；审计链 {restored.Acts} 条记录和总账核验通过");
            if (restored.KeysMade)
                Console.WriteLine($"已从备份取出密钥文件 {call.GetValue(keys)}，只有当前账号可以读取");
            return 0;
        }));
        return command;
    }

    static Argument<string> FolderArgument(string description) => new("FOLDER") { Description = description };

    static Option<string?> PassphraseOption(string otherwise) => new("--passphrase-file")
    {
        Description = $"第一行为备份口令的文件；{otherwise}",
        HelpName = "FILE",
    };

    static string Passphrase(string? file)
    {
        try
        {
            return (file is null ? Console.In.ReadLine() : File.ReadLines(file).FirstOrDefault()) ?? "";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(BackupCodes.NoPassphrase, $"读不了口令文件 {file}；请核对文件名和权限");
        }
    }

    static string Size(long bytes) => bytes < 1 << 20 ? $"{Math.Max(bytes >> 10, 1)} KB" : $"{bytes >> 20} MB";
}
