using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Reporting;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work.Rollover;
using Canbao.Policy.Packs;
using Canbao.Policy.Prove;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.Rollover;

public class RolloverTests
{
    static readonly InsuranceYear Year = TestArea.Year.Next;

    [Theory, OnBothEngines, Clause("lingyuan 四(一)")]
    public async Task Each_step_does_what_is_missing_and_nothing_a_second_time(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 4);
        foreach (var person in people.Take(3))
            await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        await area.DoAsync("person.change", act => area.People.ChangeAsync(
            act, people[2].PersonId, act.Today, status => status with { Employment = Employment.Employee }));
        await lists.ApplyAsync(Lists.Full("家庭经济困难学生", "school"), Lists.Of(1, 2));
        await lists.ApplyAsync(Lists.Full("农村低保对象"), Lists.Of(1));
        await area.DoAsync("target.set", async act => await Targets.SetAsync(
            act, await UnitStore.ReadAsync(act.Session, TestArea.Code), [Target("residents", "bg", 90), Target("residents", "bg-01", 50),
            Target("employees", "bg", 70)]));

        area.Clock.Set("2023-01-05 09:00");
        var desk = new RolloverDesk(area.Shelf, area.Vault, lists.Desk);
        var before = await StateAsync(area, desk);
        Assert.Equal((0, 3, 2L, 2, 0, 4L), (before.Packs.Count, before.WithoutPack.Count, before.ToRenew, before.TargetsMissing,
            before.TargetsCarried, before.NotAssessed));
        Assert.Equal([(RenewalObstacle.Employee, 1)], before.NotRenewed.Select(pair => (pair.Key, pair.Value)));
        var ending = Assert.Single(before.Lists);
        Assert.Equal(
            ("needy_student", "school", 2, YearListState.Open),
            (ending.Term.Category, ending.Department, ending.People, ending.State));

        await area.DoAsync("bind", act => PackBindings.BindAsync(act, area.Shelf, "bg", Year, new(2022, 9, 1), "lishi-2023"));
        Assert.Equal((2L, 1, 2, 4L), await DoAsync(area, desk));
        var prepared = Assert.Single((await StateAsync(area, desk)).Lists);
        Assert.Equal(YearListState.Prepared, prepared.State);
        var upload = prepared.Prepared!;
        var outcome = await area.ReadAsync(
            session => lists.Desk.TryAsync(session, TestArea.Code, upload.Upload.UploadId, upload.Order));
        Assert.Equal((2, 0), (outcome.Removed, outcome.Rejected));
        Assert.NotNull(await lists.ApplyAsync(upload.Order, upload.Upload.UploadId, outcome.Digest));
        Assert.Equal("minimum_living_rural needy_student", await lists.HeldAsync(people[0], new(2022, 12, 31)));
        Assert.Equal("minimum_living_rural", await lists.HeldAsync(people[0], new(2023, 1, 1)));

