using Canbao.Core.Registry;
using Canbao.Core.Reporting;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Counting;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using Xunit;

namespace Canbao.Core.Tests.Work;

/// <summary>That kept counts follow what is done, person by person and day by day, and that the check finds what does not.</summary>
public class CounterTests
{
    static readonly UnitRange Town = new("/bg/");

    [Theory, OnBothEngines]
    public async Task Counts_follow_single_acts_and_acts_over_everybody(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var counts = new Counts(area);
        await counts.FollowAsync();
        Assert.Empty(await counts.LinesAsync());
        var people = new List<PersonRow>();
        for (int nth = 1; nth <= 4; nth++)
            people.Add(await area.RegisterAsync($"李四{(char)('甲' + nth)}", new(1980, 1, 1), nth));
        await counts.FollowAsync();
        Assert.Equal([(TestArea.Village, TallyPart.LeftOut, 4L, 0L)], await counts.LinesAsync());
        foreach (var person in people)
            await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        await counts.FollowAsync();
        Assert.Equal([(TestArea.Village, TallyPart.Unclear, 4L, 0L)], await counts.LinesAsync());
        await area.DoAsync("dues.make", act => area.Dues.MakeAsync(act, TestArea.Year, act.Today));
        await counts.FollowAsync();
        Assert.Equal([(TestArea.Village, TallyPart.Owing, 4L, 128_000L)], await counts.LinesAsync());
        var cash = new CashDesk(area.Dues);
        await area.DoAsync("cash.take", act => cash.TakeAsync(act, TestArea.Year, [new(people[0].PersonId, Money.FromFen(32_000))]));
        await area.DoAsync("person.change", act => area.People.ChangeAsync(
            act, people[1].PersonId, act.Today, status => status with { Unit = TestArea.OtherVillage }));
        await area.DoAsync("person.died", act => People.DiedAsync(act, people[2].PersonId, act.Today));
        await area.DoAsync("enrol.cancel", act => area.Enrolments.CancelAsync(act, TestArea.Year, people[3].PersonId, "外地参保"));
        await counts.FollowAsync();
        // Who moved still counts where the enrolment was made; who died is enrolled until that ends.
        Assert.Equal(
            [
                (TestArea.Village, TallyPart.LeftOut, 1L, 0L), (TestArea.Village, TallyPart.Paid, 1L, 32_000L),
                (TestArea.Village, TallyPart.Owing, 2L, 64_000L),
            ],
            await counts.LinesAsync());
        Assert.Empty(await counts.FaultsAsync());
    }

    [Theory, OnBothEngines]
    public async Task A_day_of_the_past_stays_as_it_was(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var counts = new Counts(area);
        var first = await area.RegisterAsync("李四甲", new(1980, 1, 1), 1);
        await counts.FollowAsync();
        area.Clock.Set("2021-11-06 09:30");
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, first.PersonId, EnrolmentKinds.New));
        await area.RegisterAsync("李四乙", new(1980, 1, 1), 3);
        await counts.FollowAsync();
        Assert.Equal([(TestArea.Village, TallyPart.LeftOut, 1L, 0L)], await counts.LinesAsync(new(2021, 11, 5)));
        Assert.Equal(await counts.LinesAsync(), await counts.LinesAsync(new(2021, 11, 6)));
        var days = await area.ReadAsync(session => Tally.DaysAsync(session, TestArea.Code, Town, TestArea.Year));
        Assert.Equal(
            [(5, TallyPart.LeftOut, 1L), (6, TallyPart.Unclear, 1L)],
            days.Select(one => (one.Day.Day, one.Change.Profile.Part, one.Change.People)));
        Assert.Empty(await counts.FaultsAsync());
    }

    [Theory, OnBothEngines]
    public async Task Somebody_in_several_lists_counts_under_the_narrowest(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var counts = new Counts(area);
        var (lists, _) = await Lists.WithPeopleAsync(area, 3);
        await counts.FollowAsync();
        await lists.ApplyAsync(Lists.Full("脱贫人口", "rural_revitalisation"), Lists.Of(1, 2));
        await lists.ApplyAsync(Lists.Full("农村低保"), Lists.Of(1));
        await lists.ApplyAsync(Lists.Full("两病人员", "health"), Lists.Of(3));
        await counts.FollowAsync();
        var lines = await area.ReadAsync(session => Tally.ReadAsync(session, TestArea.Code, Town, TestArea.Year));
        Assert.Equal(["", "minimum_living_rural", "poverty_alleviated"], lines.Select(line => line.Category).Order(StringComparer.Ordinal));
        Assert.Empty(await counts.FaultsAsync());
    }

    [Theory, OnBothEngines]
    public async Task What_is_counted_wrongly_is_found(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var counts = new Counts(area);
        var person = await area.RegisterAsync("李四甲", new(1980, 1, 1), 1);
        await area.RegisterAsync("李四乙", new(1980, 1, 1), 3);
        await counts.FollowAsync();
        Assert.Empty(await counts.FaultsAsync());
        await area.Database.WriteAsync(session => session.Table<TallyPersonRow>()
            .Where(row => row.Area == TestArea.Code && row.PersonId == person.PersonId).DeleteAsync());
        Assert.Equal(["T101", "T102"], (await counts.FaultsAsync()).Select(fault => fault.Code));
        await area.Database.WriteAsync(session => session.Table<TallyRow>().Where(row => row.Area == TestArea.Code)
            .Set(row => row.People, 1).UpdateAsync());
        Assert.Equal(["T101", "T103"], (await counts.FaultsAsync()).Select(fault => fault.Code));
        Assert.DoesNotContain("李四", string.Concat((await counts.FaultsAsync()).Select(fault => fault.Text)), StringComparison.Ordinal);
    }

    [Theory, OnBothEngines]
    public async Task Followers_side_by_side_count_once(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var counts = new Counts(area);
        for (int round = 0; round < 3; round++)
        {
            for (int nth = 0; nth < 3; nth++)
                await area.RegisterAsync($"李四{(char)('甲' + round)}", new(1980, 1, 1), 1 + 2 * (3 * round + nth));
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => counts.FollowAsync()));
        }

        await counts.FollowAsync();
        Assert.Empty(await counts.FaultsAsync());
        Assert.Equal([(TestArea.Village, TallyPart.LeftOut, 9L, 0L)], await counts.LinesAsync());
    }

    /// <summary>The counting of a test area.</summary>
    sealed class Counts(TestArea area)
    {
        readonly CountedPeople people = new(CatalogueNames.Of(area.Shelf.Library));

        public Task FollowAsync() => new Counter(people, area.Vault).FollowAsync(area.Database, TestArea.Code, [TestArea.Year]);

        public Task<IReadOnlyList<CountFault>> FaultsAsync() =>
            area.ReadAsync(session => new CountCheck(people).RunAsync(session, TestArea.Code, TestArea.Year, 10));

        public async Task<IReadOnlyList<(string Unit, TallyPart Part, long People, long Fen)>> LinesAsync(DateOnly? day = null)
        {
            var lines = await area.ReadAsync(session => day is { } until
                ? Tally.ReadAsync(session, TestArea.Code, Town, TestArea.Year, until)
                : Tally.ReadAsync(session, TestArea.Code, Town, TestArea.Year));
            return
            [
                .. lines.Select(line => (line.Unit, line.Profile.Part, line.People, line.Fen)).OrderBy(line => (line.Unit, line.Part)),
            ];
        }
    }
}
