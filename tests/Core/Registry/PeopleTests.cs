using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Registry;

public class PeopleTests
{
    static readonly DateOnly Born = new(1985, 3, 20);

    [Theory, OnBothEngines]
    public async Task A_registered_person_is_found_by_number_name_and_phone(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张三", Born, 1);
        await area.DoAsync("person.phone", act => area.People.ChangePhoneAsync(act, person.PersonId, new(2021, 11, 5), "10001234567"));
        var number = TestArea.Number(Born, 1);
        await area.ReadAsync(async session =>
        {
            Assert.Equal(person.PersonId, (await area.People.FindByNumberAsync(session, TestArea.Code, number))!.PersonId);
            Assert.Single(await People.FindByNameAsync(session, TestArea.Code, "张三", 10));
            Assert.Single(await area.People.FindByPhoneAsync(session, TestArea.Code, "10001234567", 10));
            Assert.Null(await area.People.FindByNumberAsync(session, TestArea.Code, TestArea.Number(Born, 3)));
            return true;
        });
        Assert.Equal(number.Masked, person.NumberMask);
    }

    [Theory, OnBothEngines]
    public async Task A_number_is_registered_once(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.RegisterAsync("张三", Born, 1);
        var fault = await Assert.ThrowsAsync<RefusedException>(() => area.RegisterAsync("张三", Born, 1));
        Assert.Equal("R102", fault.Code);
    }

    /// <summary>The events tell masks only; a search through all of them finds no number and no phone.</summary>
    [Theory, OnBothEngines]
    public async Task What_was_done_is_kept_with_old_and_new_and_without_numbers(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张三", Born, 1);
        await area.DoAsync("person.change", act => area.People.ChangeAsync(
            act, person.PersonId, new(2021, 11, 5), status => status with { Employment = Employment.Flexible }), "clerk");
        var changes = await area.ReadAsync(session =>
            session.Table<ActChangeRow>().Where(row => row.Area == TestArea.Code && row.Subject == "person").ToListAsync());
        var last = Assert.Single(changes, change => change.New!.Contains("flexible", StringComparison.Ordinal));
        Assert.Equal("""{"from_day":"2021-09-01","employment":"none"}""", last.Old);
        Assert.Contains("2021-11-05", last.New, StringComparison.Ordinal);
        Assert.Contains(changes, change => change.New!.Contains("\"until_day\":\"2021-11-04\"", StringComparison.Ordinal));
        Assert.DoesNotContain(changes, change => change.New!.Contains(TestArea.Number(Born, 1).Full, StringComparison.Ordinal));
    }

    [Theory, OnBothEngines]
    public async Task A_deed_that_changes_nothing_leaves_no_trace(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张三", Born, 1);
        var before = await CountAsync(area);
        await area.DoAsync("person.change", act => area.People.ChangeAsync(act, person.PersonId, new(2021, 11, 5), status => status));
        await area.DoAsync("person.name", act => People.CorrectNameAsync(act, person.PersonId, TestArea.Name("张三")));
        Assert.Equal(before, await CountAsync(area));
    }

    /// <summary>A move that is told late splits the span of its day and is carried into what was told meanwhile.</summary>
    [Theory, OnBothEngines]
    public async Task A_change_told_late_keeps_what_was_told_meanwhile(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张三", Born, 1);
        await ChangeAsync(area, person, new(2021, 11, 1), status => status with { Employment = Employment.Flexible });
        await ChangeAsync(area, person, new(2021, 10, 1), status => status with { Unit = TestArea.OtherVillage });
        var spans = await area.ReadAsync(session => People.StatusesAsync(session, TestArea.Code, person.PersonId));
        Assert.Equal(
            [
                "2021-09-01 2021-09-30 bg-01-01 None", "2021-10-01 2021-10-31 bg-01-02 None", "2021-11-01  bg-01-02 Flexible",
            ],
            spans.Select(span => $"{span.FromDay:yyyy-MM-dd} {span.UntilDay:yyyy-MM-dd} {span.Unit} {span.Employment}"));
        var fault = await Assert.ThrowsAsync<RefusedException>(() => ChangeAsync(area, person, new(2021, 8, 31), status => status));
        Assert.Equal("R104", fault.Code);
    }

    [Theory, OnBothEngines]
    public async Task A_corrected_number_is_found_by_both(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张三", Born, 1);
        var right = TestArea.Number(new(1985, 3, 21), 2);
        await area.DoAsync("person.number", act => area.People.CorrectNumberAsync(act, person.PersonId, right));
        await area.ReadAsync(async session =>
        {
            var found = (await area.People.FindByNumberAsync(session, TestArea.Code, right))!;
            Assert.Equal((person.PersonId, Sex.Female, new DateOnly(1985, 3, 21)), (found.PersonId, found.Sex, found.BornOn));
            var former = await area.People.FindByNumberAsync(session, TestArea.Code, TestArea.Number(Born, 1));
            Assert.Equal(person.PersonId, former!.PersonId);
            return true;
        });
    }

    [Theory, OnBothEngines]
    public async Task Seeing_a_full_number_is_a_recorded_act(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张三", Born, 1);
        var shown = await area.DoAsync("person.show_number", act => area.People.ShowNumberAsync(act, person.PersonId), "clerk");
        Assert.Equal(TestArea.Number(Born, 1).Full, shown);
        var act = await area.ReadAsync(session =>
            session.Table<ActRow>().SingleAsync(row => row.Area == TestArea.Code && row.Kind == "person.show_number"));
        Assert.Equal("clerk", act.Account);
    }

    /// <summary>People without identity data are registered by name, sex and birth, and get a number later.</summary>
    [Theory, OnBothEngines, Clause("lingyuan 四(五)")]
    public async Task People_without_identity_data_are_registered_and_get_a_number_later(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var nameless = new NewPerson(null, TestArea.Name("李某之子"), Sex.Male, new(2021, 10, 20))
        {
            Status = new PersonStatusRow { Unit = TestArea.Village, Relation = Relation.Son },
        };
        var person = await area.DoAsync("person.register", act => area.People.RegisterAsync(act, nameless, nameless.BornOn));
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.Newborn));
        // Died within three months of birth: the registration stays, since the year may still be paid for.
        await area.DoAsync("died", act => People.DiedAsync(act, person.PersonId, new(2021, 11, 4)));
        var number = TestArea.Number(new(2021, 10, 20), 5);
        await area.DoAsync("number", act => area.People.CorrectNumberAsync(act, person.PersonId, number));
        var found = await area.ReadAsync(session => area.People.FindByNumberAsync(session, TestArea.Code, number));
        Assert.Equal(person.PersonId, found!.PersonId);
        Assert.Equal(new DateOnly(2021, 11, 4), found.DiedOn);
    }

    static Task ChangeAsync(TestArea area, PersonRow person, DateOnly from, Func<PersonStatusRow, PersonStatusRow> change) =>
        area.DoAsync("person.change", act => area.People.ChangeAsync(act, person.PersonId, from, change));

    static Task<int> CountAsync(TestArea area) =>
        area.ReadAsync(session => session.Table<ActRow>().CountAsync(row => row.Area == TestArea.Code));
}
