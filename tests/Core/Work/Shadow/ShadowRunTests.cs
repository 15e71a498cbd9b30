using System.Text;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Funding;
using Canbao.Core.Registry;
using Canbao.Core.Tests.Work.Funding;
using Canbao.Core.Units;
using Canbao.Core.Work.Funding;
using Canbao.Core.Work.Shadow;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.Shadow;

public class ShadowRunTests
{
    static readonly DateOnly Day = new(2021, 11, 5), Next = new(2022, 10, 10);

    /// <summary>Whatever the register: a pack against itself changes nothing, in no unit and for no funder.</summary>
    [Theory, OnBothEngines]
    public async Task A_pack_against_itself_changes_nothing(Engine engine)
    {
        foreach (int seed in new[] { 3, 17 })
        {
            await using var area = await TestArea.CreateAsync(engine);
            await Register.FillAsync(area, seed, 40);
            foreach (var pack in area.Shelf.Names)
            {
                var side = ShadowSide.Of(area.Shelf, pack, area.Shelf.Find(pack).Pack.Periods[0].Result.Days.From.AddDays(11));
                var totals = await RunAsync(area, new(side, side, Day));
                Assert.InRange(totals.People, 30, 40);
                Assert.All(totals.Lines, line => Assert.Equal((ShadowChange.Same, line.Now), (line.Change, line.Then)));
                Assert.All(totals.Bills, bill => Assert.Equal((bill.Now, bill.PeopleNow), (bill.Then, bill.PeopleThen)));
            }

            Assert.NotEmpty((await RunAsync(area, new(Bound(), Of(area, "lingyuan-2022", Day), Day))).Bills);
        }
    }

    /// <summary>What a run says is what dues say once they are made, under the pack that is bound and under another.</summary>
    [Theory, OnBothEngines, Clause("lingyuan 七")]
    public async Task Totals_are_those_of_dues_made_for_real(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await Register.FillAsync(area, 5, 40);
        var totals = await RunAsync(area, new(Bound(), Of(area, "lingyuan-2022", Day), Day));
        await area.DoAsync("dues.make", act => area.Dues.MakeAsync(act, TestArea.Year, Day));
        Assert.Equal(await Register.KeptAsync(area, TestArea.Year), Told(totals, line => line.Now));
        await area.DoAsync("bind", act => PackBindings.BindAsync(act, area.Shelf, "bg", TestArea.Year, Day, "lingyuan-2022"));
        await area.DoAsync("dues.make", act => area.Dues.MakeAsync(act, TestArea.Year, Day));
        Assert.Equal(await Register.KeptAsync(area, TestArea.Year), Told(totals, line => line.Then));
        Assert.Contains(totals.Lines, line => line.Change == ShadowChange.More);
        Assert.Contains(totals.Lines, line => line.Change == ShadowChange.Outcome);
    }

    /// <summary>Nobody is enrolled for the next year yet: who would be renewed by default is taken as renewed.</summary>
    [Theory, OnBothEngines, Clause("lingyuan 四(一)")]
    public async Task Next_year_is_told_before_anybody_is_renewed(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await Register.FillAsync(area, 7, 40);
        area.Clock.Set("2022-10-10 09:00");
        var totals = await RunAsync(area, new(Bound(), Of(area, "lishi-2023", Next), Next));
        var year = TestArea.Year.Next;
        await area.DoAsync("renew", async act =>
        {
            await PackBindings.BindAsync(act, area.Shelf, "bg", year, new(2022, 9, 1), "lishi-2023");
            await area.Enrolments.RenewAsync(act, year, Next);
            await area.Dues.MakeAsync(act, year, Next);
        });
        Assert.Equal(await Register.KeptAsync(area, year), Told(totals, line => line.Then));
    }

    [Theory, OnBothEngines, Clause("baogou 二(二)-budget")]
    public async Task Bills_are_those_that_are_booked_once_everybody_settled(Engine engine)
    {
        await using var town = await Funders.OpenAsync(engine, 4);
        await town.ListAsync("孤儿", "civil_affairs", new(2021, 10, 1), 1);
        await town.ListAsync("农村独女户", "health", new(2021, 10, 1), 2);
        await town.EnrolAsync(1, 2, 3, 4);
        var totals = await RunAsync(town.Area, new(Bound(), Of(town.Area, "baogou-2022", Day), Day));
        await town.PayAsync(3);
        await town.PayAsync(4);
        await town.BookAsync();
        var booked = await town.Area.ReadAsync(
            session => FundingBills.BillAsync(session, Funders.Bureau, new(town.Year, new UnitRange("/bg/"))));
        Assert.Equal(
            booked.GroupBy(part => (part.Ground.Payer, part.Ground.Rule == FunderShares.Subsidy))
                .Select(same => $"{same.Key} {same.Sum(part => part.Owed)}").Order(),
            totals.BillsOf(_ => true).Select(bill => $"{(bill.Funder.Payer, bill.Funder.IsSubsidy)} {bill.Now}").Order());
        Assert.All(totals.BillsOf(_ => true), bill => Assert.Equal(0, bill.Growth));
    }

