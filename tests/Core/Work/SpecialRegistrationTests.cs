using Canbao.Core.Assessment.Dues;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work;

/// <summary>Whole households, foundlings, infants who died, people without identity data, late registrations.</summary>
public class SpecialRegistrationTests
{
    static readonly DateOnly Born = new(1985, 3, 20);
    static readonly EnrolFor Enrol = new(TestArea.Year, EnrolmentKinds.New, 0);
    static readonly EnrolFor Newborn = new(TestArea.Year, EnrolmentKinds.Newborn, 0);

    [Theory, OnBothEngines, Clause("lingyuan 四(二)"), Clause("lishi 四(二)"), Clause("baogou 二(四)-first")]
    [Clause("lishi 一-household")]
    public async Task A_household_is_registered_whole_with_its_newborn(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        NewMember[] members =
        [
            new(Person("王建国", Born, 1, Relation.Head), Enrol), new(Person("赵秀兰", Born, 2, Relation.Spouse), Enrol),
            new(Nameless("王新禾", new(2021, 10, 20), Relation.Daughter), Newborn),
        ];
        var id = await area.DoAsync("household.register", act =>
            Desk(area).RegisterHouseholdAsync(act, (TestArea.Village, "0001", "前街1号"), members));
        var view = await area.ReadAsync(session => Households.FindAsync(session, TestArea.Code, id, TestArea.Year));
        Assert.Equal((3, true, "王建国"), (view!.Members.Count, view.IsComplete, view.Head!.Person.Name));
        Assert.Equal(new DateOnly(2021, 10, 20), view.Members[2].Status.FromDay);
        var fault = await Assert.ThrowsAsync<RefusedException>(() => area.DoAsync("household.register", act =>
            Desk(area).RegisterHouseholdAsync(act, (TestArea.Village, "0002", ""), [members[1]])));
        Assert.Equal("R132", fault.Code);
    }

    /// <summary>One member who cannot be enrolled leaves nothing of the household behind.</summary>
    [Theory, OnBothEngines]
    public async Task A_household_comes_whole_or_not_at_all(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.RegisterAsync("赵秀兰", Born, 2);
        NewMember[] members = [new(Person("王建国", Born, 1, Relation.Head), Enrol), new(Person("赵秀兰", Born, 2, Relation.Spouse), Enrol)];
        var fault = await Assert.ThrowsAsync<RefusedException>(() => area.DoAsync("household.register", act =>
            Desk(area).RegisterHouseholdAsync(act, (TestArea.Village, "0001", ""), members)));
        Assert.Equal("R102", fault.Code);
        Assert.Empty(await area.ReadAsync(session => session.Table<HouseholdRow>()
            .Where(row => row.Area == TestArea.Code).ToListAsync()));
    }

    /// <summary>A foundling's name and birth are assumed; it is here from the day of finding and gets its number later.</summary>
    [Theory, OnBothEngines, Clause("lishi 一"), Clause("lingyuan 四(五)")]
    public async Task A_foundling_is_registered_from_the_day_of_finding(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var assumed = Nameless("福小一", new(2021, 9, 1), Relation.Head);
        assumed = assumed with { Status = assumed.Status with { ScopeStatus = ScopeStatus.Foundling } };
        Task<(PersonRow Person, long? Household)> RegisterAsync(DateOnly? found) => area.DoAsync("person.register", act => Desk(area)
            .RegisterAsync(act, assumed, act.Today, IntoHousehold.Nowhere, Newborn, new(null, found)));
        Assert.Equal("R131", (await Assert.ThrowsAsync<RefusedException>(() => RegisterAsync(null))).Code);
        Assert.Equal("R131", (await Assert.ThrowsAsync<RefusedException>(() => RegisterAsync(new(2021, 8, 31)))).Code);
        var (person, household) = await RegisterAsync(new(2021, 10, 12));
        Assert.Null(household);
        var paper = Assert.Single(await area.ReadAsync(session => session.Table<PersonPaperRow>()
            .Where(row => row.Area == TestArea.Code).ToListAsync()));
        Assert.Equal((PersonPaperRow.FoundlingReport, new(2021, 10, 12)), (paper.Kind, paper.FromDay));
        var number = TestArea.Number(new(2021, 9, 5), 2);
        var known = await area.DoAsync("person.correct", act =>
            new LifeEvents(area.People, area.Enrolments).CorrectNumberAsync(act, person.PersonId, number));
        Assert.Equal((person.PersonId, new(2021, 9, 5), Sex.Female), (known.PersonId, known.BornOn, known.Sex));
        Assert.Equal(EnrolmentKinds.Newborn, (await EnrolmentAsync(area, person.PersonId))!.Kind);
    }

