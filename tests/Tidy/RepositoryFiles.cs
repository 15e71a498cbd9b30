using System.Diagnostics;
using System.Text;
using Canbao.TestKit;

namespace Canbao.Tidy.Tests;

/// <summary>The files that are in the repository or would be with the next <c>git add</c>.</summary>
static class RepositoryFiles
{
    static readonly Lazy<IReadOnlyList<(string Path, byte[] Bytes)>> Contents = new(Read);

    /// <summary>All text files.</summary>
    public static IReadOnlyList<SourceFile> All => Parsed.Value;

    static readonly Lazy<IReadOnlyList<SourceFile>> Parsed = new(() =>
        [.. from file in Contents.Value where !IsBinary(file.Bytes) select new SourceFile(file.Path, Encoding.UTF8.GetString(file.Bytes))]);

    /// <summary>Text files that are not UTF-8, or begin with a byte order mark; samples of GB18030 say so in their names.</summary>
    public static IEnumerable<Violation> BadlyEncoded =>
        from file in Contents.Value
        where !IsBinary(file.Bytes) && !file.Path.EndsWith("-gb18030.csv", StringComparison.Ordinal)
        let fault = EncodingFault(file.Bytes)
        where fault is not null
        select new Violation(file.Path, 1, fault);

    /// <summary>What is wrong with the encoding; null for UTF-8 without a byte order mark.</summary>
    public static string? EncodingFault(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble))
            return "begins with a byte order mark";
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes);
            return null;
        }
        catch (DecoderFallbackException fault)
        {
            return $"is not UTF-8 at byte {fault.Index + 1}";
        }
    }

    /// <summary>As git sees it: a zero byte near the beginning.</summary>
    static bool IsBinary(byte[] bytes) => bytes.AsSpan(0, Math.Min(bytes.Length, 8000)).Contains((byte)0);

    static IReadOnlyList<(string Path, byte[] Bytes)> Read() =>
        [.. from path in List()
            let full = Repository.Path(path)
            where File.Exists(full)
            select (path, File.ReadAllBytes(full))];

    static IEnumerable<string> List()
    {
        // The checkout may belong to another user than the one who runs the tests.
        string[] arguments = ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return git.ExitCode == 0 ? paths.Distinct() : throw new InvalidOperationException($"git ls-files ended with {git.ExitCode}.");
    }
}
