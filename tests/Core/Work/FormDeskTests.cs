using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Rosters;
using Canbao.Core.Tests.Reporting;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Tests.Work.Funding;
using Canbao.Core.Tests.Work.Registrations;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Counting;
using Canbao.Core.Work.Forms;
using Canbao.Core.Work.Registrations;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work;

/// <summary>Forms filled from the register, and the people behind their numbers.</summary>
public class FormDeskTests
{
    /// <summary>Each number is the number of people that it opens to, and the forms add up.</summary>
    [Theory, OnBothEngines, Clause("lishi 附件5"), Clause("lishi 附件6")]
    public async Task Every_number_opens_to_as_many_people(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await FillAsync(area);
        var desk = new FormDesk(area.Vault);
        int opened = 0;
        foreach (var form in PrescribedForms.All.Where(form => form.Source == FormSource.Tally))
        {
            var filled = await area.ReadAsync(session => desk.FillAsync(session, Funders.Bureau, Order(form)));
            Assert.Empty(filled.Problems);
            foreach (var row in filled.Grid.Rows)
                foreach (var column in filled.Grid.Columns.Where(column => column.Slice is not null))
                {
                    var people = await PeopleAsync(area, row.Unit, row.IsOwn, column.Slice!);
                    Assert.Equal((row.Name, column.Key, filled.Grid.Value(row, column.Key)), (row.Name, column.Key, people.Count));
                    opened += people.Count;
                }
        }

        Assert.True(opened > 100);
        var weekly = await area.ReadAsync(session => desk.FillAsync(session, Funders.Bureau, Order(WeeklyForm.Form)));
        Assert.Equal("应参保总人数：8人", weekly.Grid.Headings[1].Text);
        Assert.Equal("目前已参保总人数：4人", weekly.Grid.Headings[2].Text);
        var (due, _) = weekly.Grid.Opening("due")!.Value;
        Assert.Equal(8, (await PeopleAsync(area, "bg", false, due)).Count);
    }

    [Theory, OnBothEngines]
    public async Task A_day_of_the_past_is_told_as_it_was(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await FillAsync(area);
        area.Clock.Set("2021-11-08 09:30");
        await area.RegisterAsync("后来", new(1990, 1, 1), 40);
        await FollowAsync(area);
        var desk = new FormDesk(area.Vault);
        var order = Order(WeeklyForm.Form) with { Today = new(2021, 11, 8) };
        var now = await area.ReadAsync(session => desk.FillAsync(session, Funders.Bureau, order));
        var then = await area.ReadAsync(session => desk.FillAsync(session, Funders.Bureau, order with { Until = new(2021, 11, 5) }));
        Assert.Equal(("应参保总人数：9人", "应参保总人数：8人"), (now.Grid.Headings[1].Text, then.Grid.Headings[1].Text));
        Assert.Equal("截止日期：2021年11月5日", then.Grid.Stamps[^1]);
    }

    [Theory, OnBothEngines, Clause("baogou 二(五)2")]
    public async Task The_list_of_funded_people_is_masked_and_full_only_where_that_is_recorded(Engine engine)
    {
        await using var town = await Funders.OpenAsync(engine, 3);
        await town.ListAsync("孤儿", "civil_affairs", new(2021, 11, 1), 1);
        await town.ListAsync("农村独女户", "health", new(2021, 11, 1), 2);
        await town.EnrolAsync(1, 2, 3);
        await town.PayAsync(3);
        await town.BookAsync();
        var (desk, order) = (new FormDesk(town.Area.Vault), Order(FundedList.Form));
        var shown = await town.Area.ReadAsync(session => desk.FillAsync(session, Funders.Bureau, order));
        Assert.Equal(
            ["孤儿 市财政 320.00", "农村独女户 市财政 160.00", "农村独女户 镇财政 160.00", "  640.00"],
            shown.Grid.Rows.Select(row => $"{row.Cells[4].Text} {row.Cells[5].Text} {row.Cells[6].Shown(CellKind.Amount)}"));
        Assert.DoesNotContain(shown.Grid.Rows, row => row.Cells[3].Text.Contains(Lists.Number(1), StringComparison.Ordinal));

        using var stream = new MemoryStream();
        await town.RefusedAsync("T310", Funders.Who(Role.Street), (act, who) => TakeAsync(act, who));
        var health = Funders.Who(Role.ListDepartment, "health");
        await town.AsAsync(health, (act, who) => TakeAsync(act, who));
        var own = Sheets.Csv(stream.ToArray());
        Assert.Contains(Lists.Number(2), own, StringComparison.Ordinal);
        Assert.DoesNotContain(Lists.Number(1), own, StringComparison.Ordinal);
        await town.AsAsync(Funders.Finance, (act, who) => TakeAsync(act, who));
        Sheets.AssertValid(stream.ToArray());
        Assert.Contains(Lists.Number(1), Sheets.Csv(stream.ToArray()), StringComparison.Ordinal);
        var records = await town.Area.ReadAsync(session => session.Table<ActChangeRow>()
            .Where(row => row.Area == TestArea.Code && row.Subject == "form").ToListAsync());
        Assert.Equal(2, records.Count);
        Assert.Contains("\"rows\":2", records[0].New, StringComparison.Ordinal);
        Assert.Contains("\"rows\":3", records[1].New, StringComparison.Ordinal);
        Assert.DoesNotContain(records, row => row.New!.Contains(Lists.Number(1), StringComparison.Ordinal));
        await town.RefusedAsync("T313", health, (act, who) => TakeAsync(act, who, 2023));

        async Task<bool> TakeAsync(Act act, Viewer who, int year = 2022)
        {
            await desk.ExportListAsync(act, who, order with { Year = new(year) }, stream);
            return true;
        }
    }

