using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Cli.Tests;

/// <summary>The command lines of the unit and of the container are those of this program; the unit is one for systemd.</summary>
public sealed partial class DeployTests : IDisposable
{
    static readonly string Unit = File.ReadAllText(Repository.Path("deploy", "systemd", "canbao.service"));
    static readonly string Container = File.ReadAllText(Repository.Path("deploy", "container", "Containerfile"));

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> CommandLines() =>
    [
        Start().Match(Unit).Groups["arguments"].Value,
        string.Join(' ', JsonSerializer.Deserialize<string[]>(Command().Match(Container).Groups["arguments"].Value)!),
    ];

    [Theory]
    [MemberData(nameof(CommandLines))]
    public async Task What_is_started_serves(string arguments)
    {
        var units = Repository.Path("data", "units", "lishi.csv");
        Call.In(folder.Path, [], "init", "--area", "141102", "--units", units, "--policy", "lishi-2023").Tells(0);
        var local = Address().Replace(arguments, "http://127.0.0.1:0");
        Assert.NotEqual(arguments, local);
        using var server = Call.Start(folder.Path, [], local.Split(' '));
        try
        {
            var line = await server.StandardError.ReadLineAsync();
            Assert.StartsWith("网页服务已打开：http://127.0.0.1:", line);
            using var client = new HttpClient { BaseAddress = new Uri(line!.Split('：')[1]) };
            Assert.Contains("live", await client.GetStringAsync(new Uri("/health/live", UriKind.Relative)));
            using var logged = JsonDocument.Parse((await server.StandardOutput.ReadLineAsync())!);
            Assert.Equal("/health/live", logged.RootElement.GetProperty("route").GetString());
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    /// <summary>By systemd's own analyzer, which <c>./test</c> installs.</summary>
    [Fact]
    public void The_unit_is_sound()
    {
        // The program is not installed where tests run; all else is looked at.
        var path = folder.Write("canbao.service", Unit.Replace("/usr/lib/canbao/canbao", "/bin/true", StringComparison.Ordinal));
        using var analyzer = Process.Start(new ProcessStartInfo("/usr/bin/systemd-analyze", ["verify", "--man=no", path])
        {
            RedirectStandardError = true,
        })!;
        var said = analyzer.StandardError.ReadToEnd();
        analyzer.WaitForExit();
        Assert.DoesNotContain("canbao.service", said, StringComparison.Ordinal);
        Assert.Equal(0, analyzer.ExitCode);
    }

    [Fact]
    public void Neither_runs_as_root()
    {
        Assert.Matches("(?m)^User=canbao$", Unit);
        Assert.Matches("(?m)^USER 10001:10001$", Container);
        string[] settings = ["NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "CapabilityBoundingSet=", "UMask=0077"];
        foreach (var setting in settings)
            Assert.Matches($"(?m)^{Regex.Escape(setting)}$", Unit);
    }

    [GeneratedRegex("(?m)^ExecStart=/usr/lib/canbao/canbao (?<arguments>.+)$")]
    private static partial Regex Start();

    [GeneratedRegex("(?m)^CMD (?<arguments>.+)$")]
    private static partial Regex Command();

    [GeneratedRegex("http://[0-9.]+:5080")]
    private static partial Regex Address();
}
