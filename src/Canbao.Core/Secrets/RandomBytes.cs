using System.Security.Cryptography;

namespace Canbao.Core.Secrets;

/// <summary>
/// Random bytes for salts and nonces, which are no secrets but must never come twice. The system is asked for many at a time: asking
/// for a few costs more than sealing.
/// </summary>
static class RandomBytes
{
    const int AtOnce = 4096;

    [ThreadStatic]
    static byte[]? buffer;

    [ThreadStatic]
    static int rest;

    /// <summary>Fills a short piece.</summary>
    public static void Fill(Span<byte> piece)
    {
        buffer ??= new byte[AtOnce];
        if (rest < piece.Length)
        {
            RandomNumberGenerator.Fill(buffer);
            rest = AtOnce;
        }

        rest -= piece.Length;
        buffer.AsSpan(rest, piece.Length).CopyTo(piece);
    }
}
