using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work.Registrations;

/// <summary>A school registers its pupils by class; whoever lives in a village stays there.</summary>
public class SchoolRegistrationTests
{
    [Theory, OnBothEngines, Clause("laishan 二(五)"), Clause("lishi 六(七)"), Clause("jincheng 七(四)")]
    public async Task A_school_hands_in_its_pupils_and_they_are_enrolled_in_their_classes(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        string[] school = [.. TestArea.Units, "bg-s,bg,school,鲍沟小学,,,", "bg-s-1,bg-s,class,一年级一班,,,"];
        await area.DoAsync("units", act => UnitStore.LoadAsync(act, area.Vault, UnitFile.Read(school, [])!));
        var tables = new Tables(area);
        var known = await area.RegisterAsync("张三", new(1985, 3, 20), 1);
        var order = Tables.Order(within: "/bg/bg-s/", scope: "/bg/");
        string Row(string name, int person) => $"1,鲍沟小学,一年级一班,{name},{Tables.Number(person)},,普通居民,\n";
        var outcome = await tables.ApplyAsync(order, Tables.Form + Row("张三", 1) + Row("李四", 2), "bg-s");
        Assert.Equal("共 2 行，新登记 1 人，登记参保 1 人，不变 0 人，退回 0 行", outcome.Summary);
        var (person, status, enrolment) = await tables.FindAsync(1);
        Assert.Equal(known.PersonId, person!.PersonId);
        Assert.Equal(
            (TestArea.Village, "bg-s-1", Student.School, TestArea.Village),
            (status!.Unit, status.SchoolUnit, status.Student, enrolment!.Unit));
        (_, status, enrolment) = await tables.FindAsync(2);
        Assert.Equal(("bg-s-1", "bg-s-1", Student.School), (status!.Unit, status.SchoolUnit, status.Student));
        Assert.NotNull(enrolment);

        // Pupils of another school are not this one's to hand in.
        var other = await tables.TryAsync(order, Tables.Form + Tables.Row("前街村", "王五", 3));
        Assert.Equal(1, other.Refused);
    }
}
