using System.Text;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work.Registrations;
using Canbao.TestKit.Databases;

namespace Canbao.Core.Tests.Work.Registrations;

/// <summary>Registration tables in tests: written as text, handed in as files.</summary>
sealed class Tables(TestArea area)
{
    /// <summary>The columns of <c>lishi 附件4</c>, and those that tell the household.</summary>
    public const string Form = "序号,乡（镇）、街道、学校,村、社区、班级,姓名,身份证号码,电话号码,人员类别,备注\n";
    public const string WithHousehold = "镇街,村、社区,姓名,身份证号码,户号,与户主关系\n";

    /// <summary>The day on which tests begin.</summary>
    public static readonly DateOnly Today = new(2021, 11, 5);

    static readonly DateOnly Born = new(1985, 3, 20);

    public RegistrationDesk Desk { get; } = new(area.Vault, area.Dues, Lists.Names);

    /// <summary>The number of the test's person.</summary>
    public static string Number(int person) => TestArea.Number(Born, person).Full;

    /// <summary>A table of a unit, for the year of the pack; whoever looks answers for the town where no scope is named.</summary>
    public static RegistrationOrder Order(RegistrationKind? kind = null, string within = "/bg/", string scope = "/bg/") =>
        new(kind ?? RegistrationKind.Form, TestArea.Year, new(within), new(scope));

    /// <summary>A row of the form.</summary>
    public static string Row(string village, string name, int person, string category = "普通居民", string phone = "") =>
        $"1,鲍沟镇,{village},{name},{Number(person)},{phone},{category},\n";

    public Task<RegistrationOutcome> TryAsync(RegistrationOrder order, string text, Stream? rejects = null) => area.ReadAsync(
        session => Desk.TryAsync(session, TestArea.Code, File(text), order, rejects));

    public async Task<UploadRow> KeepAsync(RegistrationOrder order, string text, string unit = "bg") => (await area.DoAsync(
        "registration.keep", act => Desk.KeepAsync(act, order, unit, "表.csv", Stream(text)))).Upload;

    /// <summary>Keeps a table, looks at it and applies it.</summary>
    public async Task<RegistrationOutcome> ApplyAsync(RegistrationOrder order, string text, string unit = "bg")
    {
        var upload = await KeepAsync(order, text, unit);
        var shown = await area.ReadAsync(session => Desk.TryAsync(session, TestArea.Code, upload, order));
        return await ApplyAsync(order, upload, shown.Digest);
    }

    public Task<RegistrationOutcome> ApplyAsync(RegistrationOrder order, UploadRow upload, string digest) => area.DoAsync(
        "registration.apply", act => Desk.ApplyAsync(act, upload.UploadId, order, digest));

    /// <summary>A person by number, with what is so on a day and the enrolment of the year.</summary>
    public Task<(PersonRow? Person, PersonStatusRow? Status, EnrolmentRow? Enrolment)> FindAsync(int person, DateOnly? day = null) =>
        area.ReadAsync(async session =>
        {
            var row = await area.People.FindByNumberAsync(session, TestArea.Code, TestArea.Number(Born, person));
            return row is null ? (null, null, null) : ((PersonRow?, PersonStatusRow?, EnrolmentRow?))(
                row, await People.StatusAsync(session, TestArea.Code, row.PersonId, day ?? Today),
                await Enrolments.FindAsync(session, TestArea.Code, TestArea.Year, row.PersonId));
        });

    /// <summary>Registers and enrols somebody of a village.</summary>
    public async Task<PersonRow> EnrolledAsync(string name, int person, long? household = null)
    {
        var row = await area.RegisterAsync(name, Born, person, household);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, row.PersonId, EnrolmentKinds.Renewed));
        return row;
    }

    /// <summary>Writes a table of some days.</summary>
    public async Task<byte[]> WriteAsync(RegistrationKind kind, string unit = "bg", bool isWorkbook = true, DateOnly? from = null)
    {
        using var stream = new MemoryStream();
        var form = new RegistrationForm(area.Vault, Lists.Names);
        await area.DoAsync("registration.export", async act =>
        {
            var own = (await UnitStore.ReadAsync(act.Session, TestArea.Code)).Find(unit)!;
            return await form.WriteAsync(act, new(kind, TestArea.Year, own, from ?? Today.AddDays(-6), Today), isWorkbook, stream);
        });
        return stream.ToArray();
    }

    public static TableFile File(string text) => new("表.csv", () => Stream(text));

    static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
