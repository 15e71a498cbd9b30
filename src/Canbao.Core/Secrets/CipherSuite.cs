using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Canbao.Core.Secrets;

/// <summary>A keyed hash that takes its text in pieces. For one thread.</summary>
public interface IKeyedHash : IDisposable
{
    /// <summary>Adds a piece.</summary>
    void Append(ReadOnlySpan<byte> piece);

    /// <summary>The 32 bytes of the hash; begins anew.</summary>
    byte[] Finish();
}

/// <summary>An authenticated cipher with its key. For one thread.</summary>
abstract class Cipher : IDisposable
{
    public abstract void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> plain, Span<byte> cipherAndTag);

    /// <summary>False, and nothing but zeros, where the tag is not that of the text, nonce and purpose.</summary>
    public abstract bool TryDecrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> cipherAndTag, Span<byte> plain);

    public abstract void Dispose();
}

/// <summary>One authenticated cipher and one keyed hash that belong together. Safe for use by many threads.</summary>
abstract class CipherSuite
{
    public const int NonceBytes = 12;
    public const int TagBytes = 16;
    public const int HashBytes = 32;

    public static readonly CipherSuite Aes = new AesSuite();
    public static readonly CipherSuite Sm = new SmSuite();

    /// <summary>The name in key files.</summary>
    public abstract string Name { get; }

    public abstract void Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> hash);

    public abstract IKeyedHash StartHash(byte[] key);

    /// <summary>A cipher for a key of <see cref="HashBytes"/> bytes, of which the suite takes as many as it needs.</summary>
    public abstract Cipher For(ReadOnlySpan<byte> key);

    /// <summary>AES-256-GCM and HMAC-SHA256 of the framework.</summary>
    sealed class AesSuite : CipherSuite
    {
        public override string Name => "aes";

        public override void Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> hash) => HMACSHA256.HashData(key, data, hash);

        public override IKeyedHash StartHash(byte[] key) => new ShaHash(IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key));

        public override Cipher For(ReadOnlySpan<byte> key) => new AesCipher(new AesGcm(key, TagBytes));

        sealed class AesCipher(AesGcm cipher) : Cipher
        {
            public override void Encrypt(
                ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> plain, Span<byte> cipherAndTag) =>
                cipher.Encrypt(nonce, plain, cipherAndTag[..plain.Length], cipherAndTag[plain.Length..], purpose);

            public override bool TryDecrypt(
                ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> cipherAndTag, Span<byte> plain)
            {
                try
                {
                    cipher.Decrypt(nonce, cipherAndTag[..plain.Length], cipherAndTag[plain.Length..], plain, purpose);
                    return true;
                }
                catch (AuthenticationTagMismatchException)
                {
                    return false;
                }
            }

            public override void Dispose() => cipher.Dispose();
        }

        sealed class ShaHash(IncrementalHash hash) : IKeyedHash
        {
            public void Append(ReadOnlySpan<byte> piece) => hash.AppendData(piece);

            public byte[] Finish() => hash.GetHashAndReset();

            public void Dispose() => hash.Dispose();
        }
    }

    /// <summary>SM4-GCM and HMAC-SM3 (GB/T 32907, GB/T 32905) of BouncyCastle.</summary>
    sealed class SmSuite : CipherSuite
    {
        public override string Name => "sm";

        public override void Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> hash)
        {
            var mac = Start(key);
            mac.BlockUpdate(data);
            mac.DoFinal(hash);
        }

        public override IKeyedHash StartHash(byte[] key) => new Sm3Hash(Start(key));

        public override Cipher For(ReadOnlySpan<byte> key) => new Sm4Cipher(new KeyParameter(key[..16]));

        static HMac Start(ReadOnlySpan<byte> key)
        {
            var mac = new HMac(new SM3Digest());
            mac.Init(new KeyParameter(key));
            return mac;
        }

        sealed class Sm4Cipher(KeyParameter key) : Cipher
        {
            public override void Encrypt(
                ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> plain, Span<byte> cipherAndTag)
            {
                var cipher = Start(nonce, purpose, forEncryption: true);
                var written = cipher.ProcessBytes(plain, cipherAndTag);
                cipher.DoFinal(cipherAndTag[written..]);
            }

            public override bool TryDecrypt(
                ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> cipherAndTag, Span<byte> plain)
            {
                var cipher = Start(nonce, purpose, forEncryption: false);
                try
                {
                    var written = cipher.ProcessBytes(cipherAndTag, plain);
                    cipher.DoFinal(plain[written..]);
                    return true;
                }
                catch (InvalidCipherTextException)
                {
                    // What was decrypted before the tag was seen to be wrong is nobody's business.
                    plain.Clear();
                    return false;
                }
            }

            public override void Dispose()
            {
            }

            GcmBlockCipher Start(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> purpose, bool forEncryption)
            {
                var cipher = new GcmBlockCipher(new SM4Engine());
                cipher.Init(forEncryption, new ParametersWithIV(key, nonce));
                cipher.ProcessAadBytes(purpose);
                return cipher;
            }
        }

        sealed class Sm3Hash(HMac mac) : IKeyedHash
        {
            public void Append(ReadOnlySpan<byte> piece) => mac.BlockUpdate(piece);

            public byte[] Finish()
            {
                var hash = new byte[HashBytes];
                mac.DoFinal(hash);
                return hash;
            }

            public void Dispose()
            {
            }
        }
    }
}
