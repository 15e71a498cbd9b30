using System.Buffers.Binary;
using System.Text;

namespace Canbao.Core.Secrets;

/// <summary>Seals the values of one row under the newest data key and the row's salt. For one thread.</summary>
public sealed class RowSealer : IDisposable
{
    internal const int MostPurposeBytes = 128;

    readonly int number;
    readonly Cipher cipher;

    internal RowSealer(int number, Cipher cipher)
    {
        this.number = number;
        this.cipher = cipher;
    }

    /// <inheritdoc cref="Vault.Seal(ReadOnlySpan{byte}, string, ReadOnlySpan{byte})"/>
    public byte[] Seal(string purpose, ReadOnlySpan<byte> plain)
    {
        var result = new byte[Vault.OverheadBytes + plain.Length];
        BinaryPrimitives.WriteInt32BigEndian(result, number);
        var nonce = result.AsSpan(Vault.NumberBytes, CipherSuite.NonceBytes);
        RandomBytes.Fill(nonce);
        Span<byte> label = stackalloc byte[MostPurposeBytes];
        cipher.Encrypt(nonce, Label(purpose, label), plain, result.AsSpan(Vault.NumberBytes + nonce.Length));
        return result;
    }

    /// <inheritdoc cref="Vault.Seal(ReadOnlySpan{byte}, string, string)"/>
    public byte[] Seal(string purpose, string text) => Seal(purpose, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc/>
    public void Dispose() => cipher.Dispose();

    internal static ReadOnlySpan<byte> Label(string purpose, Span<byte> space) => space[..Encoding.UTF8.GetBytes(purpose, space)];
}
