using System.Text.RegularExpressions;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;
using Xunit;

namespace Canbao.Core.Tests.Registry;

public sealed partial class SearchPlanTests
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

    /// <summary>
    /// Initials are a range of their index, in its order, on a register with statistics: walking through the index of names until fifty
    /// fit would read most of it for letters that no early name has.
    /// </summary>
    [Theory, OnBothEngines]
    public async Task A_search_by_initials_follows_their_index(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.DoAsync("people.import", async act =>
        {
            var people = Enumerable.Range(1, 30_000).Select(number => Person(act, number)).ToList();
            await act.Session.BulkWriteAsync(people, OnConflict.Refuse);
            await act.Session.BulkWriteAsync(
                people.Select(person => new PersonStatusRow
                {
                    Area = act.Area,
                    PersonId = person.PersonId,
                    FromDay = new(2021, 9, 1),
                    Unit = TestArea.Village,
                    ActId = act.Id,
                }),
                OnConflict.Refuse);
            await act.Session.RefreshStatisticsAsync("person", "person_status", "unit");
        });
        var statements = new List<string>();
        await using var watched = area.OpenWatched(statements.Add);
        var found = await watched.ReadAsync(session => area.People.SearchAsync(session, TestArea.Code, new UnitRange("/bg/"), "wxm", 50));
        Assert.Equal(50, found.Count);
        var search = Assert.Single(statements, text => text.Contains("initials", StringComparison.Ordinal)
            && text.Contains("ORDER BY", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotMatch("""(?i)\.["\[]?(initials|name|path|unit|code)["\]]? is null""", search);
        var plan = string.Join('\n', await area.ReadAsync(session => PlanAsync(session, search)));
        Assert.Contains("person_initials", plan, StringComparison.Ordinal);
        Assert.DoesNotMatch(engine == Engine.Sqlite ? "SCAN" : "Seq Scan on person", plan);
    }

    /// <summary>王小明 as often as not in twenty, and others with other letters.</summary>
    static PersonRow Person(Act act, int number) => new()
    {
        Area = act.Area,
        PersonId = act.Session.NextId(),
        Salt = [1],
        Name = number % 20 == 0 ? "王小明"
            : $"{"赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"[number % 16]}{"春夏秋冬东南西北大小"[number % 10]}{"明红军英华"[number % 5]}",
        Sex = Sex.Male,
        BornOn = new(1985, 3, 20),
        ActId = act.Id,
    };

    static async Task<List<string>> PlanAsync(Session session, string statement)
    {
        var values = Parameter().Matches(statement).Select(match => match.Groups["name"].Value).Distinct().Select(name =>
            name.Contains("area", StringComparison.OrdinalIgnoreCase) ? new DataParameter(name, TestArea.Code, DataType.Int32)
            : name.Contains("take", StringComparison.OrdinalIgnoreCase) ? new DataParameter(name, 50, DataType.Int32)
            : name.Contains("first", StringComparison.OrdinalIgnoreCase) ? new DataParameter(name, "/bg/", DataType.NVarChar)
            : name.Contains("end", StringComparison.OrdinalIgnoreCase) ? new DataParameter(name, "/bg0", DataType.NVarChar)
            : new DataParameter(
                name, name.Contains("behind", StringComparison.OrdinalIgnoreCase) ? "wxm\uFFFF" : "wxm", DataType.NVarChar)).ToArray();
        var explain = session.Engine == Engine.Sqlite ? "explain query plan " : "explain ";
        var plan = new List<string>();
        await using var rows = await session.Data.ExecuteReaderAsync(explain + statement, values);
        while (await rows.Reader!.ReadAsync())
            plan.Add(rows.Reader.GetString(session.Engine == Engine.Sqlite ? 3 : 0));
        return plan;
    }

    [GeneratedRegex("[@:$](?<name>[a-zA-Z_][a-zA-Z0-9_]*)")]
    private static partial Regex Parameter();
}
