using Canbao.Core.Registry;
using Canbao.Core.Residents;
using Canbao.Core.Work.Residents;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work;

public class ResidentDeskTests
{
    /// <summary>Whoever sends everything at once, to two servers, gets no more answers than one after another.</summary>
    [Theory, OnBothEngines]
    public async Task Many_look_ups_at_once_are_counted_like_one_after_another(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张三", new(1985, 3, 20), 1);
        await using var one = Desk(area);
        await using var other = Desk(area);
        var tries = Enumerable.Range(0, 2 * ResidentLimits.ByNumber).Select(at => TryAsync(
            at % 2 == 0 ? one : other, area, (TestArea.Number(new(1985, 3, 20), 1), "张三"), $"10.0.0.{at}"));
        var answers = await Task.WhenAll(tries);
        Assert.Equal(ResidentLimits.ByNumber, answers.Count(answer => answer == $"{person.PersonId}"));
        Assert.Equal(ResidentLimits.ByNumber, answers.Count(answer => answer == "W121"));
    }

    [Theory, OnBothEngines]
    public async Task An_address_is_counted_over_all_numbers_and_forgotten_after_an_hour(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.RegisterAsync("张三", new(1985, 3, 20), 1);
        await using var desk = Desk(area);
        for (int sequence = 1; sequence <= ResidentLimits.ByAddress; sequence++)
            Assert.Equal("W120", await TryAsync(desk, area, (TestArea.Number(new(1985, 3, 20), sequence), "李四"), "10.0.0.1"));
        var last = (TestArea.Number(new(1985, 3, 20), 1), "张三");
        Assert.Equal("W121", await TryAsync(desk, area, last, "10.0.0.1"));
        Assert.NotEqual("W121", await TryAsync(desk, area, last, "10.0.0.2"));
        await area.Database.WriteAsync(session => ResidentLimits.ForgetAsync(session, TestArea.Code));
        Assert.NotEqual(0, await CountAsync());
        area.Clock.Set("2021-11-05 12:00");
        await area.Database.WriteAsync(session => ResidentLimits.ForgetAsync(session, TestArea.Code));
        Assert.Equal(0, await CountAsync());
        Assert.NotEqual("W121", await TryAsync(desk, area, last, "10.0.0.1"));

        Task<int> CountAsync() => area.ReadAsync(session => session.Table<ResidentCountRow>().CountAsync(row => row.Area == TestArea.Code));
    }

    [Theory, OnBothEngines]
    public async Task The_limit_keeps_neither_address_nor_number(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await using var desk = Desk(area);
        await TryAsync(desk, area, (TestArea.Number(new(1985, 3, 20), 1), "张三"), "10.0.0.1");
        var rows = await area.ReadAsync(session => session.Table<ResidentCountRow>().Where(row => row.Area == TestArea.Code).ToListAsync());
        Assert.Equal(["address", "number"], rows.Select(row => row.Kind).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal((16, 1), (row.Subject.Length, row.Tries)));
    }

    /// <summary>What a resident sees costs two round trips, however many live together; they come by the thousand in a minute.</summary>
    [Theory, OnBothEngines]
    public async Task A_household_is_read_in_two_round_trips(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var home = await area.DoAsync("household.found", act => Households.FoundAsync(act, TestArea.Village, "H1", "前街村1号"));
        var head = await area.RegisterAsync("张一", new(1981, 3, 20), 1, home.HouseholdId);
        await area.RegisterAsync("张二", new(1982, 3, 20), 2, home.HouseholdId);
        await area.RegisterAsync("张三", new(1983, 3, 20), 3, home.HouseholdId);
        var commands = new List<string>();
        await using var watched = area.OpenWatched(commands.Add);
        await using var desk = Desk(area);
        var file = await watched.ReadAsync(session => desk.ReadAsync(
            session, TestArea.Code, head.PersonId, TestArea.Year, BusinessDay.Of(area.Clock.GetUtcNow())));
        Assert.Equal("张一", file!.Person.Name);
        Assert.Equal(["张*", "张*"], file.Family.Select(one => one.Name));
        Assert.All(file.Family, one => Assert.NotNull(one.File.Quote));
        Assert.Equal(TestArea.Village, file.Own.Member.Status.Unit);
        Assert.Equal(3, file.Units.Count);
        Assert.Equal(2, commands.Count);
    }

    static ResidentDesk Desk(TestArea area) => new(area.People, new(area.Dues), area.Dues, area.Vault);

    /// <summary>The person, or the code of the refusal.</summary>
    static async Task<string> TryAsync(ResidentDesk desk, TestArea area, (CitizenNumber, string) asked, string address)
    {
        try
        {
            return $"{await desk.FindAsync(area.Database, TestArea.Code, asked, address)}";
        }
        catch (RefusedException refused)
        {
            return refused.Code;
        }
    }
}
