using Canbao.Core.Registry;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Registry.Comparison;

/// <summary>The household register against the enrolments of a year.</summary>
public class RegisterComparisonTests
{
    static readonly DateOnly Born = new(1970, 4, 2);

    static readonly UnitRange Town = new("/bg/"), East = new("/bg/bg-01/"), West = new("/bg/bg-02/");

    /// <summary>Whoever was enrolled the year before lapses, whoever was not is left out; both are found person by person.</summary>
    [Clause("jincheng 七(三)-compare")]
    [Theory, OnBothEngines]
    public async Task Gaps_and_lapses_are_told_apart_village_by_village(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (kept, lapsed) = (await RegisterAsync(area, "张一", 1), await RegisterAsync(area, "张二", 2));
        await RegisterAsync(area, "张三", 3, status => status with { Unit = TestArea.FarVillage });
        var cancelled = await RegisterAsync(area, "张四", 4);
        foreach (var person in new[] { kept, lapsed })
            await EnrolAsync(area, TestArea.Year.Previous, person);
        await EnrolAsync(area, TestArea.Year, kept);
        await EnrolAsync(area, TestArea.Year, cancelled);
        await area.DoAsync("enrol.cancel", act => area.Enrolments.CancelAsync(act, TestArea.Year, cancelled, "误登"));
        var counts = await CountAsync(area, Town);
        Assert.Equal(new(3, 1, 1, 1, 0, 0, 0), counts[TestArea.Village]);
        Assert.Equal(new(1, 0, 1, 0, 0, 0, 0), counts[TestArea.FarVillage]);
        var gap = Assert.Single(await PeopleAsync(area, East, RegisterDifference.Gap));
        Assert.Equal((cancelled, "误登"), (gap.PersonId, gap.EndReason));
        Assert.Equal(lapsed, Assert.Single(await PeopleAsync(area, Town, RegisterDifference.Lapse)).PersonId);
        Assert.Equal("张三", Assert.Single(await PeopleAsync(area, West, RegisterDifference.Gap)).Name);
        Assert.DoesNotContain(TestArea.FarVillage, (await CountAsync(area, East)).Keys);
    }

    /// <summary>Whoever is insured elsewhere, an employee or dead is no gap, and a duplicate where enrolled all the same.</summary>
    [Clause("jincheng 七(三)-compare")]
    [Theory, OnBothEngines]
    public async Task Duplicates_and_the_dead_are_found_among_the_enrolled(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (employee, elsewhere, dead) = (
            await RegisterAsync(area, "张一", 1, status => status with { Employment = Employment.Employee }),
            await RegisterAsync(area, "张二", 2, status => status with { OtherCover = OtherCover.ResidentElsewhere }),
            await RegisterAsync(area, "张三", 3));
        Assert.Equal(new(3, 0, 1, 0, 0, 0, 0), (await CountAsync(area, Town))[TestArea.Village]);
        foreach (var person in new[] { employee, elsewhere, dead })
            await EnrolAsync(area, TestArea.Year, person);
        await area.DoAsync("person.died", act => People.DiedAsync(act, dead, new(2021, 11, 1)));
        Assert.Equal(new(2, 3, 0, 0, 2, 1, 0), (await CountAsync(area, Town))[TestArea.Village]);
        Assert.Equal(
            [employee, elsewhere], (await PeopleAsync(area, Town, RegisterDifference.DuplicateCover)).Select(person => person.PersonId));
        Assert.Equal(dead, Assert.Single(await PeopleAsync(area, Town, RegisterDifference.Dead)).PersonId);
    }

    /// <summary>One name and day of birth under two numbers may be one person; once they are merged, nothing is found.</summary>
    [Clause("jincheng 七(三)-compare")]
    [Theory, OnBothEngines]
    public async Task Two_records_of_one_name_and_birth_find_each_other_across_villages(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var one = await RegisterAsync(area, "张一", 1);
        var other = await RegisterAsync(area, "张一", 3, status => status with { Unit = TestArea.FarVillage });
        await RegisterAsync(area, "张二", 5);
        var found = Assert.Single(await PeopleAsync(area, East, RegisterDifference.DoubleRecord));
        var same = Assert.Single(found.Others);
        Assert.Equal((one, other, "河西村"), (found.PersonId, same.PersonId, same.UnitName));
        Assert.Equal(2, (await PeopleAsync(area, Town, RegisterDifference.DoubleRecord)).Count);
        await area.DoAsync("person.correct", act => area.People.CorrectNumberAsync(act, one, TestArea.Number(Born, 3)));
        Assert.Empty(await PeopleAsync(area, Town, RegisterDifference.DoubleRecord));
    }

    static async Task<long> RegisterAsync(TestArea area, string name, int sequence, Func<PersonStatusRow, PersonStatusRow>? with = null) =>
        (await area.RegisterAsync(name, Born, sequence, with: with)).PersonId;

    static Task<EnrolmentRow> EnrolAsync(TestArea area, InsuranceYear year, long person) =>
        area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, year, person, EnrolmentKinds.New));

    static Task<IReadOnlyDictionary<string, RegisterCounts>> CountAsync(TestArea area, UnitRange within) =>
        area.ReadAsync(session => RegisterComparison.CountAsync(session, TestArea.Code, within, TestArea.Year));

    static Task<List<DifferingPerson>> PeopleAsync(TestArea area, UnitRange within, RegisterDifference difference) => area.ReadAsync(
        session => RegisterComparison.PeopleAsync(session, TestArea.Code, within, TestArea.Year, (difference, 0, 100)));
}
