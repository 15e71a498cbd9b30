using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Backup;

/// <summary>A file of a backup.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its digest in hexadecimal.</param>
public sealed record BackupFile(string Name, long Bytes, string Sha256);

/// <summary>
/// What a backup holds. It is signed with the installation's audit key, so that neither it nor, by their digests, its files can be
/// changed by somebody who lacks the keys.
/// </summary>
/// <param name="Format">1.</param>
/// <param name="MadeAt">When.</param>
/// <param name="Engine">Which engine wrote the copy: <c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="Schema">How many migrations made the database.</param>
/// <param name="SchemaSha256">The digest of their hashes.</param>
/// <param name="Database">The copy.</param>
/// <param name="Keys">The sealed keys; null where they are kept elsewhere.</param>
/// <param name="Heads">How far the audit chain of each area goes, as <c>canbao audit head</c> tells it.</param>
/// <param name="Mac">The signature of all the rest, in hexadecimal.</param>
public sealed record BackupManifest(
    int Format, DateTimeOffset MadeAt, string Engine, int Schema, string SchemaSha256, BackupFile Database, BackupFile? Keys,
    IReadOnlyList<string> Heads, string Mac)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The one format there is.</summary>
    public const int ThisFormat = 1;

    // What an audit chain signs begins with a link or an act, never with this.
    const string Purpose = "canbao backup manifest\n";

    static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>All files of the backup but this one.</summary>
    [JsonIgnore]
    public IEnumerable<BackupFile> Files => Keys is null ? [Database] : [Database, Keys];

    /// <summary>The same, signed.</summary>
    public BackupManifest SignedBy(Vault vault) => this with { Mac = Sign(vault) };

    /// <summary>Whether these keys signed it.</summary>
    public bool IsSignedBy(Vault vault) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(vault)), Encoding.UTF8.GetBytes(Mac));

    /// <summary>The file's content.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads the manifest of a backup.</summary>
    /// <exception cref="RefusedException">B103: there is none, or it is not one.</exception>
    public static async Task<BackupManifest> ReadAsync(string folder, CancellationToken cancel)
    {
        try
        {
            var content = await File.ReadAllBytesAsync(Path.Combine(folder, FileName), cancel);
            var read = JsonSerializer.Deserialize<BackupManifest>(content, Json);
            if (read is { Format: ThisFormat } && read.Files.All(file => Path.GetFileName(file.Name) == file.Name))
                return read;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            // Told below like any other that cannot be used.
        }

        throw new RefusedException(BackupCodes.NoBackup, $"{folder} 不是完整的备份：{FileName} 不存在、读不了或被改动；请换一份备份");
    }

    /// <summary>The engine's code.</summary>
    public static string CodeOf(Engine engine) => engine == Canbao.Storage.Engine.Sqlite ? "sqlite" : "postgres";

    /// <summary>The digest of some migrations' hashes.</summary>
    public static string DigestOf(IEnumerable<string> migrations) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', migrations))));

    string Sign(Vault vault) => Convert.ToHexStringLower(vault.AuditMac(
        [.. Encoding.ASCII.GetBytes(Purpose), .. (this with { Mac = "" }).ToBytes()]));
}
