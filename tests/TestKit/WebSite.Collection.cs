using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work.Collecting;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.TestKit;

/// <summary>What a site's village or school has collected before its pages are opened.</summary>
public sealed partial class WebSite
{
    /// <summary>A household of people who are enrolled and owe, born on one day, of a village.</summary>
    public async Task EnrolHouseholdAsync(string unit, string number, params (string Name, int Sequence)[] members)
    {
        var household = await FoundAsync(unit, number);
        foreach (var (name, sequence) in members)
        {
            var relation = sequence == members[0].Sequence ? Relation.Head : Relation.Son;
            var person = await RegisterAsync(name, new(1980, 2, 3), sequence, (unit, household), relation);
            await Act.DoAsync(Database, Area, Setup, "enrol",
                act => new Enrolments(vault).EnrolAsync(act, PackYear, person.PersonId, EnrolmentKinds.New));
        }
    }

    /// <summary>A school with a class and enrolled pupils who owe, and its account <c>school-a</c>.</summary>
    public async Task AddSchoolAsync(params string[] pupils)
    {
        string[] lines =
        [
            UnitFile.Header, "county,,county,清河县,,,", "town,county,township,柳林镇,,,", "village-a,town,village,东沟村,,,",
            "village-b,town,village,西河村,,,", "school-a,county,school,清河学院,,,", "class-1,school-a,class,护理一班,,,",
        ];
        await Act.DoAsync(Database, Area, Setup, "units", act => UnitStore.LoadAsync(act, vault, UnitFile.Read(lines, [])!));
        await AddAccountAsync(new NewAccount("school-a", "周校长", Role.School, "school-a"));
        foreach (var (name, at) in pupils.Select((name, at) => (name, at)))
        {
            var born = new DateOnly(2003, 4, 5);
            await Act.DoAsync(Database, Area, Setup, "enrol", async act =>
            {
                var number = TestArea.Number(born, at + 1);
                var pupil = new NewPerson(number, TestArea.Name(name), number.Sex!.Value, born)
                {
                    Status = new() { Unit = "village-b", SchoolUnit = "class-1", Student = Student.School, Address = "学院路1号" },
                };
                var person = await new People(vault).RegisterAsync(act, pupil, new(2021, 9, 1));
                await new Enrolments(vault).EnrolAsync(act, PackYear, person.PersonId, EnrolmentKinds.New);
            });
        }
    }

    /// <summary>The code on a receipt.</summary>
    public async Task<(string Number, string Code)> ReceiptAsync(long payment)
    {
        var row = await Database.ReadAsync(
            session => session.Table<PaymentRow>().SingleAsync(one => one.Area == Area && one.PaymentId == payment));
        return (row.ReceiptNo, new ReceiptDesk(vault).Code(row));
    }
}
