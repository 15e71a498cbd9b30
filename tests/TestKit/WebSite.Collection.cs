using System.Text;
using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Collecting;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
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

    /// <summary>The street takes what somebody owes who is registered by a name.</summary>
    public Task CollectAsync(string name) => Act.DoAsync(Database, Area, new("street", "测试"), "cash.take", async act =>
    {
        var dues = new Dues(shelf, vault);
        long person = await act.Session.Table<PersonRow>().Where(row => row.Area == Area && row.Name == name)
            .Select(row => row.PersonId).SingleAsync();
        var quote = await dues.QuoteAsync(act.Session, Area, PackYear, person, act.Today);
        await new CashDesk(dues).TakeAsync(act, PackYear, [new(person, quote!.Personal!.Value)]);
    });

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

    /// <summary>Somebody pays for people of a village in one sum, who are enrolled first: declared, deposited and posted.</summary>
    /// <param name="login">Who prepares it.</param>
    /// <param name="role">The role of that account.</param>
    /// <param name="unit">The village.</param>
    /// <param name="people">The people.</param>
    /// <returns>The first payment.</returns>
    public async Task<PaymentRow> PayTogetherAsync(string login, Role role, string unit, params PersonRow[] people)
    {
        var desk = new GroupDesk(new(shelf, vault), vault);
        var viewer = new Viewer(login, login, role, Area, unit, $"/county/town/{unit}/", null);
        var kind = role == Role.ListDepartment ? Groups.ByDepartment : Groups.ByCollective;
        var text = "身份证号码,姓名\n" + string.Concat(
            people.Select(person => $"{new People(vault).OpenNumber(person)},{person.Name}\n"));
        var order = new GroupOrder(PackYear)
        {
            Upload = await Act.DoAsync(Database, Area, new(login, "测试"), "group.keep", async act =>
            {
                foreach (var person in people)
                    await new Enrolments(vault).EnrolAsync(act, PackYear, person.PersonId, EnrolmentKinds.New);
                return (await desk.KeepAsync(act, viewer, "名单.csv", new MemoryStream(Encoding.UTF8.GetBytes(text)))).Upload.UploadId;
            }),
        };
        var trial = new GroupTrial(new(shelf, vault), vault);
        var batch = await Act.DoAsync(Database, Area, new(login, "测试"), "group.confirm", async act => await desk.ConfirmAsync(
            act, viewer, order, ("东沟村集体", kind), (await trial.TryAsync(act.Session, viewer, order, act.Today)).Digest));
        var count = await Database.ReadAsync(session => Batches.CountAsync(session, batch));
        await Act.DoAsync(Database, Area, new("tax", "测试"), "batch.declared", act => BatchDesk.DeclareAsync(
            act, viewer with { Login = "tax", Role = Role.Tax }, batch.BatchId, count, $"TZ-{batch.Number}"));
        await Act.DoAsync(Database, Area, new(login, "测试"), "group.deposit", act => desk.DepositAsync(
            act, viewer, batch.BatchId, count.Amount, new("农业银行", $"JK-{batch.Number}", act.Today), ""));
        return (await Database.ReadAsync(session => Batches.LinesAsync(session, Area, batch.BatchId)))[0];
    }

    /// <summary>The code on a receipt.</summary>
    public async Task<(string Number, string Code)> ReceiptAsync(long payment)
    {
        var row = await Database.ReadAsync(
            session => session.Table<PaymentRow>().SingleAsync(one => one.Area == Area && one.PaymentId == payment));
        return (row.ReceiptNo, new ReceiptDesk(vault).Code(row));
    }
}
