using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Reporting.HandIns;
using Canbao.Core.Secrets;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work.Reports;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.Reports;

/// <summary>What hangs on the village wall, and what must not.</summary>
public class PostingTests
{
    static readonly DateOnly Day = new(2022, 10, 12);

    [Theory]
    [InlineData("王国", "王*")]
    [InlineData("王建国", "王*国")]
    [InlineData("欧阳春雪", "欧**雪")]
    [InlineData("𠮷田生", "𠮷*生")]
    [InlineData("王", "王*")]
    [InlineData("", "*")]
    public void A_name_shows_its_ends(string name, string masked) => Assert.Equal(masked, PostingDesk.Masked(name));

    /// <summary>Masked names in an order of their own; whoever is paid for looks like whoever paid; nobody who is not enrolled.</summary>
    [Theory, OnBothEngines, Clause("baogou 三(一)-village"), Clause("jincheng 七(六)-reports")]
    public async Task A_posting_tells_no_number_amount_or_category_and_stays_as_it_was(Engine engine)
    {
        await using var towns = await Townships.OpenAsync(engine);
        await FillAsync(towns);
        var row = await PostAsync(towns);
        var posting = (await FindAsync(towns, row.PostingId))!;
        Assert.Equal(
            [new("周*宝", true), new("王*国", true), new("赵*兰", false)],
            posting.Names);
        Assert.Equal((4L, 2L), (row.Expected, row.Settled));
        // The State Council had Saturday and Sunday off: five working days after Wednesday end on the next Wednesday.
        Assert.Equal((new DateOnly(2022, 10, 19), "公示中"), (posting.Until, posting.StateOn(Day)));
        foreach (var hidden in new[] { "370499", "35000", "350", "orphan", "孤儿", "前街村1号", "建", "不在册" })
            Assert.DoesNotContain(hidden, row.Lines, StringComparison.Ordinal);
        var acts = await towns.Area.ReadAsync(session => session.Table<ActChangeRow>()
            .Where(change => change.Area == TestArea.Code && change.Subject == "posting").ToListAsync());
        Assert.DoesNotContain("王", Assert.Single(acts).New, StringComparison.Ordinal);

        // Somebody pays, everybody is erased and renamed: what hangs on the wall stays.
        await towns.PayAsync(2);
        await towns.Area.DoAsync("erase", act => act.Session.Table<PersonRow>().Where(person => person.Area == act.Area)
            .Set(person => person.Salt, new byte[Vault.NewSalt().Length]).Set(person => person.Name, "已清除").UpdateAsync());
        var after = (await FindAsync(towns, row.PostingId))!;
        Assert.Equal(posting.Names, after.Names);
        Assert.Equal((4L, 2L), (after.Row.Expected, after.Row.Settled));
    }

    [Theory, OnBothEngines, Clause("baogou 三(一)-village")]
    public async Task Objections_are_taken_within_the_period_and_answered(Engine engine)
    {
        await using var towns = await Townships.OpenAsync(engine);
        await FillAsync(towns);
        var id = (await PostAsync(towns)).PostingId;
        await Townships.RefusedAsync("T433", () => ObjectAsync(towns, id, "", " "));
        await ObjectAsync(towns, id, "", "我已缴费，号码370499198001010011，榜上没有");
        await ObjectAsync(towns, id, "李四", "名字写错");
        var posting = (await FindAsync(towns, id))!;
        Assert.Equal(["", "李四"], posting.Objections.Select(one => one.RaisedBy));
        Assert.DoesNotContain("370499198001010011", posting.Objections[0].Says, StringComparison.Ordinal);
        Assert.Equal("公示中，2 件异议未答复", posting.StateOn(Day));
        await Townships.RefusedAsync("T430", () => AnswerAsync(towns, Townships.Leader, id, 1));
        await AnswerAsync(towns, Townships.Village, id, 1);
        await AnswerAsync(towns, Townships.Bg, id, 2);
        await Townships.RefusedAsync("T435", () => AnswerAsync(towns, Townships.Bg, id, 2));
        await Townships.RefusedAsync("T435", () => AnswerAsync(towns, Townships.Xg, id, 1));
        towns.Area.Clock.Set("2022-10-20 09:00");
        await Townships.RefusedAsync("T434", () => ObjectAsync(towns, id, "", "晚了"));
        Assert.Equal("公示期满，异议已答复", (await FindAsync(towns, id))!.StateOn(new(2022, 10, 20)));
        var acts = await towns.Area.ReadAsync(session => session.Table<ActChangeRow>()
            .Where(change => change.Area == TestArea.Code && change.Subject == "posting").ToListAsync());
        Assert.DoesNotContain(acts, change => change.New!.Contains("李四", StringComparison.Ordinal));
    }

