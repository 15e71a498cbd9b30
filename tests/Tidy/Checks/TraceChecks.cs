using System.Text.RegularExpressions;

namespace Canbao.Tidy.Tests.Checks;

/// <summary>What belongs to a machine or to the way of working and not to the project. Patterns are put together from
/// pieces, so that these lines do not hold what they look for.</summary>
static partial class TraceChecks
{
    public static readonly Check NoMachinePaths = new(
        "No file names a path of one machine",
        file => !LayoutChecks.IsLockFile(file),
        file => Matches(file, MachinePath(), "a path of one machine"))
    {
        Broken =
        [
            new("docs/a.md", $"see {"/wo" + "rk"}/notes\n"),
            new("a.cs", $"// {"/fa" + "rm"}/a\n"),
            new("test", $"cd {"/tmp/bash" + "_jobs"}\n"),
            new("docs/a.md", $"{"/ho" + "me"}/somebody/canbao\n"),
            new("docs/a.md", $"{"/ro" + "ot"}/canbao\n"),
        ],
        Sound = [new("docs/a.md", $"see docs/rooms{"/wo" + "rk"}/index.md and the network/ folder\n")],
    };

    public static readonly Check NoRegistryHosts = new(
        "No file names a package registry's host",
        file => !file.Path.EndsWith(".md", StringComparison.Ordinal),
        file => Matches(file, RegistryHost(), "a package registry's host"))
    {
        Broken = [new("a.props", "https://api.nu" + "get.org/v3\n"), new("package-lock.json", "https://registry.np" + "mjs.org/a\n")],
        Sound = [new("a.cs", "// https://www.gov.cn/zhengce\n")],
    };

    public static readonly Check LockFilesHoldNoAddress = new(
        "A lock file holds no address",
        LayoutChecks.IsLockFile,
        file => Matches(file, Address(), "an address in a lock file"))
    {
        Broken = [new("web/package-lock.json", "{\"resolved\": \"https://host.example/a.tgz\"}"), new("a/packages.lock.json", "http://a")],
        Sound = [new("src/A/packages.lock.json", "{\"version\": 2}"), new("docs/a.md", "https://www.gov.cn\n")],
    };

    public static readonly Check OnlyTheProjectIsSpokenOf = new(
        "Files speak of the project, not of how it is made",
        _ => true,
        file => Matches(file, HowItIsMade(), "words about how the project is made"))
    {
        Broken =
        [
            new("a.cs", $"// by {"Cla" + "ude"}\n"),
            new("docs/a.md", $"an {"L" + "LM"} wrote this\n"),
            new("test", $"# {"coding " + "session"}\n"),
        ],
        Sound = [new("a.cs", "// a claused sentence; the village agent collects\n")],
    };

    static IEnumerable<Violation> Matches(SourceFile file, Regex pattern, string what) =>
        from line in file.Lines.Index()
        from Match match in pattern.Matches(line.Item)
        select file.At(line.Index + 1, $"'{match.Value}': {what}");

    [GeneratedRegex(@"(?<![\w.-])/(wo" + "rk|fa" + "rm|ho" + @"me/\w+|ro" + "ot)/|/tmp/bash" + "_jobs")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"https?://[a-z0-9.-]*(nu" + "get|np" + "mjs|deb" + @"ian)\.", RegexOptions.IgnoreCase)]
    private static partial Regex RegistryHost();

    [GeneratedRegex("https?://", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(
        @"\b(cla" + "ude|anth" + "ropic|l" + "lm|ai ag" + "ent|coding " + "session|steering " + @"repo)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HowItIsMade();
}
