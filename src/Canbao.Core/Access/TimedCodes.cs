using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Canbao.Core.Access;

/// <summary>
/// Codes of an authenticator program (RFC 6238): six digits that change every 30 seconds, by HMAC-SHA-1, which is what such programs
/// expect; its weakness as a plain hash does not matter there.
/// </summary>
public static class TimedCodes
{
    /// <summary>The bytes of a secret, as RFC 4226 recommends.</summary>
    public const int SecretBytes = 20;

    /// <summary>How long a code is shown.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    const int Digits = 6, Modulus = 1_000_000;

    /// <summary>How far the program's clock may be off, in steps.</summary>
    const int Window = 1;

    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step of an instant.</summary>
    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>The code of a step.</summary>
    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 and the programs of everybody's phone ask for it.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var part = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & 0x7FFF_FFFF;
        return (part % Modulus).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
    }

    /// <summary>The step of a code among those that may be shown now and come after the last that was taken; null for none.</summary>
    public static long? Find(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long last)
    {
        long? found = null;
        var typed = Encoding.UTF8.GetBytes(code);
        for (long step = StepAt(now) - Window; step <= StepAt(now) + Window; step++)
            if (step > last && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(secret, step)), typed))
                found ??= step;
        return found;
    }

    /// <summary>A secret as people type it into a program.</summary>
    public static string Text(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        int held = 0, bits = 0;
        foreach (byte part in secret)
        {
            (held, bits) = ((held << 8 | part) & 0xFFF, bits + 8);
            for (; bits >= 5; bits -= 5)
                text.Append(Base32[held >> (bits - 5) & 31]);
        }

        return bits == 0 ? text.ToString() : text.Append(Base32[held << (5 - bits) & 31]).ToString();
    }

    /// <summary>What a program reads from a picture.</summary>
    public static string Address(ReadOnlySpan<byte> secret, string login)
    {
        var issuer = Uri.EscapeDataString("参保缴费");
        return $"otpauth://totp/{issuer}:{Uri.EscapeDataString(login)}?secret={Text(secret)}&issuer={issuer}"
            + $"&algorithm=SHA1&digits={Digits}&period={(int)Step.TotalSeconds}";
    }
}
