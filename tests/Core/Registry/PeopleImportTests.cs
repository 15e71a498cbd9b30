using System.Text;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Import;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Registry;

public class PeopleImportTests
{
    const string Header = "单位代码,户号,姓名,证件号码,与户主关系,户籍类型,就业,电话,住址,出生日期,性别,死亡日期\n";

    static readonly DateOnly From = new(2021, 9, 1);

    static readonly string Three = Header
        + Row("H1", "张三", 1, "户主,本地户籍,无,10000000001") + Row("H1", "李四", 2, "配偶,本地户籍,灵活就业,")
        + $"{TestArea.Village},H1,张小,,子,本地户籍,无,,前街1号,2021-10-02,男,\n";

    [Theory, OnBothEngines]
    public async Task People_and_households_are_taken_over(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var report = await ImportAsync(area, Three);
        Assert.Equal((3, 3, 1, 0), (report.Rows, report.Added, report.Households, report.Refused));
        var household = Assert.Single(
            await area.ReadAsync(session => Households.OfUnitAsync(session, TestArea.Code, TestArea.Village, TestArea.Year)));
        Assert.Equal(["张三", "李四", "张小"], household.Members.Select(member => member.Person.Name));
        Assert.Equal("张三", household.Head!.Person.Name);
        Assert.Equal(3, household.LeftOut.Count());
        // A child born after the day is registered from birth.
        Assert.Equal(new DateOnly(2021, 10, 2), household.Members[2].Status.FromDay);
        Assert.Equal("100****0001", area.People.PhoneMask(household.Members[0].Person, household.Members[0].Status));
    }

    [Theory, OnBothEngines]
    public async Task The_same_file_twice_changes_nothing(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await ImportAsync(area, Three);
        var acts = await CountActsAsync(area);
        var report = await ImportAsync(area, Three);
        Assert.Equal((0, 0, 3), (report.Added, report.Changed, report.Unchanged));
        Assert.Equal(acts, await CountActsAsync(area));
    }

    [Theory, OnBothEngines]
    public async Task What_differs_is_changed_from_the_day_on_and_recorded(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await ImportAsync(area, Three);
        var changed = Three.Replace("灵活就业", "职工", StringComparison.Ordinal);
        var dry = await ImportAsync(area, changed, new ImportOrder(new(2021, 11, 1)) { IsDry = true });
        Assert.Equal((1, 2), (dry.Changed, dry.Unchanged));
        var report = await ImportAsync(area, changed, new ImportOrder(new(2021, 11, 1)));
        Assert.Equal((0, 1, 2), (report.Added, report.Changed, report.Unchanged));
        var person = await area.ReadAsync(session => People.FindByNameAsync(session, TestArea.Code, "李四", 1));
        var spans = await area.ReadAsync(session => People.StatusesAsync(session, TestArea.Code, person[0].PersonId));
        Assert.Equal([Employment.Flexible, Employment.Employee], spans.Select(span => span.Employment));
        Assert.Equal(new DateOnly(2021, 10, 31), spans[0].UntilDay);
    }

    /// <summary>A column that a file lacks leaves what is known alone.</summary>
    [Theory, OnBothEngines]
    public async Task A_file_with_fewer_columns_takes_nothing_away(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await ImportAsync(area, Three);
        var report = await ImportAsync(area, $"单位代码,姓名,证件号码\n{TestArea.Village},李四,{Number(2)}\n");
        Assert.Equal((0, 1), (report.Changed, report.Unchanged));
    }

