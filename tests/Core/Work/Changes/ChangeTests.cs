using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work;
using Canbao.Core.Work.Changes;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.Changes;

/// <summary>Each kind of change: what it does to due, payment, payers and cover.</summary>
public class ChangeTests
{
    static readonly DateOnly Today = Lists.Today;

    [Theory, OnBothEngines, Clause("laishan 一(二)-no-refund")]
    public async Task Laishan_a_late_category_after_payment(Engine engine)
    {
        await using var town = await Refunding.Refunding.OpenAsync(engine, "laishan-2022");
        var told = new Told(town);
        await town.PayAsync();
        await town.PayAsync();
        Assert.Equal(
            ["370.00 > 0.00; paid 370.00, newly_exempt by laishan 一(二)-no-refund", "财政资金 0.00 > 520.00"],
            await told.DoAsync(await told.AdjustAsync((1, "新增", "孤儿", "2021-11-05"))));
        var refund = Assert.Single(await RefundsAsync(town));
        Assert.Equal(("requested", "newly_exempt", "bureau", 37_000L), (refund.State, refund.Reason, refund.RequestedBy, refund.Amount));
        // Once the year has begun the rule keeps the money, and nobody asks.
        town.Area.Clock.Set("2022-01-04 09:00");
        Assert.Equal(
            ["370.00 > 0.00; paid 370.00, newly_exempt C172"],
            await told.DoAsync(await told.AdjustAsync((2, "新增", "孤儿", "2022-01-04"))));
        Assert.Single(await RefundsAsync(town));
    }

    [Theory, OnBothEngines, Clause("lingyuan 四(六)-new")]
    public async Task Lingyuan_newly_exempt_goes_back_by_the_rule(Engine engine)
    {
        await using var town = await Refunding.Refunding.OpenAsync(engine, "lingyuan-2022");
        var told = new Told(town);
        await town.PayAsync();
        var order = await told.ListAsync(Lists.Of(1), Lists.Full("孤儿"));
        var lines = await told.DoAsync(order);
        Assert.Equal("330.00 > 0.00; paid 330.00, newly_exempt by lingyuan 四(六)-new", lines[0]);
        Assert.Equal(33_000, Assert.Single(await RefundsAsync(town)).Amount);
    }

    [Theory, OnBothEngines, Clause("lishi 三(二)")]
    public async Task Lishi_a_removed_category_raises_the_due(Engine engine)
    {
        await using var town = await Refunding.Refunding.OpenAsync(engine, "lishi-2023");
        var told = new Told(town);
        var people = new[] { await EnrolledAsync(town, 1), await EnrolledAsync(town, 2) };
        Assert.Equal(
            ["350.00 > 70.00", "350.00 > 70.00", "医疗救助资金 0.00 > 560.00"],
            await told.DoAsync(await told.AdjustAsync((1, "新增", "农村低保", "2022-11-01"), (2, "新增", "农村低保", "2022-11-01"))));
        await PostAsync(town, people[0], 7_000);
        town.Area.Clock.Set("2022-11-20 09:00");
        // Who paid as listed has paid what was owed then; whose removal comes to light late has paid too little.
        Assert.Equal(
            ["70.00 > 350.00; paid 70.00, stays", "70.00 > 350.00", "医疗救助资金 560.00 > 280.00"],
            await told.DoAsync(await told.AdjustAsync((1, "退出", "农村低保", "2022-11-20"), (2, "退出", "农村低保", "2022-11-20"))));
    }

    [Theory, OnBothEngines]
    public async Task A_removal_from_before_the_payment_says_what_lacks(Engine engine)
    {
        await using var town = await Refunding.Refunding.OpenAsync(engine, "lishi-2023");
        var told = new Told(town);
        var person = await EnrolledAsync(town, 1);
        await told.DoAsync(await told.AdjustAsync((1, "新增", "农村低保", "2022-10-01")));
        await PostAsync(town, person, 7_000);
        Assert.Equal(
            ["70.00 > 350.00; paid 70.00, lacks 280.00", "医疗救助资金 280.00 > 0.00"],
            await told.DoAsync(await told.AdjustAsync((1, "退出", "农村低保", "2022-11-01"))));
    }