        // Whoever left the list is answered from other facts.
        Assert.Equal((0L, 0, 0, 2L), await DoAsync(area, desk));
        var changes = await ChangesAsync(area);
        Assert.Equal((0L, 0, 0, 0L), await DoAsync(area, desk));
        Assert.Equal(changes, await ChangesAsync(area));
        var after = await StateAsync(area, desk);
        Assert.Equal((1, 0, 0L, 0, 2, 0L), (after.Packs.Count, after.WithoutPack.Count, after.ToRenew, after.TargetsMissing,
            after.TargetsCarried, after.NotAssessed));
        Assert.True(after.ListsAreDone);
        Assert.False(after.IsDone);
        await area.DoAsync("target.set", async act => await Targets.SetAsync(
            act, await UnitStore.ReadAsync(act.Session, TestArea.Code),
            [Target("residents", "bg", 95) with { InsuranceYear = 2023 }, Target("residents", "bg-01", 50) with { InsuranceYear = 2023 }]));
        Assert.True((await StateAsync(area, desk)).IsDone);
        Assert.Equal((0L, 0, 0, 0L), await DoAsync(area, desk));
    }

    /// <summary>A new full list since August has decided who goes on; before the year nothing ends.</summary>
    [Theory, OnBothEngines]
    public async Task A_new_list_speaks_for_the_new_year(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 2);
        await lists.ApplyAsync(Lists.Full("家庭经济困难学生", "school"), Lists.Of(1, 2));
        area.Clock.Set("2022-10-10 09:00");
        var desk = new RolloverDesk(area.Shelf, area.Vault, lists.Desk);
        Assert.Equal(YearListState.TooEarly, Assert.Single((await StateAsync(area, desk)).Lists).State);
        Assert.Equal("A208", (await Assert.ThrowsAsync<RefusedException>(
            () => area.DoAsync("rollover.lists", act => desk.PrepareListsAsync(act, Year)))).Code);
        await lists.ApplyAsync(Lists.Full("家庭经济困难学生", "school", new(2022, 10, 10)), Lists.Of(1));
        area.Clock.Set("2023-01-05 09:00");
        var list = Assert.Single((await StateAsync(area, desk)).Lists);
        Assert.Equal((1, YearListState.NewList), (list.People, list.State));
        Assert.Equal(0, await area.DoAsync("rollover.lists", act => desk.PrepareListsAsync(act, Year)));
        Assert.Equal("needy_student", await lists.HeldAsync(people[0], new(2023, 1, 5)));
    }

    [Theory, OnBothEngines, Clause("lingyuan 四(六)-lists")]
    public async Task Who_turns_an_age_is_told(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var lists = new Lists(area);
        foreach (var (name, born) in new[]
        {
            ("六十", new DateOnly(1962, 6, 1)), ("未满", new(1963, 1, 1)), ("早满", new(1961, 12, 31)), ("七十", new(1952, 12, 31)),
            ("孩子", new(2005, 2, 28)), ("别家", new(2005, 3, 1)),
        })
            await area.RegisterAsync(name, born, 1);
        await lists.ApplyAsync(
            Lists.Full("农村独女户", "health"),
            Lists.Text(TestArea.Number(new(2005, 2, 28), 1).Full, TestArea.Number(new(1961, 12, 31), 1).Full));
        var told = new List<string>();
        foreach (var turn in RolloverPeople.All)
        {
            var people = await area.ReadAsync(session =>
                RolloverPeople.PeopleAsync(session, TestArea.Code, new("/bg/"), (Year, turn), (0, 10)));
            told.Add(string.Join(' ', people.Select(person => person.Name)));
        }

        Assert.Equal(["孩子", "六十", "七十"], told);
        Assert.Equal(1, (await StateAsync(area, new(area.Shelf, area.Vault, lists.Desk))).Turning[TurnOfAge.ListedChild]);
    }

    [Fact]
    public void Years_follow_each_other()
    {
        Assert.Equal(Year, RolloverDesk.Following(TestArea.Year, Year));
        Assert.Equal("A205", Assert.Throws<RefusedException>(() => RolloverDesk.Following(TestArea.Year, TestArea.Year)).Code);
    }

    /// <summary>A clone on disk is read, season and all, and is not bound before its notice is filled in.</summary>
    [Theory, OnBothEngines]
    public async Task A_clone_is_bound_only_when_it_is_filled_in(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var folder = area.PathOf("lingyuan-2023");
        new PackCloning(area.Shelf.Library).Clone("lingyuan-2022", folder);
        Assert.Equal(["cases.yaml", "policy.yaml", "season.yaml"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        var findings = new List<Finding>();
        var plan = area.Shelf.Library.Load(folder, findings);
        Assert.True(Prover.Prove(plan!).IsProved);
        Assert.Equal(new DateOnly(2022, 9, 1), PackLibrary.LoadSeason(plan!.Pack, findings)!.Stages[0].Days.From);
        Assert.Equal("A201", (await Assert.ThrowsAsync<RefusedException>(() => BindAsync(folder))).Code);
        Assert.Equal("A203", Refused(() => new PackCloning(area.Shelf.Library).Clone("lingyuan-2022", folder)));
        Assert.Equal("A202", Refused(() => new PackCloning(area.Shelf.Library).Clone("lingyuan-2022", area.PathOf("新包"))));
        Assert.Equal("A204", Refused(() => new PackCloning(area.Shelf.Library).Clone("lingyuan-2022", folder + "/policy.yaml/next")));
        Assert.Equal("A101", Refused(() => new PackCloning(area.Shelf.Library).Clone("none", area.PathOf("next"))));
        var filled = area.PathOf("filled");
        Directory.CreateDirectory(filled);
        var draft = File.ReadAllText(Path.Combine(folder, "policy.yaml"));
        File.WriteAllText(Path.Combine(filled, "policy.yaml"), draft.Replace(": 待填", ": 某文件", StringComparison.Ordinal));
        await BindAsync(filled);

        Task BindAsync(string pack) => area.DoAsync(
            "bind", act => PackBindings.BindAsync(act, area.Shelf, "bg", Year, new(2022, 9, 1), pack));
        static string Refused(Action deed) => Assert.Throws<RefusedException>(deed).Code;
    }

    static TargetRow Target(string measure, string unit, long people) => new()
    {
        InsuranceYear = TestArea.Year.Year,
        Measure = measure,
        Unit = unit,
        People = people,
        Basis = TargetBasis.Entered.Code,
        Source = "附件1",
    };

    static Task<RolloverState> StateAsync(TestArea area, RolloverDesk desk) => area.ReadAsync(session =>
        desk.ReadAsync(session, TestArea.Code, Year, BusinessDay.Of(area.Clock.GetUtcNow())));

    static async Task<(long Renewed, int Lists, int Targets, long Assessed)> DoAsync(TestArea area, RolloverDesk desk)
    {
        var renewed = await area.DoAsync("enrol.renew", act => desk.RenewAsync(act, Year));
        var lists = await area.DoAsync("rollover.lists", act => desk.PrepareListsAsync(act, Year));
        var targets = await area.DoAsync("target.carry", act => RolloverDesk.CarryTargetsAsync(act, Year));
        var run = await area.DoAsync("dues.make", act => desk.MakeDuesAsync(act, Year, act.Today));
        return (renewed, lists, targets, run.Added + run.Changed);
    }

    static Task<long> ChangesAsync(TestArea area) =>
        area.ReadAsync(session => session.Table<ActChangeRow>().LongCountAsync(row => row.Area == TestArea.Code));
}
