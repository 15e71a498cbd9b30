using Canbao.Core.Outreach;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Core.Work.Outreach;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work.Outreach;

public class OutreachDeskTests
{
    [Theory, OnBothEngines, Clause("laishan 六(二)-expansion"), Clause("baogou 三(一)-village")]
    public async Task Whoever_is_not_insured_gets_one_case(Engine engine)
    {
        await using var ledger = await Ledger.CreateAsync(engine);
        var left = await ledger.RegisterAsync();
        var enrolled = await ledger.Town.EnrolAsync();
        var far = await ledger.RegisterAsync(TestArea.FarVillage);
        await ledger.RegisterAsync(with: status => status with { Employment = Employment.Employee });
        await ledger.RegisterAsync(with: status => status with { OtherCover = OtherCover.ResidentElsewhere });
        var dead = await ledger.RegisterAsync();
        await ledger.Area.DoAsync("died", act =>
            new LifeEvents(ledger.Area.People, ledger.Area.Enrolments).DieAsync(act, dead.PersonId, new(2021, 11, 1)));
        await ledger.Town.PayAsync();

        Assert.Equal(new OutreachRun(2, 0, 0, 0), await ledger.OpenAsync("/bg/bg-01/"));
        Assert.Equal(default, await ledger.OpenAsync("/bg/bg-01/"));
        Assert.Equal(new OutreachRun(1, 0, 0, 0), await ledger.OpenAsync());
        Assert.Equal(
            [(left.PersonId, OutreachGround.Unregistered, TestArea.Village), (enrolled.PersonId, OutreachGround.Unpaid, TestArea.Village),
                (far.PersonId, OutreachGround.Unregistered, TestArea.FarVillage)],
            (await ledger.CasesAsync()).Select(row => (row.PersonId, row.Ground, row.Unit)));
        Assert.All(
            await ledger.CasesAsync(),
            row => Assert.Equal((OutreachState.Open, new DateOnly(2021, 11, 5)), (row.State, row.OpenedOn)));
        // Registered meanwhile: the same case with another ground, not a new one.
        await ledger.Area.DoAsync("enrol", act =>
            ledger.Area.Enrolments.EnrolAsync(act, Ledger.Year, left.PersonId, EnrolmentKinds.New));
        Assert.Equal(new OutreachRun(0, 0, 0, 1), await ledger.OpenAsync());
        Assert.Equal(OutreachGround.Unpaid, (await ledger.CaseAsync(left.PersonId)).Ground);
    }

    [Theory, OnBothEngines, Clause("laishan 六(二)-expansion")]
    public async Task Each_contact_is_recorded(Engine engine)
    {
        await using var ledger = await Ledger.CreateAsync(engine);
        var person = (await ledger.RegisterAsync()).PersonId;
        await ledger.OpenAsync();
        ledger.Area.Clock.Set("2021-11-08 10:00");
        var visit = new NewContact(new(2021, 11, 6), "visit", "promised", " 手机 13800001234，周五缴 ", new(2021, 11, 12));
        await ContactAsync(visit);
        await ContactAsync(new(new(2021, 11, 5), "call", "absent", ""));
        var row = await ledger.CaseAsync(person);
        Assert.Equal((new DateOnly(2021, 11, 6), (DateOnly?)null), (row.LastContact, row.NextVisit));
        var file = await ledger.Area.ReadAsync(session => new OutreachList(ledger.Area.People).FindAsync(
            session, ledger.Town.Who("agent1"), Ledger.Year, person, new(2021, 11, 8)));
        Assert.Equal(
            [("visit", "promised", "手机 138******34，周五缴", "agent1"), ("call", "absent", "", "agent1")],
            file!.Contacts.Select(one => (one.Way, one.Result, one.Remark, one.Account)));
        Assert.DoesNotContain(file.History, entry => $"{entry.Change.New}{entry.Act.Reason}".Contains("1380000", StringComparison.Ordinal));

        await RefusedAsync("O104", visit with { Way = "pigeon" });
        await RefusedAsync("O104", visit with { Result = "" });
        await RefusedAsync("O105", visit with { Day = new(2021, 11, 9) });
        await RefusedAsync("O105", visit with { Day = new(2021, 11, 4) });
        await RefusedAsync("O105", visit with { NextVisit = new(2021, 11, 7) });
        await RefusedAsync("O108", visit with { Result = "other", Remark = " " });
        await RefusedAsync("O101", visit, "far");
        await RefusedAsync("O103", visit, "supervisor1");
        await ledger.CloseAsync(person, new("refuses"));
        await RefusedAsync("O102", visit);
        Assert.Equal(2, (await ledger.Area.ReadAsync(session => new OutreachList(ledger.Area.People).FindAsync(
            session, ledger.Town.Who("street1"), Ledger.Year, person, new(2021, 11, 8))))!.Contacts.Count);

        Task<OutreachContactRow> ContactAsync(NewContact wish) => ledger.AsAsync("agent1", (act, viewer) =>
            OutreachDesk.ContactAsync(act, viewer, (Ledger.Year, person), wish));

        Task RefusedAsync(string code, NewContact wish, string login = "agent1") => ledger.Town.RefusedAsync(
            code, login, (act, viewer) => OutreachDesk.ContactAsync(act, viewer, (Ledger.Year, person), wish));
    }

