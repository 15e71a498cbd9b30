using System.Text;
using Canbao.Storage;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Canbao.Season.Tests;

/// <summary>Runs the tests, plays a season of a seed again, or plays one on a database that another process made.</summary>
static class Program
{
    public static async Task<int> Main(string[] args) => args switch
    {
        [Scenario.Verb, var engine, .. var scenario] => await ReplayAsync(Enum.Parse<Engine>(engine), Scenario.Of(scenario)),
        [Child.Verb, var connection, var keys, var from, var run, .. var scenario] =>
            await Child.PlayAsync(connection, keys, from, run, Scenario.Of(scenario)),
        _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
            await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => await ConsoleRunner.Run(args),
    };

    static async Task<int> ReplayAsync(Engine engine, Scenario scenario)
    {
        await using var played = await Played.BeginAsync(engine, scenario);
        await played.PlayAsync(0, played.Rounds);
        var faults = await Findings.OfAsync(played);
        foreach (var fault in faults)
            Say(fault);
        Say($"{scenario.Replay(engine)}: {played.Acknowledged} acknowledged, {played.Struck} struck, {faults.Count} faults");
        return faults.Count == 0 ? 0 : 1;
    }

    public static void Say(string line)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }
}

/// <summary>Everything that is wrong behind a season, as text.</summary>
static class Findings
{
    public static async Task<IReadOnlyList<string>> OfAsync(Played played) =>
    [
        .. from fault in await played.AuditAsync() select $"{fault.Rule}: {fault.Text}",
        .. from fault in await played.CheckAsync() select $"{fault.Code}: {fault.Text}",
        .. from fault in await played.CountsAsync() select $"{fault.Code}: {fault.Text}",
        .. from odd in played.Odd select $"odd: {odd}",
    ];
}
