using Canbao.Core.Events;
using Canbao.Core.Schema;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Backup;

/// <summary>What a restored installation was found to be.</summary>
/// <param name="Manifest">The backup.</param>
/// <param name="Areas">How many areas it has.</param>
/// <param name="Acts">How many recorded acts passed the check of the chain.</param>
/// <param name="KeysMade">Whether the key file was made from the backup.</param>
/// <param name="Faults">What the audit chain and the ledger fail, with codes; empty where all is sound.</param>
public sealed record Restored(BackupManifest Manifest, int Areas, long Acts, bool KeysMade, IReadOnlyList<string> Faults);

/// <summary>Makes an installation from a backup, and holds it against what the manifest says.</summary>
public static class Restoring
{
    /// <summary>
    /// Restores into an empty database and, where there is no key file, makes it from the sealed one. An older schema is brought forward.
    /// Then the audit chain of each area is gone over up to the head that the manifest keeps, and the ledger is verified.
    /// </summary>
    /// <param name="database">An empty database of the backup's engine; a SQLite file need not be there.</param>
    /// <param name="keys">The key file, which is there, or is made.</param>
    /// <param name="folder">The backup.</param>
    /// <param name="passphrase">Asked for where the keys come from the backup.</param>
    /// <param name="doer">Who and why.</param>
    /// <param name="cancel">Ends it early; before the checks nothing is left then.</param>
    /// <exception cref="RefusedException">B103 to B109: refused, with nothing written.</exception>
    /// <exception cref="SecretsException">K110: the passphrase is another; or the key file cannot be used.</exception>
    /// <exception cref="Canbao.Storage.Faults.StorageException">The database could not be written; it is empty still.</exception>
    public static async Task<Restored> RunAsync(
        Database database, string keys, string folder, Func<string> passphrase, Doer doer, CancellationToken cancel = default)
    {
        var manifest = await Backups.CheckAsync(folder, cancel);
        RequireSchema(manifest);
        if (manifest.Engine != BackupManifest.CodeOf(database.Engine))
            throw new RefusedException(BackupCodes.OtherEngine,
                $"这份备份来自 {(manifest.Engine == "sqlite" ? "SQLite" : "PostgreSQL")}，只能恢复到同一种数据库；请改 --database");
        var made = File.Exists(keys) ? null : await Backups.KeysOfAsync(folder, manifest, passphrase(), cancel);
        var vault = made?.Vault ?? Vault.Open(keys);
        Backups.RequireSignature(manifest, vault);
        if (!await database.IsEmptyAsync(cancel))
            throw new RefusedException(BackupCodes.NotEmpty, "要恢复到的数据库不是空的，没有改动它；请另建一个空库，或换一个文件名");
        made?.WriteNew(keys);
        try
        {
            await database.RestoreFromAsync(Path.Combine(folder, manifest.Database.Name), cancel);
        }
        catch (Exception) when (made is not null)
        {
            // Nothing half done: keys without their database would look like an installation.
            File.Delete(keys);
            throw;
        }

        await Upgrade.RunAsync(database, cancel);
        var (areas, acts, faults) = await database.ReadAsync(session => CheckAsync(session, vault, manifest), cancel);
        if (faults.Count == 0)
            await Backups.TellAsync(database, doer, "backup.restore", (Name(folder), "restored"), manifest);
        return new(manifest, areas, acts, made is not null, faults);
    }

    /// <summary>Holds the schema of a backup against this program's.</summary>
    /// <exception cref="RefusedException">B105: it is newer, or made by other migrations.</exception>
    public static void RequireSchema(BackupManifest manifest)
    {
        var known = CoreSchema.Migrations.All;
        if (manifest.Schema > known.Count)
            throw new RefusedException(BackupCodes.OtherSchema,
                $"这份备份的数据库是第 {manifest.Schema} 版，比本程序的第 {known.Count} 版新；请用新版本的程序恢复");
        if (manifest.SchemaSha256 != BackupManifest.DigestOf(known.Take(manifest.Schema).Select(migration => migration.Sha256)))
            throw new RefusedException(BackupCodes.OtherSchema, "这份备份的数据库不是本程序的版本建立的；请用原来的程序恢复");
    }

    static string Name(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    static async Task<(int Areas, long Acts, IReadOnlyList<string> Faults)> CheckAsync(
        Session session, Vault vault, BackupManifest manifest)
    {
        var (faults, acts) = (new List<string>(), 0L);
        var heads = manifest.Heads.Select(AuditHead.Parse).OfType<AuditHead>().ToDictionary(head => head.Area);
        var areas = (await UnitStore.AreasAsync(session)).ConvertAll(area => area.Code);
        faults.AddRange(heads.Keys.Except(areas).Select(area => $"{BackupCodes.NotSound} 缺少地区 {area}"));
        foreach (int area in areas)
        {
            var head = heads.GetValueOrDefault(area);
            if (await new AuditChain(vault).VerifyAsync(session, area, head) is { } fault)
                faults.Add($"{fault.Code} {area}：{fault.Text}");
            faults.AddRange((await MoneyCheck.RunAsync(session, area)).Select(one => $"{one.Code} {area}：{one.Text}"));
            acts += head?.SealNo ?? 0;
        }

        return (areas.Count, acts, faults);
    }
}
