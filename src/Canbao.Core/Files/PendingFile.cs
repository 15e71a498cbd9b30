namespace Canbao.Core.Files;

/// <summary>
/// A file that appears under its name only when it is complete. Until <see cref="Commit"/> it has a name of its own in the same
/// folder, and it is removed if it is never committed.
/// </summary>
public sealed class PendingFile : IDisposable
{
    readonly string path;
    readonly string pendingPath;
    bool isCommitted;

    /// <summary>Creates the pending file.</summary>
    /// <exception cref="TableFileException">The folder does not exist or cannot be written to.</exception>
    public PendingFile(string path)
    {
        this.path = TableFiles.Resolve(path);
        pendingPath = $"{this.path}.{Path.GetRandomFileName()}.partial";
        try
        {
            if (Directory.Exists(this.path))
                throw new IOException("The name is a folder's.");
            Stream = new FileStream(pendingPath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new TableFileException("F106", $"不能写文件 {path}；请检查文件夹是否存在、是否有写入权限", fault);
        }
    }

    /// <summary>The file's content, unbuffered.</summary>
    public FileStream Stream { get; }

    /// <summary>Gives the file its name, in place of any file that has it.</summary>
    public void Commit()
    {
        Stream.Dispose();
        File.Move(pendingPath, path, overwrite: true);
        isCommitted = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stream.Dispose();
        if (!isCommitted)
            File.Delete(pendingPath);
    }
}
