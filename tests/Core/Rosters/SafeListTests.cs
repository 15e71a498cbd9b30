using System.Text;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Rosters;

/// <summary>Promise 6: nobody loses aid by mistake.</summary>
public class SafeListTests
{
    static readonly DateOnly Later = new(2021, 12, 1);

    [Theory, OnBothEngines]
    public async Task While_a_row_of_a_full_list_is_refused_nobody_leaves(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 3);
        await lists.ApplyAsync(Lists.Full("孤儿"), Lists.Of(1, 2));
        var outcome = await lists.TryAsync(Lists.Full("孤儿", on: Later), Lists.Of(2, 3, 9));
        Assert.Equal((1, 0, 1, 1), (outcome.Added, outcome.Removed, outcome.HeldBack.Count, outcome.Rejected));
        Assert.Contains(outcome.Notes, note => note.Contains("不做退出（1 人次", StringComparison.Ordinal));
        var version = await lists.ApplyAsync(Lists.Full("孤儿", on: Later), Lists.Of(2, 3, 9));
        Assert.Equal((1, 0, 1, 1), (version!.Added, version.Removed, version.HeldBack, version.Rejected));
        Assert.Equal(("orphan", "orphan"), (await lists.HeldAsync(people[0], Later), await lists.HeldAsync(people[2], Later)));
        await lists.ApplyAsync(Lists.Full("孤儿", on: Later), Lists.Of(2, 3));
        Assert.Equal("", await lists.HeldAsync(people[0], Later));
    }

    /// <summary>Refused rows that come back corrected are no full list, whatever they are uploaded as.</summary>
    [Theory, OnBothEngines]
    public async Task Corrected_rows_that_come_back_remove_nobody(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 2);
        await lists.ApplyAsync(Lists.Full("孤儿"), Lists.Of(1));
        using var rejects = new MemoryStream();
        await lists.TryAsync(Lists.Full("孤儿", on: Later), Lists.Of(1, 9), rejects);
        var corrected = Encoding.UTF8.GetString(rejects.ToArray()).Replace(Lists.Number(9), Lists.Number(2), StringComparison.Ordinal);
        await lists.ApplyAsync(Lists.Full("孤儿", on: Later), corrected);
        Assert.Equal(("orphan", "orphan"), (await lists.HeldAsync(people[0], Later), await lists.HeldAsync(people[1], Later)));
    }

    [Theory]
    [InlineData("身份证号码,人员类别\n{1},孤儿\n,孤儿\n", "第 3 行没有身份证号码")]
    [InlineData("身份证号码,人员类别\n{1},孤儿\n{2},富户\n", "富户")]
    [InlineData("身份证号码,人员类别\n{1},孤儿\n370499198503200010,富户\n{2},富户\n", "富户")]
    [InlineData("身份证号码,人员类别\n{1},孤儿\n{2},\n", "第 3 行没有人员类别")]
    [InlineData("身份证号码,人员类别\n{1},特困人员\n", "特困人员")]
    [InlineData("身份证号码,人员类别\n", "没有任何一行")]
    public async Task A_blank_identity_or_an_unknown_category_stops_the_list_whole(string list, string told)
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        var (lists, people) = await Lists.WithPeopleAsync(area, 2);
        list = list.Replace("{1}", Lists.Number(1), StringComparison.Ordinal).Replace("{2}", Lists.Number(2), StringComparison.Ordinal);
        var outcome = await lists.TryAsync(Lists.Full(), list);
        Assert.Contains(outcome.Stops, stop => stop.Contains(told, StringComparison.Ordinal));
        Assert.Empty(outcome.Changes);
        var fault = await Assert.ThrowsAsync<RefusedException>(() => lists.ApplyAsync(Lists.Full(), list));
        Assert.Equal("M103", fault.Code);
        Assert.Equal("", await lists.HeldAsync(people[0]));
    }

    [Theory, OnBothEngines]
    public async Task A_list_that_removes_many_needs_a_second_person(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 20);
        await lists.ApplyAsync(Lists.Full("孤儿"), Lists.Of([.. Enumerable.Range(1, 20)]));
        var order = Lists.Full("孤儿", on: Later);
        // 4 of 20 are more than a tenth, but few.
        Assert.False((await lists.TryAsync(order, Lists.Of([.. Enumerable.Range(5, 16)]))).NeedsSecond);
        var text = Lists.Of([.. Enumerable.Range(6, 15)]);
        var outcome = await lists.TryAsync(order, text);
        Assert.Equal((5, 20, true), (outcome.Removed, outcome.Held, outcome.NeedsSecond));
        var upload = await lists.KeepAsync(order, text);
        await RefusedAsync("clerk");
        await area.DoAsync("roster.confirm", act => lists.Desk.ConfirmAsync(act, upload, order, outcome.Digest), "clerk");
        // Oneself is no second person.
        await RefusedAsync("clerk");
        await area.DoAsync("roster.confirm", act => lists.Desk.ConfirmAsync(act, upload, order, outcome.Digest), "chief");
        Assert.Equal(5, (await lists.ApplyAsync(order, upload, outcome.Digest))!.Removed);
        Assert.Equal("", await lists.HeldAsync(people[0], Later));
        var recorded = await area.ReadAsync(session => session.Table<RosterConfirmationRow>()
            .Where(row => row.Area == TestArea.Code).Select(row => row.Account).ToListAsync());
        Assert.Equal(["chief", "clerk"], recorded.Order());

        async Task RefusedAsync(string account) => Assert.Equal("M105", (await Assert.ThrowsAsync<RefusedException>(
            () => lists.ApplyAsync(order, upload, outcome.Digest, account))).Code);
    }

    [Theory, OnBothEngines]
    public async Task The_share_is_a_setting_and_holds_for_adjustments_too(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, _) = await Lists.WithPeopleAsync(area, 4);
        await lists.ApplyAsync(Lists.Full("孤儿"), Lists.Of(1, 2, 3, 4));
        var changes = Lists.Changes((1, "退出", "孤儿", "2021-11-05"));
        Assert.False((await lists.TryAsync(Lists.Adjustment(), changes)).NeedsSecond);
        await area.DoAsync("roster.limit", act => RosterLimits.SetAsync(act, 24, 1));
        Assert.True((await lists.TryAsync(Lists.Adjustment(), changes)).NeedsSecond);
        await area.DoAsync("roster.limit", act => RosterLimits.SetAsync(act, 25, 1));
        Assert.False((await lists.TryAsync(Lists.Adjustment(), changes)).NeedsSecond);
        var fault = await Assert.ThrowsAsync<RefusedException>(
            () => area.DoAsync("roster.limit", act => RosterLimits.SetAsync(act, 101, 1)));
        Assert.Equal("M113", fault.Code);
    }

    /// <summary>Only what somebody looked at is applied; changes that make no difference to it do not matter.</summary>
    [Theory, OnBothEngines]
    public async Task What_changed_since_it_was_shown_has_to_be_looked_at_again(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 3);
        var upload = await lists.KeepAsync(Lists.Full("孤儿"), Lists.Of(1, 2));
        var shown = await area.ReadAsync(session => lists.Desk.TryAsync(session, TestArea.Code, upload, Lists.Full("孤儿")));
        await area.DoAsync("died", act => People.DiedAsync(act, people[2].PersonId, Lists.Today));
        await area.DoAsync("died", act => People.DiedAsync(act, people[1].PersonId, Lists.Today));
        var fault = await Assert.ThrowsAsync<RefusedException>(() => lists.ApplyAsync(Lists.Full("孤儿"), upload, shown.Digest));
        Assert.Equal("M104", fault.Code);
        Assert.Equal("", await lists.HeldAsync(people[0]));
        await area.DoAsync("not_dead", act => People.NotDeadAsync(act, people[1].PersonId));
        Assert.Equal(2, (await lists.ApplyAsync(Lists.Full("孤儿"), upload, shown.Digest))!.Added);
        // What was applied is not applied again.
        shown = await area.ReadAsync(session => lists.Desk.TryAsync(session, TestArea.Code, upload, Lists.Full("孤儿")));
        await Assert.ThrowsAsync<Canbao.Core.Files.TableFileException>(
            () => lists.ApplyAsync(Lists.Full("孤儿"), upload, shown.Digest));
    }

    [Fact]
    public async Task A_department_hands_in_its_own_lists_only()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        var (lists, _) = await Lists.WithPeopleAsync(area, 1);
        var upload = await lists.KeepAsync(Lists.Full("孤儿"), Lists.Of(1));
        foreach (var (order, code) in new[] { (Lists.Full("孤儿", "health"), "M102"), (Lists.Full("孤儿", "nobody"), "M101") })
            Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => lists.ApplyAsync(order, upload, ""))).Code);
    }
}
