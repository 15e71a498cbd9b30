using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Xunit;

namespace Canbao.Cli.Tests;

/// <summary>What a call of the real program did.</summary>
sealed record Call(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs <c>canbao</c>, which is built beside the tests, with the runtime that runs them.</summary>
    public static Call Of(params string[] arguments) => In(Directory.GetCurrentDirectory(), [], arguments);

    /// <summary>Runs it in a folder, with environment variables.</summary>
    public static Call In(string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        using var process = Start(folder, environment, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Call(process.ExitCode, output, errors.Result);
    }

    /// <summary>Requires an exit code and texts in what was told.</summary>
    public void Tells(int exitCode, params string[] texts)
    {
        Assert.True(exitCode == ExitCode, Output + Errors);
        Assert.All(texts, text => Assert.Contains(text, Output + Errors, StringComparison.Ordinal));
    }

    /// <summary>Starts it and leaves it running.</summary>
    public static Process Start(string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(DotNet, [Path.Combine(AppContext.BaseDirectory, "canbao.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in new[] { "CANBAO_POLICIES", "CANBAO_DATABASE", "CANBAO_KEYS" })
            start.Environment.Remove(name);
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        return Process.Start(start)!;
    }

    static string DotNet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..",
        OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
