using System.Runtime.CompilerServices;

namespace Canbao.TestKit;

/// <summary>
/// Compares text with a file that was looked at and kept: <c>Snapshots/NAME.txt</c> beside the test. Where they differ, the new text
/// goes to <c>artifacts/snapshots/NAME.received.txt</c>; <c>CANBAO_ACCEPT=1</c> makes it the kept one.
/// </summary>
public static class Snapshot
{
    /// <summary>Compares; throws where the texts differ or none is kept.</summary>
    /// <param name="name">The file's name without extension.</param>
    /// <param name="text">The text of this run.</param>
    /// <param name="testFile">Given by the compiler.</param>
    /// <exception cref="SnapshotException">The texts differ.</exception>
    public static void Matches(string name, string text, [CallerFilePath] string testFile = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots");
        Matches(folder, name, text, Environment.GetEnvironmentVariable("CANBAO_ACCEPT") == "1");
    }

    /// <summary>Compares with a snapshot of a given folder.</summary>
    public static void Matches(string folder, string name, string text, bool accept)
    {
        var kept = Path.Combine(folder, name + ".txt");
        var received = Repository.Path("artifacts", "snapshots", name + ".received.txt");
        text = text.ReplaceLineEndings("\n");
        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        if (File.Exists(kept) && File.ReadAllText(kept).ReplaceLineEndings("\n") == text)
        {
            if (File.Exists(received))
                File.Delete(received);
            return;
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(accept ? kept : received, text);
        if (!accept)
            throw new SnapshotException($"{kept} differs from {received}; look at both, then keep the new text with CANBAO_ACCEPT=1.");
    }
}

/// <summary>A text that is not the one kept.</summary>
public sealed class SnapshotException(string message) : Exception(message);
