using System.Text;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Rosters;

public class FullListTests
{
    static readonly DateOnly Later = new(2021, 12, 1);

    [Theory, OnBothEngines]
    public async Task A_list_adds_removes_and_keeps_from_its_day_on(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 3);
        await lists.ApplyAsync(Lists.Full("孤儿"), Lists.Of(1, 2));
        var outcome = await lists.TryAsync(Lists.Full("孤儿", on: Later), Lists.Of(2, 3));
        Assert.Equal((1, 1, 0, 1, 2), (outcome.Added, outcome.Removed, outcome.Changed, outcome.Unchanged, outcome.Held));
        var version = await lists.ApplyAsync(Lists.Full("孤儿", on: Later), Lists.Of(2, 3));
        Assert.Equal((1, 1, 1), (version!.Added, version.Removed, version.Unchanged));
        Assert.Equal((Lists.Today, Later, Later), (version.HandedInOn, version.FirstDay, version.EffectiveOn));
        Assert.Equal(["orphan", "orphan", ""], await HeldAsync(lists, people, Later.AddDays(-1)));
        Assert.Equal(["", "orphan", "orphan"], await HeldAsync(lists, people, Later));
        Assert.Equal("", await lists.HeldAsync(people[0], Lists.Today.AddDays(-1)));
    }

    /// <summary>Whoever stands under another category of the same list than before is changed, not gone.</summary>
    [Theory, OnBothEngines]
    public async Task A_person_may_change_between_categories_of_a_list(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 3);
        await lists.ApplyAsync(Lists.Full(), Categorised((1, "农村低保"), (2, "城镇低保")));
        var list = Categorised((1, "城镇低保对象"), (2, "minimum_living_urban"), (3, "农村低保"));
        var outcome = await lists.TryAsync(Lists.Full(on: Later), list);
        Assert.Equal((1, 0, 1, 1), (outcome.Added, outcome.Removed, outcome.Changed, outcome.Unchanged));
        await lists.ApplyAsync(Lists.Full(on: Later), list);
        Assert.Equal(
            ["minimum_living_urban", "minimum_living_urban", "minimum_living_rural"], await HeldAsync(lists, people, Later));
    }

    [Theory, OnBothEngines]
    public async Task Categories_that_a_list_does_not_name_stay(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 2);
        await lists.ApplyAsync(Lists.Full(), Categorised((1, "孤儿"), (2, "农村低保")));
        var outcome = await lists.TryAsync(Lists.Full(on: Later), Categorised((2, "农村低保")));
        Assert.Empty(outcome.Changes);
        Assert.Contains(outcome.Notes, note => note.Contains("孤儿", StringComparison.Ordinal));
        Assert.Equal("orphan", await lists.HeldAsync(people[0], Later));
    }

    [Theory, OnBothEngines]
    public async Task The_same_file_twice_changes_nothing(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, _) = await Lists.WithPeopleAsync(area, 3);
        var list = Lists.Of(1, 2, 2);
        Assert.NotNull(await lists.ApplyAsync(Lists.Full("孤儿"), list));
        var spans = await SpansAsync(area);
        var outcome = await lists.TryAsync(Lists.Full("孤儿", on: Later), list);
        Assert.Equal((0, 2, 1), (outcome.Changes.Count, outcome.Unchanged, outcome.Repeated));
        Assert.Null(await lists.ApplyAsync(Lists.Full("孤儿", on: Later), list));
        Assert.Equal(spans, await SpansAsync(area));
        Assert.Single(await area.ReadAsync(session => RosterDesk.HistoryAsync(session, TestArea.Code, "civil_affairs")));
    }

    [Theory, OnBothEngines]
    public async Task Rows_that_match_nobody_come_back_by_reason(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 4);
        await area.DoAsync("died", act => People.DiedAsync(act, people[2].PersonId, Lists.Today));
        await area.DoAsync("elsewhere", act => area.People.ChangeAsync(
            act, people[3].PersonId, Lists.Today, status => status with { OtherCover = OtherCover.EmployeeElsewhere }));
        var list = "附：孤儿名单\n姓名,证件号码,备注\n"
            + $"{Lists.Name(1)},{Lists.Number(1)},\n王五,{Lists.Number(2)},\n{Lists.Name(3)},{Lists.Number(3)},\n,{Lists.Number(4)},\n"
            + $",{Lists.Number(7)},\n,370499198503200010,\n";
        using var rejects = new MemoryStream();
        var outcome = await lists.TryAsync(Lists.Full("孤儿"), list, rejects);
        Assert.Equal((6, 1, 5), (outcome.Rows, outcome.Added, outcome.Rejected));
        Assert.Equal(
            ["3 M202", "4 M204", "5 M205", "6 M203", "7 M201"],
            outcome.Faults.OrderBy(fault => fault.Line).Select(fault => $"{fault.Line - 1} {fault.Code}"));
        Assert.Equal(1, outcome.Unmatched[RosterFaults.Dead]);
        Assert.Equal(["备注"], outcome.UnknownColumns);
        var returned = Encoding.UTF8.GetString(rejects.ToArray()).TrimStart('\uFEFF').Split('\n');
        Assert.Equal("附：孤儿名单,,,", returned[0]);
        Assert.Equal("姓名,证件号码,备注,原因", returned[1]);
        Assert.StartsWith($"王五,{Lists.Number(2)},,姓名：与登记的姓名不同", returned[2], StringComparison.Ordinal);
        Assert.Equal(8, returned.Length);
        Assert.All(outcome.Faults, fault => Assert.DoesNotContain("19850320", fault.Value + fault.Reason, StringComparison.Ordinal));
    }

    /// <summary>A number that was corrected still finds the person.</summary>
    [Theory, OnBothEngines]
    public async Task A_former_number_finds_the_person(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 1);
        await area.DoAsync("person.correct", act => area.People.CorrectNumberAsync(
            act, people[0].PersonId, TestArea.Number(new(1985, 3, 21), 1)));
        await lists.ApplyAsync(Lists.Full("孤儿"), Lists.Of(1));
        Assert.Equal("orphan", await lists.HeldAsync(people[0]));
    }

    /// <summary>What was done is recorded person by person, with the words of an office and without numbers.</summary>
    [Theory, OnBothEngines]
    public async Task Each_persons_change_is_recorded(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 1);
        var version = await lists.ApplyAsync(Lists.Full("孤儿"), Lists.Of(1), "clerk");
        var change = await area.ReadAsync(session => session.Table<ActChangeRow>().SingleAsync(
            row => row.Area == TestArea.Code && row.Action == "category_added"));
        Assert.Equal($"{people[0].PersonId}", change.SubjectId);
        Assert.Contains("\"category\":\"孤儿\"", change.New, StringComparison.Ordinal);
        Assert.Contains("\"department\":\"民政部门\"", change.New, StringComparison.Ordinal);
        var entry = Assert.Single(await area.ReadAsync(
            session => RosterDesk.EntriesAsync(session, TestArea.Code, version!.VersionId)));
        Assert.Equal(
            (people[0].PersonId, "orphan", "added", Lists.Today, 2),
            (entry.PersonId, entry.Category, entry.Action, entry.Day, entry.Line));
    }

    /// <summary>A list for a day before changes that are known already would undo them unseen.</summary>
    [Theory, OnBothEngines]
    public async Task A_list_from_before_later_changes_is_stopped(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, _) = await Lists.WithPeopleAsync(area, 2);
        await lists.ApplyAsync(Lists.Full("孤儿"), Lists.Of(1));
        var outcome = await lists.TryAsync(Lists.Full("孤儿", on: Lists.Today.AddDays(-1)), Lists.Of(2));
        Assert.Contains("2021-11-04", Assert.Single(outcome.Stops), StringComparison.Ordinal);
        Assert.Empty(outcome.Changes);
    }

    [Theory, OnBothEngines]
    public async Task Words_of_a_department_are_learnt(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 1);
        var list = $"对象身份号,享受种类\n{Lists.Number(1)},“特困户”\n";
        await Assert.ThrowsAsync<Canbao.Core.Files.TableFileException>(() => lists.TryAsync(Lists.Full(), list));
        var told = Lists.Full() with
        {
            Words = new(
                new Dictionary<string, string> { ["对象身份号"] = "身份证号码", ["享受种类"] = "人员类别" },
                new Dictionary<string, string> { ["特困户"] = "农村特困人员" }),
        };
        await lists.ApplyAsync(told, list);
        Assert.Equal("extreme_poverty_rural", await lists.HeldAsync(people[0]));
        Assert.Equal(1, (await lists.TryAsync(Lists.Full(), list)).Unchanged);
        // Another department means something else by it, perhaps.
        await Assert.ThrowsAsync<Canbao.Core.Files.TableFileException>(() => lists.TryAsync(Lists.Full(department: "health"), list));
        var fault = await Assert.ThrowsAsync<RefusedException>(() => lists.TryAsync(
            Lists.Full() with { Words = new(new Dictionary<string, string>(), new Dictionary<string, string> { ["特困户"] = "富户" }) }, list));
        Assert.Equal("M112", fault.Code);
    }

    internal static string Categorised(params (int Person, string Category)[] rows) =>
        Lists.Text([.. rows.Select(row => $"{Lists.Number(row.Person)},{row.Category}")]);

    static async Task<string[]> HeldAsync(Lists lists, List<PersonRow> people, DateOnly day)
    {
        var held = new List<string>();
        foreach (var person in people)
            held.Add(await lists.HeldAsync(person, day));
        return [.. held];
    }

    static Task<List<CategorySpanRow>> SpansAsync(TestArea area) => area.ReadAsync(session =>
        session.Table<CategorySpanRow>().Where(row => row.Area == TestArea.Code).OrderBy(row => row.PersonId).ToListAsync());
}