    /// <summary>Who pays 330.00 instead of 320.00, or half of it, pays more, and nobody else. Each number opens to its people.</summary>
    [Theory, OnBothEngines]
    public async Task A_changed_price_is_more_for_exactly_those_who_pay_it(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        (string Name, DateOnly Born, string Unit)[] people =
        [
            ("普通甲", new(1985, 1, 1), TestArea.Village), ("普通乙", new(1990, 1, 1), TestArea.Village),
            ("六五", new(1956, 1, 1), TestArea.OtherVillage), ("七十", new(1946, 1, 1), TestArea.Village),
            ("职工", new(1987, 1, 1), TestArea.Village), ("远村", new(1988, 1, 1), TestArea.FarVillage),
        ];
        foreach (var (name, born, unit) in people)
        {
            var person = await area.RegisterAsync(name, born, 1, with: status => status with
            {
                Unit = unit,
                Employment = name == "职工" ? Employment.Employee : Employment.None,
            });
            await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        }

        long acts = await ActsAsync(area);
        var draft = Register.Changed(area, "baogou-2022", "amount: 320.00", "amount: 330.00");
        var order = new ShadowOrder(Bound(), Of(area, draft, Day), Day);
        var totals = await RunAsync(area, order);
        var sum = totals.Sum(_ => true);
        Assert.Equal(
            (6, 4, 2, 0, 0),
            (sum.People, sum.Of(ShadowChange.More), sum.Of(ShadowChange.Same), sum.Of(ShadowChange.Less), sum.Of(ShadowChange.Outcome)));
        Assert.Equal(3 * 1000 + 500, sum.Then - sum.Now);
        Assert.Equal(["普通乙", "普通甲", "六五", "远村"], await NamesAsync(order, (0, 10)));
        var branch = order with { Within = new("/bg/bg-01/") };
        Assert.Equal((5, 3), ((await RunAsync(area, branch)).People, (await RunAsync(area, branch)).Sum(_ => true).Of(ShadowChange.More)));
        Assert.Equal(["普通甲"], await NamesAsync(branch, (1, 1)));
        Assert.Equal(acts, await ActsAsync(area));

        using var file = new MemoryStream();
        ShadowFile.Write(totals, await area.ReadAsync(session => UnitStore.ReadAsync(session, TestArea.Code)), file);
        var lines = Encoding.UTF8.GetString(file.ToArray()).TrimEnd().Split('\n');
        Assert.StartsWith("bg-01-01,东片区,前街村,4,2,0,0,2,640.00,660.00,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith(",,合计,6,4,0,0,2,", lines[^1], StringComparison.Ordinal);

        async Task<List<string>> NamesAsync(ShadowOrder of, (int, int) part) => (await area.ReadAsync(session =>
            new ShadowRun(area.Shelf, area.Vault).PeopleAsync(
                session, TestArea.Code, of, (now, then) => ShadowChanges.Of(now, then) == ShadowChange.More, part)))
            .ConvertAll(person => person.Name);
    }

    /// <summary>A child of the later year is not born on the other side's day; nobody is told as contradictory for that.</summary>
    [Theory, OnBothEngines]
    public async Task Who_is_born_between_the_days_is_told(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        area.Clock.Set("2022-10-10 09:00");
        await area.RegisterAsync("新生", new(2022, 3, 1), 1);
        var totals = await RunAsync(area, new(Bound(), Of(area, "lishi-2023", Next), Next));
        var line = Assert.Single(totals.Lines);
        Assert.Equal((OtherOutcomes.NotBorn, "due", ShadowChange.Outcome), (line.Now.Outcome, line.Then.Outcome, line.Change));
    }

    static ShadowSide Bound() => new(TestArea.Year, Day, null);

    static ShadowSide Of(TestArea area, string pack, DateOnly on) => ShadowSide.Of(area.Shelf, pack, on);

    static Task<ShadowTotals> RunAsync(TestArea area, ShadowOrder order) => area.ReadAsync(
        session => new ShadowRun(area.Shelf, area.Vault).RunAsync(session, TestArea.Code, order));

    static Task<long> ActsAsync(TestArea area) =>
        area.ReadAsync(session => session.Table<ActRow>().LongCountAsync(row => row.Area == TestArea.Code));

    static List<string> Told(ShadowTotals totals, Func<ShadowLine, DueVerdictRow> side) =>
    [
        .. (from line in totals.Lines
            let verdict = side(line)
            from text in Enumerable.Repeat($"{line.Unit} {verdict.Outcome} {verdict.Personal} {verdict.Funding}", (int)line.People)
            select text).Order(StringComparer.Ordinal),
    ];
}
