using System.Text;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Work.Registrations;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.Registrations;

/// <summary>The form by which people are registered for the first time, in and out.</summary>
public class RegistrationFormTests
{
    /// <summary>The centre receives enrolments, the desk registers: people who are new are enrolled, with what they owe.</summary>
    [Theory, OnBothEngines, Clause("lishi 附件4"), Clause("lishi 六(十三)"), Clause("baogou 三(三)")]
    public async Task People_of_the_form_are_registered_and_enrolled(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var tables = new Tables(area);
        await area.RegisterAsync("李四", new(1985, 3, 20), 2);
        var text = Tables.Form + Tables.Row("前街", "张三", 1, phone: "10000000001") + Tables.Row("前街村", "李四", 2);
        var outcome = await tables.ApplyAsync(Tables.Order(), text);
        Assert.Equal("共 2 行，新登记 1 人，登记参保 1 人，不变 0 人，退回 0 行", outcome.Summary);
        var (person, status, enrolment) = await tables.FindAsync(1);
        Assert.Equal(("张三", TestArea.Village, Relation.Head), (person!.Name, status!.Unit, status.Relation));
        Assert.Equal((EnrolmentKinds.New, Tables.Today), (enrolment!.Kind, enrolment.RegisteredOn));
        // It can be found and paid at the desk, as whoever is registered there.
        Assert.NotNull(status.HouseholdId);
        var quote = await area.ReadAsync(session => area.Dues.QuoteAsync(
            session, TestArea.Code, TestArea.Year, person.PersonId, Tables.Today));
        Assert.Equal("320.00", $"{quote!.Personal}");
        var person2 = (await tables.FindAsync(2)).Person!.PersonId;
        Assert.Equal(2, await area.ReadAsync(session => session.Table<DueRow>().CountAsync(
            row => row.Area == TestArea.Code && row.InsuranceYear == 2022
                && (row.PersonId == person.PersonId || row.PersonId == person2))));
    }

    [Theory, OnBothEngines, Clause("lishi 附件4")]
    public async Task The_same_form_again_changes_nothing(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var tables = new Tables(area);
        var text = Tables.WithHousehold + $"鲍沟镇,前街村,张三,{Tables.Number(1)},H7,户主\n鲍沟镇,前街村,李四,{Tables.Number(2)},H7,配偶\n"
            + "鲍沟镇,前街村,张小,,H7,子\n";
        text = text.Replace("与户主关系\n", "与户主关系,性别,出生日期\n", StringComparison.Ordinal)
            .Replace(",子\n", ",子,男,2021-10-20\n", StringComparison.Ordinal);
        Assert.Equal(3, (await tables.ApplyAsync(Tables.Order(), text)).Count(RegistrationAction.Register));
        var before = await RowsAsync(area);
        var again = await tables.ApplyAsync(Tables.Order(), text);
        Assert.Equal("共 3 行，不变 3 人，退回 0 行", again.Summary);
        Assert.Equal(before, await RowsAsync(area));
        // Nor where the child got its number in between.
        await area.DoAsync("person.correct", async act => await area.People.CorrectNumberAsync(
            act, (await People.FindByNameAsync(act.Session, TestArea.Code, "张小", 1))[0].PersonId,
            TestArea.Number(new(2021, 10, 20), 1)));
        Assert.False((await tables.TryAsync(Tables.Order(), text)).Changes);
    }

