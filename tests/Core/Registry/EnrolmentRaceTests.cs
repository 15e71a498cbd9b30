using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Registry;

/// <summary>One active enrolment for each person and year in the whole installation (promise 4), whoever comes at once.</summary>
public class EnrolmentRaceTests
{
    const int Neighbour = 370403, Tries = 12;

    static readonly DateOnly Born = new(1985, 3, 20);

    [PostgresFact]
    public async Task Many_who_enrol_one_person_at_once_in_two_areas_enrol_the_person_once()
    {
        await using var area = await TestArea.CreateAsync(Engine.Postgres);
        await OpenNeighbourAsync(area);
        for (int sequence = 1; sequence <= 5; sequence += 2)
        {
            var here = await area.RegisterAsync("张三", Born, sequence);
            var there = await RegisterThereAsync(area, sequence);
            var codes = await Task.WhenAll(Enumerable.Range(0, Tries).Select(turn => Task.Run(() => turn % 2 == 0
                ? TryAsync(area, TestArea.Code, here.PersonId)
                : TryAsync(area, Neighbour, there.PersonId))));
            Assert.Single(codes, "enrolled");
            Assert.All(codes, code => Assert.Contains(code, new[] { "enrolled", "R121", "R122" }));
        }

        var (claims, enrolled) = await area.ReadAsync(async session => (
            await session.Table<EnrolmentClaimRow>().CountAsync(),
            await ActiveAsync(session, TestArea.Code) + await ActiveAsync(session, Neighbour)));
        Assert.Equal((3, 3), (claims, enrolled));
    }

    /// <summary>Renewal by default leaves whoever the neighbour has, and takes the person once the neighbour has let go.</summary>
    [Theory, OnBothEngines]
    [Clause("jincheng 五(一)")]
    public async Task A_renewal_leaves_whoever_is_enrolled_next_door(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await OpenNeighbourAsync(area);
        var here = await area.RegisterAsync("张三", Born, 1);
        await area.DoAsync("enrol", act =>
            area.Enrolments.EnrolAsync(act, TestArea.Year.Previous, here.PersonId, EnrolmentKinds.New));
        var there = await RegisterThereAsync(area, 1);
        Assert.Equal("enrolled", await TryAsync(area, Neighbour, there.PersonId));
        Assert.Equal(0, await area.DoAsync("enrol.renew", act => area.Enrolments.RenewAsync(act, TestArea.Year)));
        Assert.Equal("R122", await TryAsync(area, TestArea.Code, here.PersonId));
        await Act.DoAsync(area.Database, Neighbour, new("test", "测试"), "enrol.cancel", act =>
            area.Enrolments.CancelAsync(act, TestArea.Year, there.PersonId, "迁出"));
        Assert.Equal(1, await area.DoAsync("enrol.renew", act => area.Enrolments.RenewAsync(act, TestArea.Year)));
    }

    static Task OpenNeighbourAsync(TestArea area) => Act.DoAsync(area.Database, Neighbour, new("test", "测试"), "area.init", act =>
        UnitStore.LoadAsync(act, area.Vault, UnitFile.Read([UnitFile.Header, "xc,,township,邻镇,,,", "xc-01,xc,village,邻村,,,"], [])!));

    static Task<PersonRow> RegisterThereAsync(TestArea area, int sequence) => Act.DoAsync(
        area.Database, Neighbour, new("test", "测试"), "person.register", act => area.People.RegisterAsync(
            act,
            new NewPerson(TestArea.Number(Born, sequence), TestArea.Name("张三"), Sex.Male, Born) { Status = new() { Unit = "xc-01" } },
            new(2021, 9, 1)));

    static async Task<string> TryAsync(TestArea area, int code, long person)
    {
        while (true)
            try
            {
                await Act.DoAsync(area.Database, code, new("test", "测试"), "enrol", act =>
                    area.Enrolments.EnrolAsync(act, TestArea.Year, person, EnrolmentKinds.New));
                return "enrolled";
            }
            catch (RefusedException refused)
            {
                return refused.Code;
            }
            catch (StorageException busy) when (busy.Code == StorageCodes.Conflict)
            {
                // Nothing is stored, as it says: a clerk would press again.
            }
    }

    static Task<int> ActiveAsync(Session session, int code) =>
        session.Table<EnrolmentRow>().CountAsync(row => row.Area == code && row.EndedOn == null);
}
