using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Rosters;

/// <summary>What the other rooms ask of lists: who holds what, and who of them is enrolled.</summary>
public class HoldersTests
{
    /// <summary>The lists of all departments as one, each person with all grounds: the basis of the settlement.</summary>
    [Theory, OnBothEngines, Clause("baogou 二(五)2"), Clause("baogou 三(二)")]
    [Clause("lingyuan 四(六)-lists"), Clause("laishan 二(一)")]
    public async Task The_departments_lists_are_merged(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 4);
        await lists.ApplyAsync(Lists.Full(), FullListTests.Categorised((1, "农村低保"), (2, "孤儿"), (2, "农村低保")));
        await lists.ApplyAsync(Lists.Full("重度残疾人（一、二级）", "disabled_federation"), Lists.Of(1, 3));
        await lists.ApplyAsync(Lists.Full("两病人员", "health"), Lists.Of(1, 4));
        await lists.ApplyAsync(Lists.Full("重点优抚对象", "veterans_affairs"), Lists.Of(3));
        await lists.ApplyAsync(Lists.Full("脱贫户", "rural_revitalisation"), Lists.Of(2));
        var merged = await area.ReadAsync(session => Categories.MergedAsync(session, TestArea.Code, Lists.Today, TestArea.Year));
        var byPerson = merged.GroupBy(holder => holder.PersonId).ToDictionary(
            each => each.Key, each => string.Join(' ', each.Select(holder => $"{holder.Department}:{holder.Category}")));
        Assert.Equal(3, byPerson.Count);
        Assert.Equal("civil_affairs:minimum_living_rural disabled_federation:severe_disability", byPerson[people[0].PersonId]);
        Assert.Equal(
            "civil_affairs:minimum_living_rural civil_affairs:orphan rural_revitalisation:poverty_alleviated",
            byPerson[people[1].PersonId]);
        Assert.Equal("disabled_federation:severe_disability veterans_affairs:key_entitled_group", byPerson[people[2].PersonId]);
        Assert.All(merged, holder => Assert.Equal(TestArea.Village, holder.Unit));
        Assert.Empty(await area.ReadAsync(
            session => Categories.MergedAsync(session, TestArea.Code, Lists.Today.AddDays(-1), TestArea.Year)));
    }

    /// <summary>People with the two chronic diseases are marked, whoever of them is not enrolled is listed; a mark is no ground.</summary>
    [Theory, OnBothEngines, Clause("lishi 六(九)-chronic")]
    public async Task The_unenrolled_among_the_chronically_ill_are_listed(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 4);
        await lists.ApplyAsync(Lists.Full("“两病”人员", "health"), Lists.Of(1, 2, 3));
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, people[0].PersonId, EnrolmentKinds.New));
        await area.DoAsync("died", act => People.DiedAsync(act, people[2].PersonId, Lists.Today));
        var missing = Assert.Single(await area.ReadAsync(session => Categories.NotEnrolledAsync(
            session, TestArea.Code, CategoryNames.TwoChronic, Lists.Today, TestArea.Year)));
        Assert.Equal((people[1].PersonId, Lists.Name(2)), (missing.PersonId, missing.Name));
        Assert.Equal(3, (await area.ReadAsync(session => Categories.PeopleAsync(
            session, TestArea.Code, CategoryNames.TwoChronic, Lists.Today, TestArea.Year))).Count);
        var quote = await area.ReadAsync(session => area.Dues.QuoteAsync(
            session, TestArea.Code, TestArea.Year, people[0].PersonId, Lists.Today));
        Assert.Equal(Money.FromFen(32_000), quote!.Personal);
    }

    /// <summary>Each department sees its own people by category, and how many of them are enrolled: all of them should be.</summary>
    [Theory, OnBothEngines, Clause("lishi 六(十)-(十一)")]
    public async Task Each_department_has_lists_and_progress_of_its_own(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 3);
        await lists.ApplyAsync(Lists.Full("退役军人", "veterans_affairs"), Lists.Of(1, 2));
        await lists.ApplyAsync(Lists.Full("重度残疾人（一、二级）", "disabled_federation"), Lists.Of(2, 3));
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, people[1].PersonId, EnrolmentKinds.New));
        Assert.Equal(new("veterans_affairs", "mark_veteran", 2, 1), Assert.Single(await ProgressAsync("veterans_affairs")));
        Assert.Equal(new("disabled_federation", "severe_disability", 2, 1), Assert.Single(await ProgressAsync("disabled_federation")));
        Assert.Equal(2, (await ProgressAsync("")).Count);

        Task<List<CategoryProgress>> ProgressAsync(string department) => area.ReadAsync(session => Categories.ProgressAsync(
            session, TestArea.Code, department, Lists.Today, TestArea.Year));
    }

    /// <summary>The list decides what is owed by the day of payment: before its day nothing, from its day on the assisted amount.</summary>
    [Theory, OnBothEngines, Clause("jincheng 六-flag-first")]
    public async Task The_identity_of_the_payment_day_decides(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 1);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, people[0].PersonId, EnrolmentKinds.New));
        var listed = await lists.ApplyAsync(Lists.Full("重度残疾人（一、二级）", "disabled_federation", new(2021, 11, 10)), Lists.Of(1));
        Assert.Equal((32_000L, 0L), (await OwedAsync(new(2021, 11, 9)), await OwedAsync(new(2021, 11, 10))));
        await lists.UndoAsync(listed!);
        Assert.Equal(32_000L, await OwedAsync(new(2021, 11, 10)));

        async Task<long?> OwedAsync(DateOnly day) => (await area.ReadAsync(session => area.Dues.QuoteAsync(
            session, TestArea.Code, TestArea.Year, people[0].PersonId, day)))!.Personal?.Fen;
    }
}
