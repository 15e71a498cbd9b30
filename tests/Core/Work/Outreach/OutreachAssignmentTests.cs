using Canbao.Core.Outreach;
using Canbao.Core.Units;
using Canbao.Core.Work.Outreach;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Core.Tests.Work.Outreach;

public class OutreachAssignmentTests
{
    static readonly OutreachFilter Own = new(Ledger.Year, new UnitRange("/bg/bg-01/bg-01-01/"));

    [Theory, OnBothEngines, Clause("baogou 三(一)-village")]
    public async Task Households_are_shared_out_evenly_and_stay_together(Engine engine)
    {
        await using var ledger = await OpenAsync(engine, 2, 3, 1, 2);
        var far = await ledger.RegisterAsync(TestArea.FarVillage);
        await ledger.OpenAsync();
        var done = await AssignAsync(ledger, "street1", Own with { Within = new("/bg/") }, "agent1", "agent2");
        Assert.Equal((4, 4, 1), (done.ByLogin["agent1"], done.ByLogin["agent2"], done.Left));
        var owners = (await ledger.CasesAsync()).Where(row => row.PersonId != far.PersonId).ToList();
        // The households, one after another: 2, 3, 1 and 2 people.
        Assert.Equal([1, 1, 1, 1], new[] { 0..2, 2..5, 5..6, 6..8 }.Select(range =>
            owners[range].Select(row => row.Owner).Distinct().Count()));
        Assert.Equal("", (await ledger.CaseAsync(far.PersonId)).Owner);
        var lines = await ledger.Area.ReadAsync(session => OutreachList.ListAsync(
            session, TestArea.Code, Own with { Owner = "agent2" }, new(2021, 11, 5), (0, 50)));
        Assert.Equal(4, lines.Count);
        Assert.Equal(1, (await AssignAsync(ledger, "branch", new(Ledger.Year, new("/bg/bg-02/")), "far")).ByLogin["far"]);
        // An account above a unit can have its cases too.
        Assert.Equal(9, (await AssignAsync(ledger, "bureau1", Own with { Within = new("/bg/") }, "street1")).ByLogin["street1"]);
    }

    [Theory, OnBothEngines]
    public async Task Only_accounts_of_the_unit_or_above_get_cases(Engine engine)
    {
        await using var ledger = await OpenAsync(engine, 1);
        await RefusedAsync("O110", "street1", Own, "agent1");
        await ledger.OpenAsync();
        await RefusedAsync("O103", "agent1", Own, "agent1");
        await RefusedAsync("O103", "supervisor1", Own, "agent1");
        await RefusedAsync("O109", "street1", Own);
        await RefusedAsync("O109", "street1", Own, "agent1", "nobody");
        await RefusedAsync("O109", "street1", Own, "tax1");
        await RefusedAsync("O109", "branch", Own with { Within = new("/bg/bg-02/") }, "agent1");
        await RefusedAsync("O101", "branch", Own, "far");
        var done = await AssignAsync(ledger, "street1", Own, "far");
        Assert.Equal((0, 1), (done.ByLogin.Count, done.Left));

        Task RefusedAsync(string code, string login, OutreachFilter filter, params string[] logins) => ledger.Town.RefusedAsync(
            code, login, (act, viewer) => OutreachAssignment.AssignAsync(act, viewer, filter, logins));
    }

    [Theory, OnBothEngines]
    public async Task The_list_is_filtered(Engine engine)
    {
        await using var ledger = await OpenAsync(engine, 1, 1);
        var enrolled = (await ledger.Town.EnrolAsync()).PersonId;
        await ledger.MakeDuesAsync();
        await ledger.OpenAsync();
        await ledger.AsAsync("agent1", (act, viewer) => OutreachDesk.ContactAsync(
            act, viewer, (Ledger.Year, enrolled), new(act.Today, "call", "told", "", act.Today)));
        var today = new DateOnly(2021, 11, 6);
        Assert.Equal(3, (await FindAsync(Own)).Count);
        var unpaid = Assert.Single(await FindAsync(Own with { Ground = OutreachGround.Unpaid }));
        Assert.Equal("已登记，应缴 320.00 元", unpaid.Why(code => code));
        Assert.Equal("未登记", (await FindAsync(Own with { Ground = OutreachGround.Unregistered }))[0].Why(code => code));
        Assert.Equal(enrolled, Assert.Single(await FindAsync(Own with { IsOverdue = true })).Row.PersonId);
        Assert.Equal(3, (await FindAsync(Own with { Owner = OutreachFilter.Nobody })).Count);
        Assert.Empty(await FindAsync(Own with { Owner = "agent1" }));
        Assert.Empty(await FindAsync(Own with { Category = "orphan" }));
        Assert.Empty(await FindAsync(Own with { Within = new("/bg/bg-02/") }));
        await ledger.CloseAsync(enrolled, new("refuses"));
        Assert.Equal("拒绝参保", Assert.Single(await FindAsync(Own with { State = OutreachState.Closed })).Why(code => code));
        Assert.Single(await FindAsync(Own with { State = null, Outcome = "refuses" }));

        Task<List<OutreachLine>> FindAsync(OutreachFilter filter) =>
            ledger.Area.ReadAsync(session => OutreachList.ListAsync(session, TestArea.Code, filter, today, (0, 50)));
    }

    /// <summary>Households of so many people each.</summary>
    static async Task<Ledger> OpenAsync(Engine engine, params int[] households)
    {
        var ledger = await Ledger.CreateAsync(engine);
        foreach (var (size, number) in households.Select((size, at) => (size, at + 1)))
        {
            var household = await ledger.Area.DoAsync("found", act => Canbao.Core.Registry.Households.FoundAsync(
                act, TestArea.Village, $"H{number}", $"前街村{number}号"));
            for (int each = 0; each < size; each++)
                await ledger.RegisterAsync(household: household.HouseholdId);
        }

        return ledger;
    }

    static Task<Assigned> AssignAsync(Ledger ledger, string login, OutreachFilter filter, params string[] logins) =>
        ledger.AsAsync(login, (act, viewer) => OutreachAssignment.AssignAsync(act, viewer, filter, logins));
}
