using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work.Quality;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work;

public class KeptQualityTests
{
    static readonly UnitTree Tree = UnitFile.Read(TestArea.Units, [])!;

    [Theory, OnBothEngines]
    public async Task Everybody_is_counted_behind_the_page_and_the_bottom_at_once(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await RegisterAsync(area, "张三", 1);
        // Before the first count everything is counted when it is looked at.
        Assert.Equal((1, null), await SeenAsync(area, "bg"));
        Assert.True(await CatchUpAsync(area));
        var counted = area.Clock.GetUtcNow();
        await RegisterAsync(area, "李四", 2);
        Assert.Equal((1, counted), await SeenAsync(area, "bg"));
        Assert.Equal((1, counted), await SeenAsync(area, "bg-01"));
        Assert.Equal((0, counted), await SeenAsync(area, "bg-02"));
        Assert.Equal((2, null), await SeenAsync(area, TestArea.Village));

        // Kept counts stand a while; then whoever comes first counts again.
        Assert.False(await CatchUpAsync(area));
        area.Clock.Now += KeptQuality.Stands;
        await SealAsync(area);
        Assert.Equal([false, true], (await Task.WhenAll(CatchUpAsync(area), CatchUpAsync(area))).Order());
        Assert.Equal((2, area.Clock.GetUtcNow()), await SeenAsync(area, "bg"));

        // As long as nothing is done, nothing is counted again on the same day.
        area.Clock.Now += KeptQuality.Stands;
        Assert.False(await CatchUpAsync(area));
        area.Clock.Now += TimeSpan.FromDays(1);
        Assert.True(await CatchUpAsync(area));
    }

    /// <summary>The parts that are counted one by one are all of the area: who is registered at its top, too.</summary>
    [Theory, OnBothEngines]
    public async Task Kept_counts_are_what_counting_at_once_says(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        string[] units = ["bg", "bg-01", TestArea.Village, TestArea.OtherVillage, TestArea.FarVillage];
        foreach (var (at, unit) in units.Index())
            await RegisterAsync(area, "张三", at + 1, unit);
        Assert.True(await CatchUpAsync(area));
        var kept = await ViewAsync(area, "bg");
        var counted = await area.ReadAsync(session => RecordQuality.CountAsync(session, TestArea.Code, new("/bg/"), When(area)));
        Assert.NotNull(kept.CountedAt);
        Assert.Equal(units.Order(StringComparer.Ordinal), kept.Units.Keys.Order(StringComparer.Ordinal));
        foreach (var unit in units)
            Assert.Equal(Told(counted[unit]), Told(kept.Units[unit]));
    }

    /// <summary>A count that was broken off is not shown, and is made up for when its time is over.</summary>
    [Theory, OnBothEngines]
    public async Task A_count_that_was_broken_off_is_not_shown(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await RegisterAsync(area, "张三", 1);
        using var stop = new CancellationTokenSource();
        await using (var watched = area.OpenWatched(text =>
        {
            if (text.Contains("from person p", StringComparison.Ordinal))
                stop.Cancel();
        }))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => KeptQuality.CatchUpAsync(watched, TestArea.Code, TestArea.Year, When(area).Today, stop.Token));
        Assert.Equal((1, null), await SeenAsync(area, "bg"));
        area.Clock.Now += KeptQuality.Stands;
        Assert.True(await CatchUpAsync(area));
        Assert.Equal((1, area.Clock.GetUtcNow()), await SeenAsync(area, "bg"));
    }

    static string Told(QualityCounts counts) =>
        $"{counts.People} {counts.Enrolled} {counts.Payable} {counts.Paid} {counts.Flawed} {string.Join(' ', counts.Issues)}";

    static (InsuranceYear Year, DateOnly Today) When(TestArea area) => (TestArea.Year, BusinessDay.Of(area.Clock.GetUtcNow()));

    static Task<bool> CatchUpAsync(TestArea area) =>
        KeptQuality.CatchUpAsync(area.Database, TestArea.Code, TestArea.Year, When(area).Today);

    static Task<QualityView> ViewAsync(TestArea area, string unit) => area.ReadAsync(
        session => KeptQuality.ReadAsync(session, TestArea.Code, (Tree, Tree.Find(unit)!), When(area)));

    static async Task<(long People, DateTimeOffset? CountedAt)> SeenAsync(TestArea area, string unit)
    {
        var view = await ViewAsync(area, unit);
        return (view.Units.Values.Sum(counts => counts.People), view.CountedAt);
    }

    static Task<int> SealAsync(TestArea area) => new AuditChain(area.Vault).SealAsync(area.Database, TestArea.Code);

    static Task<PersonRow> RegisterAsync(TestArea area, string name, int sequence, string unit = TestArea.Village) =>
        area.RegisterAsync(name, new(1980, 1, sequence), sequence, null, status => status with { Unit = unit });
}
