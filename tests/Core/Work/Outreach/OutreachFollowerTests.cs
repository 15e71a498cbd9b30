using Canbao.Core.Events;
using Canbao.Core.Outreach;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Core.Work.Outreach;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.Outreach;

public class OutreachFollowerTests
{
    [Theory, OnBothEngines, Clause("laishan 六(二)-expansion")]
    public async Task Payment_closes_a_case_and_its_reversal_opens_it_again(Engine engine)
    {
        await using var ledger = await Ledger.CreateAsync(engine);
        var person = (await ledger.Town.EnrolAsync()).PersonId;
        await ledger.OpenAsync();
        Assert.Equal(default, await ledger.FollowAsync());
        var paid = await ledger.Town.TakeAsync("agent1", person);
        Assert.Equal(default, await OutreachFollower.FollowAsync(ledger.Area.Database, TestArea.Code)); // Not sealed yet.
        Assert.Equal(new OutreachRun(0, 1, 0, 0), await ledger.FollowAsync());
        var row = await ledger.CaseAsync(person);
        Assert.Equal((OutreachState.Closed, "paid", new DateOnly(2021, 11, 5)), (row.State, row.Outcome, row.ClosedOn));
        Assert.Equal(default, await ledger.FollowAsync());
        await ledger.ReverseAsync(paid.PaymentId);
        Assert.Equal(new OutreachRun(0, 0, 1, 0), await ledger.FollowAsync());
        row = await ledger.CaseAsync(person);
        Assert.Equal((OutreachState.Open, "", (DateOnly?)null), (row.State, row.Outcome, row.ClosedOn));
        Assert.Equal(default, await ledger.FollowAsync());
    }

    [Theory, OnBothEngines]
    public async Task What_the_register_says_closes_a_case_and_moves_it(Engine engine)
    {
        await using var ledger = await Ledger.CreateAsync(engine);
        var (dead, employee, moved) = (
            (await ledger.RegisterAsync()).PersonId, (await ledger.RegisterAsync()).PersonId, (await ledger.RegisterAsync()).PersonId);
        await ledger.OpenAsync();
        await ledger.AsAsync("street1", (act, viewer) => OutreachAssignment.AssignAsync(
            act, viewer, new(Ledger.Year, new("/bg/bg-01/bg-01-01/")), ["agent1"]));
        var events = new LifeEvents(ledger.Area.People, ledger.Area.Enrolments);
        await ledger.Area.DoAsync("died", act => events.DieAsync(act, dead, new(2021, 11, 3)));
        await ChangeAsync(employee, status => status with { Employment = Employment.Employee });
        await ChangeAsync(moved, status => status with { Unit = TestArea.FarVillage });
        Assert.Equal(new OutreachRun(0, 2, 0, 1), await ledger.FollowAsync());
        Assert.Equal(["not_due", "not_due", ""], (await ledger.CasesAsync()).Select(row => row.Outcome));
        var there = await ledger.CaseAsync(moved);
        Assert.Equal((TestArea.FarVillage, ""), (there.Unit, there.Owner));
        await ChangeAsync(employee, status => status with { Employment = Employment.None });
        Assert.Equal(new OutreachRun(0, 0, 1, 0), await ledger.FollowAsync());

        Task ChangeAsync(long person, Func<PersonStatusRow, PersonStatusRow> change) =>
            ledger.Area.DoAsync("status", act => ledger.Area.People.ChangeAsync(act, person, act.Today, change));
    }

    [Theory, OnBothEngines]
    public async Task A_bulk_act_compares_all_cases_once(Engine engine)
    {
        await using var ledger = await Ledger.CreateAsync(engine);
        // Born so that the city pays all: settled as soon as the dues are made, of which no person's record tells.
        var old = await ledger.Area.RegisterAsync("王五", new(1945, 3, 20), 7);
        await ledger.Area.DoAsync("enrol", act =>
            ledger.Area.Enrolments.EnrolAsync(act, Ledger.Year, old.PersonId, EnrolmentKinds.New));
        var other = (await ledger.Town.EnrolAsync()).PersonId;
        await ledger.OpenAsync();
        await ledger.FollowAsync();
        await ledger.MakeDuesAsync();
        Assert.Equal(new OutreachRun(0, 1, 0, 0), await ledger.FollowAsync());
        Assert.Equal("paid", (await ledger.CaseAsync(old.PersonId)).Outcome);
        Assert.Equal("", (await ledger.CaseAsync(other)).Outcome);
        var act = await ledger.Area.ReadAsync(session => session.Table<ActRow>().OrderByDescending(row => row.ActId)
            .FirstAsync(row => row.Area == TestArea.Code && row.Kind == "outreach.follow"));
        Assert.Equal("@outreach", act.Account);
    }

    [Theory, OnBothEngines]
    public async Task It_may_stop_at_any_statement_and_goes_on(Engine engine)
    {
        await using var ledger = await Ledger.CreateAsync(engine);
        var people = new List<long>();
        for (int each = 0; each < 3; each++)
            people.Add((await ledger.Town.EnrolAsync()).PersonId);
        await ledger.OpenAsync();
        await ledger.FollowAsync();
        foreach (var person in people)
            await ledger.Town.TakeAsync("agent1", person);
        await new AuditChain(ledger.Area.Vault).SealAsync(ledger.Area.Database, TestArea.Code);
        int broken = 0;
        for (int at = 1; ; at++)
        {
            int left = at;
            await using var watched = ledger.Area.OpenWatched(_ =>
            {
                if (--left == 0)
                    throw new TimeoutException();
            });
            if (await Record.ExceptionAsync(() => OutreachFollower.FollowAsync(watched, TestArea.Code)) is null)
                break;
            broken++;
            // Cursor and cases stand together: nothing is half done, and nothing was passed over.
            Assert.Contains(
                (await ledger.CasesAsync()).Count(row => row.State == OutreachState.Closed), new[] { 0, 3 });
        }

        Assert.InRange(broken, 5, 100);
        Assert.All(await ledger.CasesAsync(), row => Assert.Equal("paid", row.Outcome));
        Assert.Equal(default, await ledger.FollowAsync());
    }
}
