using System.Text;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Registry.Comparison;

public class ComparisonsTests
{
    static readonly DateOnly Born = new(1970, 4, 2);

    static string Deaths(params (string Name, int Person, string Day)[] rows) => "姓名,身份证号码,死亡日期\n"
        + string.Concat(rows.Select(row => $"{row.Name},{TestArea.Number(Born, row.Person).Full},{row.Day}\n"));

    /// <summary>Nothing changes before somebody decides, and then all that follows does.</summary>
    [Clause("lishi 七(二)-deaths")]
    [Clause("lishi 六(九)")]
    [Theory, OnBothEngines]
    public async Task A_death_changes_the_register_only_when_it_is_accepted(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await EnrolledAsync(area, "张老", 1);
        var report = await RunAsync(area, ComparisonSource.Deaths, Deaths(("张老", 1, "2021-10-20"), ("外人", 9, "2021-10-21")));
        Assert.Equal((2, 1), (report.Comparison.RowsRead, report.Comparison.Found));
        var finding = Assert.Single(await OpenAsync(area));
        Assert.Equal((FindingKinds.DeadEnrolled, TestArea.Village), (finding.Row.Kind, finding.Row.Unit));
        Assert.Null((await PersonAsync(area, person)).DiedOn);
        Assert.Equal(FindingState.Accepted, await AcceptAsync(area, finding));
        Assert.Equal(new DateOnly(2021, 10, 20), (await PersonAsync(area, person)).DiedOn);
        var enrolment = await area.ReadAsync(session => Enrolments.FindAsync(session, TestArea.Code, TestArea.Year, person));
        Assert.Equal("死亡", enrolment!.EndReason);
        Assert.Empty(await OpenAsync(area));
        Assert.Equal("R141", (await Assert.ThrowsAsync<RefusedException>(() => AcceptAsync(area, finding))).Code);
    }

    [Theory, OnBothEngines]
    public async Task The_same_file_twice_finds_nothing_twice_whatever_was_decided(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.RegisterAsync("张老", Born, 1);
        await area.RegisterAsync("李老", Born, 3);
        var file = Deaths(("张老", 1, "2021-10-20"), ("李老", 3, "2021-10-21"), ("李老", 3, "2021-10-21"));
        Assert.Equal(2, (await RunAsync(area, ComparisonSource.Deaths, file)).Comparison.Found);
        var first = (await OpenAsync(area))[0];
        await area.DoAsync("finding.decide", act => new FindingDesk(area.Vault).LeaveAsync(act, first.Row.FindingId, "本人健在", false));
        var again = await RunAsync(area, ComparisonSource.Deaths, file);
        Assert.Equal((0, 3), (again.Comparison.Found, again.Known));
        Assert.Single(await OpenAsync(area));
    }

    [Theory, OnBothEngines]
    public async Task What_was_put_right_meanwhile_closes_as_settled_and_comes_up_again_if_undone(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await area.RegisterAsync("张老", Born, 1);
        var file = Deaths(("张老", 1, "2021-10-20"));
        await RunAsync(area, ComparisonSource.Deaths, file);
        await area.DoAsync("person.died", act => People.DiedAsync(act, person.PersonId, new(2021, 10, 20)));
        Assert.Equal(FindingState.Settled, await AcceptAsync(area, Assert.Single(await OpenAsync(area))));
        await area.DoAsync("person.not_dead", act => People.NotDeadAsync(act, person.PersonId));
        Assert.Equal(1, (await RunAsync(area, ComparisonSource.Deaths, file)).Comparison.Found);
        Assert.Single(await OpenAsync(area));
    }

