using Canbao.Core.Reporting;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Policy.Season;
using Canbao.TestKit;
using Canbao.Vocabulary;
using CsCheck;
using Xunit;

namespace Canbao.Core.Tests.Work;

/// <summary>What progress says against rates, stages and other units.</summary>
public class SeasonProgressTests
{
    static readonly SeasonRate Of99 = new(SeasonGroup.Residents, 99, "lingyuan 六(三)");

    /// <summary>Exact shares are compared: 98.99 in a hundred is not 99.</summary>
    [Theory, Clause("lishi 七(一)")]
    [InlineData(100, 99, true, 0)]
    [InlineData(1000, 989, false, 1)]
    [InlineData(101, 99, false, 1)]
    [InlineData(0, 0, true, 0)]
    public void A_rate_is_reached_or_some_are_missing(long expected, long settled, bool reached, long missing)
    {
        var state = new RateState(Of99, new(expected, settled, settled, 0, 0, 0, 0, 0));
        Assert.Equal((reached, missing), (state.IsReached, state.Missing));
    }

    /// <summary>Students and listed people come first; who is both counts once; a stage that is over and unfinished is late.</summary>
    [Fact, Clause("laishan 五(二)")]
    public void A_stage_shows_its_own_people()
    {
        TallyLine[] lines =
        [
            Line("", Student.School, TallyPart.Paid, 5), Line("orphan", Student.School, TallyPart.Free, 2),
            Line("minimum_living_rural", Student.None, TallyPart.LeftOut, 3), Line("", Student.None, TallyPart.Owing, 10),
        ];
        var plan = SeasonPlan.Empty with
        {
            Stages =
            [
                new("学生和特殊群体", [SeasonGroup.Students, SeasonGroup.Listed], new(new(2021, 9, 1), new(2021, 9, 30)), "laishan 五(二)"),
            ],
        };
        var stage = Assert.Single(SeasonProgress.Stages(plan, lines, new(2021, 9, 28)));
        Assert.Equal((10, 7), (stage.Figures.Expected, stage.Figures.Settled));
        Assert.Equal((true, false, 2), (stage.IsRunning, stage.IsLate, stage.DaysLeft));
        Assert.True(Assert.Single(SeasonProgress.Stages(plan, lines, new(2021, 10, 1))).IsLate);
    }

    [Fact]
    public void A_trend_counts_taken_back_payments_too()
    {
        TallyDayLine[] days =
        [
            new(new(2021, 11, 1), Line("", Student.None, TallyPart.Paid, 7)),
            new(new(2021, 11, 4), Line("", Student.None, TallyPart.Paid, 3)),
            new(new(2021, 11, 5), Line("", Student.None, TallyPart.Paid, -1)),
            new(new(2021, 11, 5), Line("", Student.None, TallyPart.Owing, 1)),
            new(new(2021, 11, 6), Line("", Student.None, TallyPart.Paid, 9)),
        ];
        Assert.Equal(
            [(3, 0, 7), (4, 3, 10), (5, -1, 9)],
            SeasonProgress.Trend(days, new(2021, 11, 5), 3).Select(day => (day.Day.Day, (int)day.Settled, (int)day.All)));
    }

    /// <summary>Whatever the figures: equal rates share a rank, and no unit stands before one with a better rate.</summary>
    [Fact]
    public void Ranks_follow_rates() => Gen.Select(Gen.Int[0, 30], Gen.Int[0, 30], Gen.Int[-1, 40]).Array[1, 12].Sample(units =>
    {
        var ranked = SeasonProgress.Rank(units.Select((one, at) => (
            new Unit($"u{at:00}", "", UnitKind.Village, $"村{at}", []),
            new ProgressFigures(one.Item1 + one.Item2, one.Item2, one.Item2, 0, 0, 0, 0, 0), one.Item3 < 0 ? null : (long?)one.Item3)));
        decimal Rate(RankedUnit one) =>
            (one.Target ?? one.Figures.Expected) is var all && all == 0 ? 1 : (decimal)one.Figures.Settled / all;
        foreach (var (one, next) in ranked.Zip(ranked.Skip(1)))
        {
            Assert.True(Rate(one) >= Rate(next));
            Assert.Equal(Rate(one) == Rate(next), one.Rank == next.Rank);
        }

        foreach (var one in ranked)
            Assert.Equal(ranked.Count(other => Rate(other) > Rate(one)) + 1, one.Rank);
    });

    static TallyLine Line(string category, Student student, TallyPart part, long people) =>
        new("v", category, new(part) { Student = student }, people, 0);
}
