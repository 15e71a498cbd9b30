using System.Text;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Policy.Packs;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Season.Tests;

/// <summary>An invented person of a season.</summary>
sealed record Villager(int Index, DateOnly Born, CitizenNumber Number, string Name, bool IsListed, bool IsEnrolled);

/// <summary>The people of one area: who they are is decided by the seed, their identifiers by the database.</summary>
sealed class Town
{
    static readonly string[] Surnames = ["张", "王", "李", "赵", "刘", "陈", "杨", "黄", "周", "吴"];
    static readonly string[] Given = ["春", "夏", "秋", "冬", "东", "南", "西", "北", "山", "河", "江", "海"];
    static readonly string[] Villages = [TestArea.Village, TestArea.OtherVillage, TestArea.FarVillage];
    static readonly PackLibrary Packs = new(Repository.Path("policies"));
    static readonly CategoryNames Names = CatalogueNames.Of(Packs);

    readonly List<Villager> people = [];
    List<long> ids = [];

    public Town(Scenario scenario, int nth)
    {
        Area = TestArea.Code + nth;
        var dice = Dice.Of(scenario.Seed, "people");
        var taken = new HashSet<(DateOnly, int)>();
        while (people.Count < scenario.People)
        {
            int index = people.Count;
            int sequence = 1 + (400 * nth) + (index % 400);
            var born = new DateOnly(1936, 1, 1).AddDays(dice.Below(85 * 365));
            if (taken.Add((born, sequence)))
            {
                var name = dice.Pick(Surnames) + dice.Pick(Given) + dice.Pick(Given);
                people.Add(new(index, born, TestArea.Number(born, sequence), name, dice.In(15), !dice.In(6)));
            }
        }
    }

    /// <summary>The packs, compiled once for all seasons.</summary>
    public static PackShelf Shelf { get; } = new(Packs);

    public int Area { get; }

    public IReadOnlyList<Villager> People => people;

    public long IdOf(int index) => ids[index];

    public int IndexOf(long id) => ids.BinarySearch(id);

    /// <summary>Makes units, households, people, registrations and the first list.</summary>
    public async Task SetUpAsync(Database database, Vault vault)
    {
        await DoAsync(database, "area.init", async act =>
        {
            await UnitStore.LoadAsync(act, vault, UnitFile.Read(TestArea.Units, [])!);
            await PackBindings.BindAsync(act, Shelf, "bg", TestArea.Year, new(2021, 9, 1), "baogou-2022");
        });
        foreach (var part in people.Chunk(100))
            await DoAsync(database, "person.register", act => RegisterAsync(act, vault, part));
        await ReadAsync(database);
        var listed = people.FindAll(one => one.IsListed);
        if (listed.Count > 0)
        {
            var order = new RosterOrder("civil_affairs", RosterKind.Full, new(2021, 11, 5)) { Category = "农村低保" };
            await ApplyAsync(database, vault, order, "身份证号码\n" + string.Concat(listed.Select(one => one.Number.Full + "\n")));
        }
    }

    /// <summary>Reads the identifiers: people were registered in their order, and identifiers grow.</summary>
    public async Task ReadAsync(Database database) => ids = await database.LookAsync(session => session.Table<PersonRow>()
        .Where(row => row.Area == Area).OrderBy(row => row.PersonId).Select(row => row.PersonId).ToListAsync());

    /// <summary>Tells that somebody came onto the list, or left it, from a day on.</summary>
    public Task AdjustAsync(Database database, Vault vault, Villager person, bool isAdded, DateOnly day) => ApplyAsync(
        database, vault, new("civil_affairs", RosterKind.Adjustment, day),
        "序号,乡镇、街道,村、社区,身份证号码,联系电话,动态调整类型,人员类别,动态调整时间\n"
            + $"1,鲍沟镇,前街村,{person.Number.Full},,{(isAdded ? "新增" : "退出")},农村低保,{day:yyyy-MM-dd}\n");

    async Task ApplyAsync(Database database, Vault vault, RosterOrder order, string text)
    {
        var desk = new RosterDesk(vault, Names);
        var upload = await Act.DoAsync(database, Area, new("clerk", "名单"), "roster.keep",
            async act => (await desk.KeepAsync(act, order, "list.csv", new MemoryStream(Encoding.UTF8.GetBytes(text)))).Upload.UploadId);
        var outcome = await database.LookAsync(session => desk.TryAsync(session, Area, upload, order));
        await DoAsync(database, "roster.apply", act => desk.ApplyAsync(act, upload, order, outcome.Digest));
    }

    static async Task RegisterAsync(Act act, Vault vault, Villager[] part)
    {
        var (register, enrolments) = (new People(vault), new Enrolments(vault));
        HouseholdRow? household = null;
        foreach (var one in part)
        {
            var village = Villages[one.Index / 4 % Villages.Length];
            if (one.Index % 4 == 0 || household is null)
                household = await Households.FoundAsync(act, village, $"H{one.Index}", "前街");
            var status = new PersonStatusRow { Unit = village, HouseholdId = household.HouseholdId, Address = "前街" };
            var row = await register.RegisterAsync(
                act,
                new(one.Number, TestArea.Name(one.Name), one.Number.Sex!.Value, one.Born) { Status = status },
                one.Born > new DateOnly(2021, 9, 1) ? one.Born : new(2021, 9, 1));
            if (one.IsEnrolled)
                await enrolments.EnrolAsync(act, TestArea.Year, row.PersonId, EnrolmentKinds.New);
        }
    }

    Task DoAsync(Database database, string kind, Func<Act, Task> work) =>
        Act.DoAsync(database, Area, new("clerk", "季节"), kind, work);
}
