using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Core.Tests.Registry;

public class SearchPlanTests
{
    /// <summary>
    /// Names, units and paths are never missing. To ask whether they are took the index of names from the search: with 1.6 million people
    /// it read all of them, for eleven seconds instead of one millisecond.
    /// </summary>
    [Theory, OnBothEngines]
    public async Task A_search_by_name_asks_nothing_that_keeps_it_from_the_index(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var statements = new List<string>();
        await using var watched = area.OpenWatched(statements.Add);
        await watched.ReadAsync(session => area.People.SearchAsync(session, TestArea.Code, new UnitRange("/bg/"), "王", 50));
        var search = Assert.Single(statements, text => text.Contains("ORDER BY", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotMatch("""(?i)\.["\[]?(name|path|unit|code)["\]]? is null""", search);
    }
}
