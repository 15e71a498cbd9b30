using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace Canbao.Core.Collection;

/// <summary>What of a message is signed.</summary>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Path">Such as <c>/channel/v1/payments</c>.</param>
/// <param name="Time">Seconds since 1970 (UTC), as sent.</param>
/// <param name="Nonce">A number that is used once, as sent.</param>
public readonly record struct SignedHead(string Method, string Path, long Time, string Nonce);

/// <summary>
/// Signs messages of channels and checks their signatures, over five lines: method, path, time, nonce and the SHA-256 of the body in
/// hexadecimal.
/// </summary>
public static class ChannelSigning
{
    // The identifier that GM/T 0009 gives where none was agreed on.
    static readonly byte[] Sm2Signer = "1234567812345678"u8.ToArray();

    /// <summary>What is signed, UTF-8.</summary>
    public static byte[] Text(SignedHead head, ReadOnlySpan<byte> body) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{head.Method}\n{head.Path}\n{head.Time}\n{head.Nonce}\n{Convert.ToHexStringLower(SHA256.HashData(body))}"));

    /// <summary>The signature by a shared secret, 32 bytes.</summary>
    public static byte[] Hmac(ReadOnlySpan<byte> secret, SignedHead head, ReadOnlySpan<byte> body) =>
        HMACSHA256.HashData(secret, Text(head, body));

    /// <summary>The signature by an SM2 private key of 32 bytes, with SM3, in ASN.1.</summary>
    public static byte[] Sm2(ReadOnlySpan<byte> privateKey, SignedHead head, ReadOnlySpan<byte> body)
    {
        var signer = new SM2Signer();
        var key = new ECPrivateKeyParameters(new(1, privateKey.ToArray()), Curve);
        signer.Init(forSigning: true, new ParametersWithID(new ParametersWithRandom(key, new SecureRandom()), Sm2Signer));
        signer.BlockUpdate(Text(head, body));
        return signer.GenerateSignature();
    }

    /// <summary>The public key of an SM2 private key, uncompressed, 65 bytes.</summary>
    public static byte[] Sm2PublicKey(ReadOnlySpan<byte> privateKey) =>
        Curve.G.Multiply(new(1, privateKey.ToArray())).Normalize().GetEncoded(compressed: false);

    /// <summary>Whether a signature is the channel's.</summary>
    /// <param name="algorithm"><see cref="Channels.Hmac"/> or <see cref="Channels.Sm2"/>.</param>
    /// <param name="secret">The shared secret, or the channel's public key.</param>
    /// <param name="head">The head of the message.</param>
    /// <param name="body">Its body.</param>
    /// <param name="signature">The signature.</param>
    public static bool IsSound(string algorithm, byte[] secret, SignedHead head, ReadOnlySpan<byte> body, byte[] signature)
    {
        if (algorithm == Channels.Hmac)
            return CryptographicOperations.FixedTimeEquals(signature, Hmac(secret, head, body));
        var signer = new SM2Signer();
        signer.Init(forSigning: false, new ParametersWithID(new ECPublicKeyParameters(Curve.Curve.DecodePoint(secret), Curve), Sm2Signer));
        signer.BlockUpdate(Text(head, body));
        return signer.VerifySignature(signature);
    }

    static ECDomainParameters Curve { get; } = new(GMNamedCurves.GetByName("sm2p256v1"));
}