    [Theory, OnBothEngines]
    public async Task Cover_of_the_assisted_opens_with_a_list_and_is_lost_with_a_ground_that_never_was(Engine engine)
    {
        await using var town = await Refunding.Refunding.OpenAsync(engine);
        var told = new Told(town);
        await EnrolledAsync(town, 1);
        await EnrolledAsync(town, 2);
        Assert.Equal(
            ["320.00 > 0.00; Opens 01-01..12-31", "320.00 > 0.00; Opens 01-01..12-31", "市财政 0.00 > 640.00"],
            await told.DoAsync(await told.AdjustAsync((1, "新增", "孤儿", "2021-10-20"), (2, "新增", "孤儿", "2021-10-20"))));
        town.Area.Clock.Set("2021-11-15 09:00");
        Assert.Equal(
            ["0.00 > 320.00; Void 01-01..12-31", "0.00 > 320.00", "市财政 640.00 > 320.00"],
            await told.DoAsync(await told.AdjustAsync((1, "退出", "孤儿", "2021-11-01"), (2, "退出", "孤儿", "2021-11-15"))));
    }

    [Theory, OnBothEngines, Clause("lishi 七(二)-deaths")]
    public async Task Death_before_the_year_gives_back_and_voids_and_within_it_shortens(Engine engine)
    {
        await using var town = await Refunding.Refunding.OpenAsync(engine);
        var told = new Told(town);
        var (before, within) = (await town.PayAsync(), await town.PayAsync());
        town.Area.Clock.Set("2021-11-12 09:00");
        Assert.Equal(
            ["320.00 > dead; paid 320.00, died_before_year by supervisor; Void 01-01..12-31", "财政补助 580.00 > 0.00"],
            await told.DoAsync(told.Death(before.PersonId, new(2021, 11, 10))));
        Assert.Equal("died_before_year", Assert.Single(await RefundsAsync(town)).Reason);
        town.Area.Clock.Set("2022-05-10 09:00");
        Assert.Equal(
            ["320.00 > 320.00; paid 320.00, stays; Shortened 01-01..05-09"],
            await told.DoAsync(told.Death(within.PersonId, new(2022, 5, 9))));
        Assert.Single(await RefundsAsync(town));
    }

    [Theory, OnBothEngines]
    public async Task A_move_to_a_unit_with_another_pack(Engine engine)
    {
        await using var town = await Refunding.Refunding.OpenAsync(engine);
        var told = new Told(town);
        await town.Area.DoAsync("bind", act => PackBindings.BindAsync(
            act, town.Area.Shelf, "bg-02", TestArea.Year, new(2021, 9, 1), "laishan-2022"));
        var (moves, paid) = (await EnrolledAsync(town, 11), await EnrolledAsync(town, 12));
        await PostAsync(town, paid, 32_000);
        Assert.Equal(
            ["320.00 > 370.00"],
            await told.DoAsync(told.Status(moves, Today, status => status with { Unit = TestArea.FarVillage })));
        Assert.Equal(
            ["320.00 > 370.00; paid 320.00, lacks 50.00"],
            await told.DoAsync(told.Status(paid, Today, status => status with { Unit = TestArea.FarVillage })));
        var back = await town.PayAsync(TestArea.FarVillage);
        Assert.Equal(
            ["370.00 > 320.00; paid 370.00, office_error by supervisor"],
            await told.DoAsync(told.Status(back.PersonId, Today, status => status with { Unit = TestArea.Village })));
    }

