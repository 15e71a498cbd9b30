using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Canbao.Vocabulary;

namespace Canbao.Core.Secrets;

/// <summary>
/// Seals what must not lie open in the database, finds it again by a keyed hash, and signs the audit chain. Each row that holds
/// personal data has a random salt of its own, and the key that seals is derived from a data key and that salt: when the salt is
/// destroyed, what was sealed for the person is unreadable for ever, in every copy and backup that has lost the salt too, while the
/// rows stay. That is how a person's right to erasure and the limits of retention are met without deleting a row. Safe for use
/// by many threads.
/// </summary>
public sealed class Vault
{
    /// <summary>The bytes of a row's salt.</summary>
    public const int SaltBytes = 16;

    /// <summary>The bytes of a look-up hash.</summary>
    public const int HashBytes = 16;

    /// <summary>The bytes that sealing adds: key number, nonce and tag.</summary>
    public const int OverheadBytes = NumberBytes + CipherSuite.NonceBytes + CipherSuite.TagBytes;

    internal const int NumberBytes = sizeof(int);

    readonly KeyFile file;
    readonly CipherSuite suite;
    readonly DataKey newest;

    internal Vault(KeyFile file)
    {
        this.file = file;
        suite = SuiteOf(file.Suite);
        newest = file.DataKeys[^1];
    }

    /// <summary>The suite: <c>aes</c> (AES-256-GCM, HMAC-SHA256) or <c>sm</c> (SM4-GCM, HMAC-SM3).</summary>
    public string Suite => suite.Name;

    /// <summary>The numbers of the data keys and the days (Asia/Shanghai) on which they were made; the last one seals.</summary>
    public IReadOnlyList<(int Number, DateOnly Created)> Keys => [.. file.DataKeys.Select(key => (key.Number, key.Created))];

    /// <summary>
    /// Whether the keys are for practice with invented people: nothing in earnest may be sealed with them, since they lie open with a
    /// demonstration's data.
    /// </summary>
    public bool IsDemo => file.Demo;

    /// <summary>Makes a key file with fresh keys that only its owner may read, and opens it.</summary>
    /// <param name="path">The file, outside the database and its backups.</param>
    /// <param name="suite"><c>aes</c> or <c>sm</c>.</param>
    /// <param name="clock">Gives the day that is kept with the key.</param>
    /// <param name="demo">Whether the keys are marked as those of a demonstration.</param>
    /// <exception cref="SecretsException">K102: the file exists. K105: it cannot be written.</exception>
    /// <exception cref="ArgumentException">There is no such suite.</exception>
    public static Vault Create(string path, string suite, TimeProvider clock, bool demo = false)
    {
        var made = new KeyFile(SuiteOf(suite).Name, [new DataKey(1, Today(clock), KeyFile.NewKey())], KeyFile.NewKey(), KeyFile.NewKey())
        {
            Demo = demo,
        };
        made.WriteNew(path);
        return new Vault(made);
    }

    /// <summary>Opens a key file.</summary>
    /// <exception cref="SecretsException">K101: not readable. K103: readable by others. K104: not whole.</exception>
    public static Vault Open(string path) => new(KeyFile.Read(path));

    /// <summary>
    /// Adds a data key under which everything is sealed from now on, and opens the file. The older keys stay: what they sealed can be
    /// read until it is sealed anew. The look-up and audit keys do not change.
    /// </summary>
    /// <exception cref="SecretsException">The file cannot be read or written; it is as it was.</exception>
    public static Vault Rotate(string path, TimeProvider clock)
    {
        var old = KeyFile.Read(path);
        var rotated = old with { DataKeys = [.. old.DataKeys, new DataKey(old.DataKeys[^1].Number + 1, Today(clock), KeyFile.NewKey())] };
        rotated.Replace(path);
        return new Vault(rotated);
    }

    /// <summary>A fresh random salt for a row.</summary>
    public static byte[] NewSalt()
    {
        var salt = new byte[SaltBytes];
        RandomBytes.Fill(salt);
        return salt;
    }

    /// <summary>
    /// Whether a row's salt was destroyed. An erased row keeps its column: nothing, or zeros where the column must be filled.
    /// </summary>
    public static bool IsDestroyed(ReadOnlySpan<byte> salt) => salt.IndexOfAnyExcept((byte)0) < 0;

    /// <summary>The hash by which a sealed text is found: the same text gives the same 16 bytes, and only under this key file.</summary>
    public byte[] Hash(string text)
    {
        Span<byte> hash = stackalloc byte[CipherSuite.HashBytes];
        suite.Hash(file.LookupKey, Encoding.UTF8.GetBytes(text), hash);
        return hash[..HashBytes].ToArray();
    }

    /// <summary>The audit chain's signature of some bytes, 32 bytes.</summary>
    public byte[] AuditMac(ReadOnlySpan<byte> data)
    {
        var mac = new byte[CipherSuite.HashBytes];
        suite.Hash(file.AuditKey, data, mac);
        return mac;
    }

