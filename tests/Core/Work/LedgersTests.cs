using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work;

/// <summary>The ledgers of listed people, and which of their identities counts.</summary>
public class LedgersTests
{
    static readonly LedgerSearch Town = new(new UnitRange("/bg/"), Lists.Today, TestArea.Year);

    /// <summary>Each category with those who are not enrolled, and everybody once in the total.</summary>
    [Theory, OnBothEngines, Clause("lishi 七(一)"), Clause("lishi 六(十)-(十一)")]
    public async Task Listed_people_are_counted_by_category_and_named(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 4);
        await lists.ApplyAsync(Lists.Full("农村低保"), Lists.Of(1, 2, 3));
        await lists.ApplyAsync(Lists.Full("退役军人", "veterans_affairs"), Lists.Of(1, 4));
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, people[0].PersonId, EnrolmentKinds.New));
        await area.DoAsync("person.died", act => People.DiedAsync(act, people[2].PersonId, Lists.Today));
        var lines = await area.ReadAsync(session => Ledgers.LinesAsync(session, TestArea.Code, Town));
        Assert.Equal(
            [new("civil_affairs", "minimum_living_rural", 2, 1, 1, 0), new("veterans_affairs", "mark_veteran", 2, 1, 1, 0)], lines);
        Assert.Equal(new("", "", 3, 2, 1, 0), await area.ReadAsync(session => Ledgers.TotalAsync(session, TestArea.Code, Town)));
        var left = await PeopleAsync(area, Town with { Department = "civil_affairs", Group = ProgressGroup.LeftOut });
        Assert.Equal(people[1].PersonId, Assert.Single(left).PersonId);
        var both = (await PeopleAsync(area, Town)).Single(person => person.PersonId == people[0].PersonId);
        Assert.Equal(["mark_veteran", "minimum_living_rural"], both.Held.Select(span => span.Category).Order());
        Assert.Empty(await PeopleAsync(area, Town with { Within = new("/bg/bg-02/") }));
        Assert.Empty(await PeopleAsync(area, Town with { Day = Lists.Today.AddDays(-1) }));
    }

    /// <summary>Exactly one identity is used: the one that leaves the least to pay, as the plan itself answers.</summary>
    [Theory, OnBothEngines, Clause("jincheng 六-one-identity")]
    public async Task One_identity_of_several_is_used(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 1);
        await lists.ApplyAsync(Lists.Full(), Lists.Text($"{Lists.Number(1)},农村低保", $"{Lists.Number(1)},孤儿"));
        await lists.ApplyAsync(Lists.Full("两病人员", "health"), Lists.Of(1));
        var person = people[0].PersonId;
        var before = await AnswerAsync(area, person);
        Assert.True(before.IsIfRegistered);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person, EnrolmentKinds.New));
        var answer = await AnswerAsync(area, person);
        Assert.Equal((3, false), (answer.Held.Count, answer.IsIfRegistered));
        var used = Assert.Single(answer.Held, identity => identity.Counts);
        Assert.Equal((used.Span.Category, used.Alone), (before.Used!.Span.Category, answer.Quote!.Personal));
        Assert.All(answer.Held, identity => Assert.True(identity.Alone is null || identity.Alone >= used.Alone));
        Assert.Null(answer.Held.Single(identity => CategoryNames.IsMark(identity.Span.Category)).Alone);
    }

    /// <summary>What is owed follows a list when it is applied and when it is taken back.</summary>
    [Theory, OnBothEngines, Clause("jincheng 六-flag-first")]
    public async Task Dues_follow_a_list_at_once(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 1);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, people[0].PersonId, EnrolmentKinds.New));
        var (desk, order) = (new ListDesk(lists.Desk, area.Dues), Lists.Full("孤儿"));
        var upload = await lists.KeepAsync(order, Lists.Of(1));
        var outcome = await area.ReadAsync(session => lists.Desk.TryAsync(session, TestArea.Code, upload, order));
        var version = await area.DoAsync(
            "roster.apply", act => desk.ApplyAsync(act, upload, order, outcome.Digest, TestArea.Year));
        var listed = await KeptAsync(area, people[0]);
        await area.DoAsync("roster.undo", act => desk.UndoAsync(act, version!.VersionId, TestArea.Year));
        Assert.True(listed < await KeptAsync(area, people[0]));
    }

    static async Task<Money> KeptAsync(TestArea area, PersonRow person)
    {
        var kept = await area.ReadAsync(
            session => area.Dues.KeptAsync(session, TestArea.Code, TestArea.Year, person.PersonId, person.Salt));
        return Money.FromFen(kept!.Value.Verdict.Personal!.Value);
    }

    static Task<List<LedgerPerson>> PeopleAsync(TestArea area, LedgerSearch search) =>
        area.ReadAsync(session => Ledgers.PeopleAsync(session, TestArea.Code, search, (0, 100)));

    static async Task<IdentityAnswer> AnswerAsync(TestArea area, long person) => (await area.ReadAsync(session => new Identities(area.Dues)
        .OfAsync(session, TestArea.Code, TestArea.Year, [person], Lists.Today)))[person];
}