    [Theory, OnBothEngines, Clause("baogou 二(二)2")]
    public async Task A_birth_that_crosses_the_ages_of_Baogou(Engine engine)
    {
        await using var town = await Refunding.Refunding.OpenAsync(engine);
        var told = new Told(town);
        foreach (var (wrong, right, lines) in new (DateOnly, DateOnly, string[])[]
        {
            (new(1962, 1, 1), new(1961, 12, 31), ["320.00 > 160.00", "市财政 0.00 > 160.00"]),
            (new(1952, 1, 1), new(1951, 12, 31), ["160.00 > 0.00; Opens 01-01..12-31", "市财政 160.00 > 320.00"]),
            (new(1951, 12, 31), new(1952, 1, 1), ["0.00 > 160.00; Void 01-01..12-31", "市财政 320.00 > 160.00"]),
            (new(1961, 12, 31), new(1962, 1, 1), ["160.00 > 320.00", "市财政 160.00 > 0.00"]),
        })
        {
            var person = await NamelessAsync(town, wrong);
            Assert.Equal(lines, await told.DoAsync(told.Person(
                person, $"birth {right}", act => town.Area.People.CorrectBirthAsync(act, person, right))));
        }

        // A number that tells the birth is corrected itself.
        var numbered = await town.PayAsync();
        var number = TestArea.Number(new(1961, 12, 31), 9);
        var fault = await Assert.ThrowsAsync<RefusedException>(() => told.PreviewAsync(told.Person(
            numbered.PersonId, "birth", act => town.Area.People.CorrectBirthAsync(act, numbered.PersonId, new(1961, 12, 31)))));
        Assert.Equal("C201", fault.Code);
        Assert.Equal(
            ["320.00 > 160.00; paid 320.00, office_error by supervisor", "市财政 0.00 > 160.00"],
            await told.DoAsync(ChangeOrder.Number(
                (town.Area.People, new(town.Area.People, town.Area.Enrolments)), numbered.PersonId, [town.Year], number)));
    }

    [Theory, OnBothEngines]
    public async Task A_corrected_pack_is_told_by_unit_and_payer(Engine engine)
    {
        await using var town = await Refunding.Refunding.OpenAsync(engine);
        var told = new Told(town);
        var person = await EnrolledAsync(town, 1);
        await EnrolledAsync(town, 2);
        await told.DoAsync(await told.AdjustAsync((2, "新增", "孤儿", "2021-11-05")));
        await PostAsync(town, person, 32_000);
        var order = ChangeOrder.Pack(town.Area.Shelf, TestArea.Village, TestArea.Year, Today, "laishan-2022");
        var shown = await told.PreviewAsync(order);
        var unit = Assert.Single(shown.Units);
        Assert.Equal(("前街村", 2, "50.00", "200.00"), (unit.Unit, unit.People, $"{unit.Personal}", $"{unit.Funded}"));
        Assert.Equal(
            [
                "320.00 > 370.00; paid 320.00, lacks 50.00", "0.00 > 0.00", "市财政 320.00 > 0.00", "财政资金 0.00 > 520.00",
            ],
            await told.DoAsync(order));
    }

    static async Task<long> EnrolledAsync(Refunding.Refunding town, int sequence)
    {
        var person = await town.Area.RegisterAsync("张" + (char)('一' + sequence), Refunding.Refunding.Born, sequence);
        await EnrolAsync(town, person.PersonId);
        return person.PersonId;
    }

    static async Task<long> NamelessAsync(Refunding.Refunding town, DateOnly born)
    {
        var person = await town.Area.DoAsync("person.register", act => town.Area.People.RegisterAsync(
            act, new NewPerson(null, TestArea.Name("张无"), Sex.Male, born) { Status = new() { Unit = TestArea.Village } }, new(2021, 9, 1)));
        await EnrolAsync(town, person.PersonId);
        return person.PersonId;
    }

    static Task EnrolAsync(Refunding.Refunding town, long person) => town.Area.DoAsync(
        "enrol", act => new RegisterDesk(town.Area.People, town.Area.Enrolments, town.Area.Dues)
            .EnrolAsync(act, new(town.Year, EnrolmentKinds.New, 1), [person]));

    static Task PostAsync(Refunding.Refunding town, long person, long fen) => town.Area.DoAsync("pay", async act =>
        Assert.Equal("", (await new Posting(town.Area.Dues).PostAsync(act, [new(person, town.Year, Money.FromFen(fen))
        {
            PaidOn = act.Today,
            Channel = "wechat",
            Debit = Core.Ledger.Accounts.Channel("wechat"),
        },]))[0].Text));

    static Task<List<RefundRow>> RefundsAsync(Refunding.Refunding town) => town.Area.ReadAsync(
        session => session.Table<RefundRow>().Where(row => row.Area == TestArea.Code).OrderBy(row => row.RefundId).ToListAsync());
}