    /// <summary>The audit chain's signature of bytes that come in pieces; the same as that of all of them at once.</summary>
    public IKeyedHash StartAuditMac() => suite.StartHash(file.AuditKey);

    /// <summary>Begins to seal several values of one row, which is cheaper than one by one. For one thread.</summary>
    /// <param name="salt">The row's own salt of <see cref="SaltBytes"/> bytes.</param>
    /// <exception cref="SecretsException">K108: the salt was destroyed.</exception>
    public RowSealer For(ReadOnlySpan<byte> salt) => new(newest.Number, CipherFor(newest, salt));

    /// <summary>Seals bytes under the newest data key.</summary>
    /// <param name="salt">The row's own salt of <see cref="SaltBytes"/> bytes.</param>
    /// <param name="purpose">What the bytes are, such as <c>person.id</c>; at most 128 bytes. They open for no other purpose.</param>
    /// <param name="plain">The bytes.</param>
    /// <exception cref="SecretsException">K108: the salt was destroyed.</exception>
    public byte[] Seal(ReadOnlySpan<byte> salt, string purpose, ReadOnlySpan<byte> plain)
    {
        using var row = For(salt);
        return row.Seal(purpose, plain);
    }

    /// <summary>Seals a text; an empty one too.</summary>
    /// <inheritdoc cref="Seal(ReadOnlySpan{byte}, string, ReadOnlySpan{byte})"/>
    public byte[] Seal(ReadOnlySpan<byte> salt, string purpose, string text)
    {
        using var row = For(salt);
        return row.Seal(purpose, text);
    }

    /// <summary>Opens sealed bytes.</summary>
    /// <param name="salt">The row's salt.</param>
    /// <param name="purpose">The purpose for which they were sealed.</param>
    /// <param name="sealedBytes">What <see cref="Seal(ReadOnlySpan{byte}, string, ReadOnlySpan{byte})"/> gave.</param>
    /// <exception cref="SecretsException">
    /// K106: they were changed, or salt or purpose are not theirs. K107: the key file lacks their key. K108: the salt was destroyed.
    /// </exception>
    public byte[] Open(ReadOnlySpan<byte> salt, string purpose, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < OverheadBytes)
            throw Altered(purpose);
        var number = BinaryPrimitives.ReadInt32BigEndian(sealedBytes);
        var dataKey = file.DataKeys.FirstOrDefault(key => key.Number == number)
            ?? throw new SecretsException(SecretsException.UnknownKey,
                $"密文（{purpose}）所用的 {number} 号密钥不在密钥文件中；请确认密钥文件是本系统最新的一份，或从备份恢复");
        using var cipher = CipherFor(dataKey, salt);
        Span<byte> label = stackalloc byte[RowSealer.MostPurposeBytes];
        var plain = new byte[sealedBytes.Length - OverheadBytes];
        var nonce = sealedBytes.Slice(NumberBytes, CipherSuite.NonceBytes);
        return cipher.TryDecrypt(nonce, RowSealer.Label(purpose, label), sealedBytes[(NumberBytes + nonce.Length)..], plain)
            ? plain
            : throw Altered(purpose);
    }

    /// <summary>Opens a sealed text.</summary>
    /// <inheritdoc cref="Open(ReadOnlySpan{byte}, string, ReadOnlySpan{byte})"/>
    public string OpenText(ReadOnlySpan<byte> salt, string purpose, ReadOnlySpan<byte> sealedBytes) =>
        Encoding.UTF8.GetString(Open(salt, purpose, sealedBytes));

    Cipher CipherFor(DataKey key, ReadOnlySpan<byte> salt)
    {
        if (IsDestroyed(salt))
            throw new SecretsException(SecretsException.Destroyed, "此人的密钥已按规定销毁，加密内容不能再读取或写入");
        if (salt.Length != SaltBytes)
            throw new ArgumentException($"A salt has {SaltBytes} bytes.", nameof(salt));
        Span<byte> derived = stackalloc byte[CipherSuite.HashBytes];
        suite.Hash(key.Key, salt, derived);
        var cipher = suite.For(derived);
        CryptographicOperations.ZeroMemory(derived);
        return cipher;
    }

    static SecretsException Altered(string purpose) => new(SecretsException.Altered,
        $"密文（{purpose}）校验不符：内容被改动，或不属于这一行、这份密钥文件；请核对数据库与密钥文件是否配套，并报告安全审计员");

    static CipherSuite SuiteOf(string name) => name switch
    {
        "aes" => CipherSuite.Aes,
        "sm" => CipherSuite.Sm,
        _ => throw new ArgumentException($"There is no suite {name}.", nameof(name)),
    };

    static DateOnly Today(TimeProvider clock) => BusinessDay.Of(clock.GetUtcNow());
}
