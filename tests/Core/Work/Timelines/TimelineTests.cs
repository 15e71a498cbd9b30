using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Timelines;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.Mapping;
using Xunit;

namespace Canbao.Core.Tests.Work.Timelines;

public class TimelineTests
{
    static readonly DateOnly Born = new(1985, 3, 20);

    [Theory, OnBothEngines]
    public async Task What_happened_to_somebody_is_told_newest_first_and_why(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 1);
        long person = people[0].PersonId;
        var cash = new CashDesk(area.Dues);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person, EnrolmentKinds.New));
        await area.DoAsync("dues.make", act => area.Dues.MakeAsync(act, TestArea.Year, act.Today));
        area.Clock.Set("2021-11-06 10:00");
        await area.DoAsync("cash.take", act => cash.TakeAsync(act, TestArea.Year, [new(person, Money.FromFen(32_000))]), "agent");
        area.Clock.Set("2021-12-01 10:00");
        var list = await lists.ApplyAsync(Lists.Full("农村低保", on: new(2021, 12, 1)), Lists.Of(1));
        await area.DoAsync("dues.make", act => area.Dues.MakeAsync(act, TestArea.Year, act.Today));
        await area.DoAsync("person.died", act => People.DiedAsync(act, person, act.Today));

        var told = await ReadAsync(area, person);
        Assert.False(told.IsCut);
        Assert.Equal(told.Entries.OrderByDescending(entry => entry.At), told.Entries);
        var paid = Assert.Single(told.Entries, entry => entry.What == "缴费");
        Assert.StartsWith("2022 年度，现金 320.00 元，票据号 ", paid.Detail, StringComparison.Ordinal);
        Assert.Equal(("agent", "测试", TimelineKind.Money), (paid.Account, paid.Reason, paid.Kind));
        Assert.Equal([SourceKind.Receipt, SourceKind.Batch], paid.Sources.Select(source => source.Kind));
        Assert.Contains(told.Entries, entry => entry is { What: "开通待遇", Detail: "2022-01-01 至 2022-12-31，缴费" });
        Assert.Contains(told.Entries, entry => entry.What == "参保登记" && entry.Detail.StartsWith("2022 年度，新参保", StringComparison.Ordinal));
        var listed = Assert.Single(told.Entries, entry => entry.What == "列入名单");
        Assert.Equal("农村低保对象（民政部门），自 2021-12-01 起", listed.Detail);
        Assert.Equal((SourceKind.Roster, list!.VersionId), (listed.Sources[0].Kind, listed.Sources[0].Id));
        var due = told.Entries.First(entry => entry.Kind == TimelineKind.Due);
        Assert.StartsWith("个人应缴 320.00 元 → ", due.Detail, StringComparison.Ordinal);
        Assert.NotEmpty(due.Clauses);
        // Masked here as everywhere.
        Assert.DoesNotContain(Lists.Number(1), string.Concat(told.Entries.Select(entry => entry.Detail)), StringComparison.Ordinal);
    }

    [Theory, OnBothEngines]
    public async Task What_was_done_to_many_at_once_is_told_of_each(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张三", Born, 1);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        await area.DoAsync("dues.make", act => area.Dues.MakeAsync(act, TestArea.Year, act.Today), "@dues");
        area.Clock.Set("2022-11-05 09:00");
        await area.DoAsync("enrol.renew", act => area.Enrolments.RenewAsync(act, TestArea.Year.Next));
        var told = await ReadAsync(area, person.PersonId);
        var renewed = Assert.Single(told.Entries, entry => entry.What == "批量续保");
        Assert.StartsWith("2023 年度，续保", renewed.Detail, StringComparison.Ordinal);
        var due = Assert.Single(told.Entries, entry => entry.What == "核定应缴");
        Assert.Equal(("2022 年度，个人应缴 320.00 元，政策包 baogou-2022", "@dues", ""), (due.Detail, due.Account, due.Office));
        Assert.NotEmpty(due.Clauses);
    }

    [Theory, OnBothEngines]
    public async Task Who_looked_at_a_number_is_told_to_auditors_only(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张三", Born, 1);
        await area.DoAsync("person.show_number", act => area.People.ShowNumberAsync(act, person.PersonId));
        Assert.DoesNotContain((await ReadAsync(area, person.PersonId)).Entries, entry => entry.Kind == TimelineKind.Access);
        Assert.Single((await ReadAsync(area, person.PersonId, withAccesses: true)).Entries, entry => entry.What == "查看完整号码");
    }

    [Theory, OnBothEngines]
    public async Task A_household_tells_of_its_members_by_name_and_of_itself(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var household = await area.DoAsync("household.found", act => Households.FoundAsync(act, TestArea.Village, "H1", "前街"));
        var one = await area.RegisterAsync("张三", Born, 1, household.HouseholdId);
        var two = await area.RegisterAsync("李四", Born, 2, household.HouseholdId);
        var told = await area.ReadAsync(async session => await Core.Work.Timelines.Timelines.ReadAsync(session, new(
            TestArea.Code, [one.PersonId, two.PersonId], await UnitStore.ReadAsync(session, TestArea.Code), new(2021, 11, 5))
        {
            Household = household.HouseholdId,
        }));
        Assert.Equal(["李四", "张三"], told.Entries.Where(entry => entry.What == "登记入库").Select(entry => told.Names[entry.PersonId!.Value]));
        Assert.Null(Assert.Single(told.Entries, entry => entry.What == "立户").PersonId);
    }

    [Theory, OnBothEngines]
    public async Task What_happened_to_a_merged_record_stays_with_the_person(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var wrong = await area.RegisterAsync("张三", Born, 1);
        var right = await area.RegisterAsync("张三", Born, 3);
        var cash = new CashDesk(area.Dues);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, wrong.PersonId, EnrolmentKinds.New));
        await area.DoAsync("cash.take", act => cash.TakeAsync(act, TestArea.Year, [new(wrong.PersonId, Money.FromFen(32_000))]));
        await area.DoAsync("person.correct", act => new LifeEvents(area.People, area.Enrolments).CorrectNumberAsync(
            act, wrong.PersonId, TestArea.Number(Born, 3)));
        var told = await ReadAsync(area, right.PersonId);
        Assert.Contains(told.Entries, entry => entry.What == "并入了另一条记录");
        // Once for the record that paid, once as the payment went over.
        Assert.Equal(2, told.Entries.Count(entry => entry.What == "缴费"));
        Assert.All(told.Entries, entry => Assert.Equal(right.PersonId, entry.PersonId));
    }

    /// <summary>As many statements for a household of five, with payments, as for one person alone.</summary>
    [Fact]
    public async Task A_timeline_takes_a_fixed_number_of_statements()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        var (_, people) = await Lists.WithPeopleAsync(area, 5);
        var cash = new CashDesk(area.Dues);
        foreach (var person in people)
        {
            await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
            await area.DoAsync("cash.take", act => cash.TakeAsync(act, TestArea.Year, [new(person.PersonId, Money.FromFen(32_000))]));
        }

        var statements = new List<string>();
        await using var watched = area.OpenWatched(statements.Add);
        async Task<int> CountAsync(params long[] ids)
        {
            var units = await watched.ReadAsync(session => UnitStore.ReadAsync(session, TestArea.Code));
            statements.Clear();
            await watched.ReadAsync(session => Core.Work.Timelines.Timelines.ReadAsync(session, new(
                TestArea.Code, ids, units, new(2021, 11, 5))));
            return statements.Count(text => text.Contains("select", StringComparison.OrdinalIgnoreCase));
        }

        int one = await CountAsync(people[0].PersonId);
        Assert.Equal(one, await CountAsync([.. people.Select(person => person.PersonId)]));
        Assert.InRange(one, 5, 24);
    }

    [Fact]
    public void A_visit_is_told_by_day_way_and_result()
    {
        var visit = new ActChangeRow
        {
            Subject = "outreach_case",
            Action = "contacted",
            New = """{"day":"2021-10-20","way":"上门","result":"答应参保缴费","next_visit":"2021-10-30"}""",
        };
        Assert.Equal(
            ("联系", "2021-10-20，上门，答应参保缴费，下次走访 2021-10-30"), TimelineWords.Told(new(new ActRow(), visit), code => code));
        var last = visit with { New = """{"day":"2021-10-30","way":"电话","result":"打不通"}""" };
        Assert.Equal("2021-10-30，电话，打不通", TimelineWords.Told(new(new ActRow(), last), code => code).Detail);
    }

    /// <summary>The acts of a subject are found by its index: walking through those of an area is what nobody waits for.</summary>
    [Fact]
    public async Task Changes_are_found_by_their_subjects()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        var plan = await area.ReadAsync(session =>
        {
            var sql = ActLog.Of(session, TestArea.Code, ["person", "refund"], ["1", "2"], 10).ToSqlQuery();
            return session.Data.QueryToListAsync<Step>($"explain query plan {sql.Sql}", [.. sql.Parameters]);
        });
        Assert.Contains(plan, step => step.Detail.Contains(
            "act_change_subject (area=? AND subject=? AND subject_id=?)", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Detail.StartsWith("SCAN", StringComparison.Ordinal));
    }

    static Task<Timeline> ReadAsync(TestArea area, long person, bool withAccesses = false) => area.ReadAsync(async session =>
        await Core.Work.Timelines.Timelines.ReadAsync(session, new(
            TestArea.Code, [person], await UnitStore.ReadAsync(session, TestArea.Code), BusinessDay.Of(area.Clock.GetUtcNow()))
        {
            WithAccesses = withAccesses,
        }));

    sealed class Step
    {
        [Column("detail")]
        public string Detail { get; set; } = "";
    }
}
