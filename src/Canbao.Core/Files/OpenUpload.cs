using Canbao.Core.Secrets;

namespace Canbao.Core.Files;

/// <summary>A kept upload that can be read as a file, piece by piece unsealed as it is read.</summary>
public sealed class OpenUpload : IDisposable
{
    readonly Vault vault;
    readonly FileStream pieces;

    internal OpenUpload(Vault vault, UploadRow upload)
    {
        this.vault = vault;
        Upload = upload;
        var path = Path.Combine(Path.GetTempPath(), $"canbao-upload-{Path.GetRandomFileName()}");
        pieces = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
        });
        File = new TableFile(upload.FileName, () => new UnsealingStream(this));
    }

    /// <summary>The upload.</summary>
    public UploadRow Upload { get; private set; }

    /// <summary>Its file, for <see cref="Intake.Open"/>. Good until this is disposed.</summary>
    public TableFile File { get; }

    /// <inheritdoc/>
    public void Dispose() => pieces.Dispose();

    internal async Task AddAsync(byte[] sealedPiece, CancellationToken cancel) => await pieces.WriteAsync(sealedPiece, cancel);

    internal void Add(byte[] sealedPiece) => pieces.Write(sealedPiece);

    /// <summary>Says what the file is, once all of it is there.</summary>
    internal void Complete(UploadRow upload) => Upload = upload;

    internal byte[] SealedPiece(int part)
    {
        // All pieces but the last are of one length, and sealing adds the same to each.
        var start = (long)part * (Uploads.PartBytes + Vault.OverheadBytes);
        var sealedPiece = new byte[Math.Min(Uploads.PartBytes + Vault.OverheadBytes, pieces.Length - start)];
        lock (pieces)
        {
            pieces.Position = start;
            pieces.ReadExactly(sealedPiece);
        }

        return sealedPiece;
    }

    byte[] Unseal(int part) => vault.Open(Upload.Salt, Uploads.Purpose(Upload, part), SealedPiece(part));

    sealed class UnsealingStream(OpenUpload upload) : Stream
    {
        byte[] piece = [];
        int pieceNumber = -1;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => upload.Upload.Bytes;

        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            if (Position >= Length)
                return 0;
            var number = (int)(Position / Uploads.PartBytes);
            if (number != pieceNumber)
                (piece, pieceNumber) = (upload.Unseal(number), number);
            var rest = piece.AsSpan((int)(Position % Uploads.PartBytes));
            var length = Math.Min(rest.Length, buffer.Length);
            rest[..length].CopyTo(buffer);
            Position += length;
            return length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => Length + offset,
        };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