    /// <summary>Insured elsewhere and enrolled here: the enrolment ends; whoever was covered has something to return.</summary>
    [Clause("baogou 二(四)-duplicate")]
    [Theory, OnBothEngines]
    public async Task A_duplicate_ends_the_enrolment_here_and_leaves_a_case_of_recovery(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (covered, other) = (await EnrolledAsync(area, "张老", 1), await EnrolledAsync(area, "李老", 3));
        await area.DoAsync(
            "cash.take", act => new CashDesk(area.Dues).TakeAsync(act, TestArea.Year, [new(covered, Money.FromFen(32_000))]));
        area.Clock.Set("2022-02-01 10:00");
        var file = "姓名,身份证号码,参保地,险种\n" + string.Concat(
            new[] { ("张老", 1), ("李老", 3) }.Select(row => $"{row.Item1},{TestArea.Number(Born, row.Item2).Full},上海市,居民医保\n"));
        await RunAsync(area, ComparisonSource.Elsewhere, file);
        foreach (var finding in await OpenAsync(area))
            await AcceptAsync(area, finding);
        foreach (var person in new[] { covered, other })
        {
            var enrolment = await area.ReadAsync(session => Enrolments.FindAsync(session, TestArea.Code, TestArea.Year, person));
            Assert.Equal("重复参保", enrolment!.EndReason);
            var status = await area.ReadAsync(session => People.StatusAsync(session, TestArea.Code, person, new(2022, 2, 1)));
            Assert.Equal(OtherCover.ResidentElsewhere, status!.OtherCover);
        }

        var recovery = Assert.Single(await OpenAsync(area));
        Assert.Equal((FindingKinds.Recovery, covered), (recovery.Row.Kind, recovery.Row.PersonId!.Value));
        var fault = await Assert.ThrowsAsync<RefusedException>(() => area.DoAsync(
            "cash.take", act => new CashDesk(area.Dues).TakeAsync(act, TestArea.Year, [new(other, Money.FromFen(32_000))])));
        Assert.Equal("C101", fault.Code);
    }

    [Theory, OnBothEngines]
    public async Task Somebody_who_is_missing_here_is_registered_into_the_chosen_unit(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var number = TestArea.Number(Born, 1);
        await RunAsync(area, ComparisonSource.Police, $"姓名,身份证号码,户籍地址,变动类型,变动日期\n张老,{number.Full},前街村1号,迁入,2021-10-08\n");
        var finding = Assert.Single(await OpenAsync(area));
        Assert.Equal((FindingKinds.MissingHere, null), (finding.Row.Kind, finding.Row.Unit));
        Assert.Equal("R142", (await Assert.ThrowsAsync<RefusedException>(() => AcceptAsync(area, finding))).Code);
        Assert.Equal(FindingState.Accepted, await AcceptAsync(area, finding, TestArea.Village));
        var person = await area.ReadAsync(session => area.People.FindByNumberAsync(session, TestArea.Code, number));
        var status = await area.ReadAsync(session => People.StatusAsync(session, TestArea.Code, person!.PersonId, new(2021, 10, 8)));
        Assert.Equal((TestArea.Village, "前街村1号"), (status!.Unit, status.Address));
    }

    [Theory, OnBothEngines]
    public async Task Rows_with_faults_come_back_and_a_village_sees_its_own_findings(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.RegisterAsync("张老", Born, 1);
        await area.RegisterAsync("李老", Born, 3, with: status => status with { Unit = TestArea.FarVillage });
        var text = Deaths(("张老", 1, "2021-10-20"), ("李老", 3, "2021-10-21")) + "王五,123,2021-10-01\n赵六,,2021-10-01\n";
        using var rejects = new MemoryStream();
        var report = await RunAsync(area, ComparisonSource.Deaths, text, rejects);
        Assert.Equal((4, 2, 2), (report.Comparison.RowsRead, report.Comparison.RowsRefused, report.Comparison.Found));
        Assert.Contains("原第 4 行", Encoding.UTF8.GetString(rejects.ToArray()), StringComparison.Ordinal);
        var path = await area.ReadAsync(session => session.Table<UnitRow>()
            .Where(row => row.Area == TestArea.Code && row.Code == "bg-01").Select(row => row.Path).FirstAsync());
        var theirs = await OpenAsync(area, new UnitRange(path));
        Assert.Equal("张老", Assert.Single(theirs).Told.Name);
    }

    static async Task<long> EnrolledAsync(TestArea area, string name, int sequence)
    {
        var person = await area.RegisterAsync(name, Born, sequence);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        return person.PersonId;
    }

    static async Task<ComparisonReport> RunAsync(TestArea area, ComparisonSource source, string text, Stream? rejects = null)
    {
        var path = area.PathOf("compare.csv");
        await File.WriteAllTextAsync(path, text);
        return await area.DoAsync(
            "compare", act => new Comparisons(area.Vault).RunAsync(act, source, TestArea.Year, TableFile.At(path), rejects));
    }

    static Task<List<Finding>> OpenAsync(TestArea area, UnitRange? within = null) => area.ReadAsync(
        session => new Comparisons(area.Vault).ListAsync(session, TestArea.Code, new(within), (0, 100)));

    static Task<FindingState> AcceptAsync(TestArea area, Finding finding, string? unit = null) => area.DoAsync(
        "finding.decide", act => new FindingDesk(area.Vault).AcceptAsync(act, finding.Row.FindingId, "核实", unit));

    static async Task<PersonRow> PersonAsync(TestArea area, long id) =>
        (await area.ReadAsync(session => People.FindAsync(session, TestArea.Code, id)))!;
}
