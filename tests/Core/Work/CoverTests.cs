using Canbao.Core.Coverage;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work;

public class CoverTests
{
    static readonly DateOnly Old = new(1945, 3, 20), Adult = new(1985, 3, 20);

    [Theory, OnBothEngines, Clause("baogou 二(二)2")]
    public async Task Who_owes_nothing_is_covered_from_registration_on(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var old = await EnrolledAsync(area, Old, 1);
        var adult = await EnrolledAsync(area, Adult, 3);
        Assert.Equal([(new DateOnly(2022, 1, 1), new DateOnly(2022, 12, 31), "assistance")], await SpansAsync(area, old));
        Assert.Empty(await SpansAsync(area, adult));
        // Nothing is opened twice.
        Assert.Equal(0, await area.DoAsync("cover.open", act => new AssistedCover(area.Dues).OpenAllAsync(act, TestArea.Year)));
        await IsSoundAsync(area);
    }

    [Theory, OnBothEngines]
    public async Task Everybody_who_owes_nothing_gets_cover_in_one_go_by_the_day_of_registration(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var old = await area.RegisterAsync("张三", Old, 1);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, old.PersonId, EnrolmentKinds.New));
        // Registered within the central period, looked at after it: the day of registration counts.
        area.Clock.Set("2021-12-20 09:00");
        await area.DoAsync("dues.make", act => area.Dues.MakeAsync(act, TestArea.Year, new(2021, 11, 5)));
        Assert.Equal(1, await area.DoAsync("cover.open", act => new AssistedCover(area.Dues).OpenAllAsync(act, TestArea.Year)));
        Assert.Equal([(new DateOnly(2022, 1, 1), new DateOnly(2022, 12, 31), "assistance")], await SpansAsync(area, old));
    }

    [Theory, OnBothEngines, Clause("lishi 七(二)-deaths")]
    public async Task Death_ends_cover_with_its_day(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var paid = await PaidAsync(area, 1);
        area.Clock.Set("2022-05-10 09:00");
        await DieAsync(paid, new(2022, 5, 9));
        Assert.Equal([(new DateOnly(2022, 1, 1), new DateOnly(2022, 5, 9), "payment")], await SpansAsync(area, paid));
        var before = await PaidLateAsync(area, 3);
        await DieAsync(before, new(2022, 5, 10));
        // Would have begun after the waiting period, later than the death.
        Assert.Empty(await SpansAsync(area, before));
        await IsSoundAsync(area);

        Task DieAsync(PersonRow person, DateOnly day) => area.DoAsync(
            "person.died", act => new LifeEvents(area.People, area.Enrolments).DieAsync(act, person.PersonId, day));
    }

    [Theory, OnBothEngines, Clause("baogou 二(四)-duplicate")]
    public async Task Other_insurance_suspends_cover_and_its_end_lets_it_go_on(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await PaidAsync(area, 1);
        area.Clock.Set("2022-06-01 09:00");
        await area.DoAsync("cover", act => CoverEnds.EndAsync(act, person.PersonId, new(2022, 3, 31), CoverEnds.Duplicate));
        await area.DoAsync("cover", act => CoverEnds.ResumeAsync(act, person.PersonId, new(2022, 6, 1), 2022));
        await area.DoAsync("cover", act => CoverEnds.ResumeAsync(act, person.PersonId, new(2022, 6, 1), 2022));
        Assert.Equal(
            [(new DateOnly(2022, 1, 1), new DateOnly(2022, 3, 31), "payment"), (new(2022, 6, 1), new(2022, 12, 31), "resumed")],
            await SpansAsync(area, person));
        var history = await area.ReadAsync(session => Covers.HistoryAsync(session, TestArea.Code, person.PersonId));
        Assert.Equal(["缴费，因在别处参保中止，原定至 2022-12-31", "恢复"], history.Select(Covers.Told));
        // The payment goes back: all that it opened is void.
        var payment = await area.ReadAsync(
            session => Canbao.Core.Collection.Payments.OfAsync(session, TestArea.Code, [2022], [person.PersonId]));
        await area.DoAsync("refund", act => Posting.ReverseAsync(act, payment[0].PaymentId, Accounts.Channel("wechat"), "refund"));
        Assert.Empty(await SpansAsync(area, person));
        await IsSoundAsync(area);
    }

    [Theory, OnBothEngines]
    public async Task Who_owed_nothing_and_died_is_covered_until_that_day(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var old = await area.RegisterAsync("张三", Old, 1);
        var gone = await area.RegisterAsync("张四", Old, 3);
        foreach (var person in new[] { old, gone })
            await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        await area.DoAsync("dues.make", act => area.Dues.MakeAsync(act, TestArea.Year, new(2021, 11, 5)));
        area.Clock.Set("2022-05-10 09:00");
        await area.DoAsync("person.died", act => People.DiedAsync(act, old.PersonId, new(2022, 5, 9)));
        await area.DoAsync("person.died", act => People.DiedAsync(act, gone.PersonId, new(2021, 12, 9)));
        await area.DoAsync("cover.open", act => new AssistedCover(area.Dues).OpenAllAsync(act, TestArea.Year));
        Assert.Equal([(new DateOnly(2022, 1, 1), new DateOnly(2022, 5, 9), "assistance")], await SpansAsync(area, old));
        Assert.Empty(await SpansAsync(area, gone));
    }

    [Theory, OnBothEngines]
    public async Task Who_is_registered_again_is_covered_again(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var old = await EnrolledAsync(area, Old, 1);
        await CancelAsync();
        Assert.Empty(await SpansAsync(area, old));
        area.Clock.Set("2021-11-08 09:00");
        await AgainAsync();
        Assert.Equal([(new DateOnly(2022, 1, 1), new DateOnly(2022, 12, 31), "resumed")], await SpansAsync(area, old));
        // Once more within the year: there is a gap.
        area.Clock.Set("2022-03-01 09:00");
        await CancelAsync();
        area.Clock.Set("2022-03-11 09:00");
        await AgainAsync();
        Assert.Equal(
            [(new DateOnly(2022, 1, 1), new DateOnly(2022, 3, 1), "resumed"), (new(2022, 3, 11), new(2022, 12, 31), "resumed")],
            await SpansAsync(area, old));
        await IsSoundAsync(area);

        Task CancelAsync() => area.DoAsync("enrol.cancel", act => Desk(area).CancelAsync(act, TestArea.Year, old.PersonId, "测试"));
        Task AgainAsync() => area.DoAsync(
            "enrol", act => Desk(area).EnrolAsync(act, new(TestArea.Year, EnrolmentKinds.New, 0), [old.PersonId]));
    }

    [Theory, OnBothEngines, Clause("baogou 二(四)-duplicate")]
    public async Task Cover_goes_on_when_the_register_says_that_other_insurance_ended(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await PaidAsync(area, 1);
        area.Clock.Set("2022-06-01 09:00");
        await area.DoAsync("cover", act => CoverEnds.EndAsync(act, person.PersonId, new(2022, 3, 31), CoverEnds.Duplicate));
        await ChangeAsync(OtherCover.ResidentElsewhere, new(2022, 4, 1));
        Assert.Single(await SpansAsync(area, person));
        await ChangeAsync(OtherCover.None, new(2022, 6, 1));
        Assert.Equal(
            [(new DateOnly(2022, 1, 1), new DateOnly(2022, 3, 31), "payment"), (new(2022, 6, 1), new(2022, 12, 31), "resumed")],
            await SpansAsync(area, person));

        Task ChangeAsync(OtherCover cover, DateOnly from) => area.DoAsync("person.change", act => Desk(area).ChangeAsync(
            act, [TestArea.Year], [person.PersonId],
            deed => area.People.ChangeAsync(deed, person.PersonId, from, row => row with { OtherCover = cover })));
    }

    static RegisterDesk Desk(TestArea area) => new(area.People, area.Enrolments, area.Dues);

    static async Task<PersonRow> EnrolledAsync(TestArea area, DateOnly born, int sequence)
    {
        var person = await area.RegisterAsync("张三", born, sequence);
        await area.DoAsync("enrol", act => Desk(area).EnrolAsync(act, new(TestArea.Year, EnrolmentKinds.New, 0), [person.PersonId]));
        return person;
    }

    static Task<PersonRow> PaidAsync(TestArea area, int sequence) => PaidAsync(area, sequence, 32_000);

    static Task<PersonRow> PaidLateAsync(TestArea area, int sequence) => PaidAsync(area, sequence, 90_000);

    static async Task<PersonRow> PaidAsync(TestArea area, int sequence, long fen)
    {
        var person = await EnrolledAsync(area, Adult, sequence);
        await area.DoAsync("cash.take", act => new CashDesk(area.Dues).TakeAsync(
            act, TestArea.Year, [new(person.PersonId, Money.FromFen(fen))]));
        return person;
    }

    static async Task<IEnumerable<(DateOnly, DateOnly, string)>> SpansAsync(TestArea area, PersonRow person) =>
        (await area.ReadAsync(session => Covers.OfAsync(session, TestArea.Code, [2022], [person.PersonId])))
            .Select(span => (span.FromDay, span.UntilDay, span.Ground));

    static async Task IsSoundAsync(TestArea area) =>
        Assert.Empty(await area.ReadAsync(session => MoneyCheck.RunAsync(session, TestArea.Code)));
}
