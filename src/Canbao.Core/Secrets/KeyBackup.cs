using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Konscious.Security.Cryptography;

namespace Canbao.Core.Secrets;

/// <summary>
/// A copy of a key file that may lie beside a backup of the database, since nobody reads it without the passphrase: AES-256-GCM under
/// a key that Argon2id makes of the passphrase (64 MiB, 3 passes), with the parameters kept and bound to what is sealed.
/// </summary>
public sealed class KeyBackup
{
    /// <summary>The fewest characters of a passphrase: whoever has the file can try as many as they like.</summary>
    public const int ShortestPassphrase = 16;

    const int KiB = 65_536;
    const int Passes = 3;
    const int MostKiB = 1 << 20;
    const int MostPasses = 20;
    const int SaltBytes = 16;

    static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    readonly KeyFile file;

    KeyBackup(KeyFile file) => this.file = file;

    /// <summary>The keys, opened.</summary>
    public Vault Vault => new(file);

    /// <summary>Seals the keys of a file.</summary>
    /// <param name="path">The key file.</param>
    /// <param name="passphrase">What opens it again; it is kept nowhere.</param>
    /// <exception cref="SecretsException">K101, K103, K104: the file cannot be used. K111: the passphrase is too short.</exception>
    public static async Task<byte[]> SealAsync(string path, string passphrase)
    {
        CheckPassphrase(passphrase);
        var plain = KeyFile.Read(path).ToBytes();
        var made = new SealedKeys(
            KiB, Passes, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(CipherSuite.NonceBytes),
            new byte[plain.Length + CipherSuite.TagBytes]);
        var key = await KeyAsync(made, passphrase);
        using (var cipher = CipherSuite.Aes.For(key))
            cipher.Encrypt(made.Nonce, made.Purpose(), plain, made.Sealed);
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(plain);
        return JsonSerializer.SerializeToUtf8Bytes(made, Json);
    }

    /// <exception cref="SecretsException">K111: it is too short.</exception>
    public static void CheckPassphrase(string passphrase)
    {
        if (passphrase.Length < ShortestPassphrase)
            throw new SecretsException(SecretsException.ShortPassphrase,
                $"备份口令至少 {ShortestPassphrase} 位；请换一个长的，例如几个不相干的词，并与备份分开保管");
    }

    /// <summary>Opens what <see cref="SealAsync"/> gave.</summary>
    /// <exception cref="SecretsException">K110: the passphrase is another, or the bytes were changed.</exception>
    public static async Task<KeyBackup> OpenAsync(byte[] content, string passphrase)
    {
        if (Read(content) is not { } kept)
            throw NotOpened();
        var key = await KeyAsync(kept, passphrase);
        var plain = new byte[kept.Sealed.Length - CipherSuite.TagBytes];
        using (var cipher = CipherSuite.Aes.For(key))
            if (!cipher.TryDecrypt(kept.Nonce, kept.Purpose(), kept.Sealed, plain))
                throw NotOpened();
        CryptographicOperations.ZeroMemory(key);
        var file = KeyFile.FromBytes(plain) ?? throw NotOpened();
        CryptographicOperations.ZeroMemory(plain);
        return new(file);
    }

    /// <summary>Writes the keys into a file that is not there yet and that only its owner may read.</summary>
    /// <exception cref="SecretsException">K102: there is one of that name. K105: it cannot be written.</exception>
    public void WriteNew(string path) => file.WriteNew(path);

    static SealedKeys? Read(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<SealedKeys>(content, Json) is { } kept && kept.IsWhole() ? kept : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static async Task<byte[]> KeyAsync(SealedKeys kept, string passphrase)
    {
        using var argon = new Argon2id(Encoding.UTF8.GetBytes(passphrase))
        {
            Salt = kept.Salt,
            MemorySize = kept.Kib,
            Iterations = kept.Passes,
            DegreeOfParallelism = 1,
        };
        return await argon.GetBytesAsync(KeyFile.KeyBytes);
    }

    static SecretsException NotOpened() => new(SecretsException.NotOpened, "打不开密钥备份：口令不对，或内容被改动；请核对口令，或换用另一份备份");

    sealed record SealedKeys(int Kib, int Passes, byte[] Salt, byte[] Nonce, byte[] Sealed)
    {
        public byte[] Purpose() => Encoding.ASCII.GetBytes(FormattableString.Invariant($"canbao key backup 1 {Kib} {Passes}"));

        /// <summary>Also keeps altered parameters from taking all memory or for ever.</summary>
        public bool IsWhole() => Kib is >= 8 and <= MostKiB && Passes is >= 1 and <= MostPasses && Salt.Length == SaltBytes
            && Nonce.Length == CipherSuite.NonceBytes && Sealed.Length > CipherSuite.TagBytes;
    }
}