    /// <summary>An infant who died within 3 months of birth is registered and can be paid for, once the parents are insured here.</summary>
    [Theory, OnBothEngines, Clause("lingyuan 四(五)")]
    public async Task An_infant_who_died_is_registered_and_paid_for(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await BindLingyuanAsync(area);
        area.Clock.Set("2022-03-05 09:00");
        var household = await area.DoAsync("found", act => Households.FoundAsync(act, TestArea.FarVillage, "0001", "河西1号"));
        var mother = await area.RegisterAsync("李四", Born, 2, household.HouseholdId, row => row with { Unit = TestArea.FarVillage });
        var infant = Nameless("李某之子", new(2022, 1, 10), Relation.Son);
        Task<(PersonRow Person, long? Household)> RegisterAsync(DateOnly died) => area.DoAsync("person.register", act => Desk(area)
            .RegisterAsync(act, infant, infant.BornOn, new(household.HouseholdId, ""), Newborn, new(died, null)));
        Assert.Equal("R127", (await Assert.ThrowsAsync<RefusedException>(() => RegisterAsync(new(2022, 2, 1)))).Code);
        await area.DoAsync("enrol", act => Desk(area).EnrolAsync(act, Enrol, [mother.PersonId]));
        var (person, _) = await RegisterAsync(new(2022, 2, 1));
        var quote = await area.ReadAsync(session =>
            area.Dues.QuoteAsync(session, TestArea.Code, TestArea.Year, person.PersonId, new(2022, 3, 5)));
        Assert.Equal("330.00", $"{quote!.Personal}");
        await area.DoAsync("cash", act =>
            new CashDesk(area.Dues).TakeAsync(act, TestArea.Year, [new(person.PersonId, quote.Personal!.Value)]));
        var covers = await area.ReadAsync(session => Coverage.Covers.OfAsync(session, TestArea.Code, [2022], [person.PersonId]));
        Assert.Equal(new DateOnly(2022, 1, 10), Assert.Single(covers).FromDay);
    }

    static Task BindLingyuanAsync(TestArea area) => area.DoAsync("policy", act =>
        PackBindings.BindAsync(act, area.Shelf, "bg-02", TestArea.Year, new(2021, 9, 1), "lingyuan-2022"));

    static RegisterDesk Desk(TestArea area) => new(area.People, area.Enrolments, area.Dues);

    static NewPerson Person(string name, DateOnly born, int sequence, Relation relation)
    {
        var number = TestArea.Number(born, sequence);
        return new(number, TestArea.Name(name), number.Sex!.Value, born)
        {
            Status = new() { Unit = TestArea.Village, Relation = relation },
        };
    }

    static NewPerson Nameless(string name, DateOnly born, Relation relation) => new(null, TestArea.Name(name), Sex.Female, born)
    {
        Status = new() { Unit = TestArea.Village, Relation = relation },
    };

    static Task<EnrolmentRow?> EnrolmentAsync(TestArea area, long person) =>
        area.ReadAsync(session => Enrolments.FindAsync(session, TestArea.Code, TestArea.Year, person));
}
