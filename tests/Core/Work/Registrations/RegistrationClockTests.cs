using Canbao.Core.Calendar;
using Canbao.Core.Work.Registrations;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work.Registrations;

/// <summary>The street has 5 working days to report what a community hands in, and the centre 5 more to enter it.</summary>
public class RegistrationClockTests
{
    static readonly string Text = Tables.Form + Tables.Row("前街村", "张三", 1);

    [Theory, OnBothEngines, Clause("lingyuan 四(二)")]
    public async Task A_communitys_table_goes_to_the_street_and_on_to_the_centre(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (tables, order) = (new Tables(area), Tables.Order(within: "/bg/bg-01/bg-01-01/"));
        var upload = await tables.KeepAsync(order, Text, TestArea.Village);
        Assert.Empty(await ListAsync(area));
        await area.DoAsync("registration.hand_in", act => RegistrationClocks.HandInAsync(act, upload, Tables.Today));
        Assert.Equal(["street RegistrationReport Running 2021-11-12"], await ListAsync(area));
        Assert.Equal("R313", await CodeAsync(area, act => RegistrationClocks.HandInAsync(act, upload, Tables.Today)));
        area.Clock.Set("2021-11-15 09:00");
        await area.DoAsync("registration.report", act => RegistrationClocks.ReportAsync(act, upload));
        Assert.Equal(
            ["bureau RegistrationEntry Running 2021-11-22", "street RegistrationReport DoneLate 2021-11-12"], await ListAsync(area));
        Assert.Equal("R314", await CodeAsync(area, act => RegistrationClocks.ReportAsync(act, upload)));
        area.Clock.Set("2021-11-17 09:00");
        var shown = await area.ReadAsync(session => tables.Desk.TryAsync(session, TestArea.Code, upload, order));
        await tables.ApplyAsync(order, upload, shown.Digest);
        Assert.Equal(
            ["bureau RegistrationEntry Done 2021-11-22", "street RegistrationReport DoneLate 2021-11-12"],
            (await ListAsync(area)).Order(StringComparer.Ordinal));
    }

    [Theory, OnBothEngines, Clause("lingyuan 四(二)")]
    public async Task A_streets_own_table_goes_to_the_centre_at_once(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (tables, order) = (new Tables(area), Tables.Order());
        var upload = await tables.KeepAsync(order, Text);
        await area.DoAsync("registration.hand_in", act => RegistrationClocks.HandInAsync(act, upload, new(2021, 11, 1)));
        Assert.Equal(["bureau RegistrationEntry Running 2021-11-08"], await ListAsync(area));
        var steps = await area.ReadAsync(session => RegistrationClocks.FindAsync(session, TestArea.Code, upload));
        Assert.True(steps is { AwaitsEntry: true, AwaitsReport: false });
    }

    [Theory, OnBothEngines]
    public async Task A_table_that_is_withdrawn_leaves_nothing_running(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (tables, order) = (new Tables(area), Tables.Order());
        var upload = await tables.KeepAsync(order, Text, TestArea.Village);
        await area.DoAsync("registration.hand_in", act => RegistrationClocks.HandInAsync(act, upload, Tables.Today));
        await area.DoAsync("registration.drop", act => RegistrationDesk.DropAsync(act, order.Within, upload.UploadId));
        Assert.Equal(["street RegistrationReport Done 2021-11-12"], await ListAsync(area));
        var shown = await area.ReadAsync(session => tables.Desk.TryAsync(session, TestArea.Code, upload, order));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => tables.ApplyAsync(order, upload, shown.Digest));
        Assert.Equal("R320", refused.Code);
    }

    static async Task<string> CodeAsync(TestArea area, Func<Core.Events.Act, Task> work) =>
        (await Assert.ThrowsAsync<RefusedException>(() => area.DoAsync("registration", work))).Code;

    static async Task<List<string>> ListAsync(TestArea area)
    {
        var today = BusinessDay.Of(area.Clock.GetUtcNow());
        var kinds = new Dictionary<string, string>
        {
            [ClockKind.RegistrationReport.Code] = nameof(ClockKind.RegistrationReport),
            [ClockKind.RegistrationEntry.Code] = nameof(ClockKind.RegistrationEntry),
        };
        var clocks = await area.ReadAsync(session => Clocks.Published.ListAsync(session, TestArea.Code, today));
        return [.. clocks.Select(clock => $"{clock.Row.Office} {kinds[clock.Row.Kind]} {clock.State} {clock.Row.DueOn:yyyy-MM-dd}")];
    }
}
