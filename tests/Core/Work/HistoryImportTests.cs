using System.Text;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work;

/// <summary>What was before this system is taken over, and goes on from there.</summary>
public class HistoryImportTests
{
    const string Header = "证件号码,姓名,年度,登记日期,档次,缴费日期,缴费金额,渠道,票据号\n";

    static readonly DateOnly Born = new(1985, 3, 20);
    static readonly InsuranceYear Before = new(2021);

    [Theory, OnBothEngines]
    public async Task Enrolment_payment_and_cover_of_the_year_before_are_taken_over(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张三", Born, 1);
        var report = await ImportAsync(area, Row("张三", 1, "2020-09-01,,2020-10-08,280,微信,37048120"));
        Assert.Equal((1, 1, Money.FromFen(28_000), 0), (report.Enrolments, report.Payments, report.Sum, report.Refused));
        var file = await FileAsync(area, person.PersonId);
        var year = Assert.Single(file.AllYears);
        Assert.Equal((Before, EnrolmentKinds.History, 28_000L), (year.Year, year.Enrolment!.Kind, year.Payment!.Amount));
        Assert.Equal(("微信", "37048120"), (year.Payment.Account, year.Payment.ReceiptNo));
        var cover = Assert.Single(year.Covers);
        Assert.Equal((new(2021, 1, 1), new(2021, 12, 31)), (cover.FromDay, cover.UntilDay));
    }

    [Theory, OnBothEngines]
    public async Task The_same_file_again_changes_nothing_and_a_later_one_adds_what_is_new(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.RegisterAsync("张三", Born, 1);
        await area.RegisterAsync("李四", Born, 2);
        var first = Row("张三", 1, "2020-09-01,,,,,") + Row("李四", 2, "2020-09-01,,2020-10-08,280.00,微信,2");
        await ImportAsync(area, first);
        var again = await ImportAsync(area, first);
        Assert.Equal((0, 0, 2), (again.Enrolments, again.Payments, again.Unchanged));
        // Paid in the meantime, and within the year: cover begins with the payment.
        var later = await ImportAsync(area, Row("张三", 1, "2020-09-01,,2021-02-03,280.00,微信,1"));
        Assert.Equal((0, 1), (later.Enrolments, later.Payments));
        var other = await ImportAsync(area, Row("李四", 2, "2020-09-01,,2020-10-08,290.00,微信,2"));
        Assert.Equal("R214", Assert.Single(other.Faults).Code);
    }

