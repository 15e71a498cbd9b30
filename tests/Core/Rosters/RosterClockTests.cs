using Canbao.Core.Calendar;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Core.Tests.Rosters;

public class RosterClockTests
{
    /// <summary>Person 1 is enrolled, 2 is not; the change of 27 October is handed in on 5 November, two working days late.</summary>
    [Clause("lishi 七(二)-5days")]
    [Theory, OnBothEngines]
    [Clause("lishi 五(六)")]
    public async Task A_changed_list_notes_its_hand_over_and_starts_the_bureaus_time(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 2);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, people[0].PersonId, EnrolmentKinds.New));
        await lists.ApplyAsync(Lists.Adjustment(), Lists.Changes((1, "新增", "孤儿", "2021-10-27"), (2, "新增", "孤儿", "2021-11-05")));
        var clocks = await ListAsync(area);
        Assert.Equal(2, clocks.Count);
        Assert.Equal(
            ("bureau", ClockState.Running, new DateOnly(2021, 11, 12)),
            (clocks[0].Row.Office, clocks[0].State, clocks[0].Row.DueOn!.Value));
        Assert.EndsWith("新增未参保 1 人", clocks[0].Row.Subject, StringComparison.Ordinal);
        Assert.Equal(
            ("civil_affairs", ClockState.DoneLate, new DateOnly(2021, 11, 3), new DateOnly(2021, 11, 5)),
            (clocks[1].Row.Office, clocks[1].State, clocks[1].Row.DueOn!.Value, clocks[1].Row.DoneOn!.Value));
    }

    [Theory, OnBothEngines]
    public async Task A_list_of_enrolled_people_starts_no_time_of_the_bureau(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 1);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, people[0].PersonId, EnrolmentKinds.New));
        await lists.ApplyAsync(Lists.Full("孤儿"), Lists.Of(1));
        Assert.Equal(ClockState.Done, Assert.Single(await ListAsync(area)).State);
    }

    static Task<List<Clock>> ListAsync(TestArea area) =>
        area.ReadAsync(session => Clocks.Published.ListAsync(session, TestArea.Code, Lists.Today));
}
