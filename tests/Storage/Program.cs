using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Canbao.Storage.Tests;

/// <summary>Runs the tests, or plays the second process of a test.</summary>
static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [OtherProcess.Verb, var role, var connection] => OtherProcess.PlayAsync(role, connection),
        _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
            TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
