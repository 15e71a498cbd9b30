using System.Security.Cryptography;
using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Storage.Migrations;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Backup;

/// <summary>
/// Whole copies of an installation, each a folder: the database as it was at one moment while everybody worked on, the keys sealed with a
/// passphrase, and a signed manifest. A folder has its name only when it is complete.
/// </summary>
public static class Backups
{
    const string KeysName = "keys.sealed";

    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes one. The audit chains are sealed first, so that the manifest's heads hold all that was done until then.</summary>
    /// <param name="database">The database, which may be in use.</param>
    /// <param name="keys">The key file.</param>
    /// <param name="folder">A folder that is not there yet.</param>
    /// <param name="passphrase">Seals the keys; null leaves them out, for whoever keeps them elsewhere.</param>
    /// <param name="doer">Who and why.</param>
    /// <param name="clock">Gives the moment that is kept.</param>
    /// <param name="cancel">Ends it early, with nothing left.</param>
    /// <exception cref="RefusedException">B101: the folder is there. B102: it cannot be written.</exception>
    /// <exception cref="SecretsException">The key file cannot be used, or K111.</exception>
    /// <exception cref="Canbao.Storage.Faults.StorageException">The database could not be copied; S130 to S132.</exception>
    public static async Task<BackupManifest> CreateAsync(
        Database database, string keys, string folder, string? passphrase, Doer doer, TimeProvider clock,
        CancellationToken cancel = default)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.Exists(folder))
            throw new RefusedException(BackupCodes.Exists, $"{folder} 已经存在，没有改动它；每次备份请用新的文件夹名");
        if (passphrase is not null)
            KeyBackup.CheckPassphrase(passphrase);
        var vault = Vault.Open(keys);
        var partial = $"{folder}.{Path.GetRandomFileName()}.partial";
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(partial);
            else
                Directory.CreateDirectory(partial, OwnerOnly);
            foreach (var area in await database.ReadAsync(UnitStore.AreasAsync, cancel))
                await new AuditChain(vault).SealAsync(database, area.Code, cancel);
            var manifest = (await FilledAsync(database, partial, clock, cancel)) with
            {
                Keys = passphrase is null ? null : await KeysAsync(keys, partial, passphrase, cancel),
            };
            manifest = manifest.SignedBy(vault);
            await WriteAsync(Path.Combine(partial, BackupManifest.FileName), manifest.ToBytes(), cancel);
            Directory.Move(partial, folder);
            await TellAsync(database, doer, "backup.create", (Path.GetFileName(folder), "made"), manifest);
            return manifest;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(BackupCodes.NotWritable, $"写不了 {folder}；请检查上级文件夹是否存在、是否有写入权限、磁盘是否已满");
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    /// <summary>Reads a backup and holds each of its files against the manifest.</summary>
    /// <exception cref="RefusedException">B103: no manifest. B104: a file is missing, cut off or altered.</exception>
    public static async Task<BackupManifest> CheckAsync(string folder, CancellationToken cancel = default)
    {
        var manifest = await BackupManifest.ReadAsync(folder, cancel);
        foreach (var file in manifest.Files)
        {
            var found = File.Exists(Path.Combine(folder, file.Name)) ? await FileAsync(folder, file.Name, cancel) : null;
            if (found != file)
                throw new RefusedException(BackupCodes.Altered, $"备份中的 {file.Name} 缺失、不完整或被改动；请换一份备份");
        }

        return manifest;
    }

    /// <summary>Opens the sealed keys of a backup.</summary>
    /// <exception cref="RefusedException">B109: it has none.</exception>
    /// <exception cref="SecretsException">K110: the passphrase is another.</exception>
    public static async Task<KeyBackup> KeysOfAsync(
        string folder, BackupManifest manifest, string passphrase, CancellationToken cancel = default) =>
        manifest.Keys is { } kept
            ? await KeyBackup.OpenAsync(await File.ReadAllBytesAsync(Path.Combine(folder, kept.Name), cancel), passphrase)
            : throw new RefusedException(BackupCodes.NoKeys, "这份备份没有包含密钥；请用 --keys 指出另外保管的密钥文件");

    /// <summary>Holds a manifest against keys.</summary>
    /// <exception cref="RefusedException">B106: others signed it, or it was altered.</exception>
    public static void RequireSignature(BackupManifest manifest, Vault vault)
    {
        if (!manifest.IsSignedBy(vault))
            throw new RefusedException(BackupCodes.OtherKeys, "密钥不是这份备份的，或备份的清单被改动；请核对密钥文件，或换一份备份");
    }

    internal static async Task TellAsync(
        Database database, Doer doer, string kind, (string Name, string Action) backup, BackupManifest manifest)
    {
        foreach (var area in await database.ReadAsync(UnitStore.AreasAsync))
            await Act.DoAsync(database, area.Code, doer, kind, act =>
            {
                var (data, schema) = (manifest.Database, manifest.Schema);
                act.Record("backup", backup.Name, backup.Action, null, new { manifest.MadeAt, schema, data.Bytes, data.Sha256 });
                return Task.CompletedTask;
            });
    }

    static async Task<BackupManifest> FilledAsync(Database database, string folder, TimeProvider clock, CancellationToken cancel)
    {
        var name = database.Engine == Engine.Sqlite ? "database.sqlite" : "database.dump";
        var madeAt = clock.GetUtcNow();
        var (applied, heads) = await database.CopyToAsync(Path.Combine(folder, name), async session =>
        {
            var heads = new List<string>();
            foreach (var area in await UnitStore.AreasAsync(session))
                heads.Add($"{await AuditChain.HeadAsync(session, area.Code)}");
            return (await Migrator.AppliedAsync(session), heads);
        }, cancel);
        return new(
            BackupManifest.ThisFormat, madeAt, BackupManifest.CodeOf(database.Engine), applied.Count, BackupManifest.DigestOf(applied),
            await FileAsync(folder, name, cancel), null, heads, "");
    }

    static async Task<BackupFile> KeysAsync(string keys, string folder, string passphrase, CancellationToken cancel)
    {
        await WriteAsync(Path.Combine(folder, KeysName), await KeyBackup.SealAsync(keys, passphrase), cancel);
        return await FileAsync(folder, KeysName, cancel);
    }

    static async Task<BackupFile> FileAsync(string folder, string name, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(Path.Combine(folder, name));
        return new(name, stream.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel)));
    }

    static async Task WriteAsync(string path, byte[] content, CancellationToken cancel)
    {
        await using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await stream.WriteAsync(content, cancel);
        stream.Flush(flushToDisk: true);
    }
}
