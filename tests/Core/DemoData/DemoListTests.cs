using Canbao.Policy.Packs;
using Canbao.TestKit;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.DemoData;

public class DemoListTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    static IEnumerable<(string Name, IReadOnlyList<Row> Rows)> Full(DemoAreaFiles area) =>
        area.In("rosters").Where(list => !list.Name.StartsWith("adjustment", StringComparison.Ordinal));

    [Fact]
    public void Who_is_listed_is_in_the_register_save_the_flaws_that_are_told()
    {
        var kinds = new HashSet<string>();
        foreach (var area in demo.Areas)
        {
            var people = area.ByNumber;
            foreach (var (name, rows) in Full(area))
            {
                var flaws = rows.Select(row => Flaw(people, row)).Where(flaw => flaw.Length > 0).ToList();
                var told = area.Summary.Lists.Single(list => list.Name == name);
                Assert.Equal((rows.Count, flaws.Count), (told.Rows, told.Flaws));
                Assert.True(rows.Count < 10 || flaws.Count > 0, $"{name} of {area.Summary.Area} has no flaw");
                kinds.UnionWith(flaws);
            }
        }

        Assert.Equal(["dead", "name", "number", "stranger"], kinds.Order());
    }

    [Fact]
    public void Categories_are_named_as_the_catalogue_names_them()
    {
        var findings = new List<Finding>();
        var path = Repository.Path("policies", "categories.yaml");
        var known = CatalogueReader.Read(File.ReadAllText(path), path, findings)!.Categories
            .SelectMany(category => category.Aliases.Prepend(category.Chinese)).ToHashSet();
        var used = demo.Areas.SelectMany(area => area.In("rosters")).SelectMany(list => list.Rows.Select(row => row.Category)).ToHashSet();
        Assert.Subset(known, used);
        Assert.InRange(used.Count, 25, known.Count);
    }

    [Fact]
    public void A_notices_area_has_the_categories_of_its_notice_only()
    {
        HashSet<string> In(int code) => [.. Full(demo.Areas.Single(area => area.Summary.Area == code)).SelectMany(list => list.Rows)
            .Select(row => row.Category)];
        Assert.Contains("抚恤定补优抚对象", In(370481));
        Assert.DoesNotContain("重点优抚对象", In(370481));
        Assert.Contains("革命老区（基点）村村民", In(350582));
        Assert.DoesNotContain("革命老区（基点）村村民", In(141102));
    }

    [Fact]
    public void Changes_of_lists_name_people_of_the_register_and_the_form_s_words()
    {
        var changes = demo.Areas.SelectMany(area =>
        {
            var people = area.ByNumber;
            return area.In("rosters").Where(list => list.Name.StartsWith("adjustment", StringComparison.Ordinal))
                .SelectMany(list => list.Rows.Select(row => (row, people.Contains(row.Number))));
        }).ToList();
        Assert.InRange(changes.Count, 10, 400);
        Assert.All(changes, change => Assert.True(change.Item2));
        Assert.Equal(["新增", "退出"], changes.Select(change => change.row["动态调整类型"]).Distinct().Order());
    }

    [Fact]
    public void What_other_offices_hand_over_names_people_of_the_register()
    {
        foreach (var area in demo.Areas)
        {
            var people = area.ByNumber;
            var lists = area.In("comparisons").ToDictionary(list => list.Name, list => list.Rows);
            Assert.Equal(["deaths", "elsewhere", "employee", "inmates", "police", "schools"], lists.Keys.Order());
            Assert.All(lists.Values.SelectMany(rows => rows), row => Assert.Equal(row["姓名"], people[row.Number].Single()["姓名"]));
            var dead = area.People.Where(person => person is { Number.Length: > 0 } && person["死亡日期"].Length > 0);
            Assert.All(dead, person => Assert.Contains(lists["deaths"], row => row.Number == person.Number));
        }

        // Some of the dead are news to the register.
        Assert.Contains(demo.Areas, area => area.In("comparisons").Single(list => list.Name == "deaths").Rows.Count
            > area.People.Count(person => person["死亡日期"].Length > 0));
    }

    [Fact]
    public void Most_people_were_enrolled_the_year_before_for_what_it_cost_then()
    {
        foreach (var area in demo.Areas)
        {
            var (rows, people) = (area.Rows("history.csv"), area.ByNumber);
            string[] prices = area.Summary.Area switch
            {
                141102 => ["0.00", "320.00"],
                370613 => ["0.00", "280.00", "320.00"],
                _ => ["0.00", "280.00"],
            };
            Assert.All(rows, row =>
            {
                Assert.Contains(row["缴费金额"], prices);
                Assert.Equal(row["缴费金额"] == "0.00", row["票据号"].Length == 0);
                Assert.True(row.Day("登记日期") >= people[row.Number].Single().Day("出生日期"));
                Assert.Equal(area.Summary.Area == 141102 ? "2022" : "2021", row["年度"]);
            });
            Assert.Equal(rows.Count, area.Summary.Enrolled);
            if (area.Summary.Area != 140500)
                Assert.InRange((double)rows.Count / area.People.Count, 0.5, 0.85);
        }
    }

    static string Flaw(ILookup<string, Row> people, Row row)
    {
        if (people[row.Number].SingleOrDefault() is not { } person)
            return CitizenNumber.TryParse(row.Number, out _, out _) ? "stranger" : "number";
        return person["死亡日期"].Length > 0 ? "dead" : person["姓名"] != row["姓名"] ? "name" : "";
    }
}
