using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Residents;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Residents;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;

namespace Canbao.TestKit;

/// <summary>What people without an account find and have done before pages are opened.</summary>
public sealed partial class WebSite
{
    /// <summary>Another area of the installation.</summary>
    public const int OtherArea = 310102;

    /// <summary>A picture of one grey point, as PNG.</summary>
    public static byte[] Picture { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    /// <summary>The birthday of those whom <see cref="EnrolHouseholdAsync"/> registers.</summary>
    public static DateOnly MemberBorn { get; } = new(1980, 2, 3);

    /// <summary>The number of one of them.</summary>
    public static string MemberNumber(int sequence) => TestArea.Number(MemberBorn, sequence).Full;

    /// <summary>Adds the channel of the sandbox gateway.</summary>
    public Task OpenGatewayAsync() => Act.DoAsync(
        Database, Area, Setup, "channel.add", act => new Channels(vault).AddAsync(act, PayDesk.Channel, "沙箱收银台"));

    /// <summary>Somebody of the area by the number of <see cref="MemberNumber"/>.</summary>
    public async Task<PersonRow> MemberAsync(int sequence) => (await Database.ReadAsync(
        session => new People(vault).FindByNumberAsync(session, Area, TestArea.Number(MemberBorn, sequence))))!;

    /// <summary>A member orders payment for some of the own household.</summary>
    public async Task<string> OrderAsync(int sequence, params int[] chosen)
    {
        var payer = await MemberAsync(sequence);
        var ids = new List<long>();
        foreach (int one in chosen)
            ids.Add((await MemberAsync(one)).PersonId);
        var dues = new Dues(shelf, vault);
        var desk = new ResidentDesk(new(vault), new(dues), dues, vault);
        return await Act.DoAsync(Database, Area, PayDesk.Resident, "resident.order", async act => await PayDesk.OrderAsync(
            act, (await desk.ReadAsync(act.Session, Area, payer.PersonId, PackYear, act.Today))!, PackYear, ids));
    }

    /// <summary>Confirms an order at the gateway.</summary>
    public async Task ConfirmAsync(string code)
    {
        await using var intake = new ChannelIntake(Database, new(new(shelf, vault), vault));
        await new PayDesk(new(vault), intake).ConfirmAsync(Database, Area, code);
    }

    /// <summary>A household asks to be registered.</summary>
    public async Task<ApplicationRow> AskToRegisterAsync(string unit, string name)
    {
        var dues = new Dues(shelf, vault);
        var desk = new ApplicationDesk(new(new(vault), new(vault), dues), new(vault), vault);
        var code = await Act.DoAsync(Database, Area, new("@resident", "测试"), "resident.apply", act => desk.HandInAsync(
            act, new(Applications.Household, unit, new("东沟村8号", [new(name, "", Sex.Male, new(1990, 5, 6))]))
            {
                Files = [("hukou_booklet", "户口簿.png", Picture)],
            }));
        return (await Database.ReadAsync(session => Applications.FindByCodeAsync(session, Area, code)))!;
    }

    /// <summary>Another area of the installation with somebody in it.</summary>
    public async Task OpenOtherAreaAsync(string name, int sequence)
    {
        var number = TestArea.Number(MemberBorn, sequence);
        await Act.DoAsync(Database, OtherArea, Setup, "units", act => UnitStore.LoadAsync(
            act, vault, UnitFile.Read([UnitFile.Header, "other,,county,白水县,,,"], [])!));
        await Act.DoAsync(Database, OtherArea, Setup, "person.register", act => new People(vault).RegisterAsync(
            act, new(number, TestArea.Name(name), number.Sex!.Value, MemberBorn) { Status = new() { Unit = "other" } }, new(2021, 9, 1)));
    }
}
