using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using CsCheck;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Rosters;

public class UndoTests
{
    [Theory, OnBothEngines]
    public async Task The_latest_version_is_taken_back_exactly(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, _) = await Lists.WithPeopleAsync(area, 4);
        var first = await lists.ApplyAsync(Lists.Full("孤儿", on: new(2021, 10, 1)), Lists.Of(1, 2, 3));
        var before = await SpansAsync(area);
        // One ends on the day on which it began, one ends later, one begins, one begins and ends.
        var second = await lists.ApplyAsync(Lists.Adjustment(), Lists.Changes(
            (1, "退出", "孤儿", "2021-10-01"), (2, "退出", "孤儿", "2021-11-01"), (4, "新增", "孤儿", "2021-10-05"),
            (4, "退出", "孤儿", "2021-10-07")));
        Assert.NotEqual(before, await SpansAsync(area));
        var fault = await Assert.ThrowsAsync<RefusedException>(() => lists.UndoAsync(first!));
        Assert.Equal("M106", fault.Code);
        await lists.UndoAsync(second!);
        Assert.Equal(before, await SpansAsync(area));
        Assert.Equal("M106", (await Assert.ThrowsAsync<RefusedException>(() => lists.UndoAsync(second!))).Code);
        await lists.UndoAsync(first!);
        Assert.Empty(await SpansAsync(area));
        var history = await area.ReadAsync(session => RosterDesk.HistoryAsync(session, TestArea.Code, "civil_affairs"));
        Assert.Equal([second!.VersionId, first!.VersionId], history.Select(version => version.VersionId));
        Assert.All(history, version => Assert.NotNull(version.UndoneBy));
        var states = await area.ReadAsync(session => session.Table<UploadRow>().Where(row => row.Area == TestArea.Code)
            .Select(row => row.State).ToListAsync());
        Assert.Equal([UploadState.Undone, UploadState.Undone], states);
    }

    /// <summary>What was undone can be handed in again.</summary>
    [Theory, OnBothEngines]
    public async Task An_undone_list_can_be_applied_again(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 1);
        var first = await lists.ApplyAsync(Lists.Full("孤儿"), Lists.Of(1));
        await lists.UndoAsync(first!);
        Assert.Equal("", await lists.HeldAsync(people[0]));
        Assert.Equal(1, (await lists.ApplyAsync(Lists.Full("孤儿"), Lists.Of(1)))!.Added);
        Assert.Equal("orphan", await lists.HeldAsync(people[0]));
    }

    [Theory, OnBothEngines]
    public async Task Another_departments_later_version_is_no_obstacle(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 1);
        var first = await lists.ApplyAsync(Lists.Full("孤儿"), Lists.Of(1));
        await lists.ApplyAsync(Lists.Full("孤儿", "health"), Lists.Of(1));
        await lists.UndoAsync(first!);
        Assert.Equal("health", Assert.Single(await area.ReadAsync(
            session => Categories.HeldAsync(session, TestArea.Code, people[0].PersonId, Lists.Today))).Department);
    }

    /// <summary>Any sequence of lists, adjustments and undos gives on every day what a model of plain intervals gives.</summary>
    [Theory, OnBothEngines]
    public async Task Any_sequence_gives_what_a_plain_model_gives(Engine engine)
    {
        var row = Gen.Select(Gen.Int[1, 3], Gen.Bool, Gen.Int[0, 1], Gen.Int[0, 12]);
        var step = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 12], row.Array[1, 4]);
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 3);
        await area.DoAsync("roster.limit", act => RosterLimits.SetAsync(act, 100, 1000));
        // Each sequence begins where the last one ended, with everything undone.
        await step.Array[1, 8].SampleAsync(
            async steps =>
            {
                var model = new PlainRoster();
                var versions = new Stack<RosterVersionRow>();
                foreach (var (kind, day, rows) in steps)
                {
                    if (kind == 0 && versions.TryPop(out var last))
                    {
                        await lists.UndoAsync(last);
                        model.Undo();
                    }
                    else if (kind > 0 && await ApplyAsync(lists, model, (kind, day, rows)) is { } version)
                        versions.Push(version);
                    await SameAsync(area, people, model);
                }

                foreach (var version in versions)
                    await lists.UndoAsync(version);
                await SameAsync(area, people, new PlainRoster());
            },
            iter: engine == Engine.Sqlite ? 60 : 15, threads: 1);
    }

    static async Task<RosterVersionRow?> ApplyAsync(
        Lists lists, PlainRoster model, (int Kind, int Day, (int Person, bool Adds, int Category, int Day)[] Rows) step)
    {
        if (step.Kind == 1)
        {
            var order = Lists.Full(on: PlainRoster.Date(step.Day));
            var listed = FullListTests.Categorised([.. step.Rows.Select(row => (row.Person, PlainRoster.Names[row.Category]))]);
            var keys = step.Rows.Select(row => (row.Person, row.Category)).ToHashSet();
            var stopped = (await lists.TryAsync(order, listed)).Stops.Count > 0;
            Assert.Equal(!model.CanTake(keys, step.Day), stopped);
            if (stopped)
                return null;
            var version = await lists.ApplyAsync(order, listed);
            Assert.Equal(model.Full(keys, step.Day), version is not null);
            return version;
        }

        // Two rows of one person, category and day contradict each other and are another test's matter.
        var rows = step.Rows.DistinctBy(row => (row.Person, row.Category, row.Day)).ToArray();
        var changes = Lists.Changes([.. rows.Select(row => (row.Person, row.Adds ? "新增" : "退出", PlainRoster.Names[row.Category],
            PlainRoster.Date(row.Day).ToString("yyyy-MM-dd")))]);
        var applied = await lists.ApplyAsync(Lists.Adjustment(), changes);
        Assert.Equal(model.Adjust(rows), applied is not null);
        return applied;
    }

    static async Task SameAsync(TestArea area, List<PersonRow> people, PlainRoster model)
    {
        var spans = await SpansAsync(area);
        for (int day = -1; day <= 14; day++)
        {
            var date = PlainRoster.Date(day);
            var held = from span in spans
                       where span.IsOn(date)
                       let number = people.FindIndex(person => person.PersonId == span.PersonId) + 1
                       select (number, Array.IndexOf(PlainRoster.Codes, span.Category));
            Assert.Equal(model.On(day).Order(), held.Order());
        }
    }

    static async Task<List<CategorySpanRow>> SpansAsync(TestArea area) => await area.ReadAsync(session =>
        session.Table<CategorySpanRow>().Where(row => row.Area == TestArea.Code && row.VoidedBy == null)
            .OrderBy(row => row.PersonId).ThenBy(row => row.FromDay).ToListAsync());
}
