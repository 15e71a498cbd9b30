using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Cli.Tests;

/// <summary>By the program: an installation is set up, backed up while its pages are served, and made anew elsewhere.</summary>
public sealed class BackupTests : IDisposable
{
    const string Passphrase = "四个 不相干的 词 backup";

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, OnBothEngines]
    public async Task An_installation_is_made_anew_from_its_backup(Engine engine)
    {
        await using var source = await TestDatabase.EmptyAsync(engine);
        await using var target = await TestDatabase.EmptyAsync(engine);
        var word = folder.Write("passphrase", $"{Passphrase}\n");
        In(source, "keys", "create", "canbao.keys").Tells(0);
        In(source, "init", "--area", "141102", "--units", Repository.Path("data", "units", "lishi.csv"), "--policy", "lishi-2023").Tells(0);
        using var server = Call.Start(folder.Path, Environment(source), "serve", "--urls", "http://127.0.0.1:0");
        try
        {
            Assert.Contains("网页服务已打开", await server.StandardOutput.ReadLineAsync());
            In(source, "backup", "create", "night", "--passphrase-file", word).Tells(0, "已备份到 night", "1 个地区", "口令与备份分开保管");
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }

        In(source, "backup", "create", "night", "--passphrase-file", word).Tells(2, "canbao: B101");
        In(source, "backup", "create", "other", "--passphrase-file", "none").Tells(2, "canbao: B110");
        In(source, "backup", "verify", "night").Tells(0, "备份完整", "没有核对签名");
        In(source, "backup", "verify", "night", "--passphrase-file", word).Tells(0, "签名与密钥相符");
        In(source, "backup", "restore", "night", "--keys", "new.keys", "--passphrase-file", word).Tells(2, "canbao: B107");
        In(target, "backup", "restore", "night", "--keys", "new.keys", "--passphrase-file", word).Tells(
            0, "已恢复 1 个地区", "总账核验通过", "已从备份取出密钥文件 new.keys");
        In(target, "audit", "verify", "--area", "141102", "--keys", "new.keys").Tells(0, "审计链完整");
        In(target, "ledger", "verify", "--area", "141102", "--keys", "new.keys").Tells(0, "总账核验通过");
        Assert.Equal(File.ReadAllBytes(folder["canbao.keys"]), File.ReadAllBytes(folder["new.keys"]));
    }

    [PostgresFact]
    public async Task A_missing_client_program_is_told()
    {
        await using var source = await TestDatabase.EmptyAsync(Engine.Postgres);
        In(source, "keys", "create", "canbao.keys").Tells(0);
        In(source, "init", "--area", "141102", "--units", Repository.Path("data", "units", "lishi.csv"), "--policy", "lishi-2023").Tells(0);
        Call.In(folder.Path, [.. Environment(source), ("CANBAO_PGBIN", folder.Path)], "backup", "create", "night", "--without-keys")
            .Tells(2, "canbao: S130", "postgresql-client");
        Assert.False(Directory.Exists(folder["night"]));
    }

    static (string, string)[] Environment(TestDatabase database) => [("CANBAO_DATABASE", database.Connection)];

    Call In(TestDatabase database, params string[] arguments) => Call.In(folder.Path, Environment(database), arguments);
}
