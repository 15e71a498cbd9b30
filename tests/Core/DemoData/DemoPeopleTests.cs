using Canbao.Core.Units;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.DemoData;

public class DemoPeopleTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    const string Header = "单位代码,户号,姓名,证件号码,与户主关系,户籍类型,就业,在校,入学日期,参保身份,职工停保日期,外地参保,电话,住址,出生日期,性别,死亡日期,学校代码";

    [Fact]
    public void Each_area_has_its_files_and_together_they_have_the_people_asked_for()
    {
        Assert.Equal([370481, 370613, 141102, 350582, 140500, 140502, 140521, 140522, 140524, 140525, 140581],
            demo.Summaries.Select(summary => summary.Area));
        Assert.Equal(DemoFixture.People, demo.Areas.Sum(area => area.People.Count));
        Assert.All(demo.Areas, area =>
        {
            Assert.Equal(area.Summary.People, area.People.Count);
            Assert.Equal(Header, File.ReadAllText(Path.Combine(area.Summary.Folder, "people.csv")).Split('\n')[0]);
            Assert.Equal(area.Summary.Households, area.People.Select(person => person["户号"]).Distinct().Count());
        });
    }

    [Fact]
    public void Numbers_are_right_unique_and_of_places_that_do_not_exist()
    {
        var seen = new HashSet<string>();
        foreach (var area in demo.Areas)
        {
            foreach (var person in area.People.Where(person => person["证件号码"].Length > 0))
            {
                Assert.True(CitizenNumber.TryParse(person["证件号码"], out var number, out _));
                Assert.Equal($"{area.Summary.Area / 100}99", number.AddressCode);
                Assert.Equal((person["出生日期"], person["性别"]),
                    ($"{number.Birth:yyyy-MM-dd}", number.Sex == Sex.Male ? "男" : "女"));
                Assert.True(seen.Add(number.Full));
                Assert.True(PersonName.TryParse(person["姓名"], out var name, out _) && name.Text == person["姓名"]);
            }
        }

        Assert.InRange(DemoFixture.People - seen.Count, 5, 200);
    }

    [Fact]
    public void No_telephone_is_outside_the_block_that_is_given_to_nobody()
    {
        var phones = demo.Areas.SelectMany(area => area.People.Select(person => person["电话"])
            .Concat(area.Tree.All.Select(unit => unit.Contact))
            .Concat(area.In("rosters").Where(list => list.Name.StartsWith("adjustment", StringComparison.Ordinal))
                .SelectMany(list => list.Rows.Select(row => row["联系电话"])))).Where(phone => phone.Length > 0).ToList();
        Assert.InRange(phones.Count, DemoFixture.People / 2, DemoFixture.People * 2);
        Assert.All(phones, phone => Assert.Matches("^1000[0-9]{7}$", phone));
        // Nor does a number of a line stand in any other text.
        Assert.All(demo.Areas.SelectMany(area => area.People), person => Assert.DoesNotMatch(@"1[3-9]\d{9}", person["住址"]));
    }

    [Fact]
    public void People_are_as_old_as_those_of_a_county()
    {
        var ages = demo.Areas.SelectMany(area => area.People.Select(person => Age(area, person))).ToList();
        Assert.InRange(Share(ages, age => age < 15), 0.13, 0.20);
        Assert.InRange(Share(ages, age => age >= 60), 0.15, 0.23);
        Assert.InRange(Share(ages, age => age >= 80), 0.015, 0.04);
        Assert.InRange(ages.Min(), 0, 0);
        Assert.InRange(ages.Max(), 88, 110);
        var men = demo.Areas.SelectMany(area => area.People).Count(person => person["性别"] == "男");
        Assert.InRange((double)men / DemoFixture.People, 0.49, 0.53);
    }

    [Fact]
    public void Households_stand_together_head_first_and_fit()
    {
        foreach (var area in demo.Areas)
        {
            var changes = area.People.Zip(area.People.Skip(1)).Count(pair => pair.First["户号"] != pair.Second["户号"]);
            Assert.Equal(area.Summary.Households, changes + 1);
            foreach (var household in area.People.GroupBy(person => person["户号"]))
            {
                Assert.Equal("户主", household.First()["与户主关系"]);
                Assert.Single(household, person => person["与户主关系"] == "户主");
                Assert.Single(household.Select(person => (person["住址"], person["单位代码"])).Distinct());
                CheckKin(area, household.First(), household);
            }
        }

        Assert.InRange((double)DemoFixture.People / demo.Summaries.Sum(summary => summary.Households), 2.4, 3.3);
    }

    [Fact]
    public void Family_names_are_as_frequent_as_in_the_country_and_pass_from_fathers()
    {
        var names = demo.Areas.SelectMany(area => area.People).CountBy(person => person["姓名"][..1]).ToDictionary();
        Assert.All(new[] { "王", "李", "张" }, name => Assert.InRange(names[name], DemoFixture.People * 0.055, DemoFixture.People * 0.09));
        Assert.InRange(names.Count, 150, 260);
        var children = demo.Areas.SelectMany(area => area.People.GroupBy(person => person["户号"]))
            .Where(household => household.First()["性别"] == "男")
            .SelectMany(household => household.Where(person => person["与户主关系"] is "子" or "女")
                .Select(child => child["姓名"][0] == household.First()["姓名"][0])).ToList();
        Assert.InRange((double)children.Count(same => same) / children.Count, 0.9, 0.995);
    }

    [Fact]
    public void Pupils_are_in_classes_of_their_stage_and_people_in_units_where_one_lives()
    {
        foreach (var area in demo.Areas)
        {
            Assert.All(area.People, person => Assert.True(area.Tree.Find(person["单位代码"])!.Kind is
                UnitKind.Village or UnitKind.CityProper or UnitKind.MigrantWorkers or UnitKind.TownDirect or UnitKind.SchoolClass));
            var pupils = area.People.Where(person => person["学校代码"].Length > 0).ToList();
            Assert.Equal(area.Tree.All.Any(unit => unit.Kind == UnitKind.SchoolClass), pupils.Count > 0);
            Assert.All(pupils, pupil =>
            {
                var school = area.Tree.AncestorsOf(area.Tree.Find(pupil["学校代码"])!).First();
                var words = pupil["在校"] switch { "幼儿园" => "幼儿园$", "中小学" => "小学$|中学$", "中职" => "职业中专$", _ => "学院$" };
                Assert.Matches(words, school.Name);
                Assert.True(pupil.Day("入学日期") > pupil.Day("出生日期"));
            });
        }
    }

    [Fact]
    public void Every_word_is_one_of_those_that_the_register_knows()
    {
        (string Column, string Words)[] known =
        [
            ("户籍类型", "本地户籍|居住证|外地户籍|港澳台"), ("就业", "无|职工|灵活就业"), ("在校", "|幼儿园|中小学|高校|中职"),
            ("参保身份", "|宗教教职人员|被监管人员|武警官兵|社会弃婴|困难企业职工|随迁子女"), ("外地参保", "|职工医保|居民医保"),
            ("与户主关系", "户主|配偶|子|女|父亲|母亲|孙子|孙女|其他亲属"),
        ];
        foreach (var (column, words) in known)
            Assert.Equal(words.Split('|').Order(),
                demo.Areas.SelectMany(area => area.People).Select(person => person[column]).Distinct().Order());
    }

    static void CheckKin(DemoAreaFiles area, Row head, IEnumerable<Row> household)
    {
        var age = Age(area, head);
        foreach (var person in household)
        {
            var years = age - Age(area, person);
            var fits = person["与户主关系"] switch
            {
                "配偶" => Math.Abs(years) <= 15 && person["性别"] != head["性别"],
                "子" or "女" => years is >= 16 and <= 60 && person["性别"] == (person["与户主关系"] == "子" ? "男" : "女"),
                "孙子" or "孙女" => years is >= 34 and <= 90,
                "父亲" or "母亲" => years <= -15,
                _ => true,
            };
            Assert.True(fits, $"{person["与户主关系"]} is {years} years younger");
        }
    }

    static int Age(DemoAreaFiles area, Row person)
    {
        var (birth, year) = (person.Day("出生日期"), area.Summary.Area == 141102 ? 2022 : 2021);
        return year - birth.Year - (birth.AddYears(year - birth.Year) > new DateOnly(year, 9, 30) ? 1 : 0);
    }

    static double Share(List<int> ages, Func<int, bool> has) => (double)ages.Count(has) / ages.Count;
}
