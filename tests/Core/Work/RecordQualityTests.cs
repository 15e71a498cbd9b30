using System.Text;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Quality;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using Xunit;

namespace Canbao.Core.Tests.Work;

/// <summary>Insurance records held against tax's, and how well people are registered.</summary>
public class RecordQualityTests
{
    static readonly (InsuranceYear Year, DateOnly Today) When = (TestArea.Year, new(2021, 11, 5));

    [Theory, OnBothEngines, Clause("lishi 七(五)")]
    public async Task Each_issue_is_told_of_its_people_and_of_nobody_else(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var house = (await area.DoAsync("household.found", act => Households.FoundAsync(act, TestArea.Village, "1", "1号"))).HouseholdId;
        var headless = (await area.DoAsync("household.found", act => Households.FoundAsync(act, TestArea.Village, "2", "2号"))).HouseholdId;
        var sound = await RegisterAsync(area, "张三", 1, status => status with { HouseholdId = house, Relation = Relation.Head });
        // The head's phone reaches the household.
        await area.DoAsync("phone", act => PhoneAsync(act, sound.PersonId));
        await RegisterAsync(area, "张小", 2, status => status with { HouseholdId = house, Relation = Relation.Son });
        await RegisterAsync(area, "李四", 3, status => status with { HouseholdId = headless, Relation = Relation.Son });
        var employee = await RegisterAsync(area, "王五", 4, status => status with { Unit = TestArea.OtherVillage });
        var paid = await RegisterAsync(area, "赵六", 5, status => status with { Unit = TestArea.FarVillage });
        var moved = await RegisterAsync(area, "孙七", 6);
        await RegisterAsync(area, "周八", 7);
        await RegisterAsync(area, "周八", 8);
        foreach (var one in new[] { employee, paid, moved, sound })
            await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, one.PersonId, EnrolmentKinds.New));
        await area.DoAsync("dues.make", act => area.Dues.MakeAsync(act, TestArea.Year, act.Today));
        foreach (var one in new[] { paid, moved })
            await area.DoAsync("cash.take", act => new CashDesk(area.Dues).TakeAsync(
                act, TestArea.Year, [new(one.PersonId, Money.FromFen(32_000))]));
        var late = await RegisterAsync(area, "吴九", 9);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, late.PersonId, EnrolmentKinds.New));
        // Records as mistakes and older files leave them.
        await area.Database.WriteAsync(async session =>
        {
            await session.Table<PersonStatusRow>().Where(row => row.Area == TestArea.Code && row.PersonId == employee.PersonId)
                .Set(row => row.Employment, Employment.Employee).UpdateAsync();
            await session.Table<EnrolmentRow>().Where(row => row.Area == TestArea.Code && row.PersonId == paid.PersonId)
                .Set(row => row.EndedOn, new DateOnly(2021, 11, 5)).Set(row => row.EndReason, "误注销").UpdateAsync();
            await session.Table<EnrolmentRow>().Where(row => row.Area == TestArea.Code && row.PersonId == moved.PersonId)
                .Set(row => row.Unit, TestArea.OtherVillage).UpdateAsync();
            await session.Table<PersonRow>().Where(row => row.Area == TestArea.Code && row.PersonId == late.PersonId)
                .Set(row => row.NumberHash, (byte[]?)null).UpdateAsync();
            return 0;
        });

        await IsAsync(area, QualityIssue.NoNumber, "吴九");
        await IsAsync(area, QualityIssue.NoPhone, "吴九", "周八", "周八", "孙七", "李四", "王五", "赵六");
        await IsAsync(area, QualityIssue.NoHead, "李四");
        await IsAsync(area, QualityIssue.Contradictory, "王五");
        await IsAsync(area, QualityIssue.Unassessed, "吴九");
        await IsAsync(area, QualityIssue.DoubleRecord, "周八", "周八");
        await IsAsync(area, QualityIssue.PaidNotEnrolled, "赵六");
        await IsAsync(area, QualityIssue.OtherUnit, "孙七");
        var tree = UnitFile.Read(TestArea.Units, [])!;
        var counts = await CountAsync(area);
        var (lines, all) = RecordQuality.Table(tree, tree.Root, counts);
        Assert.Equal((9L, 4L, 2L, 7L), (all.People, all.Enrolled, all.Paid, all.Flawed));
        Assert.Equal(["东片区", "西片区"], lines.Select(line => line.Unit.Name));
        // Two of eight are sound, and none of one: the median is 12.5%.
        Assert.Equal([(250L, false), (0L, true)], lines.Select(line => (line.Counts.SoundPerMille, line.IsWeak)));
        foreach (var issue in QualityIssues.All)
            Assert.Equal((await PeopleAsync(area, issue)).Count, all.Of(issue));
        var csv = Encoding.UTF8.GetString(RecordQuality.Csv(lines, all));
        Assert.Contains("\n西片区,1,0,0,1,0,1,0,0,0,0,1,0,1,0.0,是\n", csv, StringComparison.Ordinal);
    }

    /// <summary>Exactly five points below the median is not weak; units without records are neither weak nor counted.</summary>
    [Fact, Clause("lishi 七(五)")]
    public void Weak_is_who_lies_more_than_five_points_below_the_median()
    {
        static QualityCounts Of(long people, long flawed) => QualityCounts.None with { People = people, Flawed = flawed };
        Assert.Equal(
            [false, false, false, false, true, false],
            RecordQuality.Weak([Of(100, 5), Of(100, 5), Of(100, 5), Of(100, 10), Of(1000, 101), Of(0, 0)]).Select(weak => weak));
        Assert.Equal([false, true], RecordQuality.Weak([Of(100, 0), Of(100, 11)]));
        Assert.Equal([false], RecordQuality.Weak([Of(0, 0)]));
    }

    static Task<IReadOnlyDictionary<string, QualityCounts>> CountAsync(TestArea area) =>
        area.ReadAsync(session => RecordQuality.CountAsync(session, TestArea.Code, new("/bg/"), When));

    static Task<List<FlawedPerson>> PeopleAsync(TestArea area, QualityIssue issue) => area.ReadAsync(
        session => RecordQuality.PeopleAsync(session, TestArea.Code, new("/bg/"), When, (issue, 0, 100)));

    static async Task IsAsync(TestArea area, QualityIssue issue, params string[] names) =>
        Assert.Equal((issue, string.Join(' ', names.Order(StringComparer.Ordinal))),
            (issue, string.Join(' ', (await PeopleAsync(area, issue)).Select(one => one.Name).Order(StringComparer.Ordinal))));

    static Task<PersonRow> RegisterAsync(TestArea area, string name, int sequence, Func<PersonStatusRow, PersonStatusRow>? with = null) =>
        area.RegisterAsync(name, new(1980, 1, 1), sequence, null, with);

    static async Task PhoneAsync(Core.Events.Act act, long person) => await act.Session.Table<PersonStatusRow>()
        .Where(row => row.Area == act.Area && row.PersonId == person).Set(row => row.PhoneSealed, new byte[] { 1 }).UpdateAsync();
}