    [Theory]
    [InlineData("R201", "370499198503200010,张三,2021,,,,,,")]
    [InlineData("R205", "{1},张3,2021,,,,,,")]
    [InlineData("R204", "{1},张三,2021,,三档,,,,")]
    [InlineData("R209", "{1},章三,2021,,,,,,")]
    [InlineData("R211", "{1},张三,2023,,,,,,")]
    [InlineData("R211", "{1},张三,21,,,,,,")]
    [InlineData("R212", "{1},张三,2021,,,,280,,")]
    [InlineData("R212", "{1},张三,2021,,,2020-10-08,280.005,,")]
    [InlineData("R212", "{1},张三,2021,,,2020-10-08,-1,,")]
    [InlineData("R213", "{2},李四,2021,,,,,,")]
    public async Task A_row_with_a_fault_comes_back_with_the_reason(string code, string row)
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        await area.RegisterAsync("张三", Born, 1);
        var filled = row.Replace("{1}", Number(1), StringComparison.Ordinal).Replace("{2}", Number(2), StringComparison.Ordinal);
        using var rejects = new MemoryStream();
        var report = await ImportAsync(area, filled + "\n", rejects: rejects);
        var fault = Assert.Single(report.Faults);
        Assert.Equal((code, 0), (fault.Code, report.Enrolments));
        Assert.Contains(fault.Reason, Encoding.UTF8.GetString(rejects.ToArray()), StringComparison.Ordinal);
    }

    [Theory, OnBothEngines]
    public async Task A_person_and_year_stands_once_in_a_file(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.RegisterAsync("张三", Born, 1);
        var report = await ImportAsync(area, Row("张三", 1, ",,,,,") + Row("张三", 1, ",,,,,"));
        Assert.Equal((1, 1, "R202"), (report.Enrolments, report.Refused, report.Faults[0].Code));
    }

    [Theory, OnBothEngines]
    public async Task A_trial_stores_nothing(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张三", Born, 1);
        var report = await ImportAsync(area, Row("张三", 1, ",,2020-10-08,280,,"), isDry: true);
        Assert.Equal((1, 1), (report.Enrolments, report.Payments));
        Assert.Empty((await FileAsync(area, person.PersonId)).AllYears);
    }

    /// <summary>Go-live: who was insured the year before and is unchanged is insured again without coming (default renewal).</summary>
    [Theory, OnBothEngines]
    [Clause("lingyuan 四(一)")]
    public async Task Who_was_enrolled_before_and_is_unchanged_is_renewed(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var people = new List<PersonRow>();
        foreach (var (place, name) in new[] { "张三", "李四", "王五", "赵六", "孙七" }.Index())
            people.Add(await area.RegisterAsync(name, Born, place + 1));
        await ImportAsync(area, string.Concat(people.Select((person, place) => Row(person.Name, place + 1, ",1,2020-10-08,280,,"))));
        await area.DoAsync("person.died", act => People.DiedAsync(act, people[1].PersonId, new(2021, 10, 1)));
        await area.DoAsync("person.change", act => area.People.ChangeAsync(
            act, people[2].PersonId, new(2021, 10, 1), status => status with { Employment = Employment.Employee }));
        await area.DoAsync("person.change", act => area.People.ChangeAsync(
            act, people[3].PersonId, new(2021, 10, 1), status => status with { OtherCover = OtherCover.ResidentElsewhere }));
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, people[4].PersonId, EnrolmentKinds.New));
        await area.DoAsync("enrol.cancel", act => area.Enrolments.CancelAsync(act, TestArea.Year, people[4].PersonId, "本人不参保"));
        var renewed = await area.DoAsync("enrol.renew", act => area.Enrolments.RenewAsync(act, TestArea.Year));
        Assert.Equal(1, renewed);
        var one = await area.ReadAsync(session => Enrolments.FindAsync(session, TestArea.Code, TestArea.Year, people[0].PersonId));
        Assert.Equal((EnrolmentKinds.Renewed, 1), (one!.Kind, one.Tier));
        var left = await area.ReadAsync(session => Enrolments.NotRenewedAsync(session, TestArea.Code, TestArea.Year));
        Assert.Equal(
            [RenewalObstacle.Cancelled, RenewalObstacle.Dead, RenewalObstacle.Employee, RenewalObstacle.Elsewhere],
            left.Where(pair => pair.Value == 1).Select(pair => pair.Key).Order());
        Assert.Equal(0, await area.DoAsync("enrol.renew", act => area.Enrolments.RenewAsync(act, TestArea.Year)));
    }

    static string Row(string name, int sequence, string rest) => $"{Number(sequence)},{name},2021,{rest}\n";

    static string Number(int sequence) => TestArea.Number(Born, sequence).Full;

    static Task<HistoryReport> ImportAsync(TestArea area, string rows, bool isDry = false, Stream? rejects = null) => area.DoAsync(
        "history.import",
        act => new HistoryImport(area.Vault).RunAsync(
            act, new("history.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(Header + rows))), isDry, rejects));

    static async Task<PersonFile> FileAsync(TestArea area, long person) => (await area.ReadAsync(session =>
        new PersonFiles(area.People, area.Dues).FindAsync(
            session, TestArea.Code, new("/bg/"), person, ([Before, TestArea.Year], new(2021, 11, 5)))))!;
}
