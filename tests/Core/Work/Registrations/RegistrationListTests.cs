using System.Text;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Core.Work.Registrations;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work.Registrations;

/// <summary>The four lists of people who are new, came, went or died.</summary>
public class RegistrationListTests
{
    const string In = "社区,姓名,身份证号码,户号,与户主关系,迁入日期,住址\n";
    const string Out = "姓名,身份证号码,迁出日期,已在迁入地参保\n";
    const string Dead = "姓名,身份证号码,死亡日期\n";

    static readonly DateOnly Day = new(2021, 11, 1);

    /// <summary>Who comes from afar is registered as moved in; who comes from another village moves with the enrolment.</summary>
    [Theory, OnBothEngines, Clause("lingyuan 四(二)")]
    public async Task Who_moved_in_is_registered_or_moved_with_the_enrolment(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var tables = new Tables(area);
        var old = await area.DoAsync("household.found", act => Households.FoundAsync(act, TestArea.FarVillage, "H1", "河西村1号"));
        await area.RegisterAsync("李四", new(1985, 3, 20), 2, old.HouseholdId, status => status with { Unit = TestArea.FarVillage });
        await area.RegisterAsync("李小", new(2015, 3, 20), 4, old.HouseholdId,
            status => status with { Unit = TestArea.FarVillage, Relation = Relation.Son });
        var moved = (await tables.FindAsync(2)).Person!.PersonId;
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, moved, EnrolmentKinds.Renewed));
        var text = In + $"前街,张三,{Tables.Number(1)},,,2021-11-01,前街5号\n前街,李四,{Tables.Number(2)},H9,户主,2021-11-01,前街6号\n";
        var order = Tables.Order(RegistrationKind.MovedIn);
        Assert.Equal("共 2 行，新登记 1 人，迁入 1 人，不变 0 人，退回 0 行", (await tables.ApplyAsync(order, text)).Summary);
        var (_, status, enrolment) = await tables.FindAsync(1);
        Assert.Equal((TestArea.Village, EnrolmentKinds.MovedIn, Tables.Today), (status!.Unit, enrolment!.Kind, enrolment.RegisteredOn));
        (_, status, enrolment) = await tables.FindAsync(2);
        Assert.Equal(
            (TestArea.Village, TestArea.Village, EnrolmentKinds.Renewed, "前街6号"),
            (status!.Unit, enrolment!.Unit, enrolment.Kind, status.Address));
        Assert.Equal(TestArea.FarVillage, (await tables.FindAsync(2, Day.AddDays(-1))).Status!.Unit);
        // Whoever is left behind has a head again.
        var left = await area.ReadAsync(session => Households.FindAsync(session, TestArea.Code, old.HouseholdId, TestArea.Year));
        Assert.Equal("李小", left!.Head!.Person.Name);
        Assert.False((await tables.TryAsync(order, text)).Changes);
    }

    /// <summary>A village cannot take people out of another by itself: whoever sees both can.</summary>
    [Theory, OnBothEngines]
    public async Task Somebody_of_another_unit_is_moved_only_by_who_sees_both(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var tables = new Tables(area);
        await area.RegisterAsync("李四", new(1985, 3, 20), 2, null, status => status with { Unit = TestArea.FarVillage });
        var text = In + $",李四,{Tables.Number(2)},,,2021-11-01,\n";
        const string Village = "/bg/bg-01/bg-01-01/";
        var own = await tables.TryAsync(Tables.Order(RegistrationKind.MovedIn, Village, Village), text);
        Assert.Equal("R317", Assert.Single(own.Faults).Code);
        var street = await tables.TryAsync(Tables.Order(RegistrationKind.MovedIn, Village), text);
        Assert.Equal(1, street.Count(RegistrationAction.MoveIn));
    }

    /// <summary>
    /// The coming year's registration of somebody who moved away ends if the other place insures the person, and what is paid is refunded
    /// first; else it stays, so that nobody falls out of cover on the way.
    /// </summary>
    [Theory, OnBothEngines, Clause("lingyuan 四(二)")]
    public async Task Who_moved_out_is_deregistered_where_the_other_place_insures(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var tables = new Tables(area);
        var household = await area.DoAsync("household.found", act => Households.FoundAsync(act, TestArea.Village, "H1", "前街"));
        foreach (var (person, name) in new[] { (1, "张一"), (2, "张二"), (3, "张三") })
            await tables.EnrolledAsync(name, person, household.HouseholdId);
        var paid = (await tables.FindAsync(3)).Person!.PersonId;
        await area.DoAsync("cash.take", act => new CashDesk(area.Dues).TakeAsync(act, TestArea.Year, [new(paid, Money.FromFen(32_000))]));
        var text = Out + string.Concat(new[] { ("张一", 1, "是"), ("张二", 2, "否"), ("张三", 3, "是") }
            .Select(row => $"{row.Item1},{Tables.Number(row.Item2)},2021-11-01,{row.Item3}\n"));
        var order = Tables.Order(RegistrationKind.MovedOut);
        var outcome = await tables.ApplyAsync(order, text);
        Assert.Equal(
            ["注销 2022 年度登记", "没有写明已在迁入地参保，参保登记保留", "已缴 2022 年度，须先退费再注销登记"], outcome.Deeds.Select(deed => deed.Note));
        var (_, status, enrolment) = await tables.FindAsync(1);
        Assert.Equal(
            (Residence.NonLocal, OtherCover.ResidentElsewhere, null, "迁出，由迁入地参保"),
            (status!.Residence, status.OtherCover, status.HouseholdId, enrolment!.EndReason));
        (_, status, enrolment) = await tables.FindAsync(2);
        Assert.Equal(
            (Residence.NonLocal, OtherCover.None, household.HouseholdId, ""),
            (status!.Residence, status.OtherCover, status.HouseholdId, enrolment!.EndReason));
        Assert.Null((await tables.FindAsync(3)).Enrolment!.EndedOn);
        Assert.False((await tables.TryAsync(order, text)).Changes);
        // Told later that the other place insures the person, the registration ends.
        var later = await tables.ApplyAsync(order, Out + $"张二,{Tables.Number(2)},2021-11-01,是\n");
        Assert.Equal(1, later.Count(RegistrationAction.MoveOut));
        Assert.NotNull((await tables.FindAsync(2)).Enrolment!.EndedOn);
    }

    [Theory, OnBothEngines, Clause("lingyuan 四(二)"), Clause("lishi 六(十三)")]
    public async Task Deaths_end_the_registrations_that_come_after(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var tables = new Tables(area);
        var person = await tables.EnrolledAsync("张一", 1);
        await area.RegisterAsync("张二", new(1985, 3, 20), 2, null, status => status with { Unit = TestArea.FarVillage });
        var order = Tables.Order(RegistrationKind.Deceased, "/bg/bg-01/");
        var text = Dead + $"张一,{Tables.Number(1)},2021-11-01\n";
        Assert.Equal("共 1 行，死亡 1 人，不变 0 人，退回 0 行", (await tables.ApplyAsync(order, text, "bg-01")).Summary);
        Assert.Equal((Day, "死亡"), ((await tables.FindAsync(1)).Person!.DiedOn!.Value, (await tables.FindAsync(1)).Enrolment!.EndReason));
        Assert.False((await tables.TryAsync(order, text)).Changes);
        var wrong = await tables.TryAsync(order, Dead + $"张一,{Tables.Number(1)},2021-11-02\n张二,{Tables.Number(2)},2021-11-01\n"
            + $"张三,{Tables.Number(3)},2021-11-01\n张四,{Tables.Number(4)},\n张五,{Tables.Number(5)},2021-11-06\n");
        Assert.Equal(["R306", "R301", "R301", "F221", "R305"], wrong.Faults.Select(fault => fault.Code));
        Assert.Equal(person.PersonId, (await tables.FindAsync(1)).Person!.PersonId);
    }

    /// <summary>What came in goes out with the same people, and can be handed in again.</summary>
    [Theory, OnBothEngines, Clause("lingyuan 四(二)")]
    public async Task Each_list_goes_out_with_its_people(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var tables = new Tables(area);
        await tables.EnrolledAsync("张二", 2);
        await tables.EnrolledAsync("张三", 3);
        await tables.EnrolledAsync("张四", 4);
        await tables.ApplyAsync(Tables.Order(RegistrationKind.New), Tables.WithHousehold + $",前街村,张一,{Tables.Number(1)},H5,户主\n");
        await tables.ApplyAsync(
            Tables.Order(RegistrationKind.MovedIn),
            In + $"后街村,张二,{Tables.Number(2)},,,2021-11-01,\n河西村,张五,{Tables.Number(5)},,,2021-11-01,\n");
        await tables.ApplyAsync(Tables.Order(RegistrationKind.MovedOut), Out + $"张三,{Tables.Number(3)},2021-11-01,是\n");
        await tables.ApplyAsync(Tables.Order(RegistrationKind.Deceased), Dead + $"张四,{Tables.Number(4)},2021-11-01\n");
        foreach (var (kind, people) in new[]
        {
            (RegistrationKind.New, "张一"), (RegistrationKind.MovedIn, "张二 张五"), (RegistrationKind.MovedOut, "张三"),
            (RegistrationKind.Deceased, "张四"),
        })
        {
            var text = Encoding.UTF8.GetString(await tables.WriteAsync(kind, isWorkbook: false)).TrimEnd().Split('\n');
            var place = Array.IndexOf(text[0].TrimStart('\uFEFF').Split(','), "姓名");
            Assert.Equal((kind, people), (kind, string.Join(' ', text[1..].Select(line => line.Split(',')[place]))));
            var again = await tables.TryAsync(Tables.Order(kind), string.Join('\n', text) + "\n");
            Assert.Equal((kind, 0, false), (kind, again.Refused, again.Changes));
            Assert.NotEmpty(await tables.WriteAsync(kind));
        }

        // Only of the unit's own people.
        Assert.Single(Encoding.UTF8.GetString(
            await tables.WriteAsync(RegistrationKind.New, TestArea.FarVillage, isWorkbook: false)).TrimEnd().Split('\n'));
    }

    /// <summary>Newborns have no number yet; with it, the same person is completed.</summary>
    [Theory, OnBothEngines, Clause("lingyuan 四(二)")]
    public async Task A_newborn_without_a_number_is_enrolled_and_completed_later(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var tables = new Tables(area);
        const string Header = "社区,姓名,身份证号码,性别,出生日期,新增类型\n";
        var order = Tables.Order(RegistrationKind.New);
        await tables.ApplyAsync(order, Header + "前街村,张小,,男,2021-10-20,新生儿\n");
        var number = TestArea.Number(new(2021, 10, 20), 1);
        var later = await tables.ApplyAsync(order, Header + $"前街村,张小,{number.Full},,,新生儿\n");
        Assert.Equal(1, later.Count(RegistrationAction.Complete));
        var person = await area.ReadAsync(session => area.People.FindByNumberAsync(session, TestArea.Code, number));
        var enrolment = await area.ReadAsync(session =>
            Enrolments.FindAsync(session, TestArea.Code, TestArea.Year, person!.PersonId));
        Assert.Equal(EnrolmentKinds.Newborn, enrolment!.Kind);
        Assert.Equal("R304", Assert.Single((await tables.TryAsync(order, Header + $"前街村,李四,{Tables.Number(2)},,,居住证人员\n")).Faults).Code);
    }
}