    [Fact]
    public async Task Another_units_form_is_not_there()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        var agent = Funders.Who(Role.Agent, null, TestArea.Village, $"/bg/bg-01/{TestArea.Village}/");
        var refused = await Assert.ThrowsAsync<RefusedException>(() => area.ReadAsync(
            session => new FormDesk(area.Vault).FillAsync(session, agent, Order(WeeklyForm.Form))));
        Assert.Equal("T311", refused.Code);
    }

    /// <summary>The forms that were made before this room are held to the same validator.</summary>
    [Fact, Clause("lishi 附件3"), Clause("lishi 附件4"), Clause("lingyuan 四(二)")]
    public async Task The_other_forms_are_without_a_finding_too()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        var (lists, _) = await Lists.WithPeopleAsync(area, 2);
        await lists.ApplyAsync(Lists.Full(on: new(2021, 10, 1)), FullListTests.Categorised((1, "农村低保"), (2, "孤儿")));
        using var stream = new MemoryStream();
        var form = new AdjustmentForm(area.Vault, Lists.Names);
        await area.DoAsync("roster.export", act => form.WriteAsync(act, "civil_affairs", (new(2021, 10, 1), new(2021, 11, 30)), stream));
        Sheets.AssertValid(stream.ToArray());
        var tables = new Tables(area);
        await tables.ApplyAsync(Tables.Order(), Tables.Form + Tables.Row("前街村", "王五", 5));
        foreach (var kind in new[] { RegistrationKind.Form, RegistrationKind.New, RegistrationKind.MovedOut })
            Sheets.AssertValid(await tables.WriteAsync(kind));
    }

    static FormOrder Order(PrescribedForm form) => new(form, TestArea.Year, "bg", Lists.Today);

    static Task<List<FormPerson>> PeopleAsync(TestArea area, string unit, bool isOwn, PeopleSlice slice) => area.ReadAsync(async session =>
    {
        var tree = await UnitStore.ReadAsync(session, TestArea.Code);
        return await FormPeople.ReadAsync(
            session, TestArea.Code, (new(tree.PathOf(tree.Find(unit)!)), isOwn ? unit : ""), TestArea.Year, slice, (0, 1000));
    });

    static Task FollowAsync(TestArea area) =>
        new Counter(new CountedPeople(Lists.Names), area.Vault).FollowAsync(area.Database, TestArea.Code, [TestArea.Year]);

    /// <summary>Ten people: eight who should be enrolled here, of whom four are settled, one employee, one insured elsewhere.</summary>
    static async Task FillAsync(TestArea area)
    {
        var (lists, people) = await Lists.WithPeopleAsync(area, 6);
        await lists.ApplyAsync(
            Lists.Full(on: new(2021, 10, 1)),
            FullListTests.Categorised((1, "农村低保"), (2, "孤儿"), (3, "农村特困")));
        await area.RegisterAsync("赵甲", new(1980, 1, 1), 30, null, status => status with { Employment = Employment.Employee });
        await area.RegisterAsync("赵乙", new(1980, 1, 1), 31, null, status => status with { OtherCover = OtherCover.ResidentElsewhere });
        var permit = await area.RegisterAsync(
            "赵丙", new(1980, 1, 1), 32, null, status => status with { Residence = Residence.ResidencePermit });
        await area.RegisterAsync("赵丁", new(1980, 1, 1), 33, null, status => status with { Residence = Residence.NonLocal });
        var desk = new RegisterDesk(area.People, area.Enrolments, area.Dues);
        await area.DoAsync("enrol", act => desk.EnrolAsync(
            act, new(TestArea.Year, EnrolmentKinds.New, 1),
            [people[0].PersonId, people[1].PersonId, people[3].PersonId, people[4].PersonId, permit.PersonId]));
        await area.DoAsync("dues.make", act => area.Dues.MakeAsync(act, TestArea.Year, act.Today));
        await area.DoAsync("cash.take", act => new CashDesk(area.Dues).TakeAsync(
            act, TestArea.Year, [new(people[3].PersonId, Money.FromFen(32_000)), new(permit.PersonId, Money.FromFen(32_000))]));
        await FollowAsync(area);
    }
}