    /// <summary>A household enrols together: it is founded by its number, one of it is the head, and who is left out is told.</summary>
    [Theory, OnBothEngines, Clause("lingyuan 四(二)")]
    public async Task A_household_of_the_table_is_founded_whole_and_members_left_out_are_told(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var tables = new Tables(area);
        var rows = $"鲍沟镇,前街村,李四,{Tables.Number(2)},H7,配偶\n鲍沟镇,前街村,张三,{Tables.Number(1)},H7,户主\n";
        await tables.ApplyAsync(Tables.Order(RegistrationKind.New), Tables.WithHousehold + rows);
        var (head, wife) = ((await tables.FindAsync(1)).Status!, (await tables.FindAsync(2)).Status!);
        Assert.Equal((head.HouseholdId, Relation.Head, Relation.Spouse), (wife.HouseholdId, head.Relation, wife.Relation));
        await area.RegisterAsync("张大", new(1985, 3, 20), 3, head.HouseholdId, status => status with { Relation = Relation.Son });
        var more = await tables.ApplyAsync(
            Tables.Order(RegistrationKind.New), Tables.WithHousehold + $"鲍沟镇,前街村,张五,{Tables.Number(5)},H7,女\n");
        Assert.Contains("户号 H7 还有 1 人没有登记：张大；应全户参保", more.Notes);
        var second = await tables.TryAsync(
            Tables.Order(),
            Tables.WithHousehold + $"鲍沟镇,前街村,张六,{Tables.Number(6)},H7,户主\n鲍沟镇,后街村,张七,{Tables.Number(7)},H7,子\n");
        Assert.Equal(["R312", "R311"], second.Faults.Select(fault => fault.Code));
        // Without a head in the file the first becomes it.
        await tables.ApplyAsync(
            Tables.Order(),
            Tables.WithHousehold + $"鲍沟镇,前街村,王八,{Tables.Number(8)},H8,\n鲍沟镇,前街村,王九,{Tables.Number(9)},H8,\n");
        Assert.Equal(
            (Relation.Head, Relation.OtherRelative),
            ((await tables.FindAsync(8)).Status!.Relation, (await tables.FindAsync(9)).Status!.Relation));
    }