    public static TheoryData<Engine, string, bool, bool> Outcomes()
    {
        var data = new TheoryData<Engine, string, bool, bool>();
        foreach (var engine in new[] { Engine.Sqlite, Engine.Postgres })
            foreach (var (code, needsProof, excludes) in new[]
            {
                ("elsewhere", true, true), ("employee", true, true), ("moved", false, true), ("died", false, true),
                ("soldier", false, true), ("custody", false, true), ("refuses", false, false), ("not_found", false, false),
            })
            {
                data.Add(engine, code, needsProof, excludes);
            }

        return data;
    }

    [Theory, MemberData(nameof(Outcomes))]
    public async Task An_outcome_closes_a_case_and_some_take_the_person_out_of_the_target(
        Engine engine, string code, bool needsProof, bool excludes)
    {
        await using var ledger = await Ledger.CreateAsync(engine);
        var person = (await ledger.RegisterAsync()).PersonId;
        await ledger.OpenAsync();
        if (needsProof)
        {
            await RefusedAsync("O107", new(code));
            await RefusedAsync("O107", new(code, "certificate", " "));
            await RefusedAsync("O107", new(code, "", "2021 年在某市参保"));
            await RefusedAsync("O104", new(code, "oath", "2021 年在某市参保"));
        }

        var closed = await ledger.CloseAsync(
            person, needsProof ? new(code, "certificate", "某市，证号 3704991985032012", "口头") : new(code, Remark: "村干部核实"));
        Assert.Equal((OutreachState.Closed, code, new DateOnly(2021, 11, 5)), (closed.State, closed.Outcome, closed.ClosedOn));
        Assert.Equal(needsProof ? "某市，证号 370***********12" : "", closed.Proof);
        Assert.Equal(excludes ? 1 : 0, await ExcludedAsync());
        // It stays closed whatever is compared, and what happens elsewhere leaves it alone.
        Assert.Equal(default, await ledger.OpenAsync());
        await RefusedAsync("O102", new(code));
        Assert.Equal(0, await ExcludedAsync("/bg/bg-02/"));

        var open = await ledger.AsAsync("street1", (act, viewer) => OutreachDesk.ReopenAsync(act, viewer, (Ledger.Year, person)));
        Assert.Equal((OutreachState.Open, "", ""), (open.State, open.Outcome, open.Proof));
        Assert.Equal(0, await ExcludedAsync());

        Task RefusedAsync(string refusal, NewOutcome outcome) => ledger.Town.RefusedAsync(
            refusal, "agent1", (act, viewer) => OutreachDesk.CloseAsync(act, viewer, (Ledger.Year, person), outcome));

        Task<long> ExcludedAsync(string path = "/bg/") => ledger.ExcludedAsync(path);
    }

    [Theory, OnBothEngines]
    public async Task What_comes_by_itself_is_not_given_and_not_reopened_by_hand(Engine engine)
    {
        await using var ledger = await Ledger.CreateAsync(engine);
        var person = (await ledger.Town.EnrolAsync()).PersonId;
        await ledger.OpenAsync();
        foreach (var code in new[] { "paid", "not_due", "", "nothing" })
            await ledger.Town.RefusedAsync("O106", "agent1", (act, viewer) =>
                OutreachDesk.CloseAsync(act, viewer, (Ledger.Year, person), new(code)));
        await ledger.Town.RefusedAsync("O102", "agent1", ReopenAsync);
        await ledger.Town.RefusedAsync("O101", "far", ReopenAsync);
        await ledger.Town.TakeAsync("agent1", person);
        await ledger.OpenAsync();
        await ledger.Town.RefusedAsync("O102", "agent1", ReopenAsync);
        await ledger.Town.RefusedAsync("O103", "supervisor1", ReopenAsync);
        await ledger.Town.RefusedAsync("O103", "agent1", (act, viewer) => OutreachDesk.OpenAsync(act, viewer, Ledger.Year));

        Task<OutreachCaseRow> ReopenAsync(Canbao.Core.Events.Act act, Canbao.Core.Access.Viewer viewer) =>
            OutreachDesk.ReopenAsync(act, viewer, (Ledger.Year, person));
    }

    [Theory, OnBothEngines]
    public async Task Excluded_people_are_not_taken_off_twice(Engine engine)
    {
        await using var ledger = await Ledger.CreateAsync(engine);
        var (one, other) = ((await ledger.RegisterAsync()).PersonId, (await ledger.Town.EnrolAsync()).PersonId);
        await ledger.OpenAsync();
        await ledger.CloseAsync(one, new("employee", "pay_slip", "某厂，2021-10 起"));
        await ledger.CloseAsync(other, new("moved"));
        Assert.Equal(2, await ExcludedAsync());
        await ledger.Area.DoAsync("status", act => ledger.Area.People.ChangeAsync(
            act, one, act.Today, status => status with { Employment = Employment.Employee }));
        Assert.Equal(1, await ExcludedAsync());
        await ledger.Town.TakeAsync("agent1", other);
        Assert.Equal(0, await ExcludedAsync());
        await ledger.FollowAsync();
        Assert.Equal(["employee", "paid"], (await ledger.CasesAsync()).Select(row => row.Outcome));
        var counts = await ledger.Area.ReadAsync(session =>
            OutreachFigures.ReadAsync(session, TestArea.Code, new("/bg/"), Ledger.Year));
        Assert.Equal(new OutreachCounts(0, 0, 1, 1, 0), counts[TestArea.Village]);

        Task<long> ExcludedAsync() => ledger.ExcludedAsync();
    }
}
