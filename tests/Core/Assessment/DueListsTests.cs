using Canbao.Core.Assessment.Dues;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using LinqToDB;
using Xunit;

namespace Canbao.Core.Tests.Assessment;

public class DueListsTests
{
    static readonly string[] Villages = [TestArea.FarVillage, TestArea.Village, TestArea.OtherVillage];

    /// <summary>Nobody twice and nobody left out, whatever the pages' size, in the order of units and names.</summary>
    [Theory, OnBothEngines]
    public async Task Pages_together_are_the_whole_list(Engine engine)
    {
        await using var area = await FilledAsync(engine);
        foreach (var (path, expected) in ((string, string[])[])
        [
            ("/bg/", ["王乙", "王戊", "王甲", "王丁", "王庚", "王丙", "王己", "王辛"]), ("/bg/bg-01/", ["王乙", "王戊", "王甲", "王丁", "王庚"]),
            ("/bg/bg-01/bg-01-02/", ["王丁", "王庚"]),
        ])
            foreach (var size in Enumerable.Range(1, 9))
            {
                var names = new List<string>();
                for (int skip = 0; skip < 10; skip += size)
                    names.AddRange((await PeopleAsync(area, path, "due", skip, size)).Select(one => one.Person.Name));
                Assert.Equal((path, size, string.Join(' ', expected)), (path, size, string.Join(' ', names)));
            }

        Assert.Empty(await PeopleAsync(area, "/bg/", "policy_pending", 0, 10));
    }

    /// <summary>A record that goes on under another counts for nobody.</summary>
    [Theory, OnBothEngines]
    public async Task Counts_are_of_the_same_people(Engine engine)
    {
        await using var area = await FilledAsync(engine);
        foreach (var (path, people) in ((string, int)[])[("/bg/", 8), ("/bg/bg-01/", 5), ("/bg/bg-01/bg-01-02/", 2)])
        {
            var counts = await area.ReadAsync(session => DueLists.CountsAsync(session, TestArea.Code, new(path), TestArea.Year));
            Assert.Equal([("due", people)], counts.Select(one => (one.Key, one.Value)));
        }
    }

    /// <summary>Nine people of three villages, one of whom was merged into another.</summary>
    static async Task<TestArea> FilledAsync(Engine engine)
    {
        var area = await TestArea.CreateAsync(engine);
        var people = new Dictionary<string, PersonRow>(StringComparer.Ordinal);
        (string, int)[] all =
        [
            ("王甲", 1), ("王乙", 1), ("王丙", 0), ("王丁", 2), ("王戊", 1), ("王己", 0), ("王庚", 2), ("王辛", 0), ("王壬", 1),
        ];
        foreach (var (at, (name, village)) in all.Index())
        {
            var person = await area.RegisterAsync(
                name, new(1980, 1, 1), at + 1, null, status => status with { Unit = Villages[village] });
            people.Add(name, person);
            await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        }

        await area.DoAsync("dues.make", act => area.Dues.MakeAsync(act, TestArea.Year, act.Today));
        await area.Database.WriteAsync(session => session.Table<PersonRow>()
            .Where(row => row.Area == TestArea.Code && row.PersonId == people["王壬"].PersonId)
            .Set(row => row.MergedInto, people["王甲"].PersonId).UpdateAsync());
        return area;
    }

    static Task<List<AssessedPerson>> PeopleAsync(TestArea area, string path, string outcome, int skip, int take) => area.ReadAsync(
        session => DueLists.PeopleAsync(session, TestArea.Code, new UnitRange(path), TestArea.Year, (outcome, skip, take)));
}