    [Theory]
    [InlineData("R201", "1,鲍沟镇,前街村,张三,370499198503200010,,,")]
    [InlineData("R202", "1,鲍沟镇,前街村,李四,{2},,,\n2,鲍沟镇,前街村,李四,{2},,,", 1)]
    [InlineData("R205", "1,鲍沟镇,前街村,张3,{1},,,")]
    [InlineData("R206", "1,鲍沟镇,前街村,张三,,,,")]
    [InlineData("R207", "1,鲍沟镇,前街村,张三,{1},12ab,,")]
    [InlineData("R209", "1,鲍沟镇,前街村,章五,{5},,,")]
    [InlineData("R302", "1,鲍沟镇,没有村,张三,{1},,,")]
    [InlineData("R302", "1,别的镇,前街村,张三,{1},,,")]
    [InlineData("R302", "1,鲍沟镇,,张三,{1},,,")]
    [InlineData("R302", "1,鲍沟镇,河西村,张三,{1},,,", 0, "/bg/bg-01/")]
    [InlineData("R303", "1,鲍沟镇,前街村,张三,{1},,贫困户,")]
    [InlineData("R306", "1,鲍沟镇,前街村,王六,{6},,,")]
    [InlineData("R307", "1,鲍沟镇,前街村,赵七,{7},,,")]
    [InlineData("R308", "1,鲍沟镇,前街村,孙八,{8},,,")]
    [InlineData("R309", "1,鲍沟镇,前街村,张三,{1},,新生儿,")]
    [InlineData("R310", "1,鲍沟镇,后街村,张五,{5},,,")]
    [Clause("lishi 附件4")]
    public async Task A_row_with_a_fault_comes_back_in_the_forms_own_layout(string code, string rows, int good = 0, string within = "/bg/")
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        await FillAsync(area);
        using var rejects = new MemoryStream();
        var text = rows;
        for (int person = 1; person <= 8; person++)
            text = text.Replace($"{{{person}}}", Tables.Number(person), StringComparison.Ordinal);
        var outcome = await new Tables(area).TryAsync(Tables.Order(within: within), Tables.Form + text + "\n", rejects);
        Assert.Equal((1, good, code), (outcome.Refused, outcome.Deeds.Count, Assert.Single(outcome.Faults).Code));
        var lines = Encoding.UTF8.GetString(rejects.ToArray()).TrimStart('\uFEFF').Split('\n');
        Assert.Equal(Tables.Form.TrimEnd() + ",原因", lines[0]);
        Assert.StartsWith(text.Split('\n')[^1], lines[1], StringComparison.Ordinal);
        Assert.Contains(outcome.Faults[0].Reason, lines[1], StringComparison.Ordinal);
    }

    [Theory, OnBothEngines]
    public async Task Only_what_was_shown_is_applied(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var tables = new Tables(area);
        var order = Tables.Order();
        var upload = await tables.KeepAsync(order, Tables.Form + Tables.Row("前街村", "张三", 1));
        var shown = await area.ReadAsync(session => tables.Desk.TryAsync(session, TestArea.Code, upload, order));
        await area.RegisterAsync("张三", new(1985, 3, 20), 1);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => tables.ApplyAsync(order, upload, shown.Digest));
        Assert.Equal("R315", refused.Code);
        Assert.Null((await tables.FindAsync(1)).Enrolment);
        var other = Tables.Order(within: "/bg/bg-02/", scope: "/bg/bg-02/");
        Assert.Equal("R316", (await Assert.ThrowsAsync<RefusedException>(() => tables.ApplyAsync(other, upload, ""))).Code);
    }

    /// <summary>Lists say who is assisted, not the form.</summary>
    [Theory, OnBothEngines, Clause("lishi 附件4")]
    public async Task A_category_that_no_list_has_is_told_and_gives_nothing(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var tables = new Tables(area);
        var outcome = await tables.ApplyAsync(Tables.Order(), Tables.Form + Tables.Row("前街村", "张三", 1, "低保对象"));
        Assert.StartsWith("1 人写为资助对象而部门名单中没有", Assert.Single(outcome.Notes), StringComparison.Ordinal);
        var person = (await tables.FindAsync(1)).Person!;
        var quote = await area.ReadAsync(session => area.Dues.QuoteAsync(
            session, TestArea.Code, TestArea.Year, person.PersonId, Tables.Today));
        Assert.Equal("320.00", $"{quote!.Personal}");
    }

    /// <summary>Cell for cell as the notice has it, of the people newly registered in these days; it can be handed in elsewhere.</summary>
    [Theory, OnBothEngines, Clause("lishi 附件4")]
    public async Task The_form_goes_out_and_comes_in(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var tables = new Tables(area);
        var born = new DateOnly(2021, 10, 20);
        await tables.EnrolledAsync("孙八", 8);
        await tables.ApplyAsync(Tables.Order(), Tables.Form + Tables.Row("前街村", "张三", 1, phone: "10000000001")
            + Tables.Row("河西村", "李四", 2) + $"3,鲍沟镇,前街村,张小,{TestArea.Number(born, 1).Full},,新生儿,\n");
        var form = await tables.WriteAsync(RegistrationKind.Form);
        Assert.Equal(
            [
                "附件4", "鲍沟镇2022年度城乡居民新参保登记表", "单位名称（盖章）：鲍沟镇　　2021-10-30 至 2021-11-05",
                "序号|乡（镇）、街道、学校|村、社区、班级|姓名|身份证号码|电话号码|人员类别|备注",
                $"1|鲍沟镇|前街村|张三|{Tables.Number(1)}|10000000001|普通居民|",
                $"2|鲍沟镇|前街村|张小|{TestArea.Number(born, 1).Full}||新生儿|",
                $"3|鲍沟镇|河西村|李四|{Tables.Number(2)}||普通居民|",
                "注：1. 本表由乡镇街道办和学校填写。",
                "2. 人员类别为：普通居民、新生儿、特困人员、低保对象、低保边缘家庭成员、返贫致贫人口、脱贫不稳定人口、边缘易致贫人口、突发严重困难户、稳定脱贫人口。",
                "3. 每周五报回区医保中心。",
            ],
            Cells(form));
        Assert.Equal(9, Cells(await tables.WriteAsync(RegistrationKind.Form, "bg-01")).Count);
        Assert.Equal(7, Cells(await tables.WriteAsync(RegistrationKind.Form, from: Tables.Today.AddDays(1))).Count);
        var text = Encoding.UTF8.GetString(await tables.WriteAsync(RegistrationKind.Form, isWorkbook: false));
        Assert.Equal("\uFEFF" + Tables.Form.TrimEnd(), text.Split('\n')[0]);
        var records = await area.ReadAsync(session => session.Table<ActChangeRow>()
            .Where(row => row.Area == TestArea.Code && row.Action == "exported").ToListAsync());
        Assert.Equal(
            [true, false, true],
            records.OrderBy(row => row.ActId).Select(row => row.New!.Contains("\"rows\":3", StringComparison.Ordinal)));
        await using var other = await TestArea.CreateAsync(engine);
        var others = new Tables(other);
        var outcome = await other.ReadAsync(session => others.Desk.TryAsync(
            session, TestArea.Code, new TableFile("附件4.xlsx", () => new MemoryStream(form)), Tables.Order()));
        Assert.Equal((3, 0), (outcome.Count(RegistrationAction.Register), outcome.Refused));
        Assert.False((await area.ReadAsync(session => tables.Desk.TryAsync(
            session, TestArea.Code, new TableFile("附件4.xlsx", () => new MemoryStream(form)), Tables.Order()))).Changes);
    }

    [Theory]
    [InlineData("2022-11-04", "2022-10-29")]
    [InlineData("2022-11-05", "2022-11-05")]
    [InlineData("2022-11-02", "2022-10-29")]
    [Clause("lishi 附件4")]
    public void The_week_of_a_friday_begins_on_the_saturday_before(string until, string from) =>
        Assert.Equal(DateOnly.Parse(from), RegistrationExport.WeekOf(DateOnly.Parse(until)));

    static async Task FillAsync(TestArea area)
    {
        var born = new DateOnly(1985, 3, 20);
        await area.RegisterAsync("张五", born, 5);
        var dead = await area.RegisterAsync("王六", born, 6);
        await area.DoAsync("person.died", act => People.DiedAsync(act, dead.PersonId, Tables.Today));
        await area.RegisterAsync("赵七", born, 7, null, status => status with { OtherCover = OtherCover.ResidentElsewhere });
        await area.DoAsync("enrol", async act => await act.Session.Data.InsertAsync(new EnrolmentClaimRow
        {
            InsuranceYear = 2022,
            PersonHash = area.Vault.Hash(Tables.Number(8)),
            Area = 370402,
            PersonId = 1,
        }));
    }

    /// <summary>How many rows the register has.</summary>
    static Task<(int People, int Statuses, int Households, int Enrolments)> RowsAsync(TestArea area) => area.ReadAsync(async session => (
        await session.Table<PersonRow>().CountAsync(row => row.Area == TestArea.Code),
        await session.Table<PersonStatusRow>().CountAsync(row => row.Area == TestArea.Code),
        await session.Table<HouseholdRow>().CountAsync(row => row.Area == TestArea.Code),
        await session.Table<EnrolmentRow>().CountAsync(row => row.Area == TestArea.Code)));

    /// <summary>The cells of the workbook's only sheet as another program reads them.</summary>
    static List<string> Cells(byte[] form)
    {
        using var stream = new MemoryStream(form);
        using var document = SpreadsheetDocument.Open(stream, false);
        var sheet = Assert.Single(document.WorkbookPart!.WorksheetParts);
        var rows = sheet.Worksheet!.Descendants<Row>();
        return [.. rows.Select(row => string.Join('|', row.Elements<Cell>().Select(cell => cell.InnerText)))];
    }
}
