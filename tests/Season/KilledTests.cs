using System.Globalization;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Season.Tests;

/// <summary>Seasons whose process is killed: what it had told stands, and the next one goes on.</summary>
public class KilledTests(ITestOutputHelper output)
{
    [Theory, OnBothEngines]
    public Task A_killed_process_takes_nothing_with_it(Engine engine) =>
        PlayAsync(engine, new(21, 60, 10) { IsParallel = engine == Engine.Postgres }, 2);

    [LongTheory, OnBothEngines]
    public async Task A_process_killed_many_times_takes_nothing_with_it(Engine engine)
    {
        for (int seed = 2000; seed < 2006; seed++)
            await PlayAsync(engine, new(seed, 200, 40) { Areas = 1 + (seed % 2), IsParallel = seed % 3 != 0 }, 15);
    }

    async Task PlayAsync(Engine engine, Scenario scenario, int kills)
    {
        await using var played = await Played.BeginAsync(engine, scenario);
        var dice = Dice.Of(scenario.Seed, "kills");
        var odd = new List<string>();
        int round = 0;
        for (int run = 0; run <= kills; run++)
        {
            using var child = Child.Start(played, scenario, round, run);
            int words = 0, last = run == kills ? int.MaxValue : 20 + dice.Below(40 * scenario.Rounds * scenario.Areas / (kills + 1));
            while (await child.StandardOutput.ReadLineAsync() is { } line)
            {
                if (!line.EndsWith('}'))
                    continue;
                var word = Word.Of(line);
                if (word.Deed == Word.RoundBegins)
                    round = int.Parse(word.Id, CultureInfo.InvariantCulture);
                else if (word.Deed == Child.Odd)
                    odd.Add(word.Id);
                else
                    played.Hear(word);
                if (++words != last)
                    continue;
                await Task.Delay(dice.Below(20));
                child.Kill();
            }

            await child.WaitForExitAsync();
            if (child.ExitCode == 0)
                break;
            Assert.True(run < kills, $"the last process ended with {child.ExitCode}");
            Assert.Empty(await played.AuditAsync());
        }

        Assert.Equal(played.Rounds - 1, round);
        var faults = await Findings.OfAsync(played);
        output.WriteLine($"{engine} {scenario.Text}: {played.Acknowledged} acknowledged");
        var replay = $"seed {scenario.Seed}, {kills} kills; again with ./test --long Season -- -class '*KilledTests'";
        Assert.True(faults.Count == 0 && odd.Count == 0, $"{replay}\n{string.Join('\n', faults.Concat(odd))}");
    }
}
