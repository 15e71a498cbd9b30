using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Core.Tests.Rosters;

public class AdjustmentTests
{
    /// <summary>The lists decide as they are adjusted at any time, each change from its own day.</summary>
    [Theory, OnBothEngines, Clause("lishi 三-lists")]
    public async Task Additions_and_removals_count_from_their_days(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 2);
        await lists.ApplyAsync(Lists.Full(on: new(2021, 10, 1)), FullListTests.Categorised((1, "农村低保")));
        var version = await lists.ApplyAsync(Lists.Adjustment(), Lists.Changes(
            (1, "退出", "农村低保", "2021-10-20"), (2, "新增", "农村特困", "2021/10/25"), (1, "新增", "边缘易致贫人口", "2021年11月1日")));
        Assert.Equal((1, 0, 1), (version!.Added, version.Removed, version.Changed));
        Assert.Equal(
            (new(2021, 10, 20), new DateOnly(2021, 11, 1), Lists.Today), (version.FirstDay, version.EffectiveOn, version.HandedInOn));
        Assert.Equal("minimum_living_rural", await lists.HeldAsync(people[0], new(2021, 10, 19)));
        Assert.Equal("", await lists.HeldAsync(people[0], new(2021, 10, 20)));
        Assert.Equal("marginal_risk", await lists.HeldAsync(people[0], new(2021, 11, 1)));
        Assert.Equal(("", "extreme_poverty_rural"),
            (await lists.HeldAsync(people[1], new(2021, 10, 24)), await lists.HeldAsync(people[1], new(2021, 10, 25))));
    }

    [Theory, OnBothEngines]
    public async Task The_same_adjustments_twice_change_nothing(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, _) = await Lists.WithPeopleAsync(area, 3);
        await lists.ApplyAsync(Lists.Full("孤儿", on: new(2021, 10, 1)), Lists.Of(1, 2));
        var changes = Lists.Changes((1, "退出", "孤儿", "2021-10-01"), (1, "新增", "孤儿", "2021-11-01"),
            (2, "退出", "孤儿", "2021-10-05"), (3, "新增", "孤儿", "2021-10-02"), (3, "退出", "孤儿", "2021-10-09"));
        Assert.NotNull(await lists.ApplyAsync(Lists.Adjustment(), changes));
        var outcome = await lists.TryAsync(Lists.Adjustment(), changes);
        Assert.Equal((0, 0, 3), (outcome.Changes.Count, outcome.Rejected, outcome.Unchanged));
        Assert.Null(await lists.ApplyAsync(Lists.Adjustment(), changes));
    }

    [Theory]
    [InlineData("M206", "{1},新增,孤儿,2021-11-06\n")]
    [InlineData("M207", "{2},退出,孤儿,2021-10-05\n")]
    [InlineData("M208", "{1},退出,孤儿,2021-09-30\n")]
    [InlineData("M209", "{1},新增,五老,2021-10-05\n{1},退出,五老,2021-10-05\n")]
    [InlineData("M210", "{1},增加了,孤儿,2021-10-05\n")]
    [InlineData("F222", "{1},新增,孤儿,2021-02-30\n")]
    [InlineData("M204", "{3},新增,孤儿,2021-10-05\n")]
    public async Task A_row_that_cannot_be_is_refused(string code, string rows)
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        var (lists, people) = await Lists.WithPeopleAsync(area, 3);
        await lists.ApplyAsync(Lists.Full("孤儿", on: new(2021, 10, 1)), Lists.Of(1, 2, 3));
        await lists.ApplyAsync(Lists.Adjustment(), Lists.Changes((2, "退出", "孤儿", "2021-10-20")));
        await area.DoAsync("died", act => People.DiedAsync(act, people[2].PersonId, new(2021, 10, 30)));
        for (int person = 1; person <= 3; person++)
            rows = rows.Replace($"{{{person}}}", Lists.Number(person), StringComparison.Ordinal);
        var outcome = await lists.TryAsync(Lists.Adjustment() with
        {
            Words = RosterWords.None with { Categories = new Dictionary<string, string> { ["五老"] = "five_old" } },
        }, "身份证号码,动态调整类型,人员类别,动态调整时间\n" + rows);
        Assert.Equal(code, Assert.Single(outcome.Faults).Code);
        Assert.True(outcome.Changes.Count <= 1);
    }

    /// <summary>Who has died or found other cover leaves the list like anybody.</summary>
    [Theory, OnBothEngines]
    public async Task The_dead_can_leave(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 1);
        await lists.ApplyAsync(Lists.Full("孤儿", on: new(2021, 10, 1)), Lists.Of(1));
        await area.DoAsync("died", act => People.DiedAsync(act, people[0].PersonId, new(2021, 10, 30)));
        await lists.ApplyAsync(Lists.Adjustment(), Lists.Changes((1, "退出", "孤儿", "2021-10-30")));
        Assert.Equal("", await lists.HeldAsync(people[0], new(2021, 10, 30)));
    }

    /// <summary>Good rows of adjustments are applied beside refused ones: each stands for itself.</summary>
    [Theory, OnBothEngines]
    public async Task A_refused_row_holds_up_no_other(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 1);
        await lists.ApplyAsync(Lists.Full("孤儿", on: new(2021, 10, 1)), Lists.Of(1));
        var version = await lists.ApplyAsync(
            Lists.Adjustment(), Lists.Changes((1, "退出", "孤儿", "2021-10-30"), (9, "新增", "孤儿", "2021-10-30")));
        Assert.Equal((1, 1), (version!.Removed, version.Rejected));
        Assert.Equal("", await lists.HeldAsync(people[0]));
    }

    /// <summary>
    /// Civil affairs and rural revitalisation see where their lists differ, person by person, before anything is applied; then everybody on
    /// them is to be enrolled.
    /// </summary>
    [Theory, OnBothEngines, Clause("lishi 六(五)-(六)")]
    public async Task Conflicts_between_departments_are_shown(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 4);
        await lists.ApplyAsync(Lists.Full(on: new(2021, 10, 1)), FullListTests.Categorised((1, "农村低保"), (2, "农村低保"), (3, "两病人员")));
        var rural = Lists.Full(department: "rural_revitalisation", on: new(2021, 10, 2));
        var list = FullListTests.Categorised((1, "边缘易致贫人口"), (2, "农村低保"), (3, "边缘易致贫人口"), (4, "脱贫户"));
        var conflict = Assert.Single((await lists.TryAsync(rural, list)).Conflicts);
        Assert.Equal(
            (people[0].PersonId, "marginal_risk", false, "civil_affairs", "minimum_living_rural"),
            (conflict.Person.PersonId, conflict.Category, conflict.IsRemoved, conflict.OtherDepartment, conflict.OtherCategory));
        await lists.ApplyAsync(rural, list);
        // Both list person 2 as minimum living, and one takes it away.
        var removal = Assert.Single((await lists.TryAsync(
            Lists.Adjustment(), Lists.Changes((2, "退出", "农村低保", "2021-11-01")))).Conflicts);
        Assert.Equal(
            (people[1].PersonId, true, "rural_revitalisation", "minimum_living_rural"),
            (removal.Person.PersonId, removal.IsRemoved, removal.OtherDepartment, removal.OtherCategory));
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, people[1].PersonId, EnrolmentKinds.New));
        var missing = await area.ReadAsync(session => Categories.NotEnrolledAsync(
            session, TestArea.Code, "minimum_living_rural", Lists.Today, TestArea.Year));
        Assert.Equal(people[0].PersonId, Assert.Single(missing).PersonId);
    }
}
