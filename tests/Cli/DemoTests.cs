using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Work;
using Canbao.Core.Work.Counting;
using Canbao.Core.Work.Demo;
using Canbao.Core.Work.Today;
using Canbao.Policy.Packs;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Cli.Tests;

/// <summary>The demonstration, made as a newcomer makes it.</summary>
public sealed class DemoTests : IDisposable
{
    static readonly int[] Areas = [141102, 370481, 370613, 350582, 140500, 140502, 140521, 140522, 140524, 140525, 140581];

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_place_stands_in_mid_season_and_its_books_are_right()
    {
        var demo = folder["demo"];
        Prepare(demo).Tells(0);
        var clock = new TestClock("2021-11-22 09:30");
        await using var database = Database.Open($"sqlite:{demo}/canbao.db", clock);
        var shelf = new PackShelf(new PackLibrary($"{demo}/policies"));
        var counts = new CountCheck(new CountedPeople(CatalogueNames.Of(shelf.Library)));
        foreach (int area in Areas)
        {
            Assert.Empty(await database.ReadAsync(session => MoneyCheck.RunAsync(session, area)));
            Assert.Empty(await database.ReadAsync(session => counts.RunAsync(session, area, DemoSeason.Year, 10)));
        }

        // Whoever signs in finds something to do.
        foreach (var login in new[] { "agent", "street", "bureau", "tax", "finance", "supervisor" })
        {
            var session = await Sessions.TryAsync(database, login, DemoSeason.Password);
            var viewer = await Sessions.FindAsync(database, session.Area, session.Login, session.Stamp);
            Assert.False(viewer!.MustChange);
            Assert.NotEmpty(await database.ReadAsync(
                reading => new TodayDesk(shelf).ReadAsync(reading, viewer, DemoSeason.Year, DemoSeason.LastDay)));
        }
    }

    [Fact]
    public void A_folder_with_something_else_in_it_is_left_alone()
    {
        var letter = folder.Write("letter.txt", "x");
        Prepare(folder.Path).Tells(2, "W122");
        Assert.True(File.Exists(letter));
    }

    Call Prepare(string path) => Call.In(folder.Path, [], "demo", "--folder", path, "--prepare-only");
}
