using System.Text;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Import;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using LinqToDB.Async;
using LinqToDB.Data;
using LinqToDB.Mapping;
using Xunit;

namespace Canbao.Core.Tests.Registry;

public class InitialsTests
{
    static readonly DateOnly Born = new(1985, 3, 20);
    static readonly UnitRange Town = new("/bg/");

    [Theory, OnBothEngines]
    public async Task People_are_found_by_initials_within_the_units_exact_ones_first(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        foreach (var (place, name) in new[] { "王雪", "王小明", "吴晓梅", "单小红", "王小梅花", "Wx", "李四" }.Index())
            await area.RegisterAsync(name, Born, place + 1);
        await area.RegisterAsync("王新民", Born, 9, with: status => status with { Unit = TestArea.FarVillage });

        Assert.Equal(["Wx", "王雪", "吴晓梅", "王小明", "王新民", "王小梅花"], await FindAsync(area, "Wx"));
        Assert.Equal(["吴晓梅", "王小明", "王新民", "王小梅花"], await FindAsync(area, "wxm"));
        Assert.Equal(["吴晓梅", "王小明", "王小梅花"], await FindAsync(area, "WXM", new("/bg/bg-01/")));
        Assert.Equal(["吴晓梅", "王小明"], await FindAsync(area, "wxm", limit: 2));
        Assert.Equal(["单小红"], await FindAsync(area, "sx"));
        Assert.Empty(await FindAsync(area, "dx"));
        Assert.Empty(await FindAsync(area, "w"));
        Assert.Equal(["王小明", "王小梅花"], await FindAsync(area, "王小"));
    }

    [Theory, OnBothEngines]
    public async Task Initials_follow_the_name_whoever_writes_it(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var one = await area.RegisterAsync("王小明", Born, 1);
        var other = await area.RegisterAsync("赵六", Born, 2);
        await ImportAsync(area, "单于飞", 3);
        await area.DoAsync("person.rename", act => People.CorrectNameAsync(act, one.PersonId, TestArea.Name("曾小明")));
        await area.DoAsync("person.correct", act => area.People.CorrectNumberAsync(act, other.PersonId, TestArea.Number(Born, 5)));
        await area.DoAsync("person.died", act => People.DiedAsync(act, other.PersonId, new(2021, 11, 1)));
        await area.DoAsync("person.correct", act => area.People.CorrectNumberAsync(act, other.PersonId, TestArea.Number(Born, 3)));

        Assert.Equal(["syf", "zl", "zxm"], await KeptAsync(area));
        Assert.Equal(["曾小明"], await FindAsync(area, "zx"));
        // 赵六 turned out to be 单于飞, and her record goes on nowhere.
        Assert.Empty(await FindAsync(area, "zl"));
        Assert.Empty(await FindAsync(area, "wx"));
    }

    /// <summary>As an upgrade finds a database of before: broken off behind the first part, it goes on.</summary>
    [Theory, OnBothEngines]
    public async Task Who_was_registered_before_is_filled_in_parts(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        string[] names = ["王小明", "李四", "单小红", "张三", "曾一"];
        foreach (var (place, name) in names.Index())
            await area.RegisterAsync(name, Born, place + 1);
        var before = await area.ReadAsync(AllAsync);
        await area.Database.WriteAsync(session => session.Data.ExecuteAsync(
            "update person set initials = '' where area = @area and name <> '李四'", new DataParameter("area", TestArea.Code)));
        Assert.Equal(["", "", "", "", "ls"], await KeptAsync(area));

        var first = before.Where(row => row.Name != "李四").Select(row => row.PersonId).Order().First();
        await area.Database.WriteAsync(session => session.Data.ExecuteAsync(
            "update person set initials = 'xyz' where area = @area and person_id = @id",
            new DataParameter("area", TestArea.Code), new DataParameter("id", first)));
        Assert.Equal(3, await NameIndex.FillAsync(area.Database, TestArea.Code, part: 2));
        Assert.Equal(["ls", "sxh", "xyz", "zs", "zy"], await KeptAsync(area));
        Assert.Equal(0, await NameIndex.FillAsync(area.Database, TestArea.Code, part: 2));
        var after = await area.ReadAsync(AllAsync);
        Assert.Equal(
            before.Select(row => (row.PersonId, row.Name, row.NumberMask, row.ActId, area.People.OpenNumber(row))),
            after.Select(row => (row.PersonId, row.Name, row.NumberMask, row.ActId, area.People.OpenNumber(row))));
    }

    static Task<List<PersonRow>> AllAsync(Session session) =>
        session.Table<PersonRow>().Where(row => row.Area == TestArea.Code).OrderBy(row => row.PersonId).ToListAsync();

    static async Task ImportAsync(TestArea area, string name, int sequence)
    {
        var text = "单位代码,户号,姓名,证件号码,与户主关系,户籍类型\n"
            + $"{TestArea.Village},H1,{name},{TestArea.Number(Born, sequence).Full},户主,本地户籍\n";
        var file = new TableFile("people.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(text)));
        var report = await area.DoAsync(
            "people.import", act => new PeopleImport(area.Vault).RunAsync(act, file, new ImportOrder(new(2021, 9, 1))));
        Assert.Equal((1, 0), (report.Added, report.Refused));
    }

    static async Task<List<string>> FindAsync(TestArea area, string text, UnitRange? within = null, int limit = 50) =>
        (await area.ReadAsync(session => area.People.SearchAsync(session, TestArea.Code, within ?? Town, text, limit)))
        .ConvertAll(one => one.Person.Name);

    static async Task<List<string>> KeptAsync(TestArea area) => (await area.ReadAsync(session => session.Data.QueryToListAsync<Kept>(
        "select initials from person where area = @area order by initials", new DataParameter("area", TestArea.Code))))
        .ConvertAll(row => row.Initials);

    sealed class Kept
    {
        [Column("initials")]
        public string Initials { get; set; } = "";
    }
}
