using System.Diagnostics;
using System.Globalization;
using Canbao.Core.Secrets;
using Canbao.Storage;

namespace Canbao.Season.Tests;

/// <summary>A process of its own that plays a season and tells every word on its standard output before it does anything else.</summary>
static class Child
{
    public const string Verb = "play", Odd = "odd";

    static readonly Lock Output = new();

    /// <summary>Starts one.</summary>
    /// <param name="played">The season's database, towns and keys.</param>
    /// <param name="scenario">The season.</param>
    /// <param name="from">The round to begin with; one that was begun is played again.</param>
    /// <param name="run">How many were killed before.</param>
    public static Process Start(Played played, Scenario scenario, int from, int run) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath!, [Verb, played.Connection, played.KeyPath, $"{from}", $"{run}", .. scenario.Text.Split(' ')])
    {
        RedirectStandardOutput = true,
    })!;

    public static async Task<int> PlayAsync(string connection, string keys, string from, string run, Scenario scenario)
    {
        var clock = new SeasonClock();
        var trouble = new Trouble(scenario, connection.StartsWith("sqlite:", StringComparison.Ordinal) ? null : connection);
        await using var database = Database.Open(connection, clock, new DatabaseOptions { Tries = 50, Statements = trouble.See });
        var vault = Vault.Open(keys);
        var seasons = new List<(Season Season, IReadOnlyList<Round> Plan)>();
        for (int nth = 0; nth < scenario.Areas; nth++)
        {
            var town = new Town(scenario, nth);
            await town.ReadAsync(database);
            var season = new Season(scenario, town, new(town, database, vault, Town.Shelf, trouble), database, Say) { Run = run };
            seasons.Add((season, Plan.Of(scenario, town)));
        }

        for (int no = int.Parse(from, CultureInfo.InvariantCulture); no < seasons[0].Plan.Count; no++)
        {
            // Identifiers grow with the clock, also from one run to the next.
            clock.Now = seasons[0].Plan[no].At.AddSeconds(int.Parse(run, CultureInfo.InvariantCulture));
            Say(new(Word.RoundBegins, $"{no}"));
            await Task.WhenAll(seasons.Select(one => one.Season.PlayAsync(one.Plan[no])));
        }

        foreach (var odd in seasons.SelectMany(one => one.Season.Odd))
            Say(new(Odd, odd));
        return 0;
    }

    static void Say(Word word)
    {
        lock (Output)
            Program.Say(word.Line());
    }
}
