using System.Security.Cryptography;
using Canbao.Core.Secrets;

namespace Canbao.Core.Files;

/// <summary>
/// A file that is being made or received, sealed in pieces as it comes: nothing open comes on disk, and memory does not grow with it.
/// <see cref="Uploads.KeepAsync(Events.Act, UploadStream, CancellationToken)"/> keeps it without sealing it anew. For one thread.
/// </summary>
public sealed class UploadStream : Stream
{
    readonly Vault vault;
    readonly OpenUpload opened;
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly byte[] piece = new byte[Uploads.PartBytes];
    int filled;
    long bytes;
    int parts;

    internal UploadStream(Vault vault, UploadRow upload)
    {
        this.vault = vault;
        opened = new OpenUpload(vault, upload);
    }

    /// <summary>The upload; with its length and hash once it is complete.</summary>
    public UploadRow Upload => opened.Upload;

    /// <summary>The file, once it is complete. Good until this is disposed.</summary>
    public TableFile File => opened.File;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => bytes;

    /// <inheritdoc/>
    public override long Position { get => bytes; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        hash.AppendData(buffer);
        bytes += buffer.Length;
        while (!buffer.IsEmpty)
        {
            int taken = Math.Min(buffer.Length, piece.Length - filled);
            buffer[..taken].CopyTo(piece.AsSpan(filled));
            buffer = buffer[taken..];
            filled += taken;
            if (filled == piece.Length)
                SealPiece();
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Ends the file, so that it can be read and kept.</summary>
    /// <exception cref="TableFileException">F113: it is too large, or empty.</exception>
    public UploadRow Complete()
    {
        if (filled > 0)
            SealPiece();
        if (bytes is 0 or > Uploads.MostBytes)
            throw Uploads.WrongSize();
        opened.Complete(Upload with { Bytes = bytes, Parts = parts, Sha256 = hash.GetHashAndReset() });
        return Upload;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>A piece as it was sealed.</summary>
    internal byte[] SealedPiece(int part) => opened.SealedPiece(part);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            opened.Dispose();
            hash.Dispose();
        }

        base.Dispose(disposing);
    }

    void SealPiece()
    {
        opened.Add(vault.Seal(Upload.Salt, Uploads.Purpose(Upload, parts), piece.AsSpan(0, filled)));
        filled = 0;
        parts++;
    }
}