    [Theory]
    [InlineData("R201", "证件号码", "{V},H1,张三,370499198503200010,户主,本地户籍,无,,前街,,,\n")]
    [InlineData("R202", "证件号码", "{V},H1,张三,{1},户主,本地户籍,无,,前街,,,\n{V},H1,张三,{1},户主,本地户籍,无,,前街,,,\n")]
    [InlineData("R203", "单位代码", "nowhere,H1,张三,{1},户主,本地户籍,无,,前街,,,\n")]
    [InlineData("R204", "就业", "{V},H1,张三,{1},户主,本地户籍,打工,,前街,,,\n")]
    [InlineData("R205", "姓名", "{V},H1,张3,{1},户主,本地户籍,无,,前街,,,\n")]
    [InlineData("R206", "性别", "{V},H1,张三,,户主,本地户籍,无,,前街,1985-03-20,,\n")]
    [InlineData("R206", "出生日期", "{V},H1,张三,{1},户主,本地户籍,无,,前街,1985-03-21,,\n")]
    [InlineData("R206", "死亡日期", "{V},H1,张三,{1},户主,本地户籍,无,,前街,,,1984-03-21\n")]
    [InlineData("R207", "电话", "{V},H1,张三,{1},户主,本地户籍,无,12,前街,,,\n")]
    public async Task A_row_with_a_fault_comes_back_with_the_reason(string code, string column, string rows)
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        using var rejects = new MemoryStream();
        var filled = rows.Replace("{V}", TestArea.Village, StringComparison.Ordinal).Replace("{1}", Number(1), StringComparison.Ordinal);
        var report = await ImportAsync(area, Header + filled, new ImportOrder(From) { Rejects = rejects });
        var fault = Assert.Single(report.Faults);
        Assert.Equal((code, column), (fault.Code, fault.Column));
        Assert.DoesNotContain(Number(1), fault.Value, StringComparison.Ordinal);
        var returned = Encoding.UTF8.GetString(rejects.ToArray()).TrimEnd().Split('\n');
        Assert.EndsWith(",原因", returned[0].TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(2, returned.Length);
        Assert.Contains(fault.Reason, returned[1], StringComparison.Ordinal);
    }

    [Theory, OnBothEngines]
    public async Task A_number_with_another_name_is_refused(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await ImportAsync(area, Three);
        var report = await ImportAsync(area, Three.Replace("张三", "章三", StringComparison.Ordinal));
        Assert.Equal("R209", Assert.Single(report.Faults).Code);
    }

    /// <summary>What was refused is corrected in the file that came back and imported as it is.</summary>
    [Theory, OnBothEngines]
    public async Task The_returned_file_can_be_imported_when_it_is_corrected(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        using var rejects = new MemoryStream();
        await ImportAsync(area, Three.Replace("灵活就业", "打工", StringComparison.Ordinal), new ImportOrder(From) { Rejects = rejects });
        var corrected = Encoding.UTF8.GetString(rejects.ToArray()).Replace("打工", "灵活就业", StringComparison.Ordinal);
        var report = await ImportAsync(area, corrected);
        Assert.Equal((1, 0), (report.Added, report.Refused));
    }

    /// <summary>An import that ends in the middle leaves nothing half done and can be run again.</summary>
    [Theory, OnBothEngines]
    public async Task An_import_that_breaks_off_leaves_nothing(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var import = new PeopleImport(area.Vault);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => area.DoAsync("people.import", async act =>
        {
            await import.RunAsync(act, File(Three), new ImportOrder(From));
            throw new InvalidTimeZoneException("the end");
        }));
        Assert.Equal(0, await area.ReadAsync(session => session.Table<PersonRow>().CountAsync(row => row.Area == TestArea.Code)));
        Assert.Equal(3, (await ImportAsync(area, Three)).Added);
    }

    static string Row(string household, string name, int sequence, string rest)
    {
        var (relation, more) = (rest[..rest.IndexOf(',')], rest[(rest.IndexOf(',') + 1)..]);
        return $"{TestArea.Village},{household},{name},{Number(sequence)},{relation},{more},前街1号,,,\n";
    }

    static string Number(int sequence) => TestArea.Number(new(1985, 3, 20), sequence).Full;

    static TableFile File(string text) => new("people.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(text)));

    static Task<ImportReport> ImportAsync(TestArea area, string text, ImportOrder? order = null) => area.DoAsync(
        "people.import", act => new PeopleImport(area.Vault).RunAsync(act, File(text), order ?? new ImportOrder(From)));

    static Task<int> CountActsAsync(TestArea area) =>
        area.ReadAsync(session => session.Table<ActRow>().CountAsync(row => row.Area == TestArea.Code));
}
