using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work;

public class LifeEventsTests
{
    static readonly DateOnly Born = new(1985, 3, 20);

    [Theory, OnBothEngines]
    public async Task A_death_ends_the_enrolments_of_years_that_begin_after_it(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张三", Born, 1);
        foreach (var year in new[] { TestArea.Year.Previous, TestArea.Year })
            await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, year, person.PersonId, EnrolmentKinds.New));
        await area.DoAsync("person.died", act => Events(area).DieAsync(act, person.PersonId, new(2021, 11, 1)));
        var all = await area.ReadAsync(session => Enrolments.AllAsync(session, TestArea.Code, person.PersonId));
        Assert.Equal([(2022, "死亡"), (2021, "")], all.Select(row => (row.InsuranceYear, row.EndReason)));
    }

    /// <summary>The dead are not enrolled; an infant who died within 3 months of birth is, once somebody of the household is.</summary>
    [Theory, OnBothEngines]
    [Clause("lingyuan 四(五)")]
    public async Task An_infant_who_died_early_is_enrolled_if_the_parents_are(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var household = await area.DoAsync("household.found", act => Households.FoundAsync(act, TestArea.Village, "H1", "前街"));
        var mother = await area.RegisterAsync("张三", Born, 2, household.HouseholdId);
        var infant = await NamelessAsync(area, "张小", new(2021, 8, 10), household.HouseholdId);
        var elder = await NamelessAsync(area, "张大", new(2021, 3, 1), household.HouseholdId);
        await area.DoAsync("person.died", act => People.DiedAsync(act, infant.PersonId, new(2021, 11, 1)));
        await area.DoAsync("person.died", act => People.DiedAsync(act, elder.PersonId, new(2021, 11, 1)));
        var year = TestArea.Year.Previous;
        Task EnrolAsync(long person) =>
            area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, year, person, EnrolmentKinds.Newborn));
        Assert.Equal("R127", (await Assert.ThrowsAsync<RefusedException>(() => EnrolAsync(infant.PersonId))).Code);
        await EnrolAsync(mother.PersonId);
        await EnrolAsync(infant.PersonId);
        Assert.Equal("R127", (await Assert.ThrowsAsync<RefusedException>(() => EnrolAsync(elder.PersonId))).Code);
        // Who has no number yet is enrolled as well, once.
        var nameless = await NamelessAsync(area, "李无", new(1950, 1, 1), null);
        await EnrolAsync(nameless.PersonId);
        Assert.Equal("R121", (await Assert.ThrowsAsync<RefusedException>(() => EnrolAsync(nameless.PersonId))).Code);
    }

    [Theory, OnBothEngines]
    public async Task A_merge_takes_over_enrolments_payments_and_claims(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var wrong = await area.RegisterAsync("张三", Born, 1);
        var right = await area.RegisterAsync("张三", Born, 3);
        var cash = new CashDesk(area.Dues);
        foreach (var year in new[] { TestArea.Year.Previous, TestArea.Year })
            await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, year, wrong.PersonId, EnrolmentKinds.New));
        await area.DoAsync("cash.take", act => cash.TakeAsync(act, TestArea.Year, [new(wrong.PersonId, Money.FromFen(32_000))]));
        await area.DoAsync("enrol", act =>
            area.Enrolments.EnrolAsync(act, TestArea.Year.Previous, right.PersonId, EnrolmentKinds.New));
        var kept = await area.DoAsync("person.correct", act =>
            Events(area).CorrectNumberAsync(act, wrong.PersonId, TestArea.Number(Born, 3)));
        Assert.Equal(right.PersonId, kept.PersonId);
        var ended = await area.ReadAsync(session => Enrolments.AllAsync(session, TestArea.Code, wrong.PersonId));
        Assert.All(ended, row => Assert.Equal("合并重复记录", row.EndReason));
        var active = await area.ReadAsync(session => Enrolments.AllAsync(session, TestArea.Code, right.PersonId));
        Assert.All(active, row => Assert.Null(row.EndedOn));
        Assert.Equal([2022, 2021], active.Select(row => row.InsuranceYear));
        var payments = await area.ReadAsync(session => Payments.OfAsync(session, TestArea.Code, [2022], [right.PersonId]));
        Assert.Equal(32_000, Assert.Single(payments).Amount);
        var claims = await area.ReadAsync(session => session.Table<EnrolmentClaimRow>().ToListAsync());
        Assert.Equal([(2021, right.PersonId), (2022, right.PersonId)],
            claims.Select(row => (row.InsuranceYear, row.PersonId)).Order());
        // The number that was wrong is free again for whoever it belongs to.
        var again = await Assert.ThrowsAsync<RefusedException>(() => area.DoAsync("enrol", act =>
            area.Enrolments.EnrolAsync(act, TestArea.Year, right.PersonId, EnrolmentKinds.New)));
        Assert.Equal("R121", again.Code);
    }

    /// <summary>What was paid through a channel goes over with its notice and its cover, also where the other's was taken back.</summary>
    [Theory, OnBothEngines]
    public async Task A_merge_leaves_the_money_sound(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var people = new[] { await area.RegisterAsync("张三", Born, 1), await area.RegisterAsync("张三", Born, 3) };
        foreach (var person in people)
            await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        foreach (var sequence in new[] { 3, 1 })
        {
            var message = new ChannelMessage($"{sequence}", TestArea.Year, Money.FromFen(32_000), area.Clock.GetUtcNow())
            {
                Number = TestArea.Number(Born, sequence).Full,
                Name = "张三",
            };
            await area.DoAsync("channel.take", act => new ChannelDesk(area.Dues, area.Vault).TakeAsync(act, "wechat", [message]));
        }

        var before = Assert.Single(await area.ReadAsync(session =>
            Payments.OfAsync(session, TestArea.Code, [2022], [people[1].PersonId])));
        await area.DoAsync("refund", act => Posting.ReverseAsync(act, before.PaymentId, Accounts.Channel("wechat"), "refund"));
        var kept = await area.DoAsync("person.correct", act =>
            Events(area).CorrectNumberAsync(act, people[0].PersonId, TestArea.Number(Born, 3)));
        Assert.Equal(people[1].PersonId, kept.PersonId);
        Assert.Single(await area.ReadAsync(session => Covers.OfAsync(session, TestArea.Code, [2022], [kept.PersonId])));
        Assert.Empty(await area.ReadAsync(session => MoneyCheck.RunAsync(session, TestArea.Code)));
    }

    [Theory, OnBothEngines]
    public async Task A_corrected_number_carries_its_claims(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await NamelessAsync(area, "张小", new(2021, 10, 1), null);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.Newborn));
        var number = TestArea.Number(new(2021, 10, 1), 1);
        await area.DoAsync("person.correct", act => Events(area).CorrectNumberAsync(act, person.PersonId, number));
        var claim = Assert.Single(await area.ReadAsync(session => session.Table<EnrolmentClaimRow>().ToListAsync()));
        Assert.Equal(area.Vault.Hash(number.Full), claim.PersonHash);
    }

    [Theory, OnBothEngines]
    public async Task A_merge_takes_over_categories_that_only_the_other_record_had(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var wrong = await area.RegisterAsync("张三", Born, 1);
        var right = await area.RegisterAsync("张三", Born, 3);
        var version = await area.DoAsync("roster.apply", async act =>
        {
            var row = new RosterVersionRow
            {
                Area = TestArea.Code,
                VersionId = act.Session.NextId(),
                Department = "civil_affairs",
                Kind = "full",
                HandedInOn = act.Today,
                FirstDay = act.Today,
                EffectiveOn = act.Today,
                ActId = act.Id,
            };
            await act.Session.Data.InsertAsync(row);
            foreach (var (person, category) in new[] { (wrong, "orphan"), (wrong, "low_income"), (right, "low_income") })
                await act.Session.Data.InsertAsync(new CategorySpanRow
                {
                    Area = TestArea.Code,
                    PersonId = person.PersonId,
                    Category = category,
                    Department = "civil_affairs",
                    FromDay = act.Today,
                    OpenedBy = row.VersionId,
                });
            return row;
        });
        await area.DoAsync("person.correct", act => Events(area).CorrectNumberAsync(act, wrong.PersonId, TestArea.Number(Born, 3)));
        var held = await area.ReadAsync(session =>
            Categories.HeldAsync(session, TestArea.Code, right.PersonId, version.HandedInOn));
        Assert.Equal(["low_income", "orphan"], held.Select(span => span.Category));
    }

    static LifeEvents Events(TestArea area) => new(area.People, area.Enrolments);

    static Task<PersonRow> NamelessAsync(TestArea area, string name, DateOnly born, long? household) => area.DoAsync(
        "person.register",
        act => area.People.RegisterAsync(
            act,
            new NewPerson(null, TestArea.Name(name), Sex.Male, born)
            {
                Status = new() { Unit = TestArea.Village, HouseholdId = household, Relation = Relation.Son },
            },
            born));
}
