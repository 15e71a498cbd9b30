using Canbao.Core.Assessment.Dues;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work;

/// <summary>Registrations out of the ordinary: before they can pay, late, and without a number.</summary>
public class RegisterDeskTests
{
    static readonly DateOnly Born = new(1985, 3, 20);

    /// <summary>Registering is what makes a newborn's amount payable; nothing is owed before.</summary>
    [Theory, OnBothEngines, Clause("baogou 二(四)-first"), Clause("baogou 三(三)")]
    public async Task A_newborn_registers_before_paying(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var newborn = await RegisterAsync(area, null, "王新禾", new(2021, 10, 20), enrol: null);
        var before = await QuoteAsync(area, newborn);
        Assert.Equal(("not_registered", null), (before.Verdict.Outcome, before.Personal));
        await area.DoAsync("enrol", act => Desk(area).EnrolAsync(
            act, new(TestArea.Year, EnrolmentKinds.Newborn, 0), [newborn.PersonId]));
        Assert.Equal(Money.FromFen(32_000), (await QuoteAsync(area, newborn)).Personal);
        var due = await area.ReadAsync(session => area.Dues.KeptAsync(
            session, TestArea.Code, TestArea.Year, newborn.PersonId, newborn.Salt));
        Assert.Equal("due", due!.Value.Verdict.Outcome);
        await area.DoAsync("enrol.cancel", act => Desk(area).CancelAsync(act, TestArea.Year, newborn.PersonId, "重复登记"));
        Assert.Equal("not_registered", (await QuoteAsync(area, newborn)).Verdict.Outcome);
    }

    /// <summary>
    /// Whoever comes after the period registers all the same, at the price and with the cover of that day. The pack is that of Lingyuan,
    /// bound below one branch.
    /// </summary>
    [Theory, OnBothEngines, Clause("lingyuan 四(三)")]
    public async Task Late_registration_is_open_at_the_terms_of_the_day(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.DoAsync("policy.bind", act =>
            PackBindings.BindAsync(act, area.Shelf, "bg-02", TestArea.Year, new(2021, 9, 1), "lingyuan-2022"));
        area.Clock.Set("2022-02-15 10:00");
        var spring = await RegisterAsync(area, TestArea.Number(Born, 1), "张三", Born, EnrolmentKinds.New);
        var quote = await QuoteAsync(area, spring);
        Assert.Equal((Money.FromFen(33_000), new DateOnly(2022, 2, 15)), (quote.Personal, quote.Answer!.Value.CoverFrom));
        area.Clock.Set("2022-07-02 10:00");
        var summer = await RegisterAsync(area, TestArea.Number(Born, 3), "李四", Born, EnrolmentKinds.New);
        quote = await QuoteAsync(area, summer);
        // The whole 910.00, and 60 days of waiting behind the day of payment.
        Assert.Equal((Money.FromFen(91_000), new DateOnly(2022, 9, 1)), (quote.Personal, quote.Answer!.Value.CoverFrom));
    }

    /// <summary>Somebody without identity data is registered and assessed; the number that comes later completes the record.</summary>
    [Theory, OnBothEngines, Clause("lingyuan 四(五)")]
    public async Task Somebody_without_identity_data_is_registered_and_completed_later(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await RegisterAsync(area, null, "李无", new(1950, 1, 1), EnrolmentKinds.New);
        var due = (await QuoteAsync(area, person)).Personal;
        Assert.NotNull(due);
        var number = TestArea.Number(new(1950, 1, 1), 1);
        await area.DoAsync("person.correct", act =>
            new LifeEvents(area.People, area.Enrolments).CorrectNumberAsync(act, person.PersonId, number));
        var found = await area.ReadAsync(session => area.People.FindByNumberAsync(session, TestArea.Code, number));
        Assert.Equal(person.PersonId, found!.PersonId);
        Assert.Equal(due, (await QuoteAsync(area, person)).Personal);
        var again = await Assert.ThrowsAsync<RefusedException>(() => area.DoAsync("enrol", act =>
            area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New)));
        Assert.Equal("R121", again.Code);
    }

    static RegisterDesk Desk(TestArea area) => new(area.People, area.Enrolments, area.Dues);

    static async Task<PersonRow> RegisterAsync(TestArea area, CitizenNumber? number, string name, DateOnly born, string? enrol)
    {
        var (person, _) = await area.DoAsync("person.register", act => Desk(area).RegisterAsync(
            act,
            new NewPerson(number, TestArea.Name(name), number?.Sex ?? Sex.Male, born)
            {
                Status = new() { Unit = number is null ? TestArea.Village : TestArea.FarVillage, Address = "1号" },
            },
            number is null ? born : act.Today,
            new(null, ""),
            enrol is null ? null : new EnrolFor(TestArea.Year, enrol, 0)));
        return person;
    }

    static async Task<DueQuote> QuoteAsync(TestArea area, PersonRow person) => (await area.ReadAsync(session => area.Dues.QuoteAsync(
        session, TestArea.Code, TestArea.Year, person.PersonId, BusinessDay.Of(area.Clock.GetUtcNow()))))!;
}
