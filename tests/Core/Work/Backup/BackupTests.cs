using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Core.Work;
using Canbao.Core.Work.Backup;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.Backup;

public class BackupTests
{
    const string Passphrase = "四个 不相干的 词 backup";
    static readonly Doer Doer = new("@test", "测试备份");
    static readonly DateOnly Born = new(1985, 3, 20);

    [Theory, OnBothEngines]
    public async Task What_is_backed_up_while_people_work_comes_back_whole(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        for (int person = 0; person < 5; person++)
            await WorkAsync(area, person);
        using var stop = new CancellationTokenSource();
        int done = 5;
        var working = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await WorkAsync(area, done);
                Interlocked.Increment(ref done);
            }
        });
        int before = Volatile.Read(ref done);
        var folder = area.PathOf("backup");
        var made = await Backups.CreateAsync(area.Database, area.KeyPath, folder, Passphrase, Doer, area.Clock);
        int after = Volatile.Read(ref done);
        await stop.CancelAsync();
        await working;
        Assert.True(after > before, "Nobody worked while the backup was made.");
        Assert.Equal(made.Database, (await Backups.CheckAsync(folder)).Database);

        await using var target = await TestDatabase.EmptyAsync(engine, area.Clock);
        var keys = area.PathOf("restored.keys");
        var restored = await Restoring.RunAsync(target.Database, keys, folder, () => Passphrase, Doer);
        Assert.Empty(restored.Faults);
        Assert.Equal((1, true), (restored.Areas, restored.KeysMade));
        Assert.InRange(restored.Acts, before, after + 2);
        Assert.Equal(File.ReadAllBytes(area.KeyPath), File.ReadAllBytes(keys));
        var chain = new AuditChain(Vault.Open(keys));
        // What was done and not sealed yet at that moment is whole too: every act has all its changes.
        await chain.SealAsync(target.Database, TestArea.Code);
        await target.Database.ReadAsync(async session =>
        {
            int people = await session.Table<PersonRow>().CountAsync(row => row.Area == TestArea.Code);
            Assert.InRange(people, before, after + 1);
            Assert.Null(await chain.VerifyAsync(session, TestArea.Code));
            Assert.Empty(await MoneyCheck.RunAsync(session, TestArea.Code));
            var acts = await session.Table<ActRow>().Where(row => row.Area == TestArea.Code).ToListAsync();
            Assert.Equal(acts.Sum(act => act.Changes), await session.Table<ActChangeRow>().CountAsync(row => row.Area == TestArea.Code));
            Assert.Single(acts, act => act.Kind == "backup.restore");
            Assert.DoesNotContain(acts, act => act.Kind == "backup.create");
            return true;
        });
        Assert.Equal(1, await area.ReadAsync(session => session.Table<ActRow>()
            .CountAsync(row => row.Area == TestArea.Code && row.Kind == "backup.create")));
        var number = TestArea.Number(Born, 1);
        Assert.NotNull(await target.Database.ReadAsync(
            session => new People(Vault.Open(keys)).FindByNumberAsync(session, TestArea.Code, number)));
        // It goes on living: the next deed is stored.
        await Act.DoAsync(target.Database, TestArea.Code, Doer, "household.found", act =>
            Households.FoundAsync(act, TestArea.Village, "H1", "前街村1号"));
    }

    [Theory, OnBothEngines]
    public async Task What_cannot_be_restored_is_refused_and_nothing_is_written(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await WorkAsync(area, 0);
        var folder = area.PathOf("backup");
        await Backups.CreateAsync(area.Database, area.KeyPath, folder, Passphrase, Doer, area.Clock);
        var keys = area.PathOf("restored.keys");

        Assert.Equal("B107", await RefusedAsync(area.Database, folder, Passphrase));
        await using var target = await TestDatabase.EmptyAsync(engine, area.Clock);
        Assert.Equal("K110", await RefusedAsync(target.Database, folder, Passphrase + "x"));
        await using var other = await TestDatabase.EmptyAsync(engine == Engine.Sqlite ? Engine.Postgres : Engine.Sqlite);
        Assert.Equal("B108", await RefusedAsync(other.Database, folder, Passphrase));
        var foreign = area.PathOf("foreign.keys");
        Vault.Create(foreign, "aes", area.Clock);
        Assert.Equal("B106", (await Assert.ThrowsAsync<RefusedException>(
            () => Restoring.RunAsync(target.Database, foreign, folder, () => Passphrase, Doer))).Code);

        var data = engine == Engine.Sqlite ? "database.sqlite" : "database.dump";
        foreach (var (code, file, change) in Changes(data))
        {
            var copy = area.PathOf("copy");
            CopyFolder(folder, copy);
            change(Path.Combine(copy, file));
            Assert.Equal((code, file), (await RefusedAsync(target.Database, copy, Passphrase), file));
            Directory.Delete(copy, recursive: true);
        }

        // Signed and whole by its digests, and yet no copy of a database: what was begun is undone.
        var broken = area.PathOf("broken");
        await ResignAsync(area, folder, broken, data, [.. Enumerable.Repeat((byte)7, 5_000)]);
        Assert.Equal(engine == Engine.Sqlite ? "S133" : "S131", await RefusedAsync(target.Database, broken, Passphrase));
        Assert.True(await target.Database.IsEmptyAsync());
        Assert.Empty((await Restoring.RunAsync(target.Database, keys, folder, () => Passphrase, Doer)).Faults);

        async Task<string> RefusedAsync(Database into, string from, string passphrase)
        {
            var code = CodeOf(await Record.ExceptionAsync(() => Restoring.RunAsync(into, keys, from, () => passphrase, Doer)));
            Assert.False(File.Exists(keys));
            return code;
        }
    }

    [Fact]
    public async Task A_backup_is_new_whole_and_for_its_owners_eyes()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        var folder = area.PathOf("backup");
        Assert.Equal("K111", CodeOf(await Record.ExceptionAsync(() => CreateAsync("zu kurz"))));
        Assert.False(Directory.Exists(folder));
        await CreateAsync(null);
        Assert.Equal(["database.sqlite", "manifest.json"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(folder).UnixFileMode);
        Assert.Equal("B101", CodeOf(await Record.ExceptionAsync(() => CreateAsync(Passphrase))));
        Assert.Equal("B102", CodeOf(await Record.ExceptionAsync(() => Backups.CreateAsync(
            area.Database, area.KeyPath, Path.Combine(area.KeyPath, "backup"), Passphrase, Doer, area.Clock))));
        // Without keys in it, only the key file that was kept elsewhere will do.
        await using var target = await TestDatabase.EmptyAsync(Engine.Sqlite, area.Clock);
        Assert.Equal("B109", CodeOf(await Record.ExceptionAsync(
            () => Restoring.RunAsync(target.Database, area.PathOf("none.keys"), folder, () => Passphrase, Doer))));
        Assert.False((await Restoring.RunAsync(target.Database, area.KeyPath, folder, () => "", Doer)).KeysMade);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Path.GetDirectoryName(folder)!), path => path.Contains("partial"));

        Task<BackupManifest> CreateAsync(string? passphrase) =>
            Backups.CreateAsync(area.Database, area.KeyPath, folder, passphrase, Doer, area.Clock);
    }

    [Fact]
    public async Task A_chain_that_was_cut_off_before_the_backup_shows_after_the_restoring()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        await WorkAsync(area, 0);
        var (folder, longer) = (area.PathOf("backup"), area.PathOf("longer"));
        await Backups.CreateAsync(area.Database, area.KeyPath, folder, null, Doer, area.Clock);
        // A manifest that promises more acts than the copy has.
        CopyFolder(folder, longer);
        var manifest = await BackupManifest.ReadAsync(longer, default);
        var head = AuditHead.Parse(manifest.Heads.Single())!;
        var promised = (manifest with { Heads = [$"{head with { SealNo = head.SealNo + 1 }}"] }).SignedBy(area.Vault);
        File.WriteAllBytes(Path.Combine(longer, BackupManifest.FileName), promised.ToBytes());
        await using var target = await TestDatabase.EmptyAsync(Engine.Sqlite, area.Clock);
        var restored = await Restoring.RunAsync(target.Database, area.KeyPath, longer, () => "", Doer);
        Assert.StartsWith("E104", Assert.Single(restored.Faults), StringComparison.Ordinal);
    }

    static IEnumerable<(string Code, string File, Action<string> Change)> Changes(string data) =>
    [
        ("B104", data, path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100])),
        ("B104", data, path => Flip(path, 5_000)),
        ("B104", data, File.Delete),
        ("B104", "keys.sealed", path => Flip(path, 300)),
        ("B103", BackupManifest.FileName, File.Delete),
        ("B103", BackupManifest.FileName, path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^10])),
        ("B103", BackupManifest.FileName, path => Replace(path, "\"format\": 1", "\"format\": 2")),
        ("B103", BackupManifest.FileName, path => Replace(path, data, $"../{data}")),
        ("B106", BackupManifest.FileName, path => Replace(path, $"\"{TestArea.Code} ", $"\"{TestArea.Code} 9")),
        ("B105", BackupManifest.FileName, path => Replace(path, "\"schema\": ", "\"schema\": 9")),
        ("B105", BackupManifest.FileName, path => Replace(path, "\"schema_sha256\": \"", "\"schema_sha256\": \"0")),
    ];

    static async Task ResignAsync(TestArea area, string from, string to, string data, byte[] content)
    {
        CopyFolder(from, to);
        var manifest = await BackupManifest.ReadAsync(to, default);
        File.WriteAllBytes(Path.Combine(to, data), content);
        var other = new BackupFile(data, content.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)));
        File.WriteAllBytes(Path.Combine(to, BackupManifest.FileName), (manifest with { Database = other }).SignedBy(area.Vault).ToBytes());
    }

    /// <summary>Registers, enrols and takes cash, as one deed.</summary>
    static Task WorkAsync(TestArea area, int person) => area.DoAsync("cash.take", async act =>
    {
        var row = await area.RegisterAsync(act, "张三", Born.AddDays(person / 400), (2 * (person % 400) + 1, null));
        await area.Enrolments.EnrolAsync(act, TestArea.Year, row.PersonId, EnrolmentKinds.New);
        await new CashDesk(area.Dues).TakeAsync(act, TestArea.Year, [new(row.PersonId, Money.FromFen(32_000))]);
    }, "agent1");

    static string CodeOf(Exception? fault) => fault switch
    {
        RefusedException refused => refused.Code,
        SecretsException secret => secret.Code,
        StorageException stored => stored.Code,
        _ => $"{fault}",
    };

    static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    static void Flip(string path, int at)
    {
        var content = File.ReadAllBytes(path);
        content[at] ^= 1;
        File.WriteAllBytes(path, content);
    }

    static void Replace(string path, string text, string instead)
    {
        var content = File.ReadAllText(path);
        Assert.Contains(text, content, StringComparison.Ordinal);
        File.WriteAllText(path, content.Replace(text, instead, StringComparison.Ordinal));
    }
}