    [Theory, OnBothEngines, Clause("baogou 三(一)-village")]
    public async Task A_posting_is_made_for_an_own_village_with_somebody_on_it(Engine engine)
    {
        await using var towns = await Townships.OpenAsync(engine);
        await Townships.RefusedAsync("T431", () => PostAsync(towns));
        await FillAsync(towns);
        await Townships.RefusedAsync("T430", () => PostAsync(towns, unit: TestArea.OtherVillage));
        await Townships.RefusedAsync("T430", () => PostAsync(towns, Townships.Bg, "bg-01"));
        await Townships.RefusedAsync("T430", () => PostAsync(towns, Townships.City));
        await Townships.RefusedAsync("T432", () => PostAsync(towns, from: Day.AddDays(-1)));
        await Townships.RefusedAsync("T432", () => PostAsync(towns, from: Day.AddDays(31)));
        var row = await PostAsync(towns, Townships.Bg, from: Day.AddDays(1));
        Assert.Equal("待公示", (await FindAsync(towns, row.PostingId))!.StateOn(Day));
        Assert.Single(await towns.Area.ReadAsync(session => PostingDesk.ListAsync(session, Townships.Village, Townships.Year)));
        Assert.Empty(await towns.Area.ReadAsync(session => PostingDesk.ListAsync(session, Townships.Xg, Townships.Year)));
        Assert.Null(await towns.Area.ReadAsync(session => PostingDesk.FindAsync(session, Townships.CountyB, row.PostingId)));
    }

    /// <summary>One paid, one owes, one is paid for, one is not enrolled.</summary>
    static async Task FillAsync(Townships towns)
    {
        await towns.RegisterAsync("王建国", 1);
        await towns.RegisterAsync("赵秀兰", 2);
        await towns.RegisterAsync("不在册", 4, isEnrolled: false);
        await towns.RegisterAsync("周小宝", 3, isEnrolled: false);
        await new Lists(towns.Area).ApplyAsync(
            Lists.Full("孤儿", on: new(2022, 10, 2)), $"身份证号码\n{TestArea.Number(new(1980, 1, 1), 3).Full}\n");
        await towns.EnrolAsync(3);
        await towns.PayAsync(1);
    }

    static Task<PostingRow> PostAsync(
        Townships towns, Viewer? who = null, string unit = TestArea.Village, DateOnly? from = null) => towns.AsAsync(
            who ?? Townships.Village,
            act => Townships.Postings.PostAsync(act, who ?? Townships.Village, Townships.Year, (unit, from ?? Day)));

    static Task ObjectAsync(Townships towns, long id, string by, string says) =>
        towns.AsAsync(Townships.Village, act => PostingDesk.ObjectAsync(act, Townships.Village, id, (by, says)));

    static Task AnswerAsync(Townships towns, Viewer who, long id, int place) =>
        towns.AsAsync(who, act => PostingDesk.AnswerAsync(act, who, id, (place, "已核对并更正")));

    static Task<ReadPosting?> FindAsync(Townships towns, long id) =>
        towns.Area.ReadAsync(session => PostingDesk.FindAsync(session, Townships.Village, id));
}
