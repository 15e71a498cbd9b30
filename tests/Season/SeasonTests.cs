using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Season.Tests;

public class SeasonTests(ITestOutputHelper output)
{
    [Theory, OnBothEngines]
    public async Task Nothing_is_lost_or_posted_twice_whatever_fails(Engine engine)
    {
        for (int seed = 1; seed <= 2; seed++)
            await PlayAsync(engine, new(seed, 80, 12));
    }

    [Theory, OnBothEngines]
    public Task Channels_agents_desks_and_areas_work_at_the_same_time(Engine engine) =>
        PlayAsync(engine, new(11, 60, 12) { Areas = 2, IsParallel = true });

    /// <summary>CANBAO_SEEDS tells how many, from which on: <c>40</c>, or <c>40,1000</c>.</summary>
    [LongTheory, OnBothEngines]
    public async Task Long_seasons_of_many_seeds(Engine engine)
    {
        var wanted = (Environment.GetEnvironmentVariable("CANBAO_SEEDS") ?? "12,1000").Split(',');
        int first = wanted.Length > 1 ? int.Parse(wanted[1]) : 1000;
        for (int seed = first; seed < first + int.Parse(wanted[0]); seed++)
            await PlayAsync(engine, new(seed, seed % 4 == 0 ? 2000 : 150, seed % 4 == 0 ? 60 : 30)
            {
                Areas = 1 + (seed % 2),
                IsParallel = seed % 3 != 0,
            });
    }

    async Task PlayAsync(Engine engine, Scenario scenario)
    {
        await using var played = await Played.BeginAsync(engine, scenario);
        int half = played.Rounds / 2;
        await played.PlayAsync(0, half);
        Assert.Empty(await played.AuditAsync());
        Assert.Empty(await played.CountsAsync());
        await played.PlayAsync(half, played.Rounds);
        var faults = await Findings.OfAsync(played);
        output.WriteLine($"{scenario.Replay(engine)}: {played.Acknowledged} acknowledged, {played.Struck} struck");
        Assert.True(faults.Count == 0, $"seed {scenario.Seed}, again with\n{scenario.Replay(engine)}\n{string.Join('\n', faults)}");
        Assert.True(played.Acknowledged > scenario.Rounds && played.Struck > 0);
    }
}
